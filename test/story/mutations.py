"""Takes one rule out of the core at a time, and sees the named story or property fail.

    mutations.py BUILD [NAME ...]

BUILD is a finished build directory; only the core is compiled again, with MC_MUTATE_<NAME>, and linked with the
libraries that lie there. Prints TAP.
"""

import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# The rule, what it protects from, and who sees it missing: a story's name, "property", or "unit" and a program.
MUTATIONS = {
    "ADOPT_LOWER_BALLOT": ("E1: a voter that answers an older ballot", "property"),
    "BALLOT_TWICE": ("E1: a ballot that is not the own voter's first, durably", "property"),
    "RECALL_MAJORITY": ("E3: a memory handed back by a majority only", "property"),
    "COPY_VOTES": ("E3: a voter restored from a copy", "memory_put_back"),
    "OLD_MEMORY_VOTES": ("E3: a voter that remembers less of itself than others do", "memory_put_back_unseen"),
    "CAUGHT_UP_VOTES": ("E3: a voter put back whose own writes have caught up", "memory_put_back_caught_up"),
    "SOLO_THOUGH_GROWN": ("P1: opening alone on a record that was overtaken by a growth", "growth_unheard_restart"),
    "OPEN_UNCONFIRMED": ("P1: starting without asking", "deposed_returns_cut"),
    "IGNORE_AHEAD": ("P1: a standby ahead of a primary that lost WAL", "primary_lost_wal"),
    "FORGET_PENDING": ("P2: relaxing under the old record while a growth is under way", "unit core_record"),
    "ANY_NAME": ("P2: WAL senders with the old names", "unit core_node"),
    "UNBOUND": ("P3: a poll answer that does not bind", "unit core_node"),
    "IGNORE_INCARNATIONS": ("E3: a round that counts on an old incarnation", "unit core_voter"),
    "UNPROVED_START": ("P2: the first commit after a start", "wal_lost_standby_ahead"),
    "STALE_PROOF": ("P2: a proof of catching up gone stale", "proof_stale"),
    "PROMOTE_INELIGIBLE": ("P3: promoting a standby that has not every commit", "ineligible_standby"),
    "FORGET_REPORTED": ("P3: a standby behind its own word", "reported_position_lost"),
    "NO_LEASE": ("P5: serving beyond the lease", "everybody_cut"),
    "RESTARTED_VOTER_FORGETS_LEASE": ("P5: a lease forgotten by a restarted voter", "voter_restarted"),
    "FORGET_DIRECTORY": ("D1: a data directory put back under a current record", "directory_put_back"),
    "COMPARE_TIMELINE_NUMBERS": ("section 7: equal numbers with different histories", "takeover_isolated"),
}


def compile_core(build, name, folder):
    objects = []
    running = []
    for source in sorted((ROOT / "src/core").glob("*.c")):
        target = folder / (source.stem + ".o")
        objects.append(str(target))
        running.append(subprocess.Popen(
            ["cc", "-std=gnu17", "-O1", "-g", "-D_GNU_SOURCE", "-DMC_MUTATE_" + name, "-I", str(ROOT / "src"), "-I",
             str(ROOT / "defs"), "-I", str(build / "defs"), "-c", str(source), "-o", str(target)]))
        if len(running) == 2:
            if running.pop(0).wait() != 0:
                return None
    return objects if all(child.wait() == 0 for child in running) else None


def link(objects, program, build, target, libraries):
    objects = [str(path) for path in sorted((build / program).glob("*.o"))] + objects
    archives = [str(build / path) for path in ("sim/libmc_sim.a", "src/agent/libmc_agent.a", "src/wire/libmc_wire.a",
                                               "defs/libmc_defs.a", "src/base/libmc_base.a")]
    return subprocess.run(["cc", "-o", str(target), *objects, "-Wl,--start-group", *archives, "-Wl,--end-group",
                           *libraries]).returncode == 0


def sees(build, name, watcher, folder):
    """None when it could not be built; else whether the watcher fails."""
    objects = compile_core(build, name, folder)
    if objects is None:
        return None
    target = folder / "mutated"
    if watcher == "property":
        if not link(objects, "test/property/property_register.p", build, target, ["-lcmocka", "-lprotobuf-nanopb"]):
            return None
        command = [str(target)]
    elif watcher.startswith("unit "):
        test = watcher.removeprefix("unit ")
        if not link(objects, "test/unit/test_%s.p" % test, build, target, ["-lcmocka"]):
            return None
        command = [str(target)]
    else:
        if not link(objects, "sim/mc_sim.p", build, target, ["-lprotobuf-nanopb"]):
            return None
        command = [str(target), "--claims", str(ROOT / "test/story" / (watcher + ".story"))]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, text=True)
    if "could not begin" in done.stdout:
        return False
    return done.returncode == 1 or "FAILED" in done.stdout


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    names = sys.argv[2:] or list(MUTATIONS)
    failed = 0
    print("1..%d" % len(names), flush=True)
    for number, name in enumerate(names, 1):
        what, watcher = MUTATIONS[name]
        with tempfile.TemporaryDirectory() as folder:
            seen = sees(build, name, watcher, pathlib.Path(folder))
        failed += not seen
        print("%sok %d - %s is seen by %s (%s)" % ("" if seen else "not ", number, name, watcher, what), flush=True)
        if seen is None:
            print("# could not be built", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
