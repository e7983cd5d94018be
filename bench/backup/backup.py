#!/usr/bin/python3
"""Full backup, incremental backup and restore of one database, side by side with others.

    backup.py [--scale 100] [--extra-mb 0] [--rounds 5] [--build DIR] [--systems a,b] [--major N] [--keep]

A pgbench database (--scale 100: about 1.5 GB; --extra-mb adds rows that compress badly) is made in /tmp. Each round runs every system
once, in an order that turns round by round; between them the page cache stays, and everything dirty is written. Each timed step ends
with the data on disk: what does not fsync itself is followed by sync -f. The first restore of each system is started, recovered and
its rows are counted. Prints a table of medians (lowest to highest). Root; everything runs as user postgres.

Systems: ours, ours_incremental (1 % of the blocks of the largest table changed since a full backup of ours), basebackup (tar, compressed
by the server: zstd level 1, two workers; restore by zstd and tar), pgbackrest (zst, two processes; left out where bench/install.sh has
not installed it). With --major 17 (test/integration/pgversions.py fetches it): ours, ours_incremental, ours_summaries, which reads
only what PostgreSQL's WAL summaries name.
"""
import argparse
import glob
import os
import random
import shutil
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, ROOT + "/test/integration")
sys.dont_write_bytecode = True
import pgversions                      # noqa: E402

PGBIN = "/usr/lib/postgresql/15/bin"
BASE = "/tmp/mcbench_backup"
DATA, RUN, REPO, RESTORED, BIN = (BASE + "/" + n for n in ("data", "run", "repo", "restored", "bin"))
PORT = "55432"
AS_POSTGRES = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"]
ENV = {**os.environ, "PATH": PGBIN + ":" + os.environ["PATH"], "PGHOST": RUN, "PGPORT": PORT,
       "PGUSER": "postgres", "PGDATABASE": "postgres", "LC_ALL": "C"}


def use_version(major):
    """That version's server; psql and pgbench stay those of the packages."""
    folder, why = pgversions.programs(major)
    if folder is None:
        raise SystemExit(why)
    ENV["PATH"] = folder + ":" + ENV["PATH"]


def run(*argv, check=True, data_to=None):
    """(seconds, processor seconds, largest process in MB, output)."""
    began = time.monotonic()
    process = subprocess.Popen(AS_POSTGRES + list(argv), env=ENV, cwd=BASE, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if check and process.returncode:
        raise RuntimeError("%s: %d\n%s" % (" ".join(argv), process.returncode, text[-2000:]))
    return time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text


def sh(line):
    return run("bash", "-o", "pipefail", "-c", line)


def sql(*queries):
    return run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", *[w for q in queries for w in ("-c", q)])[3].strip()


def settle():
    """What was written goes to disk, and what is to be archived is archived."""
    sql("checkpoint")
    for _ in range(600):
        if not glob.glob(DATA + "/pg_wal/archive_status/*.ready"):
            break
        time.sleep(0.1)
    os.sync()


def archive_with(command):
    sql("alter system set archive_command = '%s'" % command, "select pg_reload_conf()")
    sql("select pg_logical_emit_message(false, 'x', 'x')", "select pg_switch_wal()")
    settle()


def make_folder(path):
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path, mode=0o700)
    shutil.chown(path, "postgres", "postgres")


class Ours:
    more = []

    def prepare(self):
        make_folder(REPO + "/archived_xlog")
        archive_with("%s/pgx_walcopy \"%%p\" \"%s/archived_xlog/%%f\"" % (BIN, REPO))

    def backup(self):
        return run(BIN + "/pgx_dmpall", "-D", DATA, "-B", REPO, *self.more)

    def restore(self):
        return run(BIN + "/pgx_rcvall", "-D", RESTORED, "-B", REPO, "--files-only", "-j", "2")

    def start_conf(self):
        return "restore_command = '%s/pgx_rcvall --get-wal %%f --to %%p -B %s'\n" % (BIN, REPO)


class OursIncremental(Ours):
    more = ["--incremental"]

    def prepare(self):
        super().prepare()
        run(BIN + "/pgx_dmpall", "-D", DATA, "-B", REPO)
        pages = int(sql("select pg_relation_size('pgbench_accounts') / 8192"))
        dice = random.Random(1)
        numbers = dice.sample(range(pages), pages // 100)
        for at in range(0, len(numbers), 500):
            sql("update pgbench_accounts set abalance = abalance where ctid = any(array[%s]::tid[])" %
                ",".join("'(%d,1)'" % n for n in numbers[at:at + 500]))
        settle()


class OursSummaries(OursIncremental):
    def prepare(self):
        sql("alter system set summarize_wal = on", "select pg_reload_conf()")
        super().prepare()

    def backup(self):
        done = super().backup()
        assert "taken over unread" in done[3], done[3]
        sql("alter system reset summarize_wal", "select pg_reload_conf()")
        return done


class BaseBackup:
    def prepare(self):
        archive_with("true")

    def backup(self):
        return run("pg_basebackup", "-D", REPO + "/base", "-Ft", "--compress=server-zstd:level=1,workers=2",
                   "-X", "stream", "-c", "fast")

    def restore(self):
        return sh("mkdir -m 700 {0} && zstd -q -dc < {1}/base/base.tar.zst | tar -C {0} -xf - && "
                  "tar -C {0}/pg_wal -xf {1}/base/pg_wal.tar && sync -f {0}".format(RESTORED, REPO))

    def start_conf(self):
        return ""


class PgBackRest:
    conf = BASE + "/pgbackrest.conf"

    def call(self, *argv):
        return run("pgbackrest", "--config=" + self.conf, "--stanza=bench", *argv)

    def prepare(self):
        for name in ("brlog", "lock", "spool"):
            make_folder(BASE + "/" + name)
        with open(self.conf, "w") as f:
            f.write("[global]\nrepo1-path={0}/pgbr\nrepo1-retention-full=9\nlog-path={1}/brlog\nlock-path={1}/lock\n"
                    "spool-path={1}/spool\nlog-level-console=error\nlog-level-file=off\nstart-fast=y\n"
                    "compress-type=zst\nprocess-max=2\n[bench]\npg1-path={2}\npg1-port={3}\n"
                    "pg1-socket-path={4}\n".format(REPO, BASE, DATA, PORT, RUN))
        self.call("stanza-create")
        archive_with("pgbackrest --config=%s --stanza=bench archive-push %%p" % self.conf)

    def backup(self):
        return sh("pgbackrest --config=%s --stanza=bench --type=full backup && sync -f %s" % (self.conf, REPO))

    def restore(self):
        return sh("mkdir -m 700 {0} && pgbackrest --config={1} --stanza=bench --pg1-path={0} restore && "
                  "sync -f {0}".format(RESTORED, self.conf))

    def start_conf(self):
        return ""


SYSTEMS = {"ours": Ours, "ours_incremental": OursIncremental, "ours_summaries": OursSummaries, "basebackup": BaseBackup, "pgbackrest": PgBackRest}


def make_database(scale, extra_mb):
    make_folder(BASE)
    make_folder(RUN)
    run("initdb", "-D", DATA, "-k", "-U", "postgres", "-A", "trust")
    with open(DATA + "/postgresql.conf", "a") as f:
        f.write("listen_addresses = ''\nunix_socket_directories = '%s'\nport = %s\nshared_buffers = 512MB\n"
                "max_wal_size = 4GB\ncheckpoint_timeout = 30min\narchive_mode = on\narchive_command = 'true'\n"
                "autovacuum = off\n" % (RUN, PORT))
    sh("pg_ctl -D %s -l %s/log -w -s start" % (DATA, BASE))
    run("pgbench", "-i", "-q", "-s", str(scale))
    if extra_mb:
        sql("create table extra as select g, (select string_agg(md5(i::text || random() || g), '') from "
            "generate_series(1, 30) i) t from generate_series(1, %d * 1024) g" % extra_mb)
    sql("vacuum freeze", "checkpoint")


def proves(system):
    """What was restored recovers and holds the rows."""
    with open(RESTORED + "/postgresql.auto.conf", "a") as f:
        f.write(system.start_conf() + "archive_mode = off\nport = %d\n" % (int(PORT) + 1))
    if system.start_conf():
        open(RESTORED + "/recovery.signal", "w").close()
        shutil.chown(RESTORED + "/recovery.signal", "postgres", "postgres")
    sh("pg_ctl -D %s -l %s/log2 -w -s -t 120 start" % (RESTORED, BASE))
    try:
        query = "select count(*) || ':' || sum(abalance) from pgbench_accounts"
        for _ in range(100):
            if sql_restored("select pg_is_in_recovery()") == "f":
                break
            time.sleep(0.1)
        assert sql_restored(query) == sql(query), "rows differ"
    finally:
        run("pg_ctl", "-D", RESTORED, "-w", "-s", "-m", "immediate", "stop")


def sql_restored(query):
    return run("psql", "-XAtq", "-p", str(int(PORT) + 1), "-c", query)[3].strip()


def one_round(name, prove):
    system = SYSTEMS[name]()
    make_folder(REPO)
    shutil.rmtree(RESTORED, ignore_errors=True)
    system.prepare()
    settle()
    backup = system.backup()
    size = int(sh("du -sb %s | cut -f1" % REPO)[3]) / 1e6
    os.sync()
    restore = system.restore()
    if prove:
        proves(system)
    return backup[:3] + restore[:3] + (size,)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=int, default=100)
    parser.add_argument("--extra-mb", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--build", default=ROOT + "/build")
    parser.add_argument("--systems", help="default: all that can be measured here")
    parser.add_argument("--major", type=int, default=15, help="another major version of PostgreSQL, for ours alone")
    parser.add_argument("--keep", action="store_true", help="leave the database up, and take it if it is")
    given = parser.parse_args()
    others = ["basebackup"] + ["pgbackrest"] * bool(shutil.which("pgbackrest"))
    usual = ["ours", "ours_incremental"] + (others if given.major == 15 else ["ours_summaries"] * (given.major >= 17))
    names = given.systems.split(",") if given.systems else usual
    if given.major != 15:
        use_version(given.major)
    if not (given.keep and os.path.exists(DATA + "/postmaster.pid")):
        make_database(given.scale, given.extra_mb)
    shutil.rmtree(BIN, ignore_errors=True)
    os.makedirs(BIN)
    for program in ("pgx_dmpall", "pgx_rcvall", "pgx_walcopy"):
        shutil.copy(given.build + "/src/main/" + program, BIN)
    rows = {name: [] for name in names}
    try:
        for number in range(given.rounds):
            for at in range(len(names)):
                name = names[(at + number) % len(names)]
                rows[name].append(one_round(name, number == 0))
                print(number + 1, name, *("%.2f" % v for v in rows[name][-1]), "load %.1f" % os.getloadavg()[0],
                      file=sys.stderr, flush=True)
    finally:
        if not given.keep:
            run("pg_ctl", "-D", DATA, "-w", "-s", "-m", "fast", "stop", check=False)
            shutil.rmtree(BASE, ignore_errors=True)
    print("| system | backup s | CPU s | largest process MB | restore s | CPU s | largest process MB | stored MB |")
    print("|---|---|---|---|---|---|---|---|")
    for name in names:
        cells = []
        for column in zip(*rows[name]):
            cells.append("%.2f (%.2f to %.2f)" % (statistics.median(column), min(column), max(column)))
        print("| %s | %s |" % (name, " | ".join(cells)))


if __name__ == "__main__":
    main()
