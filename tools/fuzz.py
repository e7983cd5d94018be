#!/usr/bin/python3
"""Fuzzing, measured: the targets hold, reach their parsers, and find what was planted.

    fuzz.py [--build DIR] [--seconds N] [--only wire|conf|plan] [--grow]

For each target three cases (TAP): so many seconds of fuzzing from the kept corpus find nothing; the lines of the
parser's files that it reached are at least 90 %; a build with an overrun planted (-DMC_PLANT_OVERRUN) is
found out. --grow keeps new inputs that reach new code in test/fuzz/corpus.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINES_WANTED = 90.0
PLANTED_SECONDS = 120
PARSERS = {
    "wire": ["src/wire/wire_types.c", "src/wire/wire_message.c", "src/wire/wire_durable.c",
             "src/wire/wire_control.c"],
    "conf": ["src/conf/scan.c", "src/conf/network.c", "src/conf/settings.c"],
    "plan": ["src/plan/manifest.c", "src/plan/manifest_check.c", "src/plan/chunk.c", "src/plan/datafile.c", "src/plan/filewire.c",
             "src/plan/segment.c", "src/plan/walread.c", "src/plan/when.c"],
}


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False, **more)


def build(folder, args, links=""):
    """The fuzz targets alone, by clang."""
    # meson runs what it compiles to try the compiler: no profile of that in the current folder.
    env = {**os.environ, "CC": "clang-14", "LLVM_PROFILE_FILE": "/dev/null"}
    options = ["-Dfuzz=true", f"-Dc_args={args}", f"-Dc_link_args={links}"]
    again = ["--reconfigure"] if (folder / "build.ninja").exists() else []
    for command in (["meson", "setup", *again, *options, str(folder), str(ROOT)],
                    [str(ROOT / "tools/background.py"), "ninja", "-C", str(folder), "-j2"] + [f"test/fuzz/fuzz_{n}" for n in PARSERS]):
        done = run(command, env=env)
        if done.returncode != 0:
            sys.exit(f"fuzz.py: {' '.join(command)}\n{done.stdout[-4000:]}")


def fuzz(folder, name, corpora, seconds, profile="/dev/null"):
    with tempfile.TemporaryDirectory() as place:
        return run([str(folder / f"test/fuzz/fuzz_{name}"), f"-max_total_time={seconds}",
                    f"-dict={ROOT}/test/fuzz/{name}.dict", "-timeout=10", "-rss_limit_mb=512",
                    "-max_len=8192", "-print_final_stats=1", f"-artifact_prefix={place}/",
                    *map(str, corpora)], cwd=place, env={**os.environ, "LLVM_PROFILE_FILE": profile})


def holds(folder, name, seconds, grown):
    done = fuzz(folder, name, [grown, ROOT / "test/fuzz/corpus" / name], seconds, str(grown) + ".raw")
    return done.returncode == 0, done.stdout[-3000:]


def covers(folder, name, grown):
    """Lines of the parser's files that this run has reached."""
    merged = str(grown) + ".profile"
    run(["llvm-profdata-14", "merge", "-sparse", str(grown) + ".raw", "-o", merged])
    done = subprocess.run(["llvm-cov-14", "export", "-summary-only", f"-instr-profile={merged}",
                           str(folder / f"test/fuzz/fuzz_{name}")],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        return False, done.stderr
    good, said = True, []
    wanted = {str(ROOT / file) for file in PARSERS[name]}
    files = [file for file in json.loads(done.stdout)["data"][0]["files"]
             if os.path.realpath(os.path.join(folder, file["filename"])) in wanted]
    for file in files:
        lines = file["summary"]["lines"]
        percent = lines["percent"]
        good = good and percent >= LINES_WANTED
        said.append(f"{os.path.relpath(file['filename'], ROOT)}: {lines['covered']} of "
                    f"{lines['count']} lines, {percent:.1f} %")
    return good and len(files) == len(PARSERS[name]), "\n".join(said)


def finds(folder, name):
    with tempfile.TemporaryDirectory() as grown:
        done = fuzz(folder, name, [grown, ROOT / "test/fuzz/corpus" / name], PLANTED_SECONDS)
    seen = [line for line in done.stdout.splitlines()
            if "ERROR: AddressSanitizer" in line or "runtime error: " in line]
    return done.returncode != 0 and bool(seen), "\n".join(seen) or done.stdout[-3000:]


def keep(folder, name, grown):
    """The smallest set of inputs that reaches all that was reached."""
    corpus = ROOT / "test/fuzz/corpus" / name
    with tempfile.TemporaryDirectory() as place:
        run([str(folder / f"test/fuzz/fuzz_{name}"), "-merge=1", place, str(corpus), str(grown)],
            env={**os.environ, "LLVM_PROFILE_FILE": "/dev/null"})
        for file in pathlib.Path(place).iterdir():
            if not any(file.read_bytes() == kept.read_bytes() for kept in corpus.iterdir()):
                shutil.copy(file, corpus / file.name[:12])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / "build-fuzz"))
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--only", choices=sorted(PARSERS))
    parser.add_argument("--grow", action="store_true")
    given = parser.parse_args()
    names = [given.only] if given.only else sorted(PARSERS)
    top = pathlib.Path(given.build)
    profiled = "-fprofile-instr-generate -fcoverage-mapping"
    build(top / "plain", profiled, "-fprofile-instr-generate")
    build(top / "planted", "-DMC_PLANT_OVERRUN")

    print(f"1..{3 * len(names)}", flush=True)
    number = failed = 0
    for name in names:
        with tempfile.TemporaryDirectory() as place:
            grown = pathlib.Path(place) / "grown"
            grown.mkdir()
            cases = [(f"{name}: {given.seconds} s of fuzzing find nothing",
                      lambda n=name, g=grown: holds(top / "plain", n, given.seconds, g)),
                     (f"{name}: {LINES_WANTED:.0f} % of the parser's lines are reached",
                      lambda n=name, g=grown: covers(top / "plain", n, g)),
                     (f"{name}: a planted overrun is found", lambda n=name: finds(top / "planted", n))]
            for title, case in cases:
                number += 1
                good, said = case()
                failed += not good
                print(f"{'ok' if good else 'not ok'} {number} - {title}")
                for line in said.splitlines() if not good or "%" in title else []:
                    print(f"# {line}")
                sys.stdout.flush()
            if given.grow:
                keep(top / "plain", name, grown)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
