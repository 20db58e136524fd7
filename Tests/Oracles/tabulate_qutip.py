"""Writes Docs/verification/qutip.md: what QuTiP and Separatrix say about each quantity of the five papers.

    python tabulate_qutip.py SEPARATRIX [LOG]

SEPARATRIX is the built command line: it evaluates the documents at the points of recorded/qutip.json. LOG is what the
tests of the evolutions print in a campaign (lines "qutip NAME DIFFERENCE"). Nothing is written if a difference is
above its tolerance, or if a line of the log is missing. What QuTiP cannot do is said here.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from oracle import RECORDED

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAPERS = ["reset-qubits", "driven-qubits", "driven-modes", "two-bath-qubits", "entanglement-engines"]

CANNOT = {
    "reset-qubits": [
        ("closed forms of the state, the spectrum and the negativity; limits, suprema, asymptotes",
         "numbers only: it agrees at points and proves nothing between them"),
        ("the boundary of the entangled region, `smallest_reset`, `smallest_polarization`, `coldness`",
         "a root search on rounded eigenvalues finds numbers, as for `onset` above; that there are no others, and the "
         "fields that they generate, no sampling shows"),
        ("average negativities of more than some seven qubits, the pair for N = 50, Poisson numbers",
         "the generator has 4^N rows and the partial transpose 2^N; the permutation symmetry of `piqs` has local jumps along "
         "one axis, not resets to |+> with dephasing along z, and no partial transposes"),
        ("the spin gas with memory", "collisions with histories are no master equation"),
    ],
    "driven-qubits": [
        ("the generator with coherences (Q = 0), by QuTiP alone",
         "`floquet_tensor` is the secular one: rates between populations. The rows above that say so assemble the averaged "
         "generator from QuTiP's modes with NumPy"),
        ("decay of coherences between Floquet states", "QuTiP takes half of all rates of both states, without the term that "
         "joins them; populations agree"),
        ("rates upward at A = 0, 1e-235 to 1e-700", "below the range of doubles: QuTiP has 0"),
        ("concurrence to 30 digits, enclosures", "doubles, and `concurrence` takes roots of rounded eigenvalues: 8 digits for "
         "the nearly pure state at A = 0, where singular values of the same state agree with Separatrix to 15"),
        ("first-order states and golden-rule rates in the splittings, errata", "symbolic"),
        ("that thresholds and digits are right", "by sampling only; Separatrix encloses the values at the roots"),
    ],
    "driven-modes": [
        ("the Bogoliubov transformation, Eqs. (7) to (16), the law, the optimum, errata", "symbolic"),
        ("Lamb shifts (principal values)", "QuTiP takes rates only; the shifts do not enter the steady state"),
        ("the boundary, the wedge of stability, thresholds, at occupations that grow towards it",
         "Fock spaces would have to be the larger the closer to the boundary; sampling proves none"),
    ],
    "two-bath-qubits": [
        ("Eqs. (23) to (26), the chain of Bell states, errata", "symbolic"),
        ("`T2bound`, `smallest_ratio`, `theta_max`, the distances, the supremum of the negativity",
         "statements about all parameters; QuTiP has values at points"),
        ("the limit of large J2, `negativity_large`", "finite J2 only: the rows above have J2/J1 up to 1000"),
    ],
    "entanglement-engines": [
        ("networks of 2 to 6 modes with their certificates of separability (LDL†), for every bipartition",
         "no certificates; Fock spaces reach two or three cold modes. Networks of two modes, bosonic and spin baths, are compared "
         "in `generate_networks.py`"),
        ("the criterion of uniqueness, the end of stability, the onset of entanglement, `half_noise`",
         "a truncated Fock space has a steady state also where the modes have none, or many (above)"),
        ("spin baths as bosonic baths, Lamb shifts, errata", "symbolic; QuTiP is given rates"),
    ],
}


def parse(text):
    """A number as `evaluate` prints it: 1.5, 2*i, 1 - 2*i."""
    text = text.strip().replace(" ", "")
    if not text.endswith("i"):
        return complex(float(text), 0)
    body = text[:-1].rstrip("*")
    split = max(i for i in range(len(body)) if i == 0 or (body[i] in "+-" and body[i - 1] not in "eE"))
    im = body[split:]
    return complex(float(body[:split] or 0), float(im + "1" if im in ("", "+", "-") else im))


def evaluated(binary, document, row, at):
    arguments = [str(binary), row["ask"], str(document), row["name"], "--digits", "17"]
    if at:
        arguments += ["--at", ",".join(f"{k}={v}" for k, v in at.items())]
    run = subprocess.run(arguments, capture_output=True, text=True)
    # Status 1: the roots are certified, that there are no others is not.
    if run.returncode > (row["ask"] == "solve"):
        raise SystemExit(f"{row['name']} at {at}: {run.stderr or run.stdout}")
    return [[parse(e) for e in line.split("  ") if e.strip()] for line in run.stdout.splitlines() if line.strip()]


def difference(row, found, expected):
    if row["compare"] == "multiset":
        rest, worst = [z for line in expected for z in line], 0.0
        for z in (z for line in found for z in line):
            near = min(rest, key=lambda y: abs(y - z))
            rest.remove(near)
            worst = max(worst, abs(near - z))
        assert not rest
        return worst
    assert [len(a) for a in found] == [len(a) for a in expected], (row["id"], found, expected)
    pairs = [(x, y) for a, b in zip(found, expected) for x, y in zip(a, b)]
    return max(abs(x - y) / (abs(x) if row["compare"] == "relative" else 1) for x, y in pairs)


def cell(text):
    """Bars would end a cell."""
    return text.replace("|", "\\|")


def short(value):
    return "0" if value == 0 else f"{value:.0e}".replace("e-0", "e-")


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    data = json.loads((RECORDED / "qutip.json").read_text())
    log = {}
    if len(sys.argv) > 2:
        for line in pathlib.Path(sys.argv[2]).read_text().splitlines():
            words = line.split()
            if len(words) == 3 and words[0] == "qutip":
                log[words[1]] = max(float(words[2]), log.get(words[1], 0.0))
    lines = [
        "# Agreement with QuTiP", "",
        f"QuTiP {data['systems']['qutip']} computes each quantity from operators, Hamiltonians and jumps "
        "([generate_qutip.py](../../Tests/Oracles/generate_qutip.py)); Separatrix evaluates the documents in `derivations/`. The largest "
        "difference over the points is given, and the bound that the tests ask for (`QuTiPTests`). It is QuTiP's doubles that limit both. "
        "This page is written by [tabulate_qutip.py](../../Tests/Oracles/tabulate_qutip.py), which stops at a disagreement.", "",
        "Differences are those of matrix elements and numbers; `rel.` means relative to each. An answer of QuTiP that stands in the second tables is wrong or not unique. For Fock spaces the error of truncation, "
        "estimated by the change from one level a mode fewer, stands in brackets.", "",
    ]
    for paper in PAPERS:
        lines += [f"## {paper}", "", "| quantity | QuTiP | points | largest difference | bound |", "|---|---|---|---|---|"]
        rows = [r for r in data["rows"] if r["document"] == paper]
        source = (ROOT / f"derivations/{paper}.md").read_text()
        text = "\n".join(r["text"] for r in rows if r["text"])
        with tempfile.NamedTemporaryFile("w", suffix=".md") as file:
            file.write(source + ("\n```separatrix\n" + text + "\n```\n" if text else ""))
            file.flush()
            for row in rows:
                cases = [c for c in data["cases"] if c["row"] == row["id"]]
                worst = 0.0
                for case in cases:
                    expected = [[complex(float(x), float(y)) for x, y in line] for line in case["values"]]
                    found = evaluated(binary, file.name, row, case["at"])
                    value = difference(row, found, expected)
                    if value > row["tolerance"]:
                        print("DISAGREEMENT", row["id"], case["at"], value, found, expected)
                    worst = max(worst, value)
                print(row["id"], len(cases), worst)
                if worst > row["tolerance"]:
                    raise SystemExit(1)
                relative = ", rel." if row["compare"] == "relative" else ""
                truncated = f" [{short(float(row['truncation']))}]" if row["truncation"] else ""
                reason = f" ({row['reason']})" if row["reason"] and not row["truncation"] else ""
                lines.append(f"| {cell(row['quantity'])} | {cell(row['how'])} | {len(cases)} | {short(worst)}{relative}{truncated} | "
                             f"{short(row['tolerance'])}{reason} |")
        for entry in (e for e in data["evolutions"] if e["document"] == paper):
            if entry["kind"] not in log:
                raise SystemExit(f"no line of {entry['kind']} in the log")
            if log[entry["kind"]] > entry["tolerance"]:
                raise SystemExit(f"{entry['kind']}: {log[entry['kind']]}")
            lines.append(f"| {cell(entry['quantity'])} | {cell(entry['how'])} | {len(entry.get('states', [0]))} | {short(log[entry['kind']])} | "
                         f"{short(entry['tolerance'])} |")
        lines += ["", "| not by QuTiP | why |", "|---|---|"]
        lines += [f"| {cell(e['quantity'])} | {cell(e['outcome'])} |" for e in data["outcomes"] if e["document"] == paper]
        lines += [f"| {cell(a)} | {cell(b)} |" for a, b in CANNOT[paper]] + [""]
    (ROOT / "Docs/verification/qutip.md").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
