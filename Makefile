# The two commands a newcomer needs are `make demo` and `make test`.
SHELL := /bin/bash
SEPARATRIX := .build/release/separatrix
DOCUMENTS := derivations/reset-qubits.md

.PHONY: demo test build lint clean

## Replays the paper, prints its verification table and draws its figure.
demo:
	@.ci/native-libraries gnuplot
	swift build -c release --product separatrix
	@mkdir -p out
	$(SEPARATRIX) check $(DOCUMENTS)
	$(SEPARATRIX) plot $(DOCUMENTS) fig1 --out out/fig1.svg
	@echo "figure: out/fig1.svg"

## Builds everything and runs the tests, as continuous integration does.
test: lint
	@.ci/native-libraries gnuplot
	swift build --build-tests
	swift test --skip-build

build:
	@.ci/native-libraries
	swift build -c release

## The formatter's rules, and no warning in a build of our own sources.
lint:
	swift format lint --strict --recursive Package.swift Sources Tests

clean:
	rm -rf .build out
