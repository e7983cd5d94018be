"""Backups of the servers of a cluster and the recovery from them, with the commands that an administrator types.

Every server has a backup directory, "backup" in its host's home: its generations, archived and mirrored WAL.
"""
import os
import re
import shutil

from mcharness import checked, program, wait_until
from pgalone import built, private
from test_archive import MODULE


def folder(server, name=""):
    return os.path.join(server.host.dir, "backup", name).rstrip("/")


def prepare(cluster):
    """Data and management directories everywhere, and a backup directory for each server."""
    cluster.init_all()
    for server in cluster.servers:
        private(folder(server))
        server.set(backup_destination=folder(server), archive_library=built(MODULE))
    return cluster


def command(server, name, *args):
    return server.host.run([program(name), "-M", server.mcdir, "-B", folder(server)] + list(args), timeout=180)


def dump(server):
    """A backup of its instance, in its backup directory. Gives the folder of the generation."""
    done = checked(command(server, "pgx_dmpall"))
    return folder(server, re.search(r"backup (\S+) COMPLETE", done.stdout).group(1))


def generations(server):
    """[(date and time, status, folder)], oldest first: what `pgx_rcvall -l` prints, to be compared by a person."""
    lines = checked(command(server, "pgx_rcvall", "-l")).stdout.splitlines()
    assert lines[0].split()[:3] == ["Date", "Status", "Dir"], lines
    return [(" ".join(line.split()[:2]), line.split()[2], line.split()[3]) for line in lines[1:]]


def newest_wal(server):
    """The last line of `ls -ltr <backup directory>/*_xlog`: (seconds, name)."""
    done = checked(server.host.run(["sh", "-c", "ls -ltr --time-style=+%%s.%%N %s/*_xlog" % folder(server)]))
    found = [(float(words[5]), words[6]) for words in (line.split() for line in done.stdout.splitlines())
             if len(words) == 7 and re.match(r"[0-9A-F]{24}", words[6])]
    assert found, done.stdout
    return max(found)


def archive_all(server):
    """Everything that was written so far is in its archive."""
    name = server.sql("select pg_walfile_name(pg_current_wal_lsn())")[0][0]
    server.sql("select pg_logical_emit_message(false, 'x', 'x')")
    server.sql("select pg_switch_wal()")
    wait_until(lambda: any(os.path.exists(folder(server, "archived_xlog/" + name + end)) for end in ("", ".zst")), 20,
               "%s is in the archive" % name)


def recover(server, *args):
    return checked(command(server, "pgx_rcvall", *args))


def lose_directory(server):
    """Its disk is lost, and what was put in its place is empty."""
    shutil.rmtree(server.data)
