#!/usr/bin/python3
"""The tools that judge tests are fed what they must refuse, and refuse it: rules.py, coverage.py and model/run.py. Prints TAP.

The one that judges mutations has a test beside it, which needs a build (test/mutation/test_mutations.py).
"""
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "model")]
sys.dont_write_bytecode = True
import coverage                        # noqa: E402
import rules                           # noqa: E402
import run as model                    # noqa: E402

STORY = "must a.rule on b by 4\nmust a.rule_more on b\nnever a.rule\nmust primary b at 9\nexpect\n    1.0  a.rule\n"
SOURCE = pathlib.Path("f.c")


def rules_cases():
    """Of a rule: what its stories tell, and what is wrong with that."""
    yield "a story without a rule's own name keeps its other lines", \
        rules.without_own_name(STORY, "a.rule") == "must a.rule_more on b\nmust primary b at 9\nexpect\n    1.0  a.rule\n"
    for effect, named, unfired, alone, wanted in [
            ("x fails: must primary b", None, [], [], ""),
            (None, "x fails: must r", [], ["r"], ""),
            (None, None, ["r"], [], ""),
            (None, "x fails: must r", [], [], "only a claim that names it"),
            (None, "x fails: must r", ["r"], [], "excused in unfired.txt, and shown"),
            ("x fails: must primary b", None, ["r"], [], "excused, and shown"),
            ("x fails: must primary b", None, [], ["r"], "excused, and shown"),
            (None, None, [], [], "no story needs it"),
            (None, None, ["r"], ["r"], "no claim names it")]:
        said = rules.wrong("r", effect, named, unfired, alone)
        yield f"a rule that is shown by {effect or named or 'nothing'}, unfired {unfired}, alone {alone}: {wanted or 'good'}", \
            said.startswith(wanted) and bool(said) == bool(wanted)


def judged(excuse, lines):
    """What coverage.py complains of: of places, and of the excuse."""
    excuses = coverage.read_excuses(f"# words\n\nf.c:g: return x && y;\n{excuse}\n")
    _, missing = coverage.judge(SOURCE, lines, excuses)
    return "; ".join(missing + [e.wrong() for e in excuses.values() if e.wrong()])


def coverage_cases():
    half, none, idle = ("g", "return x && y;", 3, [1, 0]), ("g", "return x && y;", 3, [1, 2]), ("g", "return x && y;", 0, [])
    for what, excuse, lines, wanted in [
            ("an excused branch", "    1: it is so", [half], ""),
            ("two places of one text", "    2: it is so", [half, half], ""),
            ("a line that never runs, and has no branch", "    1: it is so", [idle], ""),
            ("a branch more than is excused", "    1: it is so", [half, half], "1 are excused, and 2 are not taken"),
            ("a branch less than is excused", "    2: it is so", [half], "2 are excused, and 1 are not taken"),
            ("an excuse that is not needed", "    1: it is so", [none], "1 are excused, and 0 are not taken"),
            ("an excuse whose line is gone", "    1: it is so", [("g", "return x;", 1, [])], "is no line of that function"),
            ("an excuse without a number", "    it is so", [half], "without a number of branches"),
            ("an excuse without a reason", "    1:", [half], "without a number of branches"),
            ("a branch that nobody excuses", "    1: it is so", [half, ("h", "if (x)", 2, [2, 0])], "f.c:h: if (x)")]:
        said = judged(excuse, lines)
        yield f"coverage, {what}: {wanted or 'good'}", wanted in said and bool(said) == bool(wanted)


def model_cases():
    for text, wanted in [("assertion violated ((decided[2]==0)||x)", "I4"), ("assertion violated (promoted_at<3)", "I1"),
                         ("assertion violated ((wal[0]&acknowledged)==acknowledged)", "I2"), ("assertion violated (b<128)", "?")]:
        yield f"the model: {text} is {wanted}", model.violated("pan:1: " + text) == wanted
    try:
        model.Case("broken", model.bounds(), "BREAK_UNCUT")
        said = False
    except AssertionError:
        said = True
    yield "the model: a broken case says what is violated", said
    partial = model.Case("partial", model.bounds(), search=model.PARTIAL, least=1000)
    for states, wanted in ((1000, True), (999, False)):
        yield f"the model: {states} states of a partial search that shall have 1000", model.judge_states(partial, states, "")[0] == wanted
    least = [case.least for case in model.CASES if case.search == model.PARTIAL]
    yield "the model: every partial search has its least number of states", bool(least) and all(least)
    case = model.Case("reach", model.bounds(), search=model.REACH, excused={"%d: b": "it is so"})
    for forms, missing, wanted in (("ab", "b", ""), ("ab", "ab", "never taken: %d: a"), ("ab", "", "excused, and taken: %d: b"),
                                   ("a", "", "excused, and no action: %d: b")):
        good, said = model.judge_reach(case, [f"%d: {form}" for form in forms], [f"%d: {form}" for form in missing])
        yield f"the model: of the actions {forms} {missing or 'none'} never taken, b excused: {wanted or 'good'}", \
            good == (not wanted) and (good or said == wanted)
    for invariant, wanted in (("I4", True), ("I2", False)):
        case = model.Case("adopt-nothing", model.bounds(extras=1), "BREAK_ADOPT_NOTHING", invariant)
        with tempfile.TemporaryDirectory() as folder:
            yield f"the model: a case that violates I4 and should violate {invariant}", model.search(case, folder)[0] == wanted


def main():
    failed = count = 0
    for what, good in [*rules_cases(), *coverage_cases(), *model_cases()]:
        count += 1
        failed += not good
        print(f"{'' if good else 'not '}ok {count} - {what}", flush=True)
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
