"""One instance, its backup destination, and the commands that work on them; all as user postgres."""
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time

import psycopg2
import pytest

import mcharness
import pgversions
from mcharness import PGBIN

AS_POSTGRES = ("setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups")


class Done:
    def __init__(self, status, text):
        self.status, self.text = status, text

    def __repr__(self):
        return "status %d: %s" % (self.status, self.text)


def run(*argv, timeout=120, env=None):
    done = subprocess.run(AS_POSTGRES + argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", timeout=timeout, cwd="/", env={**os.environ, **(env or {})})
    return Done(done.returncode, done.stdout)


def use_version(major, monkeypatch):
    """Places made from now on are of that major version; where it is not to be had, the test is skipped."""
    folder, why = pgversions.programs(major)
    if folder is None:
        print("skipped: " + why)
        pytest.skip(pgversions.NOT_TO_BE_HAD + why)
    monkeypatch.setattr(mcharness, "PGBIN", folder)
    monkeypatch.setitem(globals(), "PGBIN", folder)
    monkeypatch.setenv("PATH", folder + ":" + os.environ["PATH"])


class Place:
    """A folder of a test: instance "data", destination "backup", tablespace folder "space"."""

    number = 0

    def __init__(self, checksums=True, archive=True, link_wal=False, conf="", segments=16):
        Place.number += 1
        self.dir = "%s/backup%d" % (mcharness.RUN, Place.number)
        self.data, self.backup = self.dir + "/data", self.dir + "/backup"
        self.space = self.dir + "/space"
        for path in (self.dir, self.backup, self.space, self.dir + "/run"):
            os.makedirs(path)
            os.chmod(path, 0o700)
            shutil.chown(path, "postgres", "postgres")
        more = ["-X", self.dir + "/wal"] if link_wal else []
        done = run(PGBIN + "/initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync",
                   "--locale=C.UTF-8", "-E", "UTF8", *more, "--wal-segsize", str(segments),
                   *(["-k"] if checksums else []))
        assert done.status == 0, done
        run("mkdir", "-m", "700", self.backup + "/archived_xlog")
        archived = self.backup + "/archived_xlog/%f"
        with open(self.data + "/postgresql.conf", "a") as f:
            f.write("listen_addresses = ''\nunix_socket_directories = '%s/run'\nshared_buffers = 16MB\n"
                    "wal_keep_size = 0\nlog_min_messages = warning\nfsync = off\n" % self.dir)
            if archive:
                f.write("archive_mode = on\narchive_command = 'test ! -f %s && cp %%p %s.tmp && "
                        "mv %s.tmp %s'\n" % ((archived,) * 4))
            f.write(conf)

    def small_disk(self, megabytes):
        """The backup destination on a file system of its own; remove() ends it."""
        image = self.dir + "/image"
        with open(image, "wb") as f:
            f.truncate(megabytes << 20)
        mcharness.sh("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1", image)
        mcharness.sh("mount", "-o", "loop,noatime", image, self.backup)
        os.chmod(self.backup, 0o700)
        shutil.chown(self.backup, "postgres", "postgres")
        run("mkdir", "-m", "700", self.backup + "/archived_xlog")

    def start(self, data=None, options=""):
        done = run(PGBIN + "/pg_ctl", "-D", data or self.data, "-l", self.dir + "/log", "-w", "-s",
                   "-o", options, "start")
        assert done.status == 0, (done, open(self.dir + "/log").read()[-2000:])
        return self

    def stop(self, mode="fast", data=None):
        run(PGBIN + "/pg_ctl", "-D", data or self.data, "-m", mode, "-w", "-s", "stop")

    def crash(self):
        self.stop("immediate")

    def kill(self):
        """kill -9 of every process of it; and its locks go, whose owner may be a zombie for a while."""
        def rest():
            found = []
            for name in os.listdir("/proc"):
                try:
                    if name.isdigit() and os.readlink("/proc/%s/cwd" % name) == self.data:
                        found.append(int(name))
                except OSError:
                    pass
            for pid in found:
                mcharness.send(pid, signal.SIGKILL)
            return found
        mcharness.wait_until(lambda: not rest(), 10, "all of it is dead")
        for name in os.listdir(self.dir + "/run"):
            os.unlink(self.dir + "/run/" + name)
        if os.path.exists(self.data + "/postmaster.pid"):
            os.unlink(self.data + "/postmaster.pid")

    def connect(self):
        conn = psycopg2.connect(host=self.dir + "/run", user="postgres", dbname="postgres")
        conn.autocommit = True
        return conn

    def sql(self, *queries):
        conn = self.connect()
        try:
            cursor = conn.cursor()
            for query in queries:
                cursor.execute(query)
            return cursor.fetchall() if cursor.description else None
        finally:
            conn.close()

    def value(self, query):
        return self.sql(query)[0][0]

    def command(self, name, *args, data=None, **more):
        return run(mcharness.program(name), "-D", data or self.data, "-B", self.backup, *args, **more)

    def dump(self, *args, **more):
        done = self.command("pgx_dmpall", *args, **more)
        assert done.status == 0, done
        return re.search(r"backup (\S+) COMPLETE", done.text).group(1)

    def recover(self, *args, **more):
        done = self.command("pgx_rcvall", *args, **more)
        assert done.status == 0, done
        return done

    def verify(self, *args):
        return self.command("pgx_verify", *args)

    def listed(self):
        """[(status, folder, type, notes)], oldest first: what pgx_rcvall -l shows."""
        done = self.command("pgx_rcvall", "-l")
        assert done.status == 0, done
        lines = done.text.splitlines()
        assert lines[0].split() == ["Date", "Status", "Dir", "Type", "Notes"]
        assert len({line.index(word) for line, word in [(lines[0], "Dir")] + [(line, self.backup + "/") for line in lines[1:]]}) == 1
        return [tuple(line.split(None, 5)[2:]) for line in lines[1:]]

    def generations(self):
        """[(status, folder)], oldest first."""
        return [one[:2] for one in self.listed()]

    def archive(self):
        """Everything written so far is in the archive."""
        name = self.value("select pg_walfile_name(pg_current_wal_lsn())")
        self.sql("select pg_logical_emit_message(false, 'x', 'x')", "select pg_switch_wal()")
        mcharness.wait_until(lambda: os.path.exists(self.backup + "/archived_xlog/" + name), 20,
                             "archived " + name)

    def tree(self, top):
        """What lies below a folder, with its contents and times: to see that nothing was touched."""
        found = {}
        for folder, names, files in os.walk(top):
            for name in names + files:
                path = os.path.join(folder, name)
                of = os.lstat(path)
                found[path] = (of.st_mode, of.st_size, of.st_mtime_ns)
        return found

    def remove(self):
        self.stop("immediate")
        if os.path.ismount(self.backup):
            mcharness.sh("umount", self.backup)
        shutil.rmtree(self.dir, ignore_errors=True)


class Writer:
    """Commits numbers one by one and remembers which were acknowledged."""

    def __init__(self, place):
        self.place, self.acknowledged, self.ended = place, [], False
        place.sql("create table if not exists acks(n int primary key, pad text)")
        self.thread = threading.Thread(target=self._write)
        self.thread.start()

    def _write(self):
        try:
            conn = self.place.connect()
            cursor = conn.cursor()
            cursor.execute("select coalesce(max(n), 0) from acks")
            number = cursor.fetchone()[0]
            while not self.ended:
                number += 1
                conn.cursor().execute("insert into acks values (%s, repeat('x', 200))", (number,))
                self.acknowledged.append(number)
        except psycopg2.Error:
            pass

    def stop(self):
        self.ended = True
        self.thread.join()

    def check(self):
        there = {row[0] for row in self.place.sql("select n from acks")}
        lost = [n for n in self.acknowledged if n not in there]
        assert not lost, "%d of %d acknowledged commits are lost: %s" % (
            len(lost), len(self.acknowledged), lost[:5])


def kill_at(place, name, after, *args):
    """Starts a command and kills it after so many seconds; whether it was still running."""
    process = subprocess.Popen(AS_POSTGRES + (mcharness.program(name), "-D", place.data, "-B",
                                              place.backup) + args, cwd="/",
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return alive


def flip(path, at=None, seed=None):
    """Changes one bit of a file."""
    size = os.path.getsize(path)
    dice = random.Random(seed)
    at = dice.randrange(size) if at is None else at
    with open(path, "r+b") as f:
        f.seek(at)
        byte = f.read(1)[0]
        f.seek(at)
        f.write(bytes([byte ^ 1 << dice.randrange(8)]))
    return at
