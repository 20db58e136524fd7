# The two commands a newcomer needs are `make demo` and `make test`.
SHELL := /bin/bash
SEPARATRIX := .build/release/separatrix
DOCUMENTS := derivations/reset-qubits.md derivations/driven-modes.md derivations/two-bath-qubits.md \
  derivations/entanglement-engines.md derivations/driven-qubits.md

.PHONY: demo test build lint bench campaign sanitize-thread sanitize-address clean

## Replays the papers, prints their verification tables and draws their figures.
demo:
	@.ci/native-libraries gnuplot pandoc
	swift build -c release --product separatrix
	@mkdir -p out
	$(SEPARATRIX) check $(DOCUMENTS)
	$(SEPARATRIX) plot derivations/reset-qubits.md fig1 --out out/fig1.svg
	@for figure in fig2 fig3 pairs; do \
	  $(SEPARATRIX) plot derivations/reset-qubits.md $$figure --out out/reset-qubits-$$figure.svg || exit 1; done
	@for figure in fig1a fig1b fig1c fig1d; do \
	  $(SEPARATRIX) plot derivations/driven-modes.md $$figure --out out/driven-modes-$$figure.svg || exit 1; done
	@for figure in fig2 fig3 fig4 fig4_inset; do \
	  $(SEPARATRIX) plot derivations/two-bath-qubits.md $$figure --out out/two-bath-qubits-$$figure.svg || exit 1; done
	@for figure in squeezing noise; do \
	  $(SEPARATRIX) plot derivations/entanglement-engines.md $$figure --out out/entanglement-engines-$$figure.svg || exit 1; done
	@for figure in fig1 fig2 fig2b fig3 fig3c fig5b fig6 fig7 fig8b fig9c fig11b; do \
	  $(SEPARATRIX) plot derivations/driven-qubits.md $$figure --out out/driven-qubits-$$figure.svg || exit 1; done
	$(SEPARATRIX) report $(DOCUMENTS) --out out
	@echo "figures and pages: out/"

## Builds everything and runs the tests, as continuous integration does.
test: lint
	@.ci/native-libraries gnuplot
	swift build --build-tests
	swift test --skip-build
	SEPARATRIX_MEMORY=1 swift test --skip-build --filter BatchMemoryTests

## The long randomised tests: every suite with Campaign in its name, a million operations a function.
## SEPARATRIX_CAMPAIGN_OPERATIONS sets another number. Optimised, since that is twice as fast.
CAMPAIGNS := Campaign|BallLanes|IntervalLanes|Exponential|Logarithm|ClosedForm|RecordedAlgebraic|PolynomialProperty|SignProperty|DerivativeEnclosure|PrintedProgram

campaign:
	@.ci/native-libraries
	SEPARATRIX_CAMPAIGN=1 swift test -c release -Xswiftc -enable-testing \
	  --scratch-path .build-campaign --filter '$(CAMPAIGNS)'
	SEPARATRIX_CAMPAIGN=1 SEPARATRIX_MEMORY=1 swift test -c release -Xswiftc -enable-testing \
	  --scratch-path .build-campaign --skip-build --filter BatchMemoryTests

## The tests of numbers, and of what runs on several cores, under the sanitizers. Swift Testing runs
## tests beside each other, so that the thread sanitizer sees every one of them in company. Without
## XCTest, which has no tests here, and without the search for leaks, which finds the caches that MPFR
## keeps for each thread and nobody frees when a thread ends.
NUMERICAL := ExactTests|ArbitraryTests|CertifiedTests|OpenSystemsTests|resultsDoNotDependOnTheNumberOfJobs

sanitize-thread:
	@.ci/native-libraries
	swift test --disable-xctest --sanitize=thread --scratch-path .build-thread \
	  --filter '$(NUMERICAL)'

sanitize-address:
	@.ci/native-libraries
	ASAN_OPTIONS=detect_leaks=0 swift test --disable-xctest --sanitize=address \
	  --scratch-path .build-address --filter '$(NUMERICAL)|AlgebraTests|SymbolicTests'

build:
	@.ci/native-libraries
	swift build -c release

## The formatter's rules, and no warning in a build of our own sources.
lint:
	swift format lint --strict --recursive Package.swift Sources Tests

## Times closed forms and exact algebra against the rivals that are installed (Docs/performance.md).
##   make bench QUICK=1            a look, in some minutes
##   make bench ONLY=w3            roots to many digits alone
##   make bench ONLY=w2            exact algebra alone; TASKS=gcd for tasks with gcd in the title
##   make bench ONLY=a PRECISIONS=53,113 ROUNDS=15 ENGINE=Separatrix PYTHON=venv/bin/python
bench:
	@.ci/native-libraries
	swift build -c release --product bench
	@Tests/Oracles/rivals/build .build/bench
	@.build/release/bench $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY)) \
	  $(if $(PRECISIONS),--precisions $(PRECISIONS)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(SLICE),--slice $(SLICE)) $(if $(ENGINE),--engine '$(ENGINE)') $(if $(TASKS),--tasks '$(TASKS)') \
	  $(if $(PYTHON),--python $(PYTHON)) $(if $(MARKDOWN),--markdown)

clean:
	rm -rf .build .build-campaign .build-thread .build-address out
