#!/usr/bin/python3
"""Everything that must hold before a change is accepted; ends with the line "N passed, N failed".

    check.py [--build DIR] [--only STEP] [--list]

Every single case counts: each test of each program, each rule about the source, each build.  What failed
is shown with its output and with the command that runs it alone.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYTHON = "/usr/bin/python3"
OUTPUT_MAX = 24_000  # of one failure, in characters: the end is what tells
NOT_TO_BE_HAD = "not to be had here: "  # how test/integration/pgversions.py begins its reasons


class Tally:
    """What passed, and what failed with its output and the way to run it alone."""

    def __init__(self):
        self.passed = 0
        self.skipped = 0
        self.failures = []

    def skip(self, name, reason):
        self.skipped += 1
        print(f"skipped {name}\n   {reason}", flush=True)

    def add(self, name, good, output="", alone=""):
        if good:
            self.passed += 1
            return
        self.failures.append(name)
        print(f"\nFAILED {name}\n{output[-OUTPUT_MAX:].rstrip()}")
        if alone:
            print(f"alone: {alone}")
        print(flush=True)


def run(command, env=None, timeout=3600):
    """The exit status (124: took too long) and all output."""
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=timeout,
                              env={**os.environ, **(env or {})})
        return done.returncode, done.stdout
    except subprocess.TimeoutExpired as error:
        text = error.stdout or b""
        return 124, (text.decode(errors="replace") if isinstance(text, bytes) else text) + \
            f"\ntook longer than {timeout} s\n"


def configure(build, options=(), env=None):
    if (build / "build.ninja").exists():
        return run(["meson", "setup", "--reconfigure", *options, str(build), str(ROOT)], env)
    return run(["meson", "setup", *options, str(build), str(ROOT)], env)


def compile_tree(tally, name, build, options=(), env=None):
    status, output = configure(build, options, env)
    if status == 0:
        status, output = run(["ninja", "-C", str(build)], env)
    tally.add(name, status == 0, output, f"ninja -C {build}")
    return status == 0


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


def run_tests(tally, label, build, env=None):
    """Runs what meson knows, and counts the cases inside each program."""
    log = build / "meson-logs/testlog.json"
    log.unlink(missing_ok=True)
    status, output = run(["meson", "test", "-C", str(build), "--no-rebuild", "--num-processes", "2"],
                         env)
    if not log.exists():
        tally.add(f"{label}: meson test ended with {status}", False, output, f"meson test -C {build}")
        return
    for line in log.read_text().splitlines():
        count_program(tally, label, json.loads(line), build)


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
    """builds with gcc and runs all tests"""
    if compile_tree(tally, "build with gcc", build, ["-Dtest_build=true"], {"CC": "gcc"}):
        run_tests(tally, "gcc", build)


def step_rules(tally, build):
    """every rule of a server is taken out once, and a story's claim fails; every rule is fired by a seed"""
    command = [PYTHON, "tools/rules.py", "--build", str(build), "--seeds"]
    status, output = run(command)
    add_tap(tally, "rules", status, output, " ".join(command))


def step_clang(tally, build):
    """builds with clang"""
    compile_tree(tally, "build with clang", build.with_name(build.name + "-clang"), (),
                 {"CC": "clang-14"})


def step_sanitize(tally, build):
    """runs all tests with address and undefined behaviour sanitizers"""
    build = build.with_name(build.name + "-sanitize")
    # clang: with its sanitizers on, gcc warns of conversions that it made itself.
    if compile_tree(tally, "build with sanitizers", build,
                    ["-Dsanitize=true", "-Dtest_build=true", "-Db_lundef=false"],
                    {"CC": "clang-14"}):
        run_tests(tally, "sanitizers", build, {"UBSAN_OPTIONS": "print_stacktrace=1"})


def step_sim(tally, build):
    """a minute of fresh runs drawn from seeds; those that have failed once are among the tests"""
    command = [PYTHON, "tools/sim.py", "--build", f"{build}-sim", "--seconds", "60"]
    status, output = run(command)
    for line in output.splitlines():
        if line.startswith("not ok - "):
            tally.add(f"sim: {line[9:]}", False, output)
    said = re.search(r"# seeds from (\d+)", output)
    tally.add(f"sim: fresh seeds from {said.group(1) if said else '?'}", status == 0, output, " ".join(command))


def step_tidy(tally, build):
    """the rules about the source, and their own tests"""
    for script in (["tools/test_tidy.py"], ["tools/tidy.py", "--tap"]):
        status, output = run([PYTHON, *script])
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
        for name, (status, output) in zip(files, pool.map(run, commands)):
            tally.add(f"analyze: {name}", status == 0, output, f"clang-tidy-14 -p {build} {name}")


def step_purity(tally, build):
    """the deciding layers have no clock, no allocation and no hidden state"""
    command = ["tools/purity.sh", "--self-test"]
    status, output = run(command)
    add_tap(tally, "purity", status, output, " ".join(command))
    plain = build.with_name(build.name + "-plain")
    layers = [name for name in ("core", "wire") if (ROOT / "src" / name / "meson.build").exists()]
    if not layers:
        return
    status, output = configure(plain, ["-Db_staticpic=false", "-Dbuildtype=debugoptimized"],
                               {"CC": "gcc", "CFLAGS": "-U_FORTIFY_SOURCE -fno-pic"})
    if status == 0:
        targets = ["src/base/libmc_base.a", "defs/libmc_defs.a"]
        targets += [f"src/{name}/libmc_{name}.a" for name in layers]
        status, output = run(["ninja", "-C", str(plain), *targets])
    tally.add("build for purity", status == 0, output, f"ninja -C {plain}")
    if status == 0:
        command = ["tools/purity.sh", str(plain)]
        status, output = run(command)
        add_tap(tally, "purity", status, output, " ".join(command))


def step_fuzz(tally, build):
    """the decoders under libFuzzer: they hold, are reached, and show what was planted"""
    command = [PYTHON, "tools/fuzz.py", "--build", f"{build}-fuzz"]
    status, output = run(command)
    add_tap(tally, "fuzz", status, output, " ".join(command))


def step_model(tally, build):
    """the protocol explored by spin, and what it finds when a rule is taken out"""
    command = [PYTHON, "model/run.py", "small"]
    status, output = run(command)
    add_tap(tally, "model", status, output, " ".join(command))


def run_pytest(tally, label, build, targets):
    """Every case counts."""
    report = build / f"{label}.xml"
    report.unlink(missing_ok=True)
    status, output = run([PYTHON, "-m", "pytest", "-q", *targets, f"--junitxml={report}", "-p", "no:cacheprovider"],
                         {"MC_BUILD": str(build), "PYTHONDONTWRITEBYTECODE": "1"})
    if not report.exists():
        tally.add(f"{label}: pytest ended with {status}", False, output)
        return
    cases = 0
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        cases += 1
        name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
        # Nothing but other versions of PostgreSQL may be missing, so any other case that is skipped is one that failed.
        reasons = [e.get("message") or "" for e in case if e.tag == "skipped"]
        if reasons and all(reason.startswith(NOT_TO_BE_HAD) for reason in reasons):
            tally.skip(f"{label}: {name}", reasons[0])
            continue
        bad = [e for e in case if e.tag in ("failure", "error", "skipped")]
        said = "\n".join((e.get("message") or "") + "\n" + (e.text or "") for e in case)
        tally.add(f"{label}: {name}", not bad, said, f"MC_BUILD={build} {PYTHON} -m pytest {name}")
    if cases == 0:
        tally.add(f"{label}: no case was run", False, output)


def step_integration(tally, build):
    """real PostgreSQL, one network namespace per server"""
    # Mostly they wait: two files at a time, each in a process of its own with hosts of its own.
    run_pytest(tally, "integration", build, ["-n", "2", "--dist", "loadfile", str(ROOT / "test/integration"),
                                             "bench/failover/test_analyze.py"])


def step_storm(tally, build):
    """a minute of faults of every kind on real PostgreSQL, and the storm's own tests"""
    run_pytest(tally, "storm", build, [str(ROOT / "test/storm")])
    seed, kept = random.SystemRandom().randrange(10**6), build / "storm"
    shutil.rmtree(kept, ignore_errors=True)
    command = [PYTHON, "test/storm/storm.py", "--build", str(build), "--seconds", "60", "--seed", str(seed),
               "--out", str(kept), "--keep"]
    status, output = run(command)
    print(f"   seed {seed}: {output.rstrip().rsplit(chr(10), 1)[-1]}")
    tally.add(f"storm: seed {seed}", status == 0, output, " ".join(command))
    command = [str(build / "sim/mc_sim"), "--claims", str(kept / "storm.story")]
    status, output = run(command)
    tally.add("storm: its faults in the simulator", status == 0, output, " ".join(command))


def step_outage(tally, build):
    """power loss of every server: a few variants, and how many would be lost by the dates of files"""
    run_pytest(tally, "outage", build, [str(ROOT / "test/outage")])
    seed = random.SystemRandom().randrange(10**6)
    for name, how in (("recover", []), ("the newest file loses", ["--by", "newest-file"])):
        command = [PYTHON, "test/outage/matrix.py", "--build", str(build), "--short", "--seed", str(seed), *how]
        status, output = run(command)
        print(f"   seed {seed}: {output.rstrip().rsplit(chr(10), 1)[-1]}")
        tally.add(f"outage: {name}, seed {seed}", status == 0, output, " ".join(command))


STEPS = {
    "gcc": step_gcc,
    "rules": step_rules,
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
    tally = Tally()
    for name in arguments.only or STEPS:
        print(f"== {name}: {STEPS[name].__doc__}", flush=True)
        before, start = tally.passed, time.monotonic()
        STEPS[name](tally, (ROOT / arguments.build).resolve())
        print(f"   {tally.passed - before} passed, {time.monotonic() - start:.0f} s", flush=True)
    if tally.failures:
        print("\nfailed:\n" + "\n".join("  " + name for name in tally.failures))
    print(f"{tally.passed} passed, {len(tally.failures)} failed" + (f", {tally.skipped} skipped" if tally.skipped else ""))
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
