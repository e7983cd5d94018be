#!/usr/bin/python3
"""Everything that must hold before a change is accepted; ends with the line "N passed, N failed".

    check.py [--build DIR] [--only STEP] [--list]

Every single case counts: each test of each program, each rule about the source, each build.  What failed
is shown with its output and with the command that runs it alone.

Tests on real PostgreSQL mostly wait; compilers, searches and simulations never do.  So the ones run beside the
others, which take the processor time that is left (background.py).  With --only, one step after another.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYTHON = "/usr/bin/python3"
BACKGROUND = [PYTHON, str(ROOT / "tools/background.py")]
FILES_AT_ONCE = 2 * (os.cpu_count() or 1)
SLOWEST = 15
OUTPUT_MAX = 24_000  # of one failure, in characters: the end is what tells
GIST_LINES, GIST_MAX = 3, 400
COMPUTING = ("mutations", "shortened", "stories", "seeds", "property_", "corpus_")     # tests that only need the processor
PATIENCE = 10       # times as long as alone, for what runs in the background
PYTEST_PATIENCE = 2     # the same for what waits on real PostgreSQL beside it: it must come, a bound in time is judged in bench/
BUILT = ("executable", "static library", "shared library", "shared module")     # the types of targets that are compiled
NOT_TO_BE_HAD = "not to be had here: "  # how test/integration/pgversions.py begins its reasons


class Tally:
    """What passed, and what failed with its output and the way to run it alone. `background`: the step's commands leave
    the processor to those of other steps."""

    def __init__(self, background=False):
        self.passed = 0
        self.skipped = 0
        self.failures = []
        self.background = background
        self.said = []

    def say(self, text):
        self.said.append(text)

    def run(self, command, env=None):
        return run(command, env, background=self.background)

    def skip(self, name, reason):
        self.skipped += 1
        self.say(f"skipped {name}\n   {reason}")

    def add(self, name, good, output="", alone=""):
        if good:
            self.passed += 1
            return
        self.failures.append(name + gist(output))
        self.say(f"\nFAILED {name}\n{output[-OUTPUT_MAX:].rstrip()}" + (f"\nalone: {alone}" if alone else "") + "\n")

    def take(self, other):
        self.passed += other.passed
        self.skipped += other.skipped
        self.failures += other.failures


def gist(output):
    """What a failure says first, for the list at the end: it may be all that is kept of a run somewhere else."""
    lines = [line.strip() for line in output.split("\n") if line.strip()]
    return "".join(f"\n      {line[:GIST_MAX]}" for line in lines[:GIST_LINES])


running = set()         # processes, each the leader of its session


def run(command, env=None, timeout=3600, background=False):
    """The exit status (124: took too long) and all output."""
    if background:
        command = BACKGROUND + command
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
                               env={**os.environ, **(env or {})})
    running.add(process)
    try:
        output, _ = process.communicate(timeout=timeout)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        end(process)
        output, _ = process.communicate()
        return 124, output + f"\ntook longer than {timeout} s\n"
    finally:
        running.discard(process)


def end(process):
    """A step's command with all of its session; those on real PostgreSQL clean up after themselves when told."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=20)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass


def configure(tally, build, options=(), env=None):
    again = ["--reconfigure"] if (build / "build.ninja").exists() else []
    return tally.run(["meson", "setup", *again, *options, str(build), str(ROOT)], env)


def compile_tree(tally, name, build, options=(), env=None, but_tests=False):
    status, output = configure(tally, build, options, env)
    if status == 0:
        status, output = tally.run(["ninja", "-C", str(build), *(no_tests_of(tally, build) if but_tests else [])], env)
    tally.add(name, status == 0, output, f"ninja -C {build}")
    return status == 0


def no_tests_of(tally, build):
    """The programs and libraries of a build that are none of test/."""
    _, output = tally.run(["meson", "introspect", "--targets", str(build)])
    return [os.path.relpath(name, build) for target in json.loads(output) if target["type"] in BUILT
            and not target["defined_in"].startswith(str(ROOT / "test")) for name in target["filename"]]


def add_tap(tally, name, status, output, alone):
    """Counts the cases of one program that speaks TAP, and the program itself where it broke off."""
    lines = output.split("\n")
    planned = next((int(m.group(1)) for line in lines if (m := re.match(r"1\.\.(\d+)", line))), None)
    seen, failed = 0, 0
    for number, line in enumerate(lines):
        match = re.match(r"(not )?ok\b\s*\d*\s*-?\s*(.*)", line)
        if not match:
            continue
        seen += 1
        failed += bool(match.group(1))
        said = []
        # The word of explanation stands after its line.
        for more in lines[number + 1:]:
            if re.match(r"(not )?ok\b|1\.\.", more):
                break
            said.append(more)
        tally.add(f"{name}: {match.group(2)}", not match.group(1), "\n".join(said), alone)
    if planned is None or seen != planned or (status != 0 and failed == 0):
        tally.add(f"{name}: ended with status {status} after {seen} of {planned} cases", False, output,
                  alone)


def programs_of(tally, label, build, computing):
    """What meson knows of those that only need the processor, or of the others, which have bounds in time."""
    status, output = tally.run(["meson", "introspect", "--tests", str(build)])
    if status != 0:
        tally.add(f"{label}: meson introspect ended with {status}", False, output)
        return []
    return [test["name"] for test in json.loads(output) if test["name"].startswith(COMPUTING) == computing]


def run_bounded(tally, label, build, env=None):
    run_programs(tally, label, build, "bounded", programs_of(tally, label, build, False), [], env)


def run_computing(tally, label, build, env=None):
    options = ["--wrapper", " ".join(BACKGROUND), "--timeout-multiplier", str(PATIENCE)] if tally.background else []
    run_programs(tally, label, build, "computing", programs_of(tally, label, build, True), options, env)


def run_programs(tally, label, build, log, names, options, env):
    """Runs them, and counts the cases inside each. meson gives each a session of its own: the wrapper tells that, too."""
    for path in build.glob(f"meson-logs/{log}*.json"):      # with a wrapper its name is added
        path.unlink()
    status, output = run(["meson", "test", "-C", str(build), "--no-rebuild", "--num-processes", "2", "--logbase", log, *options,
                          *names], env)
    lines = [line for path in build.glob(f"meson-logs/{log}*.json") for line in path.read_text().splitlines()]
    for line in lines:
        count_program(tally, label, json.loads(line), build)
    tally.add(f"{label}: {len(lines)} of {len(names)} programs were run", len(lines) == len(names), output)


def count_program(tally, label, test, build):
    """One program: its cases where it speaks TAP, else the program as a whole."""
    name = f"{label}: {test['name'].split(' / ')[-1]}"
    alone = f"meson test -C {build} --print-errorlogs {test['name'].split(' / ')[-1]}"
    said = (test.get("stdout") or "") + (test.get("stderr") or "")
    if test["result"] == "TIMEOUT":
        said += "\ntook too long\n"
    if re.search(r"^1\.\.\d+", said, re.M):
        add_tap(tally, name, test["returncode"], said, alone)
    else:
        # Nothing is skipped on the reference machine, so a skipped test is one that failed.
        tally.add(name, test["result"] in ("OK", "EXPECTEDFAIL"), said, alone)


def step_gcc(tally, build):
    """builds with gcc"""
    compile_tree(tally, "build with gcc", build, ["-Dtest_build=true"], {"CC": "gcc"})


def step_unit(tally, build):
    """runs the tests of single programs"""
    run_bounded(tally, "gcc", build)


def step_stories(tally, build):
    """runs the stories, the seeds that are kept, the properties and the mutations"""
    run_computing(tally, "gcc", build)


def step_rules(tally, build):
    """every rule of a server is taken out once, and a story's claim fails; every rule is fired by a seed"""
    command = [PYTHON, "tools/rules.py", "--build", str(build), "--seeds"]
    status, output = tally.run(command)
    add_tap(tally, "rules", status, output, " ".join(command))


def step_coverage(tally, build):
    """every branch of the core is taken by a story, a tape, a unit test or a seed, or excused"""
    command = [PYTHON, "tools/coverage.py", "--build", str(build)]
    status, output = tally.run(command)
    tally.say(f"   {output.rstrip().rsplit(chr(10), 1)[-1]}")
    tally.add("coverage: every branch of the core is taken or excused", status == 0, output, " ".join(command))


def step_clang(tally, build):
    """builds with clang, as it is installed: without the doors for tests"""
    # The tests are compiled by clang for the sanitizers, with all that they test.
    compile_tree(tally, "build with clang", build.with_name(build.name + "-clang"), (),
                 {"CC": "clang-14"}, but_tests=True)


def step_sanitize(tally, build):
    """runs all tests with address and undefined behaviour sanitizers"""
    build = build.with_name(build.name + "-sanitize")
    # clang: with its sanitizers on, gcc warns of conversions that it made itself.
    if compile_tree(tally, "build with sanitizers", build,
                    ["-Dsanitize=true", "-Dtest_build=true", "-Db_lundef=false"],
                    {"CC": "clang-14"}):
        for play_them in (run_bounded, run_computing):
            play_them(tally, "sanitizers", build, {"UBSAN_OPTIONS": "print_stacktrace=1"})


def step_sim(tally, build):
    """what a minute of two processors makes of fresh seeds; those that have failed once are among the tests"""
    command = [PYTHON, "tools/sim.py", "--build", f"{build}-sim", "--from", "sources", "--processor-seconds", "120"]
    status, output = tally.run(command)
    for line in output.splitlines():
        if line.startswith("not ok - "):
            tally.add(f"sim: {line[9:]}", False, output)
    said = re.search(r"# seeds from (\d+)", output)
    tally.add(f"sim: fresh seeds from {said.group(1) if said else '?'}", status == 0, output, " ".join(command))


def step_tidy(tally, build):
    """the rules about the source, and the tests of the tools that judge"""
    for script in (["tools/test_tidy.py"], ["tools/test_judges.py"], ["tools/tidy.py", "--tap"]):
        status, output = tally.run([PYTHON, *script])
        add_tap(tally, script[0], status, output, f"{PYTHON} " + " ".join(script))


def step_analyze(tally, build):
    """clang-tidy on every source file"""
    build = build.with_name(build.name + "-clang")
    database = build / "compile_commands.json"
    if not database.exists():
        tally.add("analyze: no build with clang", False, "", "tools/check.py --only clang")
        return
    files = sorted({os.path.relpath((build / entry["file"]).resolve(), ROOT)
                    for entry in json.loads(database.read_text())})
    files = [name for name in files if name.startswith(("src/", "defs/", "sim/"))]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        commands = [["clang-tidy-14", "--quiet", "-p", str(build), name] for name in files]
        for name, (status, output) in zip(files, pool.map(tally.run, commands)):
            tally.add(f"analyze: {name}", status == 0, output, f"clang-tidy-14 -p {build} {name}")


def step_purity(tally, build):
    """the deciding layers have no clock, no allocation and no hidden state"""
    command = ["tools/purity.sh", "--self-test"]
    status, output = tally.run(command)
    add_tap(tally, "purity", status, output, " ".join(command))
    plain = build.with_name(build.name + "-plain")
    layers = [name for name in ("core", "wire") if (ROOT / "src" / name / "meson.build").exists()]
    if not layers:
        return
    status, output = configure(tally, plain, ["-Db_staticpic=false", "-Dbuildtype=debugoptimized"],
                               {"CC": "gcc", "CFLAGS": "-U_FORTIFY_SOURCE -fno-pic"})
    if status == 0:
        targets = ["src/base/libmc_base.a", "defs/libmc_defs.a"]
        targets += [f"src/{name}/libmc_{name}.a" for name in layers]
        status, output = tally.run(["ninja", "-C", str(plain), *targets])
    tally.add("build for purity", status == 0, output, f"ninja -C {plain}")
    if status == 0:
        command = ["tools/purity.sh", str(plain)]
        status, output = tally.run(command)
        add_tap(tally, "purity", status, output, " ".join(command))


def step_fuzz(tally, build):
    """the decoders under libFuzzer: they hold, are reached, and show what was planted"""
    command = [PYTHON, "tools/fuzz.py", "--build", f"{build}-fuzz"]
    status, output = tally.run(command)
    add_tap(tally, "fuzz", status, output, " ".join(command))


def step_model(tally, build):
    """the protocol explored by spin, and what it finds when a rule is taken out"""
    command = [PYTHON, "model/run.py", "small"]
    status, output = tally.run(command)
    add_tap(tally, "model", status, output, " ".join(command))


def run_pytest(tally, label, build, targets):
    """Every case counts."""
    report = build / f"{label}.xml"
    report.unlink(missing_ok=True)
    status, output = tally.run([PYTHON, "-m", "pytest", "-q", *targets, f"--junitxml={report}", "-p", "no:cacheprovider"],
                               {"MC_BUILD": str(build), "PYTHONDONTWRITEBYTECODE": "1", "MC_PATIENCE": str(PYTEST_PATIENCE)})
    if not report.exists():
        tally.add(f"{label}: pytest ended with {status}", False, output)
        return
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    for case in cases:
        count_case(tally, label, build, case)
    if not cases:
        tally.add(f"{label}: no case was run", False, output)
    tell_times(tally, cases)


def name_of(case):
    return f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"


def count_case(tally, label, build, case):
    name = name_of(case)
    # Nothing but other versions of PostgreSQL may be missing, so any other case that is skipped is one that failed.
    reasons = [e.get("message") or "" for e in case if e.tag == "skipped"]
    if reasons and all(reason.startswith(NOT_TO_BE_HAD) for reason in reasons):
        tally.skip(f"{label}: {name}", reasons[0])
        return
    bad = [e for e in case if e.tag in ("failure", "error", "skipped")]
    said = "\n".join((e.get("message") or "") + "\n" + (e.text or "") for e in case)
    tally.add(f"{label}: {name}", not bad, said, f"MC_BUILD={build} {PYTHON} -m pytest {name}")


def tell_times(tally, cases):
    """The slowest cases, and the slowest files: LONGEST of test/integration/conftest.py is made of those."""
    files = {}
    for case in cases:
        file = name_of(case).split("::")[0]
        files[file] = files.get(file, 0) + float(case.get("time", 0))
    slow = sorted(((float(case.get("time", 0)), name_of(case)) for case in cases), reverse=True)[:SLOWEST]
    for seconds, name in slow:
        tally.say(f"   {seconds:5.0f} s  {name}")
    tally.say("   " + ", ".join(f"{pathlib.Path(name).stem} {seconds:.0f}" for name, seconds in
                                sorted(files.items(), key=lambda one: -one[1])[:SLOWEST]) + f"; all {sum(files.values()):.0f} s")


def step_integration(tally, build):
    """real PostgreSQL, one network namespace per server"""
    # Mostly they wait: several files at a time, each in a process of its own with hosts of its own.
    run_pytest(tally, "integration", build, ["-n", str(FILES_AT_ONCE), "--dist", "loadfile", str(ROOT / "test/integration"),
                                             "bench/failover/test_analyze.py"])


def step_storm(tally, build):
    """a minute of faults of every kind on real PostgreSQL, and the storm's own tests"""
    run_pytest(tally, "storm", build, [str(ROOT / "test/storm")])
    seed, kept = random.SystemRandom().randrange(10**6), build / "storm"
    shutil.rmtree(kept, ignore_errors=True)
    command = [PYTHON, "test/storm/storm.py", "--build", str(build), "--seconds", "60", "--seed", str(seed),
               "--out", str(kept), "--keep"]
    status, output = tally.run(command)
    tally.say(f"   seed {seed}: {output.rstrip().rsplit(chr(10), 1)[-1]}")
    tally.add(f"storm: seed {seed}", status == 0, output, " ".join(command))
    command = [str(build / "sim/mc_sim"), "--claims", str(kept / "storm.story")]
    status, output = tally.run(command)
    tally.add("storm: its faults in the simulator", status == 0, output, " ".join(command))


def step_outage(tally, build):
    """power loss of every server: a few variants, and how many would be lost by the dates of files"""
    run_pytest(tally, "outage", build, [str(ROOT / "test/outage")])
    seed = random.SystemRandom().randrange(10**6)
    for name, how in (("recover", []), ("the newest file loses", ["--by", "newest-file"])):
        command = [PYTHON, "test/outage/matrix.py", "--build", str(build), "--short", "--seed", str(seed), *how]
        status, output = tally.run(command)
        tally.say(f"   seed {seed}: {output.rstrip().rsplit(chr(10), 1)[-1]}")
        tally.add(f"outage: {name}, seed {seed}", status == 0, output, " ".join(command))


STEPS = {
    "gcc": step_gcc,
    "unit": step_unit,
    "stories": step_stories,
    "rules": step_rules,
    "coverage": step_coverage,
    "clang": step_clang,
    "sanitize": step_sanitize,
    "sim": step_sim,
    "tidy": step_tidy,
    "analyze": step_analyze,
    "purity": step_purity,
    "fuzz": step_fuzz,
    "model": step_model,
    "integration": step_integration,
    "storm": step_storm,
    "outage": step_outage,
}
# Steps of a row follow each other; the rows are under way at once, when the first build is done. Those of the first two rows have bounds
# in time and mostly wait; the others compute, with the processor that is left. "analyze" needs the build of "clang". The whole takes
# as long as "integration", which therefore waits for nothing but the build.
FIRST = "gcc"
ROWS = [["integration"], ["unit", "fuzz", "storm", "outage"], ["clang", "analyze", "sim"],
        ["stories", "tidy", "purity", "rules", "coverage", "model", "sanitize"]]
FOREGROUND = {"unit", "fuzz", "integration", "storm", "outage"}
printing = threading.Lock()
stopping = threading.Event()


def play(name, build, total, beside=False):
    tally, start = Tally(beside and name not in FOREGROUND), time.monotonic()
    with printing:
        print(f"-- {name} begins", flush=True)
    STEPS[name](tally, build)
    with printing:
        print(f"== {name}: {STEPS[name].__doc__}", *tally.said, sep="\n")
        print(f"   {tally.passed} passed, {time.monotonic() - start:.0f} s", flush=True)
        total.take(tally)


def play_rows(build, total):
    def row(names):
        for name in names:
            if not stopping.is_set():
                play(name, build, total, beside=True)

    play(FIRST, build, total)
    pool = concurrent.futures.ThreadPoolExecutor(max_workers=len(ROWS))
    for done in concurrent.futures.as_completed([pool.submit(row, names) for names in ROWS]):
        done.result()


def processor_seconds():
    """Of all that has ended and was waited for: daemons that cut themselves off are not among them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def quit_cleanly(*_):
    raise SystemExit(143)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build", help="build folder of gcc; others beside it")
    parser.add_argument("--only", choices=STEPS, action="append", help="this step alone")
    parser.add_argument("--list", action="store_true", help="list the steps")
    arguments = parser.parse_args()
    if arguments.list:
        for name, step in STEPS.items():
            print(f"{name:12} {step.__doc__}")
        return 0
    total, build, start = Tally(), (ROOT / arguments.build).resolve(), time.monotonic()
    signal.signal(signal.SIGTERM, quit_cleanly)
    try:
        if arguments.only:
            for name in arguments.only:
                play(name, build, total)
        else:
            play_rows(build, total)
    except BaseException:
        stopping.set()
        for process in list(running):
            end(process)
        raise
    print(f"{time.monotonic() - start:.0f} s, {processor_seconds():.0f} s of {os.cpu_count()} processors")
    if total.failures:
        print("\nfailed:\n" + "\n".join("  " + name for name in total.failures))
    print(f"{total.passed} passed, {len(total.failures)} failed" + (f", {total.skipped} skipped" if total.skipped else ""))
    return 1 if total.failures else 0


if __name__ == "__main__":
    sys.exit(main())
