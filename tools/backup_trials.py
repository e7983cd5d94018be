#!/usr/bin/python3
"""What backup and recovery promise, at full numbers: kills, lost disks, flipped bits and their control.

    backup_trials.py [--build DIR] [--only WORD] [--seed N] [--list]

Prints one line for each kind of trial: how many, what came of them, how long it took; ends with "N passed, N failed". The same tests
run in `make check` with a few of each. About an hour, as root.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYTHON = "/usr/bin/python3"
TRIALS = (
    ("50 kills of pgx_dmpall", {"MC_BACKUP_KILLS": 50}, "test_backup.py::test_a_killed_backup_is_never_complete_and_goes_with_the_next"),
    ("50 kills of pgx_rcvall", {"MC_BACKUP_KILLS": 50}, "test_backup.py::test_a_killed_recovery_can_be_done_again_and_loses_nothing"),
    ("50 kills of the archiver", {"MC_KILLS": 50}, "test_archive.py::test_nothing_half_is_left_by_an_archiver_that_is_killed"),
    ("50 kills of the receiver", {"MC_KILLS": 50}, "test_walreceive.py::test_no_instant_of_its_death_loses_a_byte"),
    ("50 kills of PostgreSQL", {"MC_BACKUP_KILLS": 50},
     "test_backup.py::test_an_instance_that_is_killed_makes_no_backup_complete_that_is_not_and_loses_nothing"),
    ("20 lost data disks", {"MC_TRIALS": 20},
     "test_walreceive.py::test_what_the_mirror_had_acknowledged_comes_back_after_the_loss_of_the_data_disk"),
    ("200 flips", {"MC_BACKUP_FLIPS": 200}, "test_backup_bad.py::test_every_flipped_bit_is_detected"),
    ("100 flips, the control", {"MC_BACKUP_FLIPS": 200}, "test_backup_bad.py::test_without_the_sums_the_same_flips_start_and_are_wrong"),
    ("200 flips, encrypted", {"MC_BACKUP_FLIPS": 200},
     "test_backup_encrypted.py::test_every_changed_bit_of_an_encrypted_generation_is_detected"),
    ("50 kills while a copy command copies", {"MC_BACKUP_KILLS": 50},
     "test_backup_copy.py::test_a_backup_that_is_killed_while_it_copies_is_never_complete_and_goes_with_the_next"),
)


def said(text):
    """What the test itself has printed."""
    found = re.search(r"-+ Captured stdout call -+\n(.*?)\n(?:=|_|-----|\d+ passed)", text, re.S)
    return " ".join(found.group(1).split()) if found else ""


def trial(name, numbers, test, given):
    env = {**os.environ, "MC_BUILD": given.build, "MC_BACKUP_SEED": str(given.seed), **{k: str(v) for k, v in numbers.items()}}
    began = time.monotonic()
    done = subprocess.run([PYTHON, "-m", "pytest", "-x", "-q", "-rP", "test/integration/" + test], cwd=ROOT, env=env, text=True,
                          errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    took = time.monotonic() - began
    print("%s: %s in %.0f s. %s" % (name, "passed" if done.returncode == 0 else "FAILED", took, said(done.stdout)), flush=True)
    if done.returncode != 0:
        print(done.stdout[-6000:], flush=True)
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / "build"))
    parser.add_argument("--only", help="the kinds whose name has this word in it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    given.build = os.path.abspath(given.build)
    chosen = [one for one in TRIALS if given.only is None or given.only in one[0]]
    if given.list:
        print("\n".join("%s: %s" % (name, test) for name, _, test in chosen))
        return 0
    good = [trial(*one, given) for one in chosen]
    print("%d passed, %d failed" % (sum(good), len(good) - sum(good)))
    return 0 if good and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
