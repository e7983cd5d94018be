#!/usr/bin/python3
"""Archivers side by side: the same finished segments are archived again and again, by each archiver in turn.

    archive.py [--build DIR] [--segments 40] [--rounds 5] [--base DIR] [MODE ...]

Modes: ours (pgx_archive with its helper, as the agent sets it), ours_alone (without), ours_zstd, walcopy (pgx_walcopy), basic_archive, cp, and pgbackrest where it is
installed. As root: the server runs as "postgres". The instance is started for each mode with every segment
marked as to be archived. Segments per second are counted from the first one archived to the last one;
processor time is that of the archiver process and of what it started, per segment. Prints medians.
"""
import argparse
import glob
import os
import pwd
import shutil
import statistics
import subprocess
import time

PGBIN = "/usr/lib/postgresql/15/bin"
HERE = os.path.dirname(os.path.abspath(__file__))
TICK = os.sysconf("SC_CLK_TCK")
CONF = """
listen_addresses = ''
shared_buffers = 64MB
wal_keep_size = %dMB
max_wal_size = 8GB
archive_mode = on
autovacuum = off
checkpoint_timeout = 1h
"""


def as_postgres(*argv, check=True):
    user = pwd.getpwnam("postgres")
    done = subprocess.run(argv, user=user.pw_uid, group=user.pw_gid, extra_groups=[], text=True, cwd="/",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if check and done.returncode:
        raise RuntimeError("%s: %s" % (" ".join(argv), done.stdout))
    return done.stdout


class Instance:
    def __init__(self, base):
        self.base, self.data = base, base + "/data"
        self.status = self.data + "/pg_wal/archive_status"
        self.pgbr = base + "/pgbackrest.conf"

    def make(self, segments):
        os.makedirs(self.base)
        shutil.chown(self.base, "postgres", "postgres")
        as_postgres(PGBIN + "/initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync")
        with open(self.data + "/postgresql.conf", "a") as f:
            f.write(CONF % (segments * 16 + 512) + "unix_socket_directories = '%s'\n" % self.base)
        self.configure([])
        self.start()
        pgbench = [PGBIN + "/pgbench", "-h", self.base, "-U", "postgres", "postgres"]
        as_postgres(*pgbench, "-i", "-s", str(max(segments, 10)), "-q")
        while len(os.listdir(self.status)) < segments:
            as_postgres(*pgbench, "-n", "-N", "-c", "8", "-T", "3")
        self.stop()
        names = sorted(n[:24] for n in os.listdir(self.status) if len(n) == 30)
        return names[-segments:]

    def configure(self, lines):
        with open(self.data + "/postgresql.auto.conf", "w") as f:
            f.write("\n".join(lines) + "\n")
        shutil.chown(self.data + "/postgresql.auto.conf", "postgres", "postgres")

    def start(self):
        as_postgres(PGBIN + "/pg_ctl", "-D", self.data, "-l", self.base + "/log", "-w", "-s", "start")

    def stop(self):
        as_postgres(PGBIN + "/pg_ctl", "-D", self.data, "-w", "-s", "-m", "immediate", "stop", check=False)

    def archiver(self):
        with open(self.data + "/postmaster.pid") as f:
            parent = int(f.readline())
        with open("/proc/%d/task/%d/children" % (parent, parent)) as f:
            for pid in f.read().split():
                with open("/proc/%s/cmdline" % pid) as g:
                    if "archiver" in g.read():
                        return int(pid)
        return 0


def settings(mode, instance, destination, modules):
    archive = destination + "/archived_xlog"
    if mode in ("ours", "ours_alone", "ours_zstd"):
        return ["archive_library = '%s/pgx_archive.so'" % modules,
                "pgx.backup_destination = '%s'" % destination,
                "pgx.archive_helper = '%s'" % ("" if mode == "ours_alone" else modules + "/pgx_walcopy"),
                "pgx.archive_compression = '%s'" % ("zstd" if mode == "ours_zstd" else "off")]
    if mode == "basic_archive":
        return ["archive_library = 'basic_archive'", "basic_archive.archive_directory = '%s'" % archive]
    if mode == "walcopy":
        return ["archive_command = '%s/pgx_walcopy \"%%p\" \"%s/%%f\"'" % (modules, archive)]
    if mode == "cp":
        return ["archive_command = 'cp %%p %s/%%f'" % archive]
    with open(instance.pgbr, "w") as f:
        f.write("[global]\nrepo1-path=%s\nlog-path=%s\nlock-path=%s\nlog-level-console=error\nlog-level-file=off\n"
                "compress-type=none\n[bench]\npg1-path=%s\npg1-socket-path=%s\n" % (
                    archive, instance.base, instance.base, instance.data, instance.base))
    return ["archive_command = 'pgbackrest --config=%s --stanza=bench archive-push %%p'" % instance.pgbr]


def processor_ms(pid):
    """Of the process, of its children that have ended, and of a helper that lives on."""
    with open("/proc/%d/stat" % pid) as f:
        words = f.read().rsplit(")", 1)[1].split()
    own = 0
    for each in [str(pid)] + open("/proc/%d/task/%d/children" % (pid, pid)).read().split():
        try:
            with open("/proc/%s/schedstat" % each) as f, open("/proc/%s/comm" % each) as g:
                own += int(f.read().split()[0]) / 1e6 if each == str(pid) or "pgx_walcopy" in g.read() else 0
        except OSError:
            pass
    return own + (int(words[13]) + int(words[14])) * 1000.0 / TICK


def measure(mode, instance, names, modules):
    destination = instance.base + "/backup"
    shutil.rmtree(destination, ignore_errors=True)
    os.makedirs(destination + "/archived_xlog", mode=0o700)
    for path in (destination, destination + "/archived_xlog"):
        os.chmod(path, 0o700)
        shutil.chown(path, "postgres", "postgres")
    lines = settings(mode, instance, destination, modules)
    for path in glob.glob(instance.status + "/*"):
        os.unlink(path)
    instance.configure([])
    instance.start()
    if mode == "pgbackrest":
        as_postgres("pgbackrest", "--config=" + instance.pgbr, "--stanza=bench", "stanza-create")
    instance.stop()
    for name in names:
        path = "%s/%s.ready" % (instance.status, name)
        open(path, "w").close()
        shutil.chown(path, "postgres", "postgres")
    for name in names:      # as just written: in the cache
        with open("%s/pg_wal/%s" % (instance.data, name), "rb") as f:
            f.read()
    instance.configure(lines)
    os.sync()
    os.truncate(instance.base + "/log", 0)
    instance.start()
    pid, first, used, left = 0, 0.0, 0.0, len(names)
    end = time.monotonic() + 180
    while left and time.monotonic() < end:
        left = sum(n.endswith(".ready") and n[:24] in names for n in os.listdir(instance.status))
        if not pid:
            pid = instance.archiver()
        if "FATAL" in open(instance.base + "/log").read():
            raise RuntimeError("%s: %s" % (mode, open(instance.base + "/log").read()[-500:]))
        if left < len(names) and not first:
            first, used, begun = time.monotonic(), processor_ms(pid), left
        time.sleep(0.002)
    seconds = time.monotonic() - first
    cpu = processor_ms(pid) - used
    instance.stop()
    if left or not first or begun == 0:
        raise RuntimeError("%s did not archive" % mode)
    size = sum(os.path.getsize(p) for p in glob.glob(destination + "/archived_xlog/**", recursive=True)
               if os.path.isfile(p))
    return begun / seconds, cpu / begun, size / 1e6


def main():
    modes = ["ours", "ours_alone", "ours_zstd", "walcopy", "basic_archive", "cp"] + (
        ["pgbackrest"] if shutil.which("pgbackrest") else [])
    options = argparse.ArgumentParser()
    options.add_argument("--build", default="build")
    options.add_argument("--segments", type=int, default=40)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--base", default="/tmp/mcbench%d" % os.getpid())
    options.add_argument("modes", nargs="*", default=modes)
    given = options.parse_args()
    instance = Instance(given.base)
    results = {mode: [] for mode in given.modes}
    try:
        names = instance.make(given.segments)
        modules = given.base + "/modules"
        os.makedirs(modules)
        for path in ("ext/pgx_archive/pgx_archive.so", "src/main/pgx_walcopy"):
            shutil.copy(os.path.join(given.build, path), modules)
        for r in range(given.rounds):
            for i in range(len(given.modes)):
                mode = given.modes[(i + r) % len(given.modes)]
                results[mode].append(measure(mode, instance, names, modules))
    finally:
        instance.stop()
        shutil.rmtree(given.base, ignore_errors=True)
    print("%d segments, %d rounds, load %.1f" % (given.segments, given.rounds, os.getloadavg()[0]))
    print("%-14s %10s %16s %16s %8s" % ("archiver", "segments/s", "(min-max)", "processor ms/seg", "MB"))
    for mode, got in results.items():
        speed, cpu, size = zip(*got)
        print("%-14s %10.1f %16s %16.2f %8.0f" % (
            mode, statistics.median(speed), "(%.1f-%.1f)" % (min(speed), max(speed)),
            statistics.median(cpu), statistics.median(size)))


if __name__ == "__main__":
    main()
