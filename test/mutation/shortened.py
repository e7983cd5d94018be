#!/usr/bin/python3
"""A seed that fails is shortened and told as a story, and that story fails in the same way.

    shortened.py BUILD

Under rules of which one is taken out (mutations.toml) the simulator is given the seed that is known to fail. What it
prints must play: with that rule out the same invariant is violated, by fewer faults than the seed has; under the
true rules none is. Prints TAP.
"""
import pathlib
import re
import sys
import tempfile

sys.dont_write_bytecode = True
import mutations                       # noqa: E402

# One for each of I1 to I4; any of them would do.
NAMES = ["PROMOTE_INELIGIBLE", "CANCELLED_COUNTS", "NO_LEASE", "ADOPT_LOWER_BALLOT"]


def faults(story):
    return len(re.findall(r"^at ", story, re.M))


def judge(build, name, folder):
    """What is wrong, or None; and how many faults are left of how many."""
    seed, _ = mutations.seeds()[name]
    mutant = mutations.Mutant(build, name, folder)
    simulator = mutant.simulator() if mutant.compile() else None
    if simulator is None:
        return "could not be built", ""
    whole = mutations.output_of([simulator, "--seed", str(seed)])[1]
    told = re.search(r"(^servers .*?)^not ok - seed \d+: (I\d): ", mutations.output_of(
        [simulator, "--seeds", str(seed), "1"])[1], re.M | re.S)
    if told is None:
        return f"seed {seed} is told as no story", ""
    path = folder / "told.story"
    path.write_text(told.group(1))
    left = f"{faults(told.group(1))} of {faults(whole.partition('expect')[0])} faults"
    again = mutations.plays(simulator, path)
    if again is None or again[0] != told.group(2):
        return f"the story violates {again}, the seed {told.group(2)}", left
    if mutations.plays(build / "sim/mc_sim", path) is not None:
        return "the story fails under the true rules, too", left
    return None, left


def main():
    build, failed = pathlib.Path(sys.argv[1]).resolve(), 0
    print(f"1..{len(NAMES)}", flush=True)
    for number, name in enumerate(NAMES, 1):
        with tempfile.TemporaryDirectory() as folder:
            wrong, left = judge(build, name, pathlib.Path(folder))
        failed += wrong is not None
        print(f"{'not ' if wrong else ''}ok {number} - without the rule of {name} the failing seed is told in "
              f"{left or 'no faults'}", flush=True)
        if wrong:
            print(f"# {wrong}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
