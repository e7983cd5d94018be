#!/usr/bin/python3
"""Explores cluster.pml and growth.pml with spin: the protocol as it is, and with one rule after the other taken out.

    run.py small            what "make check" runs (TAP)
    run.py all              everything that README.md claims (TAP)
    run.py NAME...          these cases alone
    run.py --list           the cases, with their bounds
    run.py --story NAME     a broken rule's counterexample, told a line per turn

A case passes when the protocol has no violation, or when a broken rule, or an assumption that was dropped, has given
its counterexample, or when every action was seen to be taken. Seconds are of the processor, not of the clock.
"""
import argparse
import itertools
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

CLUSTER = pathlib.Path(__file__).resolve().parent / "cluster.pml"
GROWTH = CLUSTER.with_name("growth.pml")
# Turns are some twelve of spin's steps. A counterexample is looked for among the short ones.
DEPTH, DEPTH_BROKEN, DEPTH_REACH = 100_000, 450, 800
LIMIT_MB = 9000
PATIENCE = 3600  # seconds for one case; a machine that is busy is slow

# What a search says: "exhaustive" visits every state within the bounds; "hash-compact" tells states apart by a hash
# alone, so that a few are missed; "partial" keeps three bits per state (spin's bitstate search) and stops after a time: it may
# leave out many. "reach" only asks whether each action is taken somewhere.
EXHAUSTIVE, HASHED, PARTIAL, REACH = "exhaustive", "hash-compact", "partial", "every action taken"
PARTIAL_SECONDS = 40
SEEDS, LINES = 1000, 10_000  # random searches for actions, and lines read of each


def bounds(servers=2, epochs=3, ballots=3, extras=0, crashes=0, losses=0, copies=0, entries=2, eligible=1, begin=0,
           quorum=0):
    return {"SERVERS": servers, "EPOCHS": epochs, "BALLOTS": ballots, "EXTRAS": extras, "CRASHES": crashes,
            "LOSSES": losses, "COPIES": copies, "ENTRIES": entries, "ELIGIBLE": eligible, "BEGIN": begin,
            "QUORUM": quorum}


def growth_bounds(voters=5, ballots=4, crashes=1, settings=0, aside=0):
    return {"VOTERS": voters, "BALLOTS": ballots, "CRASHES": crashes, "SETTINGS": settings, "ASIDE": aside}


class Case:
    """One search: its bounds, what it does without (a switch of its model, or None), and whether "small" runs it.

    violates: the invariant that must fail without it. counts: which votes make a record chosen (I4 in cluster.pml).
    harmless: so counted, or so few, nothing is violated. adds: a switch that adds actions to the model. least: of a partial
    search, the states below which it has shown too little. excused: actions that cannot be taken within such bounds, each with
    the reason.
    """

    def __init__(self, name, limits, broken=None, violates=None, search=EXHAUSTIVE, small=False, counts=None, harmless=False,
                 model=CLUSTER, adds=None, least=None, excused=None):
        assert (violates is not None) == (broken is not None and not harmless), name
        assert (least is not None) == (search == PARTIAL), name
        assert not excused or search == REACH, name
        self.name, self.limits, self.broken, self.search = name, limits, broken, search
        self.small, self.counts, self.violates = small, counts, violates
        self.model, self.adds, self.least, self.excused = model, adds, least, excused or {}

    def defines(self):
        flags = [f"-D{name}={value}" for name, value in self.limits.items()]
        flags += [f"-D{self.broken}"] if self.broken else []
        flags += [f"-D{self.counts}"] if self.counts else []
        flags += [f"-D{self.adds}"] if self.adds else []
        # Who changes places halfway is hard to follow in a story.
        alike = self.limits["SERVERS"] == 3 if self.model == CLUSTER else self.limits["VOTERS"] == 5
        return flags + (["-DSYMMETRY"] if alike and self.search == EXHAUSTIVE and not self.violates else [])

    def __str__(self):
        words = ", ".join(f"{value} {name.lower()}" for name, value in self.limits.items() if value != 0)
        words += f", {self.adds.lower()}" if self.adds else ""
        return f"{self.name} ({words}; {'broken' if self.violates else self.search})"


CASES = [
    # The protocol as it is, two servers and an arbiter.
    Case("changes-small", bounds(epochs=4), small=True),
    Case("faults-small", bounds(epochs=2, crashes=1, losses=1, entries=1), small=True),
    Case("put-back-small", bounds(epochs=2, losses=1, copies=1, entries=1), small=True),
    Case("rounds", bounds(epochs=2, extras=8)),
    Case("rounds-two-changes", bounds(ballots=2, extras=8, entries=1)),
    Case("crash", bounds(epochs=5, crashes=1)),
    Case("faults-two-changes", bounds(crashes=1, losses=1, entries=1)),
    Case("faults-protected", bounds(epochs=2, crashes=1, losses=1, entries=1, begin=0b10)),
    Case("two-crashes-one-loss", bounds(epochs=2, crashes=2, losses=1, copies=1, entries=1)),
    Case("two-crashes-two-changes", bounds(crashes=2, losses=1, entries=1)),
    Case("faults-three-changes", bounds(epochs=4, crashes=1, losses=1, entries=1)),
    Case("two-losses", bounds(epochs=2, extras=1, losses=2, entries=1)),
    # Three servers.
    Case("servers", bounds(servers=3, entries=1), small=True),
    Case("servers-changes", bounds(servers=3, epochs=4, entries=1)),
    Case("servers-two-eligible", bounds(servers=3, entries=1, eligible=2)),
    Case("servers-rounds", bounds(servers=3, epochs=2, extras=8, entries=1)),
    Case("servers-faults", bounds(servers=3, epochs=2, crashes=1, losses=1, entries=1)),
    Case("servers-put-back", bounds(servers=3, epochs=2, losses=1, copies=1, entries=1)),
    # Two of them eligible, and either acknowledges.
    Case("quorum", bounds(servers=3, entries=1, eligible=2, quorum=1)),
    Case("quorum-protected", bounds(servers=3, epochs=2, entries=1, eligible=2, begin=0b110, quorum=1), small=True),
    Case("quorum-crash", bounds(servers=3, epochs=2, crashes=1, entries=1, eligible=2, begin=0b110, quorum=1)),
    # A successor that cannot be promoted gives the role back.
    Case("hand-back-small", bounds(epochs=3, entries=1, begin=0b10), adds="HAND_BACK", small=True),
    Case("hand-back-crash", bounds(epochs=3, crashes=1, entries=1, begin=0b10), adds="HAND_BACK"),
    # One growth, and what other servers find of it.
    Case("growth-small", growth_bounds(), model=GROWTH, small=True),
    Case("growth", growth_bounds(settings=1, aside=1), model=GROWTH),
    # What is too large to keep whole states of.
    Case("two-crashes-three-changes", bounds(epochs=4, crashes=2, losses=1, entries=1), search=HASHED),
    # What is too large to exhaust.
    Case("wide", bounds(epochs=5, extras=8, crashes=2, losses=1, copies=1), search=PARTIAL, least=100_000),
    Case("wide-servers", bounds(servers=3, epochs=5, extras=8, crashes=2, losses=1, copies=1, eligible=2),
         search=PARTIAL, least=60_000),
    Case("wide-quorum", bounds(servers=3, epochs=5, extras=8, crashes=2, losses=1, copies=1, eligible=2, begin=0b110,
                               quorum=1), search=PARTIAL, least=60_000),
    Case("wide-hand-back", bounds(epochs=5, extras=8, crashes=2, losses=1, copies=1, begin=0b10), adds="HAND_BACK",
         search=PARTIAL, least=200_000),
    Case("reach", bounds(servers=3, epochs=5, extras=2, crashes=2, losses=1, copies=1, begin=0b10), search=REACH),
    Case("reach-quorum", bounds(servers=3, entries=1, eligible=2, begin=0b110, quorum=1), search=REACH),
    Case("reach-arbiter", bounds(epochs=5, extras=2, crashes=2, losses=1, copies=1, begin=0b10), search=REACH, small=True, excused={
        "%d: leaves its upstream": "the only other server is the upstream, and who is named has cut its receiver before it was"}),
    Case("reach-hand-back", bounds(epochs=5, extras=2, crashes=1, begin=0b10), search=REACH, adds="HAND_BACK"),
    # One rule taken out.
    Case("adopt-nothing", bounds(extras=1), "BREAK_ADOPT_NOTHING", "I4", small=True),
    Case("lower-ballot", bounds(extras=1), "BREAK_LOWER_BALLOT", "I4", small=True),
    Case("claim-ineligible", bounds(), "BREAK_CLAIM_INELIGIBLE", "I2", small=True),
    Case("attach-unflushed", bounds(), "BREAK_ATTACH_UNFLUSHED", "I2", small=True),
    Case("relax-first", bounds(extras=1), "BREAK_RELAX_FIRST", "I2", small=True),
    Case("replace-eligible", bounds(), "BREAK_REPLACE_ELIGIBLE", "I2", small=True),
    Case("stale-proof", bounds(extras=1, crashes=1), "BREAK_STALE_PROOF", "I2"),
    Case("forget-pending", bounds(extras=1), "BREAK_FORGET_PENDING", "I2"),
    Case("reloaded-is-in-force", bounds(extras=1), "BREAK_RELOADED_IS_IN_FORCE", "I2"),
    Case("unproved-start", bounds(extras=1, crashes=1), "BREAK_UNPROVED_START", "I2"),
    Case("uncut", bounds(), "BREAK_UNCUT", "I1"),
    Case("any-wal-follows", bounds(epochs=5), "BREAK_ANY_WAL_FOLLOWS", "I2"),
    Case("history-by-number", bounds(epochs=5), "BREAK_HISTORY_BY_NUMBER", "I2"),
    Case("solo-on-accepted", bounds(epochs=4, extras=1, crashes=1, entries=1), "BREAK_SOLO_ON_ACCEPTED", "I2"),
    Case("open-unconfirmed", bounds(extras=1, losses=1, entries=1), "BREAK_OPEN_UNCONFIRMED", "I2"),
    Case("incarnations", bounds(extras=1, losses=1, entries=1), "BREAK_INCARNATIONS", "I4"),
    Case("incarnations-two-losses", bounds(epochs=2, extras=1, losses=2, entries=1), "BREAK_INCARNATIONS", "I4",
         counts="REMEMBERED"),
    Case("blank-only-reads", bounds(extras=1, losses=1, entries=1), "BREAK_BLANK_ONLY_READS", "I4"),
    Case("recall-majority", bounds(extras=1, losses=1, entries=1), "BREAK_RECALL_MAJORITY", "I4", small=True),
    Case("blank-votes", bounds(extras=1, losses=1, entries=1), "BREAK_BLANK_VOTES", "I4"),
    Case("unbound", bounds(servers=3, epochs=2, entries=1, eligible=2, begin=0b110, quorum=1), "BREAK_UNBOUND", "I2",
         small=True),
    Case("shrink-unproved", bounds(servers=3, entries=1, eligible=2, begin=0b110, quorum=1), "BREAK_SHRINK_UNPROVED", "I2"),
    Case("rolled-back-opens", bounds(losses=1, copies=1, entries=1), "BREAK_ROLLED_BACK_OPENS", "I1"),
    Case("put-back-votes", bounds(extras=1, losses=1, copies=1, entries=1), "BREAK_PUT_BACK_VOTES", "I4"),
    Case("caught-up-votes", bounds(extras=1, losses=1, copies=1, entries=1), "BREAK_CAUGHT_UP_VOTES", "I4", small=True),
    Case("hand-back-forgotten", bounds(crashes=1, entries=1, begin=0b10), "BREAK_HAND_BACK_FORGOTTEN", "I2", adds="HAND_BACK"),
    Case("hand-back-any-memory", bounds(losses=1, entries=1, begin=0b10), "BREAK_HAND_BACK_ANY_MEMORY", "I2", adds="HAND_BACK"),
    Case("hand-back-opened", bounds(begin=0b10), "BREAK_HAND_BACK_OPENED", "I2", adds="HAND_BACK"),
    Case("solo-though-reached", growth_bounds(), "BREAK_SOLO_THOUGH_REACHED", "I1", model=GROWTH),
    Case("growth-is-what-is-accepted", growth_bounds(crashes=0), "BREAK_GROWTH_IS_WHAT_IS_ACCEPTED", "I2", model=GROWTH),
    # One of these rules taken out, and not missed within these bounds (README.md says why).
    Case("incarnations-one-loss", bounds(epochs=2, extras=1, losses=1, entries=1), "BREAK_INCARNATIONS",
         counts="REMEMBERED", harmless=True),
    Case("incarnations-heard", bounds(epochs=2, losses=2, entries=1), "BREAK_INCARNATIONS", counts="HEARD",
         harmless=True),
    Case("growth-three-voters", growth_bounds(voters=3, ballots=5, settings=1, aside=1), "BREAK_NOTHING_BUT_ACCEPTED",
         model=GROWTH, harmless=True),
    Case("growth-four-voters", growth_bounds(voters=4, settings=1, aside=1), "BREAK_NOTHING_BUT_ACCEPTED", model=GROWTH,
         harmless=True),
    # One assumption dropped: what the protocol does not promise.
    Case("put-back-unheard", bounds(extras=1, losses=1, copies=1, entries=1), "LIMIT_UNHEARD", "I4"),
]


def run(command, folder, timeout=PATIENCE):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=timeout)
    return done.returncode, done.stdout


def compile_case(case, folder, more=()):
    """The search program, made by spin and gcc."""
    status, output = run(["spin", "-a", *case.defines(), str(case.model)], folder)
    if status != 0 or "Error" in output:
        raise RuntimeError(f"spin: {output}")
    # Of a search that is over at once, compiling is what takes time.
    optimize = "-O0" if case.violates and case.small else "-O1" if case.violates or case.search == REACH else "-O2"
    flags = [optimize, "-w", "-DSAFETY", "-DNOREDUCE", f"-DMEMLIM={LIMIT_MB}", *more]
    if case.search == HASHED:
        flags += ["-DHC4"]
    if case.search == PARTIAL:
        flags += ["-DBITSTATE", "-DT_RAND", "-DP_RAND"]
    status, output = run(["gcc", *flags, "-o", "pan", "pan.c"], folder)
    if status != 0:
        raise RuntimeError(f"gcc: {output}")


def story(case, folder):
    """The turns of the trail that the search has left."""
    _, output = run(["spin", "-t", "-k", f"{case.model.name}.trail", *case.defines(), str(case.model)], folder)
    return [line.strip() for line in output.splitlines() if re.match(r"\s+\d: ", line)]


def actions(case):
    """What the model can tell: one pattern for each printf, that is for each action. With a quorum, or a switch that adds
    actions: what it adds."""
    _, text = run(["gcc", "-E", "-P", "-x", "c", *case.defines(), str(case.model)], ".")
    told_here = set(re.findall(r'printf\("(.*?)\\n"', text))
    if case.limits["QUORUM"] != 0 or case.adds:
        told_here -= set(actions(Case("plain", {**case.limits, "QUORUM": 0})))
    return {form: re.compile(re.escape(form).replace("%d", r"\d+") + r"\s*$") for form in told_here}


def told_by(seed, folder):
    """The lines of one random search, without their numbers told apart."""
    seen = {}
    with subprocess.Popen(["./pan", "-E", "-w18", f"-m{DEPTH_REACH}", f"-RS{seed}"], cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as pan:
        for line in itertools.islice(pan.stdout, LINES):
            if "assertion violated" in line:
                raise RuntimeError(f"seed {seed}: {line}")
            seen.setdefault(re.sub(r"\d", "", line), line)
        pan.kill()
    return seen.values()


def never_told(case, folder):
    """The actions that none of many short random searches takes; it ends with the last that was missing and not excused.

    Half of them begin with a primary alone, half as the case says.
    """
    alone = Case("alone", {**case.limits, "BEGIN": 0}, search=REACH, adds=case.adds)
    folders = [pathlib.Path(folder) / "alone", pathlib.Path(folder) / "given"]
    for variant, where in zip((alone, case), folders):
        where.mkdir()
        compile_case(variant, where, ["-DPRINTF", "-DT_RAND", "-DP_RAND"])
    missing = actions(case)
    for seed in range(1, SEEDS + 1):
        if not set(missing) - set(case.excused):
            break
        lines = told_by(seed, folders[seed % 2])
        missing = {text: form for text, form in missing.items() if not any(form.search(line) for line in lines)}
    return sorted(missing)


def judge_reach(case, forms, missing):
    """(good, what to say) of the actions that there are and of those that were never taken."""
    wrong = [f"never taken: {form}" for form in missing if form not in case.excused]
    wrong += [f"excused, and no action: {form}" for form in case.excused if form not in forms]
    wrong += [f"excused, and taken: {form}" for form in case.excused if form in forms and form not in missing]
    if wrong:
        return False, "; ".join(wrong)
    excused = "".join(f"\nexcused: {form}: {reason}" for form, reason in case.excused.items())
    return True, f"{len(forms) - len(missing)} actions, each of them taken{excused}"


def reach(case, folder):
    return judge_reach(case, actions(case), never_told(case, folder))


def violated(output):
    """Which invariant the failed assertion of the model stands for; "?": none, as those that guard the model's own bounds."""
    words = {"acknowledged": "I2", "promoted_at": "I1", "decided": "I4", "newest": "I4"}
    failed = re.search(r"assertion violated (.*)", output)
    return next((name for word, name in words.items() if failed and word in failed.group(1)), "?")


def processor_seconds():
    """Of everything that was started and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def judge_states(case, states, figures):
    """(good, what to say) of a search that has found nothing: one that stops after a time may have done next to nothing."""
    if case.least is not None and states < case.least:
        return False, f"too little was searched, less than {case.least:,} states: {figures}"
    return True, figures


def search(case, folder):
    """(good, what to say): the figures of the search, and the trail where there is one."""
    compile_case(case, folder)
    start = processor_seconds()
    command = ["./pan", "-E", f"-m{DEPTH_BROKEN if case.violates else DEPTH}"]
    command += {EXHAUSTIVE: ["-w22" if case.violates else "-w26"], HASHED: ["-w26"], PARTIAL: ["-w33", "-k3", "-RS1"]}[case.search]
    if case.search == PARTIAL:
        command = ["timeout", "-s", "INT", str(PARTIAL_SECONDS), *command]
    _, output = run(command, folder)
    seconds = processor_seconds() - start
    states = re.search(r"([\d.e+]+) states, stored", output)
    errors = re.search(r"errors: (\d+)", output)
    memory = re.search(r"([\d.]+)\s+total actual memory", output)
    figures = f"{states.group(1) if states else '?'} states, " \
              f"{memory.group(1) if memory else '?'} MB, {seconds:.0f} s"
    too_deep = "max search depth too small" in output and not case.violates
    if errors is None or states is None or too_deep:
        return False, f"the search broke off: {figures}\n{output[-2000:]}"
    if case.violates:
        if errors.group(1) == "0":
            return False, f"no counterexample: {figures}"
        found = violated(output)
        return found == case.violates, f"{figures}; {found} violated after {len(story(case, folder))} turns" + \
            ("" if found == case.violates else f", and not {case.violates}\n{output[-2000:]}")
    if errors.group(1) != "0":
        return False, figures + "\n" + "\n".join(story(case, folder))
    if "out of memory" in output:
        return False, f"out of memory: {figures}"
    return judge_states(case, float(states.group(1)), figures)


def told(text):
    return "".join(f"# {line}\n" for line in text.splitlines())


def run_cases(cases):
    print(f"1..{len(cases)}")
    failed = 0
    for number, case in enumerate(cases, 1):
        with tempfile.TemporaryDirectory(prefix="mc-model-") as folder:
            try:
                good, text = (reach if case.search == REACH else search)(case, folder)
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                good, text = False, str(error)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {case}\n{told(text)}", end="", flush=True)
    return 1 if failed else 0


def tell_story(case):
    with tempfile.TemporaryDirectory(prefix="mc-model-") as folder:
        good, text = search(case, folder)
        print(text)
        if (pathlib.Path(folder) / f"{case.model.name}.trail").exists():
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
