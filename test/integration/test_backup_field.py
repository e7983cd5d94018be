"""What has hurt users of backup programs in the field, and does not here (src/backup/README.md lists all of it)."""
import glob
import os
import pty
import re
import shutil
import signal
import subprocess
import time

import mcharness
from backuphelp import AS_POSTGRES, Place, run
from pgalone import built


def test_a_data_directory_that_is_a_mount_point_is_emptied_and_a_dead_pid_file_is_no_instance(make_place):
    place = make_place(link_wal=True)
    place.stop()
    os.rename(place.data, place.data + "0")
    os.mkdir(place.data)
    mcharness.sh("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", place.data)
    os.chmod(place.data, 0o700)
    shutil.chown(place.data, "postgres", "postgres")
    run("cp", "-a", place.data + "0/.", place.data + "/")
    place.start()
    place.sql("create table t as select generate_series(1, 1000) n")
    place.dump()
    place.sql("insert into t select generate_series(1001, 1100)")
    with open(place.data + "/postmaster.pid") as f:
        mcharness.send(int(f.readline()), signal.SIGKILL)
    run("touch", place.data + "/base/5/99999", place.data + "/not_of_the_backup")
    assert os.path.exists(place.data + "/postmaster.pid")
    mcharness.wait_until(lambda: place.command("pgx_rcvall").status == 0, 20, "recovered when its processes have ended")
    assert os.path.ismount(place.data) and os.readlink(place.data + "/pg_wal") == place.dir + "/wal"
    assert not os.path.exists(place.data + "/not_of_the_backup") and not os.path.exists(place.data + "/mc.recovery")
    assert [n for n in os.listdir(place.data + "/pg_wal") if not re.fullmatch("[0-9A-F]{24}|[0-9A-F]{8}.history|archive_status", n)] == []
    for path in glob.glob(place.dir + "/run/.s.PGSQL*"):
        os.unlink(path)         # where nobody reaps the dead, PostgreSQL takes its pid for alive
    place.start()
    assert place.value("select count(*) from t") == 1100


def test_what_only_the_old_directory_has_is_saved_before_it_is_emptied(make_place):
    """Its configuration, and the WAL that no archive has; what the archive has stays there alone."""
    place = make_place()
    place.sql("create table t as select 1 as n")
    place.dump()
    place.archive()
    place.sql("alter system set work_mem = '7MB'", "insert into t values (2)")
    place.crash()
    archived = set(os.listdir(place.backup + "/archived_xlog"))
    names = ["postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf"]
    had = {name: open(place.data + "/" + name, "rb").read() for name in names}
    segments = [name for name in os.listdir(place.data + "/pg_wal") if len(name) == 24 and name not in archived]
    newest = {name: open(place.data + "/pg_wal/" + name, "rb").read() for name in segments}
    done = place.recover()
    saved, = glob.glob(place.backup + "/saved_*")
    assert 'saved what was in the old directory to "%s"' % saved in done.text, done
    kept = {name: open(saved + "/" + name, "rb").read() for name in os.listdir(saved)}
    assert {name: kept[name] for name in names} == had
    wal = [name for name in kept if len(name) == 24]
    assert wal and {name: kept[name] for name in wal} == {name: newest[name] for name in wal} and not set(wal) & archived
    assert set(kept) == set(names) | set(wal)
    assert os.stat(saved).st_mode & 0o777 == 0o700 and {os.stat(saved + "/" + name).st_mode & 0o777 for name in kept} == {0o600}
    place.start()
    assert place.sql("select n from t order by n") == [(1,), (2,)]
    place.sql("insert into t values (3)")
    place.crash()
    done = place.recover()
    assert len(glob.glob(place.backup + "/saved_*")) == 2
    assert re.search(r"2 such folders are there, \d+ MB; remove what is no longer needed", done.text), done
    place.start()
    assert place.sql("select n from t order by n") == [(1,), (2,), (3,)]


def test_archiving_that_fails_or_is_behind_is_said_first_and_waited_for_by_nobody(make_place):
    place = make_place(archive=False, conf="archive_mode = on\narchive_command = 'false'\n")
    place.sql("create table t as select generate_series(1, 1000) n", "select pg_switch_wal()")
    mcharness.wait_until(lambda: place.value("select failed_count from pg_stat_archiver") > 0, 20, "it has failed")
    for n in range(40):
        run("touch", place.data + "/pg_wal/archive_status/0000000100000000000000%02X.ready" % (0x80 + n))
    began = time.monotonic()
    done = place.command("pgx_dmpall")
    assert time.monotonic() - began < 20
    assert done.status == 0 and "archiving fails: the last attempt, with 0000000" in done.text, done
    assert "PGX00233" in done.text and "segments wait in pg_wal" in done.text, done
    assert done.text.index("PGX00233") < done.text.index("COMPLETE")
    place.sql("insert into t values (0)")
    place.crash()
    place.recover()
    place.start()
    assert place.value("select count(*) from t") == 1001


def test_a_destination_that_is_not_the_archivers_says_so(make_place):
    place = make_place(archive=False, conf="archive_mode = on\narchive_library = '%s'\npgx.backup_destination = '%s'\n" % (
        built("ext/pgx_archive/pgx_archive.so"), "%s/backup%d/backup" % (mcharness.RUN, Place.number + 1)))
    assert place.value("show pgx.backup_destination") == place.backup
    done = place.command("pgx_dmpall")
    assert done.status == 0 and "PGX00260" not in done.text, done
    done = run(mcharness.program("pgx_dmpall"), "-D", place.data, "-B", place.space)
    assert done.status == 0 and re.search('WAL is archived in "%s", and not in this .*PGX00260.\nhint: ' % place.backup, done.text), done


def test_an_old_generation_that_is_damaged_blocks_no_new_one_and_loses_no_wal(make_place):
    place = make_place()
    folder = place.dump()
    # A thousand files of a database are a handful of files in a generation.
    assert len(os.listdir(folder)) < 20 < 500 < sum(len(names) for _, _, names in os.walk(place.data))
    place.archive()
    kept = [name for name in os.listdir(place.backup + "/archived_xlog") if not name.endswith(".tmp")]
    os.unlink(folder + "/manifest")
    for _ in range(2):
        done = place.command("pgx_dmpall", "--keep", "1")
        assert done.status == 0 and "PGX00007" in done.text and os.path.basename(folder) in done.text, done
    assert [status for status, _ in place.generations()] == ["INCOMPLETE", "COMPLETE"]
    assert set(kept) <= set(os.listdir(place.backup + "/archived_xlog"))
    shutil.rmtree(folder)
    done = place.command("pgx_dmpall", "--keep", "1")
    assert done.status == 0 and "PGX00007" not in done.text, done


def test_a_generation_that_was_half_removed_goes_with_the_next_backup(make_place):
    """Its marker is the last of it: without that nobody could tell it from one that is damaged, and no WAL would ever be removed again."""
    place = make_place()
    place.small_disk(200)
    folder = place.dump("--keep", "1")
    mcharness.sh("chattr", "+i", folder + "/pack.0")
    try:
        done = place.command("pgx_dmpall", "--keep", "1")
        assert done.status == 1 and "is complete, but older ones could not be removed" in done.text, done
        assert not os.path.exists(folder + "/manifest") and os.path.exists(folder + "/incomplete")
    finally:
        mcharness.sh("chattr", "-i", folder + "/pack.0")
    # Killed before its marker was made, or behind the removal of it.
    empty = place.backup + "/2026-01-01_00-00-00"
    run("mkdir", "-m", "700", empty)
    done = place.command("pgx_dmpall", "--keep", "1")
    assert done.status == 0 and "PGX00002" in done.text and "PGX00007" not in done.text, done
    assert not os.path.exists(folder) and not os.path.exists(empty)
    assert [one[0] for one in place.listed()] == ["COMPLETE"]


def test_backups_that_follow_each_other_at_once_are_named_in_their_order(make_place):
    """Also where the one before has made room for its successor's second by going."""
    place = make_place()
    names = [os.path.basename(place.dump("--keep", "1")) for _ in range(5)]
    assert names == sorted(set(names)), names
    assert [one[0] for one in place.listed()] == ["COMPLETE"]
    # a clock that was wrong once
    run("mkdir", "-m", "700", place.backup + "/2999-01-01_00-00-00")
    run("touch", place.backup + "/2999-01-01_00-00-00/manifest")
    assert os.path.basename(place.dump("--keep", "1")) < "2999"


def test_the_way_to_a_timeline_is_archived_with_the_backup_and_a_way_that_leads_elsewhere_is_refused(make_place):
    place = make_place()
    place.sql("create table t as select 1 as n")
    place.dump()
    place.crash()
    place.recover()
    place.start()
    name = place.backup + "/archived_xlog/00000002.history"
    mcharness.wait_until(lambda: os.path.exists(name), 20, "the history is archived")
    os.unlink(name)
    second = place.dump()
    assert os.path.exists(name)
    place.stop()
    before = place.tree(place.data)
    done = place.command("pgx_rcvall", "-t", "1", "--generation", os.path.basename(second))
    assert done.status == 3 and "timeline 1 does not lead on from backup" in done.text, done
    assert place.tree(place.data) == before
    place.recover()
    place.start()
    assert place.sql("select n from t") == [(1,)]


def on_a_terminal(*argv):
    """(exit status, what the terminal was given, seconds)."""
    ours, theirs = pty.openpty()
    began = time.monotonic()
    process = subprocess.Popen(AS_POSTGRES + argv, cwd="/", stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:         # how a terminal says that nobody writes any more
            piece = b""
        if not piece:
            break
        shown += piece
    os.close(ours)
    return process.wait(), shown.decode(), time.monotonic() - began


def test_a_terminal_sees_how_far_a_backup_is_and_a_limit_of_its_rate_is_kept(make_place):
    place = make_place()
    size = place.value("select sum(pg_tablespace_size(oid)) from pg_tablespace")
    status, shown, took = on_a_terminal(mcharness.program("pgx_dmpall"), "-D", place.data, "-B", place.backup, "-j", "3", "--max-rate", "10MB")
    assert status == 0 and took > 0.8 * float(size) / 10e6, (took, size, shown)
    bars = re.findall(r"\r\x1b\[Kbackup \[(#*)(\.*)\] (\d+) of (\d+) MB, (\d+) MB/s", shown)
    assert len(bars) > 3 and all(len(done) + len(left) == 30 for done, left, _, _, _ in bars), shown
    done = [int(bar[2]) for bar in bars]
    assert done == sorted(done) and done[-1] > done[0], bars
    assert len({bar[3] for bar in bars}) == 1 and abs(int(bars[0][3]) - float(size) / 1e6) < 2, (bars, size)
    # The bar is gone when it is said what came of it; and without a terminal there is none.
    assert re.search(r"\r\x1b\[K[^\x1b]*backup \S+ COMPLETE[^\x1b]*$", shown), shown
    assert "same device" in shown and "MCA01200" in shown, shown
    assert {name for name in os.listdir(place.generations()[0][1]) if name.startswith("index.")} == {"index.%d" % n for n in range(4)}
    assert "\x1b" not in place.command("pgx_dmpall").text


def test_an_interrupted_backup_leaves_nothing_in_the_server(make_place):
    place = make_place()
    asked = "select count(*) from pg_stat_activity where application_name = 'pgx_dmpall'"
    process = subprocess.Popen(AS_POSTGRES + (mcharness.program("pgx_dmpall"), "-D", place.data, "-B", place.backup,
                                              "--max-rate", "1MB"), cwd="/", stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
    mcharness.wait_until(lambda: glob.glob(place.backup + "/20*/pack.*"), 20, "it copies")
    assert place.value(asked) == 1
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 1 and "interrupted" in said, said
    mcharness.wait_until(lambda: place.value(asked) == 0, 10, "its session has ended")
    assert [status for status, _ in place.generations()] == ["INCOMPLETE"]
    place.dump()
    assert [status for status, _ in place.generations()] == ["COMPLETE"]
