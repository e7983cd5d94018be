"""One instance without a cluster, for tests of what PostgreSQL itself loads or runs."""
import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import time

from mcharness import BUILD, PGBIN, RUN, Conn, PgError, proc_stat, send, sh, wait_until

USER = pwd.getpwnam("postgres")


def as_postgres(*argv, cwd="/", check=True, timeout=60):
    done = subprocess.run(argv, user=USER.pw_uid, group=USER.pw_gid, extra_groups=[], text=True, cwd=cwd,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=timeout)
    assert not check or done.returncode == 0, done.stdout
    return done


def built(path):
    """A copy of what was built, where "postgres" may read it."""
    target = os.path.join(RUN, "modules", os.path.basename(path))
    if not os.path.exists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(os.path.join(BUILD, path), target)
        os.chmod(target, 0o755)
    return target


def private(path, mode=0o700):
    os.makedirs(path, exist_ok=True)
    os.chmod(path, mode)
    shutil.chown(path, "postgres", "postgres")
    return path


class Instance:
    count = 0

    def __init__(self, template):
        Instance.count += 1
        self.base = private(os.path.join(RUN, "alone%d" % Instance.count))
        self.data = self.base + "/data"
        self.log = self.base + "/log"
        self.backup = private(self.base + "/backup")
        self.archive = self.backup + "/archived_xlog"
        self.status = self.data + "/pg_wal/archive_status"
        self.mounted = None
        sh("cp", "-a", "--reflink=auto", template, self.data)
        self.append("unix_socket_directories = '%s'\nlisten_addresses = ''\nrestart_after_crash = on\n" % self.base)

    def append(self, text):
        with open(self.data + "/postgresql.conf", "a") as f:
            f.write(text)

    def start(self):
        as_postgres(PGBIN + "/pg_ctl", "-D", self.data, "-l", self.log, "-w", "-s", "start")
        return self

    def stop(self, mode="fast"):
        as_postgres(PGBIN + "/pg_ctl", "-D", self.data, "-w", "-s", "-m", mode, "stop")

    def down(self):
        if os.path.exists(self.data + "/postmaster.pid"):
            as_postgres(PGBIN + "/pg_ctl", "-D", self.data, "-w", "-s", "-m", "immediate", "stop", check=False)
        if self.mounted:
            sh("umount", self.mounted, check=False)
        shutil.rmtree(self.base, ignore_errors=True)

    def sql(self, query, timeout=10.0):
        conn = Conn("host=%s user=tester dbname=postgres" % self.base, timeout)
        try:
            return conn.query(query, timeout)
        finally:
            conn.close()

    def reload(self):
        with open(self.data + "/postmaster.pid") as f:
            send(int(f.readline()), signal.SIGHUP)

    def children(self, title):
        """Pids of the server's processes with that title."""
        with open(self.data + "/postmaster.pid") as f:
            parent = int(f.readline())
        found = []
        for name in os.listdir("/proc"):
            try:
                if name.isdigit() and int(proc_stat(int(name))[1]) == parent:
                    with open("/proc/%s/cmdline" % name) as f:
                        if title in f.read():
                            found.append(int(name))
            except OSError:
                pass
        return found

    def helpers(self):
        """Of the archiver: the programs that copy for it."""
        found = []
        for archiver in self.children("archiver"):
            with open("/proc/%d/task/%d/children" % (archiver, archiver)) as f:
                found += [int(word) for word in f.read().split() if proc_stat(int(word))[0] != "Z"]
        return found

    def said(self, pattern):
        with open(self.log) as f:
            return re.findall(pattern, f.read())

    # ---- WAL
    def segment(self):
        """Fills one up and gives its name."""
        self.sql("select pg_logical_emit_message(true, 'x', 'x')")
        return self.sql("select pg_walfile_name(pg_switch_wal())")[0][0]

    def waiting(self):
        return sorted(n for n in os.listdir(self.status) if n.endswith(".ready"))

    def failed(self):
        return int(self.sql("select failed_count from pg_stat_archiver")[0][0])

    def wait_archived(self, timeout=20):
        """Woken again and again: after failures the archiver sleeps for a minute."""
        def done():
            if self.waiting():
                self.reload()
                time.sleep(0.2)
            return not self.waiting()
        wait_until(done, timeout, "everything is archived")

    def archived(self):
        return sorted(n for n in os.listdir(self.archive) if re.match(r"[0-9A-F]{8}", n))

    def wal(self, name):
        with open("%s/pg_wal/%s" % (self.data, name), "rb") as f:
            return f.read()

    def small_disk(self, megabytes):
        """The backup directory on a file system of its own."""
        image = self.base + "/image"
        with open(image, "wb") as f:
            f.truncate(megabytes << 20)
        sh("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1", image)
        sh("mount", "-o", "loop,noatime", image, self.backup)
        self.mounted = self.backup
        private(self.backup)

    def fill_disk(self, leave=0):
        """Down to `leave` megabytes; gives the file to remove."""
        path = self.backup + "/filler"
        of = os.statvfs(self.backup)
        size = of.f_bavail * of.f_frsize - (leave << 20)
        with open(path, "wb") as f:
            os.posix_fallocate(f.fileno(), 0, size)
        return path


def files_under(folder):
    return sorted(os.path.basename(p) for p in glob.glob(folder + "/*") + glob.glob(folder + "/.[a-z]*"))


__all__ = ["Instance", "PgError", "as_postgres", "built", "files_under", "private"]
