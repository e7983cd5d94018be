"""Archiving into the backup directory: by the module of PostgreSQL 15 and later, by the command before that."""
import os
import random
import shutil
import signal
import time

import pytest

from mcharness import PgError, send, sh, wait_until
from pgalone import Instance, as_postgres, built, files_under, private

MODULE = "ext/pgx_archive/pgx_archive.so"
COMMAND = "src/main/pgx_walcopy"
SUM = 16777619


def owner_text(line, epoch, directory):
    """As src/archive/owner.c writes it."""
    text = "# written by Mirroring Controller: who archives into this folder\nclaim %x %x %x\n" % (
        line, epoch, directory)
    value = 2166136261
    for c in text.encode():
        value = ((value ^ c) * SUM) & 0xffffffff
    return text + "sum %08x\n" % value


def make_owner(instance, *claim):
    path = private(instance.archive) + "/owner"
    with open(path, "w") as f:
        f.write(owner_text(*claim))
    shutil.chown(path, "postgres", "postgres")


def with_module(instance, more=""):
    instance.append("archive_mode = on\narchive_library = '%s'\npgx.backup_destination = '%s'\n%s" % (
        built(MODULE), instance.backup, more))
    return instance


def with_helper(instance):
    return with_module(instance, "pgx.archive_helper = '%s'\n" % built(COMMAND))


def with_command(instance, more=""):
    private(instance.archive)
    instance.append("archive_mode = on\narchive_command = '%s %s \"%%p\" \"%s/%%f\"'\n" % (
        built(COMMAND), more, instance.archive))
    return instance


@pytest.fixture
def alone(template):
    made = []

    def make():
        made.append(Instance(template))
        return made[-1]
    yield make
    for instance in made:
        instance.down()


def archive_again(instance, names):
    for name in names:
        os.rename("%s/%s.done" % (instance.status, name), "%s/%s.ready" % (instance.status, name))
    instance.segment()      # up to 13 a reload does not wake the archiver
    instance.wait_archived()


@pytest.mark.parametrize("kind", [with_module, with_helper, with_command], ids=["module", "helper", "command"])
def test_every_file_is_archived_once_whole_and_again_without_harm(alone, kind):
    instance = kind(alone()).start()
    names = [instance.segment() for _ in range(4)]
    instance.wait_archived()
    for name in names:
        with open(instance.archive + "/" + name, "rb") as f:
            assert f.read() == instance.wal(name)
    before = {n: os.stat(instance.archive + "/" + n).st_ino for n in instance.archived()}
    archive_again(instance, names)
    assert {n: os.stat(instance.archive + "/" + n).st_ino for n in before} == before
    assert instance.failed() == 0
    assert ".archiving" not in files_under(instance.archive)


@pytest.mark.parametrize("kind", [with_module, with_helper, with_command], ids=["module", "helper", "command"])
def test_another_file_of_the_same_name_is_not_overwritten(alone, kind):
    instance = kind(alone()).start()
    first = instance.segment()
    instance.wait_archived()
    path = "%s/%s%08X" % (instance.archive, first[:16], int(first[16:], 16) + 1)
    with open(path, "wb") as f:
        f.write(b"somebody else's")
    shutil.chown(path, "postgres", "postgres")
    second = instance.segment()
    assert path.endswith(second)
    third = instance.segment()
    wait_until(lambda: instance.failed() > 0, 10, "the archiver is refused")
    assert instance.said("other contents") and instance.said("two servers have written")
    with open(path, "rb") as f:
        assert f.read() == b"somebody else's"
    assert third not in instance.archived()
    instance.sql("create table goes_on()")
    os.unlink(path)
    instance.wait_archived()
    assert third in instance.archived()


def test_a_helper_that_is_killed_is_started_again(alone):
    instance = with_helper(alone()).start()
    for _ in range(3):
        instance.segment()
        instance.wait_archived()
        for pid in instance.helpers():
            assert os.readlink("/proc/%d/cwd" % pid) == "/"
            send(pid, signal.SIGKILL)
    instance.segment()
    instance.wait_archived()
    pids = instance.helpers()
    assert len(pids) == 1
    instance.stop()
    wait_until(lambda: not os.path.exists("/proc/%d" % pids[0]), 5, "it ends with the server")


def test_compressed_segments_hold_what_was_written(alone):
    instance = with_module(alone(), "pgx.archive_compression = zstd\n").start()
    names = [instance.segment() for _ in range(2)]
    instance.wait_archived()
    for name in names:
        assert sh("sh", "-c", "zstd -dc %s/%s.zst | cmp - %s/pg_wal/%s" % (
            instance.archive, name, instance.data, name)).returncode == 0
    archive_again(instance, names)
    instance.append("pgx.archive_compression = off\n")
    instance.reload()
    archive_again(instance, names)
    assert instance.failed() == 0 and not set(names) & set(instance.archived())


def test_a_directory_that_others_may_enter_is_refused_until_it_is_put_right(alone):
    instance = with_module(alone()).start()
    os.chmod(instance.backup, 0o755)
    instance.segment()
    wait_until(lambda: instance.said("mode 0755, not 0700"), 10, "it is refused")
    assert instance.said("HINT:  whoever reads it reads the database: chmod 700")
    os.chmod(instance.backup, 0o700)
    instance.wait_archived()


def test_an_old_primary_does_not_archive_any_longer(alone):
    """Nor a copy of the data directory, nor an instance that no agent has started."""
    instance = alone()
    inode = os.stat(instance.data).st_ino
    with_module(instance, "pgx.archive_claim = '5 7 %x'\n" % inode).start()
    make_owner(instance, 5, 7, inode)
    instance.segment()
    instance.wait_archived()
    kept = instance.archived()
    make_owner(instance, 5, 8, 1)
    instance.segment()
    wait_until(lambda: instance.said("primary of epoch 8, and this instance was started under epoch 7"), 10,
               "the earlier epoch is refused")
    for claim, words in (("5 9 %x" % (inode + 1), "is a copy of the one"), ("6 9 %x" % inode, "belongs to line 5"),
                         ("", "not started by its agent")):
        instance.append("pgx.archive_claim = '%s'\n" % claim)
        instance.reload()
        wait_until(lambda: instance.said(words), 10, words)
    assert instance.archived() == kept
    instance.append("pgx.archive_claim = '5 8 %x'\n" % inode)
    instance.wait_archived()


def test_the_command_refuses_an_old_primary_and_wrong_words(alone):
    instance = alone()
    make_owner(instance, 5, 8, 1)
    name = "000000010000000000000001"
    inode = os.stat(instance.data).st_ino
    words = ["pg_wal/" + name, instance.archive + "/" + name]
    os.chmod(instance.base, 0o755)

    def copy(*argv):
        return as_postgres(built(COMMAND), *argv, cwd=instance.data, check=False)
    assert copy(*words).returncode == 1
    assert "epoch 8" in copy("--claim", "5 7 %x" % inode, *words).stdout
    assert copy("--claim", "5 8 %x" % inode, words[0], instance.archive + "/postgresql.conf").returncode == 2
    assert copy("--claim", "5 8 %x" % inode, words[0]).returncode == 2
    assert instance.archived() == []
    assert copy("--claim", "5 8 %x" % inode, *words).returncode == 0
    assert instance.archived() == [name]


def test_nothing_half_is_left_by_an_archiver_that_is_killed(alone):
    """kill -9 at drawn instants, under load. It takes the instance with it, and comes again with the next one."""
    random.seed(7)
    instance = with_module(alone(), "restart_after_crash = off\n")
    killed = 0
    rounds = int(os.environ.get("MC_KILLS", "6"))
    for _ in range(rounds):
        instance.start()
        pids = wait_until(lambda: instance.children("archiver"), 10, "there is an archiver")
        try:
            for _ in range(2):
                instance.segment()
        except PgError:
            pass
        time.sleep(random.random() * 0.05)
        for pid in pids:
            send(pid, signal.SIGKILL)
            killed += 1
        wait_until(lambda: not os.path.exists(instance.data + "/postmaster.pid"), 10, "it has ended")
    instance.start()
    assert killed == rounds
    instance.wait_archived()
    for name in instance.archived():
        assert os.path.getsize(instance.archive + "/" + name) == 16 << 20, name
        if os.path.exists("%s/pg_wal/%s" % (instance.data, name)):
            with open(instance.archive + "/" + name, "rb") as f:
                assert f.read() == instance.wal(name)
    assert set(files_under(instance.archive)) - set(instance.archived()) <= {".archiving"}


def test_a_full_backup_disk_does_not_stop_the_database(alone):
    instance = alone()
    instance.small_disk(80)
    with_module(instance).start()
    instance.sql("create table t(a int)")
    instance.segment()
    instance.wait_archived()
    filler = instance.fill_disk(leave=8)
    names = [instance.segment() for _ in range(3)]
    wait_until(lambda: instance.said("No space left on device"), 10, "it is said")
    for _ in range(20):
        instance.sql("insert into t values (1)")
    assert not set(names) & set(instance.archived())
    of = os.statvfs(instance.backup)
    assert of.f_bavail * of.f_frsize > 6 << 20      # nothing half written keeps the room
    os.unlink(filler)
    instance.wait_archived()
    assert set(names) <= set(instance.archived())
