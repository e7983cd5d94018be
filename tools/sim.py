#!/usr/bin/python3
"""Runs drawn from seeds, many of them; ends with the line "N seeds, N failed".

    sim.py --build DIR [--from FIRST] --seeds N        so many, in chunks
    sim.py --build DIR [--from FIRST] --seconds N      as many as this time allows
    sim.py --build DIR [--from FIRST] --processor-seconds N     as many as this takes, whoever else is on the machine

Without --from the first seed is made of the date, with --from sources of all that the simulator is made of: new ones after each
change, and the same for everybody who has the same sources. It is printed, so that a run can be repeated. The simulator is built
in a folder of its own, optimized for this machine; for very many seeds it is built twice, the second time after a
profile of what it does, which takes a minute and makes it a twelfth faster. As many chunks run at once as there are
idle processors.
"""
import argparse
import collections
import datetime
import hashlib
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHUNK = 2000  # seeds of one process
OPTIONS = ["--buildtype=release", "-Db_lto=true", "-Dc_args=-march=native"]
# After a profile the compiler inlines otherwise, and warns of other things: of what has no profile, too.
PROFILED_OPTIONS = ["-Db_pgo=generate", "-Dwerror=false"]
PROFILED_SEEDS = ["--seeds", "1", "60"]
SOURCES = (".c", ".h", ".toml", ".proto", ".options")     # of these it is made: words about it are none
PROFILE_PAYS = 20_000  # seeds
PROFILE_PAYS_SECONDS = 900


def run(*command):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)


def build(folder):
    """Builds mc_sim for speed; returns its path."""
    if not (folder / "build.ninja").exists():
        run("meson", "setup", *OPTIONS, folder, ROOT)
    run("ninja", "-C", folder, "sim/mc_sim")
    return folder / "sim/mc_sim"


def sources():
    """A hash of all that the simulator is made of: a profile of other sources is none."""
    found = hashlib.sha256()
    for path in sorted(path for name in ("src", "sim", "defs") for path in (ROOT / name).rglob("*")):
        if path.suffix in SOURCES:
            found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()


def build_profiled(folder):
    """The same with a profile of some seeds."""
    program, stamp, now = folder / "sim/mc_sim", folder / "profiled", sources()
    if stamp.exists() and stamp.read_text() == now:
        return program
    shutil.rmtree(folder, ignore_errors=True)
    run("meson", "setup", *OPTIONS, *PROFILED_OPTIONS, folder, ROOT)
    run("ninja", "-C", folder, "sim/mc_sim")
    run(program, *PROFILED_SEEDS)
    run("meson", "configure", folder, "-Db_pgo=use")
    run("ninja", "-C", folder, "sim/mc_sim")
    stamp.write_text(now)
    return program


def processors(own):
    """How many there are for us, who use `own` of them: at least one, none that others use, and never more than
    there are: the load of the last minute does not yet know of what has just been started."""
    return max(1, min(os.cpu_count(), round(os.cpu_count() - os.getloadavg()[0] + own)))


class Runs:
    """Chunks under way, and what those that ended have counted."""

    def __init__(self, simulator, first):
        self.simulator = simulator
        self.next = first
        self.running = []
        self.counts = collections.Counter()
        self.broken = 0

    def start(self, count):
        command = [str(self.simulator), "--summary", str(self.next), str(count)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.running.append((process, self.next, count))
        self.next += count

    def collect(self):
        """Waits for the oldest chunk; prints what failed in it."""
        process, first, count = self.running.pop(0)
        output, _ = process.communicate()
        counted = re.search(r"^counts (.*)$", output, re.M)
        for story in re.findall(r"^servers .*?^not ok .*?$", output, re.M | re.S):
            print(story, flush=True)
        if counted is None:
            self.broken += 1
            print(output[-4000:])
            print(f"not ok - seeds {first} to {first + count - 1}: the simulator ended with "
                  f"{process.returncode}", flush=True)
            return
        for name, value in re.findall(r"(\w+)=([0-9.]+)", counted.group(1)):
            self.counts[name] += float(value)

    def tell(self, began):
        done = self.counts
        print(f"# {done['seeds']:.0f} seeds, {done['failed']:.0f} failed, {time.monotonic() - began:.0f} s",
              flush=True)

    def summary(self):
        c = self.counts
        if c["seeds"] == 0:
            return
        share = {name: 100 * c[name] / c["seeds"] for name in ("changed", "amnesia", "growth_cut", "suspended",
                                                                 "any", "struck", "recovered", "apart")}
        usual = c["simulated_usual"] / c["spent_usual"] if c["spent_usual"] else 0
        larger = (c["simulated"] - c["simulated_usual"]) / max(0.1, c["spent"] - c["spent_usual"])
        print(f"simulated {c['simulated']:.0f} s, {c['simulated'] / c['spent']:.0f} per second of one processor; "
              f"two servers and an arbiter {usual:.0f}, others {larger:.0f}")
        print(f"{c['faults']:.0f} faults, {c['changes']:.0f} changes of primary, "
              f"{c['acknowledged']:.0f} commits acknowledged")
        print(f"of the seeds: primary changed {share['changed']:.1f} %, amnesia {share['amnesia']:.1f} %, "
              f"growth cut {share['growth_cut']:.1f} %, suspended {share['suspended']:.1f} %, "
              f"one of these three {share['any']:.1f} %")
        print(f"recovered from a backup {share['recovered']:.1f} %, a standby kept apart {share['apart']:.1f} %")
        print(f"a fault on the primary: {share['struck']:.1f} %, of these changed "
              f"{100 * c['struck_changed'] / max(1, c['struck']):.1f} %")


def processor_seconds():
    """Of all that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def play(simulator, first, seeds, seconds, processor):
    """As many seeds as that, or all that so much time allows, of the clock or of the processor."""
    runs = Runs(simulator, first)
    began = told = time.monotonic()
    used = processor_seconds()
    left = seeds if seeds is not None else sys.maxsize
    while left > 0 or runs.running:
        late = seconds is not None and time.monotonic() - began >= seconds
        if late or processor is not None and processor_seconds() - used >= processor:
            left = 0
        most = os.cpu_count() if processor is not None else processors(len(runs.running))
        if left > 0 and len(runs.running) < most:
            count = min(left, CHUNK if seeds is not None else CHUNK // 10)
            runs.start(count)
            left -= count
            continue
        if runs.running:
            runs.collect()
        if time.monotonic() - told > 10:
            told = time.monotonic()
            runs.tell(began)
    runs.summary()
    print(f"{runs.counts['seeds']:.0f} seeds, {runs.counts['failed'] + runs.broken:.0f} failed")
    return 1 if runs.counts["failed"] or runs.broken else 0


def first_seed(said):
    if said == "sources":
        return int(sources()[:10], 16) * 100_000
    if said is not None:
        return int(said)
    # Days do not overlap: a day has fewer seconds than 100000, and a second fewer seeds than 10000.
    now = datetime.datetime.now(datetime.timezone.utc)
    seconds = now.hour * 3600 + now.minute * 60 + now.second
    return (now.toordinal() * 100_000 + seconds) * 10_000


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--build", required=True, help="build folder, for this alone")
    parser.add_argument("--from", dest="first", metavar="FIRST", help="the first seed, or: sources; else made of the date")
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--processor-seconds", type=int)
    arguments = parser.parse_args()
    first = first_seed(arguments.first)
    print(f"# seeds from {first}", flush=True)
    if arguments.seeds is None and arguments.seconds is None and arguments.processor_seconds is None:
        parser.error("--seeds, --seconds or --processor-seconds is needed")
    folder = pathlib.Path(arguments.build).resolve()
    many = (arguments.seeds or 0) >= PROFILE_PAYS or (arguments.seconds or 0) >= PROFILE_PAYS_SECONDS
    simulator = build_profiled(folder.with_name(folder.name + "-profiled")) if many else build(folder)
    return play(simulator, first, arguments.seeds, arguments.seconds, arguments.processor_seconds)


if __name__ == "__main__":
    sys.exit(main())
