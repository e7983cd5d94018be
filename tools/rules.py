#!/usr/bin/python3
"""Takes each rule of a database server out of the table, and sees a story's claim fail.

    rules.py [--build DIR] [--seeds] [RULE ...]
    rules.py [--build DIR] --find N             looks for such seeds among N, and writes sim/rules.txt

BUILD is a finished build. A story counts when one of its "must" and "never" lines fails without the rule, not
its narration, and not when the cluster could not be brought to where the story begins. A line that names the rule itself does
not count, for it says only that the rule is in the table: where nothing else can be told of a rule, that stands with
the reason in test/story/named_alone.txt. What no story can fire stands with its reason in test/story/unfired.txt. With --seeds, every rule must besides be fired by the run of a seed
in sim/rules.txt, or stand in test/story/unfired_by_seeds.txt. Prints TAP.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import core_build                      # noqa: E402
from core_build import ROOT            # noqa: E402

STORIES = ROOT / "test/story"
SEEDS = ROOT / "sim/rules.txt"
MATCH = "if ((rules[i].in & state) != 0 &&"
OUT = "if (i != rule_taken_out && (rules[i].in & state) != 0 &&"
TAKEN_OUT = """
#include <stdlib.h>
int rule_taken_out = -1;
__attribute__((constructor)) static void take_out(void)
{
    const char *number = getenv("RULE_TAKEN_OUT");
    if (number != NULL)
        rule_taken_out = atoi(number);
}
"""


def rules_of(text):
    table = text[text.index("static const Rule rules[]"):text.index("enum { RULES =")]
    return re.findall(r'^    \{"([a-z_.]+)",', table, re.M)


def build_without(build, folder):
    """mc_sim whose table lacks the rule of a number in its environment."""
    text = (ROOT / "src/core/node_rules.c").read_text()
    if text.count(MATCH) != 1:
        raise SystemExit("node_rules.c does not match rows as this tool knows it")
    text = text.replace(MATCH, OUT).replace("static int match(", "extern int rule_taken_out;\nstatic int match(")
    objects = core_build.compile_core(build, folder, ["-O1"], {"node_rules.c": text})
    (folder / "taken_out.c").write_text(TAKEN_OUT)
    subprocess.run(["gcc", "-c", "taken_out.c", "-o", "taken_out.o"], cwd=folder, check=True)
    return core_build.link(build, objects + [folder / "taken_out.o"], "sim/mc_sim", folder / "mc_sim")


def without_own_name(text, rule):
    """The story without the claims that name the rule."""
    return re.sub(rf"^(must|never) {re.escape(rule)}( .*)?\n", "", text, flags=re.M)


def claim_that_fails(program, number, text, folder):
    """The line of that story which fails without the rule of that number, or None."""
    path = folder / "judged.story"
    path.write_text(text)
    said = subprocess.run([program, "--claims", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, env={"RULE_TAKEN_OUT": str(number)}).stdout
    line = re.search(r"^not ok .*\n# line (\d+):", said, re.M)
    broken = re.search(r"^not ok .*\n# (I[1-4]): ", said, re.M)
    if broken:
        return f"never {broken.group(1)} violated"
    return text.splitlines()[int(line.group(1)) - 1] if line else None


def judge(program, number, rule, stories, folder):
    """(what a story tells of the rule without naming it, or None; what one tells that names it, or None)."""
    named = None
    for path, text in sorted(stories.items(), key=lambda one: len(one[1])):
        if not re.search(rf"\s{re.escape(rule)}\s", text):
            continue
        stripped = without_own_name(text, rule)
        claim = claim_that_fails(program, number, stripped, folder)
        if claim is not None:
            return f"{path.stem} fails: {claim}", None
        if named is None and stripped != text:
            claim = claim_that_fails(program, number, text, folder)
            named = claim and f"{path.stem} fails: {claim}"
    return None, named


def wrong(rule, effect, named, unfired, named_alone):
    """What is wrong with what the stories tell of a rule, or "" """
    kind = "effect" if effect else "named" if named else "nothing"
    if kind == "effect" and (rule in unfired or rule in named_alone):
        return "excused, and shown by what it does"
    if kind == "named" and rule in unfired:
        return "excused in unfired.txt, and shown"
    if kind == "named" and rule not in named_alone:
        return "only a claim that names it needs it: claim what comes of it, or say in named_alone.txt why nothing does"
    if kind == "nothing" and rule not in unfired:
        return "no story needs it"
    return "no claim names it any more" if kind == "nothing" and rule in named_alone else ""


def find_seeds(build, count):
    """The first seed that fires each rule; a seed that fires several stands there once."""
    said = subprocess.run([build / "sim/mc_sim", "--summary", "1", str(count)], stdout=subprocess.PIPE,
                          text=True).stdout
    rules = {}
    for rule, seed in re.findall(r"^fired (\S+) (\d+)$", said, re.M):
        rules.setdefault(int(seed), []).append(rule)
    lines = [f"{seed} {' '.join(of)}" for seed, of in sorted(rules.items())]
    SEEDS.write_text("# Written by tools/rules.py: seeds, and the rules that their runs are the first to fire.\n" +
                     "\n".join(lines) + "\n")
    return 0


def fired_by_seeds(build):
    said = subprocess.run([build / "sim/mc_sim", "--summary", SEEDS], stdout=subprocess.PIPE, text=True).stdout
    never = re.search(r"^rules never fired:(.*)$", said, re.M)
    if never is None:
        raise SystemExit("mc_sim did not say which rules never fired:\n" + said[-2000:])
    return set(never.group(1).split())


def tell(number, good, text, why=""):
    print(f"{'' if good else 'not '}ok {number} - {text}", flush=True)
    if not good and why:
        print(f"# {why}", flush=True)
    return not good


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--seeds", action="store_true")
    parser.add_argument("--find", type=int, metavar="N")
    parser.add_argument("rules", nargs="*")
    arguments = parser.parse_args()
    build = pathlib.Path(arguments.build).resolve()
    if arguments.find:
        return find_seeds(build, arguments.find)
    every = rules_of((ROOT / "src/core/node_rules.c").read_text())
    wanted = arguments.rules or every
    stories = {path: path.read_text() for path in sorted(STORIES.glob("*.story"))}
    excused = core_build.excuses(STORIES / "unfired.txt")
    print(f"1..{len(wanted) * (2 if arguments.seeds else 1)}", flush=True)
    alone = core_build.excuses(STORIES / "named_alone.txt")
    unknown = [rule for rule in [*excused, *alone] if rule not in every]
    failed, by_name = len(unknown), 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        program = build_without(build, folder)
        for number, rule in enumerate(wanted, 1):
            effect, named = judge(program, every.index(rule), rule, stories, folder)
            by_name += effect is None and named is not None
            text = f"without {rule} {effect or named}" if effect or named else f"{rule} is excused"
            why = wrong(rule, effect, named, excused, alone)
            failed += tell(number, not why, text, why)
    if arguments.seeds:
        never = fired_by_seeds(build)
        unfired = core_build.excuses(STORIES / "unfired_by_seeds.txt")
        for number, rule in enumerate(wanted, len(wanted) + 1):
            good = (rule in never) == (rule in unfired)
            failed += tell(number, good, f"{rule} and the seeds",
                           "excused, and fired" if rule in unfired else "no seed fires it")
    for rule in unknown:
        print(f"# {rule} is excused, and is no rule")
    print(f"# of {len(wanted)} rules {by_name} are shown by nothing but a claim that names them")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
