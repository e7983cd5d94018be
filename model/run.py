#!/usr/bin/python3
"""Explores cluster.pml with spin: the protocol as it is, and with one rule after the other taken out.

    run.py small            what "make check" runs: under a minute (TAP)
    run.py all              everything that README.md claims (TAP)
    run.py NAME...          these cases alone
    run.py --list           the cases, with their bounds
    run.py --story NAME     a broken rule's counterexample, told a line per turn

A case passes when the protocol has no violation and every statement was reached, or when a broken rule
has given its counterexample.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import time

MODEL = pathlib.Path(__file__).resolve().parent / "cluster.pml"
DEPTH = 100_000
LIMIT_MB = 8000
PATIENCE = 3600  # seconds for one case; a machine that is busy is slow

# What a search says: "exhaustive" visits every state; "partial" keeps two bits per state (spin's bitstate
# search), and may take two states for one.
EXHAUSTIVE, PARTIAL = "exhaustive", "partial"


def bounds(servers=2, epochs=3, ballots=2, crashes=0, losses=0, entries=2):
    return {"SERVERS": servers, "EPOCHS": epochs, "BALLOTS": ballots, "CRASHES": crashes,
            "LOSSES": losses, "ENTRIES": entries}


class Case:
    """One search: its bounds, the rule that it breaks (or None), and whether "small" runs it."""

    def __init__(self, name, limits, broken=None, search=EXHAUSTIVE, small=False):
        self.name, self.limits, self.broken, self.search = name, limits, broken, search
        self.small = small

    def defines(self):
        flags = [f"-D{name}={value}" for name, value in self.limits.items()]
        return flags + ([f"-DBREAK_{self.broken}"] if self.broken else [])

    def __str__(self):
        words = ", ".join(f"{value} {name.lower()}" for name, value in self.limits.items())
        return f"{self.name} ({words}; {'broken' if self.broken else self.search})"


CASES = [
    Case("tiny", bounds(epochs=2, losses=1), small=True),
    Case("small", bounds(epochs=2, crashes=1), small=True),
    Case("adopt-nothing", bounds(), "ADOPT_NOTHING", small=True),
    Case("claim-ineligible", bounds(), "CLAIM_INELIGIBLE", small=True),
    Case("attach-unflushed", bounds(), "ATTACH_UNFLUSHED", small=True),
    Case("recall-majority", bounds(losses=1), "RECALL_MAJORITY", small=True),
    Case("reloaded-is-in-force", bounds(), "RELOADED_IS_IN_FORCE"),
    Case("uncut", bounds(), "UNCUT"),
    Case("forget-pending", bounds(), "FORGET_PENDING"),
    Case("incarnations", bounds(losses=1), "INCARNATIONS"),
    Case("blank-votes", bounds(losses=1), "BLANK_VOTES"),
    Case("put-back-votes", bounds(losses=1), "PUT_BACK_VOTES"),
    Case("promote-unconfirmed", bounds(losses=1), "PROMOTE_UNCONFIRMED"),
]


def run(command, folder, timeout=PATIENCE):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=timeout)
    return done.returncode, done.stdout


def compile_case(case, folder):
    """The search program, made by spin and gcc."""
    status, output = run(["spin", "-a", *case.defines(), str(MODEL)], folder)
    if status != 0 or "Error" in output:
        raise RuntimeError(f"spin: {output}")
    flags = ["-O2", "-w", "-DSAFETY", "-DNOREDUCE", f"-DMEMLIM={LIMIT_MB}"]
    flags.append("-DCOLLAPSE" if case.search == EXHAUSTIVE else "-DBITSTATE")
    status, output = run(["gcc", *flags, "-o", "pan", "pan.c"], folder)
    if status != 0:
        raise RuntimeError(f"gcc: {output}")


def story(case, folder):
    """The turns of the trail that the search has left."""
    _, output = run(["spin", "-t", "-k", "cluster.pml.trail", *case.defines(), str(MODEL)], folder)
    return [line.strip() for line in output.splitlines() if re.match(r"\s+\d: ", line)]


def unreached(output):
    """Lines of the model that no search step came to, except the end of the endless loop."""
    found = []
    for line in re.findall(r"^\tcluster\.pml:(\d+), state \d+, \"(.*)\"$|^\t.*cluster\.pml:(\d+), state.*$",
                           output, re.M):
        number = line[0] or line[2]
        if line[1] != "-end-" and number not in found:
            found.append(number)
    return found


def search(case, folder):
    """(good, what to say): the figures of the search, and the trail where there is one."""
    compile_case(case, folder)
    start = time.monotonic()
    size = ["-w24"] if case.search == EXHAUSTIVE else ["-w33", "-k3"]
    _, output = run(["./pan", "-E", f"-m{DEPTH}", *size], folder)
    seconds = time.monotonic() - start
    states = re.search(r"([\d.e+]+) states, stored", output)
    errors = re.search(r"errors: (\d+)", output)
    memory = re.search(r"([\d.]+)\s+total actual memory", output)
    figures = f"{states.group(1) if states else '?'} states, " \
              f"{memory.group(1) if memory else '?'} MB, {seconds:.0f} s"
    if errors is None or states is None or "max search depth too small" in output:
        return False, f"the search broke off: {figures}\n{output[-2000:]}"
    if case.broken:
        if errors.group(1) == "0":
            return False, f"no counterexample: {figures}"
        return True, f"{figures}; counterexample of {len(story(case, folder))} turns"
    if errors.group(1) != "0":
        return False, figures + "\n" + "\n".join(story(case, folder))
    if "out of memory" in output:
        return False, f"out of memory: {figures}"
    return True, figures + f"; unreached lines: {', '.join(unreached(output)) or 'none'}"


def told(text):
    return "".join(f"# {line}\n" for line in text.splitlines())


def run_cases(cases):
    print(f"1..{len(cases)}")
    failed = 0
    for number, case in enumerate(cases, 1):
        with tempfile.TemporaryDirectory(prefix="mc-model-") as folder:
            try:
                good, text = search(case, folder)
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                good, text = False, str(error)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {case}\n{told(text)}", end="", flush=True)
    return 1 if failed else 0


def tell_story(case):
    with tempfile.TemporaryDirectory(prefix="mc-model-") as folder:
        good, text = search(case, folder)
        print(text)
        if (pathlib.Path(folder) / "cluster.pml.trail").exists():
            print("\n".join(story(case, folder)))
    return 0 if good else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("name", nargs="*", help='"small", "all", or cases by name')
    parser.add_argument("--list", action="store_true", help="list the cases")
    parser.add_argument("--story", metavar="NAME", help="tell what the trail of this case shows")
    arguments = parser.parse_args()
    known = {case.name: case for case in CASES}
    if arguments.list:
        print("\n".join(str(case) for case in CASES))
        return 0
    if arguments.story:
        return tell_story(known[arguments.story])
    if arguments.name in ([], ["small"]):
        return run_cases([case for case in CASES if case.small])
    if arguments.name == ["all"]:
        return run_cases(CASES)
    return run_cases([known[name] for name in arguments.name])


if __name__ == "__main__":
    sys.exit(main())
