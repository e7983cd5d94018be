#!/usr/bin/python3
"""The tool that proves mutations is fed what it must refuse, and refuses it.

    test_mutations.py BUILD

A simulator that lacks a rule stands in for the one with the true rules, as if a checker had fired wrongly: then no seed
and no story of that mutation may count as caught, and none may be found. Prints TAP.
"""
import contextlib
import io
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
import mutations                       # noqa: E402

NAME = "NO_LEASE"       # any of those that the simulator sees would do


def judged(mutant, true, found):
    """Whether prove_seed is content, and its lines."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        good = mutations.prove_seed(mutations.Tap(), mutant, mutations.table()[NAME], found, true)
    lines = said.getvalue().splitlines()
    return good, [line for line in lines if line.startswith("ok")], [line for line in lines if line.startswith("not ok")]


def cases(build, folder):
    """(what is claimed, whether it is so, what was seen)."""
    true, found = build / "sim/mc_sim", mutations.seeds()
    mutant = mutations.Mutant(build, NAME, folder)
    simulator = mutant.simulator() if mutant.compile() else None
    yield "a simulator with a rule taken out is built", simulator is not None, ""
    seed = found[NAME][0]
    good, ok, bad = judged(mutant, true, found)
    yield "a mutation is caught by seed and story, which hold under the true rules", \
        good and len(ok) == mutations.CASES and not bad, ok + bad
    good, ok, bad = judged(mutant, simulator, found)
    yield "it is not where the seed and the story fail under the true rules, too", \
        not good and len(bad) == 2 and all("under the true rules" in line for line in bad), ok + bad
    good, ok, bad = judged(mutant, true, found | {NAME: (seed, "I1")})
    yield "it is not where another invariant is violated than was kept", not good and len(bad) == 1, ok + bad
    path = folder / "found.story"
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        hit, why = mutations.find_story(simulator, simulator, seed, 1, path)
    yield "no seed is found whose run fails under the true rules", \
        hit is None and "THE TRUE RULES FAIL" in said.getvalue(), [said.getvalue(), why]
    lines = mutations.story_of(simulator, seed)
    yield "no story is found that fails under the true rules", mutations.shorten(simulator, simulator, lines, path) is None, lines
    yield "a story that nothing violates is none", mutations.shorten(true, true, lines, path) is None, lines


def main():
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for what, good, seen in cases(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(folder)):
            count += 1
            failed += not good
            print(f"{'' if good else 'not '}ok {count} - {what}" + ("" if good else f"\n# {seen}"), flush=True)
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
