"""Backups that are recovered: under load, to every kind of target, over links, after kills."""
import json
import os
import random
import re
import shutil
import subprocess
import threading
import time

import pytest

import mcharness
from backuphelp import AS_POSTGRES, PGBIN, Place, Writer, kill_at, run
from pgalone import built

KILLS = int(os.environ.get("MC_BACKUP_KILLS", "4"))
SEED = int(os.environ.get("MC_BACKUP_SEED", "1"))

SUMS = ("select (select md5(string_agg(t::text, ',' order by n)) from t) ||"
        " (select md5(string_agg(u::text, ',' order by n)) from u)")


def test_every_acknowledged_commit_comes_back_after_a_backup_under_load(make_place):
    place = make_place()
    place.sql("create unlogged table gone as select 1 as x")
    writer = Writer(place)
    time.sleep(0.3)
    place.dump()
    time.sleep(0.3)
    place.crash()
    writer.stop()
    assert len(writer.acknowledged) > 50
    place.recover()
    assert sorted(n for n in os.listdir(place.data) if "recovery" in n or "label" in n) == []
    place.start()
    writer.check()
    assert place.value("select count(*) from gone") == 0
    assert place.value("select pg_is_in_recovery()") is False
    # The way goes on: the next backup, and the recovery from it, cross the change of timeline.
    mcharness.wait_until(lambda: os.path.exists(place.backup + "/archived_xlog/00000002.history"), 20,
                         "the history is archived")
    place.dump()
    assert [one[2:] for one in place.listed()] == [("full", "-")] * 2     # nor a gap where a timeline ends
    place.crash()
    place.recover()
    place.start()
    writer.check()


def test_a_backup_holds_all_the_wal_that_was_written_meanwhile_where_no_archive_has_it(make_place):
    place = make_place(archive=False, segments=1)
    ended = []
    backup = threading.Thread(target=lambda: ended.append(place.command("pgx_dmpall", "--max-rate", "1500kB")))
    backup.start()
    mcharness.wait_until(lambda: place.value("select count(*) from pg_replication_slots") == 1, 30, "it holds WAL")
    time.sleep(1)
    place.sql("select count(pg_logical_emit_message(true, 'x', repeat(md5(i::text), 31250))) from generate_series(1, 560) i",
              "create table last as select 1 as x")
    assert not ended, "the backup was quicker"
    backup.join()
    assert ended[0].status == 0 and " COMPLETE" in ended[0].text, ended
    place.kill()
    shutil.rmtree(place.data)
    place.recover()
    place.start()
    assert place.value("select x from last") == 1


def test_mirrored_wal_brings_back_every_acknowledged_commit_when_the_disk_is_lost(make_place):
    """The receiver acknowledges before a commit does; data directory and pg_wal are gone."""
    place = make_place()
    place.dump()
    mirror = subprocess.Popen(AS_POSTGRES + (PGBIN + "/pg_receivewal", "-D", place.backup + "/online_xlog",
                                             "-h", place.dir + "/run", "-U", "postgres", "--synchronous",
                                             "--no-loop"), cwd="/", stderr=subprocess.DEVNULL)
    try:
        mcharness.wait_until(lambda: place.value("select count(*) from pg_stat_replication") == 1, 10,
                             "it is mirrored")
        place.sql("alter system set synchronous_standby_names = 'pg_receivewal'", "select pg_reload_conf()")
        writer = Writer(place)
        mcharness.wait_until(lambda: len(writer.acknowledged) > 100, 20, "something is written")
        place.crash()
        writer.stop()
    finally:
        mirror.wait(20)
    shutil.rmtree(place.data)
    done = place.recover()
    assert "missing    nothing" in done.text
    with open(place.data + "/postgresql.auto.conf", "w"):
        pass                    # the mirror is not there any more
    place.start()
    writer.check()


@pytest.fixture(scope="module")
def history(template):
    """An instance with a backup and, behind it, things to recover up to; stopped, and not changed."""
    place = Place().start()
    place.sql("create table t(n int)")
    place.dump()
    place.marks = {}
    for n in range(1, 6):
        conn = place.connect()
        cursor = conn.cursor()
        conn.autocommit = False
        cursor.execute("insert into t values (%s)", (n,))
        cursor.execute("select txid_current()")
        xid = cursor.fetchone()[0]
        conn.commit()
        cursor.execute("select pg_current_wal_insert_lsn(), clock_timestamp()::text, "
                       "pg_create_restore_point('point%d')" % n)
        lsn, at, _ = cursor.fetchone()
        conn.commit()
        conn.close()
        place.marks[n] = {"xid": xid, "lsn": lsn, "time": at}
        time.sleep(0.02)
    place.archive()
    place.stop()
    yield place
    place.remove()


def recovered_to(place, *args):
    """The rows that are there after a recovery into another folder."""
    data = place.dir + "/other"
    try:
        done = place.recover(*args, data=data)
        # A copy to look at: what it does must not get into the archive, where the next recovery would follow it.
        place.start(data, "-c archive_mode=off")
        rows = [row[0] for row in place.sql("select n from t order by n")]
        place.stop(data=data)
        return rows, done.text
    finally:
        place.stop("immediate", data=data)
        shutil.rmtree(data, ignore_errors=True)


@pytest.mark.parametrize("kind", ["latest", "time", "time_exclusive", "name", "xid", "xid_exclusive", "lsn", "lsn_exclusive"])
def test_a_recovery_ends_at_its_target(history, kind):
    third = history.marks[3]
    args, rows = {
        "latest": ((), [1, 2, 3, 4, 5]),
        "time": (("-e", third["time"]), [1, 2, 3]),
        "name": (("-n", "point3"), [1, 2, 3]),
        "xid": (("-x", str(third["xid"])), [1, 2, 3]),
        "xid_exclusive": (("-x", str(third["xid"]), "--exclusive"), [1, 2]),
        "time_exclusive": (("-e", third["time"], "--exclusive"), [1, 2, 3]),
        "lsn": (("-p", third["lsn"]), [1, 2, 3]),
        "lsn_exclusive": (("-p", third["lsn"], "--exclusive"), [1, 2, 3]),
    }[kind]
    before = history.tree(history.data)
    assert recovered_to(history, *args)[0] == rows
    assert history.tree(history.data) == before


def test_a_dry_run_says_it_all_and_changes_nothing(history):
    before = history.tree(history.dir)
    done = history.recover("-n", "point2", "--dry-run")
    assert history.tree(history.dir) == before
    words = [line.split()[0] for line in done.text.splitlines()]
    assert words == ["backup", "WAL", "missing", "recovery", "directory"]
    assert "of this database" in done.text


def test_the_list_is_that_of_the_original_and_json_says_more(history):
    (status, folder), = history.generations()
    assert status == "COMPLETE" and os.path.isdir(folder)
    told = json.loads(history.command("pgx_rcvall", "-l", "--json").text)
    one, = told["generations"]
    assert one["dir"] == folder and one["status"] == "COMPLETE" and one["bad_pages"] == 0
    assert one["timeline"] == 1 and one["uses"] == [] and one["type"] == "full" and one["missing_wal"] == "" == one["wal_unknown"]
    assert history.listed() == [("COMPLETE", folder, "full", "-")]
    assert os.readlink(history.backup + "/archived_wal") == "archived_xlog"
    assert os.readlink(history.backup + "/online_wal") == "online_xlog"


def test_links_stay_links_and_tablespaces_can_be_put_elsewhere(make_place):
    place = make_place(link_wal=True)
    place.sql("create tablespace s location '%s'" % place.space,
              "create table t tablespace s as select generate_series(1, 1000) as n")
    place.dump()
    place.sql("insert into t select generate_series(1001, 1500)")
    oid, = [n for n in os.listdir(place.data + "/pg_tblspc")]
    major = open(place.data + "/PG_VERSION").read().strip()
    # A recovery empties what the links lead to: no place for backups. What another version has in a tablespace's folder stays.
    run("ln", "-s", place.data, place.dir + "/link")
    for top, what in ((place.data, "data directory"), (place.dir + "/wal", "folder of pg_wal"), (place.space, "folder of a tablespace")):
        run("mkdir", "-m", "700", top + "/inner")
        for path in (top + "/inner",) + ((place.dir + "/link/inner",) if top == place.data else ()):
            done = run(mcharness.program("pgx_dmpall"), "-D", place.data, "-B", path)
            assert done.status == 3 and "lies in the %s" % what in done.text, done
        os.rmdir(top + "/inner")
    run("mkdir", "-p", place.space + "/PG_9.6_201608131/1")
    run("touch", place.space + "/PG_9.6_201608131/1/2")
    place.crash()
    place.recover()
    assert os.path.exists(place.space + "/PG_9.6_201608131/1/2")
    run("mv", place.backup, place.dir + "/wal/backup")
    done = run(mcharness.program("pgx_rcvall"), "-D", place.data, "-B", place.dir + "/wal/backup")
    assert done.status == 3 and "and a recovery empties them" in done.text, done
    run("mv", place.dir + "/wal/backup", place.backup)
    assert os.readlink(place.data + "/pg_wal") == place.dir + "/wal"
    assert os.readlink(place.data + "/pg_tblspc/" + oid) == place.space
    place.start()
    assert place.value("select count(*) from t") == 1500
    place.stop()
    # The disk is lost; the tablespace goes to another one, and pg_wal to where its link leads.
    for path in (place.data, place.dir + "/wal", place.space):
        shutil.rmtree(path)
    other = place.dir + "/space2"
    for top, what in ((place.data, "data directory"), (place.backup, "backup destination")):
        done = place.command("pgx_rcvall", "-T", place.space + "=" + top + "/space")
        assert done.status == 3 and "lies in the %s" % what in done.text, done
    # Nor is found out in the middle that a folder cannot be made.
    done = place.command("pgx_rcvall", "-T", place.space + "=" + place.dir + "/nowhere/space")
    assert done.status == 3 and re.search("cannot be made: .*/nowhere.: No such file or directory\nhint: .*install -d", done.text), done
    done = place.command("pgx_rcvall", "-T", place.space + "=" + other, data=place.dir + "/nowhere/data")
    assert done.status == 3 and 'data" cannot be made: ' in done.text, done
    os.rename(place.dir, place.dir + ".away")       # and so of pg_wal's link
    try:
        os.mkdir(place.dir + ".else", 0o700)
        shutil.chown(place.dir + ".else", "postgres", "postgres")
        done = run(mcharness.program("pgx_rcvall"), "-D", place.dir + ".else/data", "-B", place.dir + ".away/backup",
                   "-T", place.space + "=" + place.dir + ".else/space")
        assert done.status == 3 and '%s/wal" cannot be made: ' % place.dir in done.text, done
    finally:
        os.rename(place.dir + ".away", place.dir)
        shutil.rmtree(place.dir + ".else", ignore_errors=True)
    assert not os.path.exists(place.data)
    # What is there of this version is in use, or was; the folder of another version is in nobody's way.
    run("mkdir", "-p", other + "/PG_%s_1" % major)
    done = place.command("pgx_rcvall", "-T", place.space + "=" + other)
    assert done.status == 3 and "is not empty" in done.text, done
    run("mv", other + "/PG_%s_1" % major, other + "/PG_9.6_1")
    place.recover("-T", place.space + "=" + other)
    assert os.path.exists(other + "/PG_9.6_1")
    assert os.readlink(place.data + "/pg_tblspc/" + oid) == other
    assert os.readlink(place.data + "/pg_wal") == place.dir + "/wal"
    place.start()
    assert place.value("select count(*) from t") >= 1000
    assert place.value("select pg_tablespace_location(oid) from pg_tablespace where spcname = 's'") == other


def test_an_incremental_backup_gives_back_what_a_full_one_does(make_place):
    place = make_place(conf="autovacuum = off\n")
    place.sql("create table t as select n, md5(n::text) as m from generate_series(1, 60000) n",
              "create table u as select * from t", "checkpoint")
    dice = random.Random(SEED)
    place.dump("--keep", "9")
    for _ in range(6):
        low = dice.randrange(50000)
        place.sql("update t set m = 'changed' where n between %d and %d" % (low, low + 300),
                  "delete from u where n between %d and %d" % (low, low + 900), "vacuum u",
                  "create table x%d as select 1 as x" % low)
        place.dump("--keep", "9", "--incremental")
    told = json.loads(place.command("pgx_rcvall", "-l", "--json").text)["generations"]
    assert [len(one["uses"]) for one in told] == [0, 1, 2, 3, 4, 5, 6]
    names = [os.path.basename(one["dir"]) for one in told]
    assert [one[2:] for one in place.listed()] == \
        [("full", "-")] + [("incremental", "on " + name) for name in names[:-1]]
    wanted = place.value(SUMS)
    place.sql("checkpoint")
    full = place.dir + "/files"
    told = [{"dir": place.dump("--keep", "9", "--incremental")}]
    place.dump("--keep", "9")
    place.stop()
    done = place.verify()
    assert done.status == 0 and done.text.count("is right") == 9, done
    # Page by page: the last incremental one and the full one behind it, with nothing written in between.
    files = {}
    for number, generation in ((0, told[-1]["dir"]), (1, place.generations()[-1][1])):
        done = place.recover("--files-only", "--generation", os.path.basename(generation),
                             data=full + str(number))
        assert "recovery   none, the files alone\n" in done.text and "no WAL is replayed: " in done.text, done
        for folder, _, names in os.walk(full + str(number)):
            for name in names:
                path = os.path.join(folder, name)
                files.setdefault(os.path.relpath(path, full + str(number)), []).append(
                    open(path, "rb").read())
    relations = [name for name in files if name.startswith("base/5/") and
                 os.path.basename(name).isdigit() and int(os.path.basename(name)) >= 16384]
    assert len(relations) > 5
    for name in relations:
        assert len(files[name]) == 2 and files[name][0] == files[name][1], name
    place.recover("--generation", os.path.basename(told[-1]["dir"]))
    place.start()
    assert wanted == place.value(SUMS)


def test_a_killed_backup_is_never_complete_and_goes_with_the_next(make_place):
    place = make_place()
    place.sql("create table t as select n, md5(n::text) as m from generate_series(1, 100000) n")
    place.dump("--keep", "2")
    dice = random.Random(SEED)
    time.sleep(1.1)             # a generation has the name of its second, and waits for a free one
    began = time.monotonic()
    place.dump("--keep", "2")
    lasts = time.monotonic() - began
    killed = 0
    for _ in range(KILLS):
        killed += kill_at(place, "pgx_dmpall", dice.uniform(0, lasts), "--keep", "2")
        states = [status for status, _ in place.generations()]
        assert states.count("COMPLETE") >= 2 and states.count("INCOMPLETE") <= 1
        for status, folder in place.generations():
            if status == "COMPLETE":
                done = place.verify("--generation", os.path.basename(folder))
                assert done.status == 0, done
    print("killed at %d instants, %d of them before its end" % (KILLS, killed))
    assert killed >= KILLS / 2
    place.dump("--keep", "2")
    assert [status for status, _ in place.generations()] == ["COMPLETE", "COMPLETE"]


def test_an_instance_that_is_killed_makes_no_backup_complete_that_is_not_and_loses_nothing(make_place):
    """kill -9 of all of PostgreSQL, its archiver included, at drawn instants of a backup under load."""
    place = make_place(archive=False, conf="archive_mode = on\narchive_library = '%s'\npgx.backup_destination = '%s'\n" % (
        built("ext/pgx_archive/pgx_archive.so"), "%s/backup%d/backup" % (mcharness.RUN, Place.number + 1)))
    place.sql("create table t as select n, md5(n::text) as m from generate_series(1, 100000) n")
    place.dump()
    time.sleep(1.1)             # a generation has the name of its second, and waits for a free one
    began = time.monotonic()
    place.dump()
    lasts = time.monotonic() - began
    dice = random.Random(SEED)
    writers, ended = [], []
    for _ in range(KILLS):
        writers.append(Writer(place))
        mcharness.wait_until(lambda: writers[-1].acknowledged, 20, "something is written")
        process = subprocess.Popen(AS_POSTGRES + (mcharness.program("pgx_dmpall"), "-D", place.data, "-B", place.backup),
                                   cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        time.sleep(dice.uniform(0, lasts))
        place.kill()
        writers[-1].stop()
        text, _ = process.communicate(timeout=60)
        ended.append(process.returncode)
        # Complete is what the command has called so, and every one of these is: the WAL that each needs is there.
        complete = [folder for status, folder in place.generations() if status == "COMPLETE"]
        assert len(complete) >= 2 and ("COMPLETE" in text) == (process.returncode == 0), text
        done = place.verify("--generation", os.path.basename(complete[-1]))
        assert done.status == 0, done
        assert process.returncode != 0 or complete[-1] in text, text
        place.start()
        writers[-1].check()
    print("killed at %d instants of a backup, %d of them before its end" % (len(ended), sum(status != 0 for status in ended)))
    assert sum(status != 0 for status in ended) >= KILLS / 4
    place.dump()
    place.crash()
    place.recover()
    place.start()
    for writer in writers:
        writer.check()
    assert place.value("select count(*) from t") == 100000


def test_a_killed_recovery_can_be_done_again_and_loses_nothing(make_place):
    place = make_place()
    place.sql("create table t as select n, md5(n::text) as m from generate_series(1, 100000) n")
    place.dump()
    writer = Writer(place)
    time.sleep(0.3)
    place.crash()
    writer.stop()
    dice = random.Random(SEED)
    for _ in range(KILLS):
        kill_at(place, "pgx_rcvall", dice.uniform(0.05, 1.2))
        # What is half there cannot be started by mistake.
        if os.path.exists(place.data + "/mc.interrupted"):
            mcharness.wait_until(lambda: not os.path.exists(place.data + "/postmaster.pid") or
                                 run("pg_isready", "-h", place.dir + "/run").status != 0, 10, "gone")
    tried = []
    mcharness.wait_until(lambda: tried.append(place.command("pgx_rcvall")) or tried[-1].status == 0 or
                         print("again:", tried[-1]), 30, "recovered")
    assert not os.path.exists(place.data + "/mc.interrupted")
    place.start()
    writer.check()
    assert place.value("select count(*) from t") == 100000


def test_a_recovery_that_follows_a_killed_one_waits_for_its_instance(make_place):
    """PostgreSQL ends within seconds, and not at once, where it is killed while restore_command runs. That is the case of the mark
    alone: beside an instance that somebody started it is refused as ever."""
    place = make_place()
    place.sql("create table t as select 1 as n")
    place.dump()
    place.crash()
    place.start()
    with open(place.data + "/mc.interrupted", "w") as f:
        f.write("restore %s from x saved \n" % place.value("select system_identifier from pg_control_system()"))
    shutil.chown(place.data + "/mc.interrupted", "postgres", "postgres")
    process = subprocess.Popen(AS_POSTGRES + (mcharness.program("pgx_rcvall"), "-D", place.data, "-B", place.backup), cwd="/",
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    time.sleep(1)
    assert process.poll() is None, process.communicate()
    done = place.command("pgx_rcvall", "--dry-run")
    assert done.status == 0 and "an instance is at work there" in done.text, done
    place.crash()
    text, _ = process.communicate(timeout=60)
    assert process.returncode == 0 and "recovered" in text, text
    place.start()
    assert place.sql("select n from t") == [(1,)]


def test_a_line_that_was_left_is_not_returned_to_unasked(make_place):
    """Recovered to before the newest backup, and gone on: there are two ends now, and the WAL that was left reaches further.
    Either can be had by its number."""
    place = make_place()
    place.sql("create table t(n int)")
    place.dump()
    place.sql("select pg_create_restore_point('here')")
    place.sql("insert into t values (1)")
    place.archive()
    newest = place.dump()
    for _ in range(3):
        place.archive()
    place.stop()
    place.recover("-n", "here")
    place.start()
    place.sql("insert into t values (2)")
    place.archive()
    place.stop()
    done = place.command("pgx_rcvall")
    assert done.status == 3, done
    assert {one[3] for one in place.listed()} == {"-"}
    assert "backup %s leads to the end of timeline 1, and not to timeline 2" % os.path.basename(newest) in done.text, done
    place.recover("-t", "2")
    place.start()
    assert place.sql("select n from t") == [(2,)]
    place.stop()
    place.recover("-t", "1")
    place.start()
    assert place.sql("select n from t") == [(1,)]


def test_a_recovery_that_was_killed_before_its_wal_was_replayed_cannot_be_started_by_hand(make_place):
    """From the first sight of the control file on: else the instance would end where the backup ends, and nobody would know."""
    place = make_place()
    place.dump()
    place.sql("create table t as select 1 as n")
    place.crash()
    control, mark = place.data + "/global/pg_control", place.data + "/mc.interrupted"
    process = subprocess.Popen(AS_POSTGRES + (mcharness.program("pgx_rcvall"), "-D", place.data, "-B", place.backup), cwd="/",
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for there, path in ((True, mark), (False, control), (True, control)):
        while os.path.exists(path) != there and process.poll() is None:
            pass
    process.kill()
    process.wait()
    mcharness.wait_until(lambda: not os.path.exists(place.data + "/postmaster.pid") or
                         run("pg_isready", "-h", place.dir + "/run").status != 0, 10, "gone")
    if os.path.exists(mark):
        done = run(PGBIN + "/pg_ctl", "-D", place.data, "-l", place.dir + "/log", "-w", "-s", "start")
        assert done.status != 0, "an instance was started that lacks the WAL behind its backup"
    place.recover()
    place.start()
    assert place.value("select n from t") == 1


def test_configuration_outside_of_the_data_directory_comes_back_where_nothing_stands(make_place, template):
    place = Place()
    try:
        etc = place.dir + "/etc"
        run("mkdir", "-m", "700", etc)
        for name in ("postgresql.conf", "pg_hba.conf", "pg_ident.conf"):
            run("mv", place.data + "/" + name, etc)
        with open(etc + "/postgresql.conf", "a") as f:
            f.write("data_directory = '%s'\nhba_file = '%s/pg_hba.conf'\nident_file = '%s/pg_ident.conf'\n"
                    % (place.data, etc, etc))
        place.start(etc)
        place.sql("create table t as select generate_series(1, 100) n")
        place.dump()
        place.archive()
        place.stop(data=etc)
        kept = open(etc + "/postgresql.conf").read()
        shutil.rmtree(place.data)
        os.remove(etc + "/postgresql.conf")
        done = place.recover()
        assert "pg_hba.conf" in done.text and "PGX00008" in done.text, done
        assert open(etc + "/postgresql.conf").read() == kept
        place.start(etc)
        assert place.value("select count(*) from t") == 100
        place.stop(data=etc)
    finally:
        place.stop("immediate", data=place.data)
        place.remove()


def test_the_best_copy_of_each_segment_counts(make_place):
    """A mirror that was behind, and an old pg_wal that was not: neither the order of places nor a name decides."""
    place = make_place(conf="archive_mode = off\n")
    place.dump()
    writer = Writer(place)
    names = place.data + "/pg_wal/" + place.value("select pg_walfile_name(pg_current_wal_lsn())")
    mcharness.wait_until(lambda: len(writer.acknowledged) > 50, 20, "something is written")
    run("cp", names, place.backup + "/online_xlog/")
    mcharness.wait_until(lambda: len(writer.acknowledged) > 150, 20, "more is written")
    place.sql("select pg_switch_wal()")
    mcharness.wait_until(lambda: len(writer.acknowledged) > 250, 20, "and more")
    place.crash()
    writer.stop()
    place.recover()
    place.start()
    writer.check()
