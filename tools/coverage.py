#!/usr/bin/python3
"""Branch coverage of the core: every branch is taken by a story, a tape, a unit test or a seed, or excused.

    coverage.py [--build DIR] [--seeds N]

BUILD is a finished build by gcc; only src/core is compiled again, with gcov's counters. Asserts are counted
apart: their other side is the end of the daemon. A switch over an enumeration has one branch more than the
source, for a value that is none; the compiler sees that no case is missing, and every line must have run.

What no run takes is excused in tools/uncovered.txt: "file:function: line" as the source has it, and indented below how many
branches of all such lines of that function it excuses (a line without branches that never runs counts as one) and the
reason. Another number fails, and so does an excuse that is not needed any more, or whose line is not in the source. Ends with
the figures of every file.
"""
import argparse
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import core_build                      # noqa: E402
from core_build import ROOT            # noqa: E402

PROGRAMS = [
    ("sim/mc_sim", ["--stories", str(ROOT / "test/story")]),
    ("test/property/property_register", []),
    ("test/property/property_steps", []),
    *((f"test/unit/{path.stem}", []) for path in sorted((ROOT / "test/unit").glob("test_core_*.c"))),
]


def run(build, folder, seeds):
    """Everything with counters; they add up in the folder."""
    objects = core_build.compile_core(build, folder, ["-O0", "--coverage"])
    for number, (name, arguments) in enumerate(PROGRAMS + [("sim/mc_sim", ["--seeds", "1", str(seeds)])]):
        program = core_build.link(build, objects, name, folder / f"program{number}", ["--coverage"])
        done = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{name} {' '.join(arguments)} failed:\n{done.stdout[-3000:]}")


def lines_of(folder, source):
    """(function, text, runs, [runs of each branch]) of every line that gcov counts."""
    subprocess.run(["gcov", "-b", "-j", "-o", folder, folder / (source.stem + ".o")], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with gzip.open(folder / (source.stem + ".gcov.json.gz")) as file:
        data = json.load(file)
    text = source.read_text().splitlines()
    for entry in data["files"]:
        if pathlib.Path(entry["file"]).name == source.name:
            for line in entry["lines"]:
                yield (line["function_name"], text[line["line_number"] - 1].strip(), line["count"],
                       [branch["count"] for branch in line["branches"]])


class Figures:
    def __init__(self):
        self.taken = self.branches = self.asserts = self.excused = 0


class Excuse:
    """Of one place: how many branches, why, and what was found there."""

    def __init__(self):
        self.text = ""
        self.seen = False
        self.untaken = 0

    def parts(self):
        return re.fullmatch(r"(\d+): (.+)", self.text)

    def wrong(self):
        """What is wrong with it, or ""."""
        if self.parts() is None:
            return 'is excused without a number of branches and a reason ("2: because")'
        number = int(self.parts().group(1))
        if not self.seen:
            return "is excused, and is no line of that function"
        return "" if self.untaken == number else f"{number} are excused, and {self.untaken} are not taken"


def judge(source, lines, excuses):
    """The file's figures, and what is neither taken nor excused; the excuses learn what was found."""
    figures, missing = Figures(), []
    for function, text, runs, branches in lines:
        place = f"{source.name}:{function}: {text}"
        if place in excuses:
            excuses[place].seen = True
        if text.startswith("assert("):
            figures.asserts += len(branches)
            continue
        untaken = branches.count(0)
        if text.startswith("switch (") and untaken > 0:
            branches, untaken = branches[1:], untaken - 1
        figures.branches += len(branches)
        figures.taken += len(branches) - untaken
        if untaken == 0 and runs > 0:
            continue
        if place in excuses:
            excuses[place].untaken += max(untaken, 1)
            figures.excused += untaken
        else:
            missing.append(f"{place}\n#     {untaken} of {len(branches)} branches not taken, run {runs} times")
    return figures, missing


def read_excuses(text):
    excuses, place = {}, None
    for line in text.splitlines():
        if line.startswith(" ") and place is not None:
            excuses[place].text += (" " if excuses[place].text else "") + line.strip()
        elif line and not line.startswith("#"):
            place = line
            if place in excuses:
                raise SystemExit(f"{place} is excused twice")
            excuses[place] = Excuse()
    return excuses


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--seeds", type=int, default=100)
    arguments = parser.parse_args()
    excuses = read_excuses((ROOT / "tools/uncovered.txt").read_text())
    wrong, every = [], {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run(pathlib.Path(arguments.build).resolve(), folder, arguments.seeds)
        for source in sorted((ROOT / "src/core").glob("*.c")):
            every[source.name], missing = judge(source, lines_of(folder, source), excuses)
            wrong += missing
    wrong += [f"{place}\n#     {excuse.wrong()}" for place, excuse in excuses.items() if excuse.wrong()]
    for text in wrong:
        print(text)
    for name, f in every.items():
        print(f"{name:26} {f.taken:5} of {f.branches:5} branches, {f.excused:3} excused, {f.asserts:3} of asserts")
    taken, branches = sum(f.taken for f in every.values()), sum(f.branches for f in every.values())
    print(f"{taken} of {branches} branches taken, {sum(f.excused for f in every.values())} excused, "
          f"{len(wrong)} places wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
