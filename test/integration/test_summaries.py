"""Incremental backups by PostgreSQL's WAL summaries (17 and later) give back what those give back that read all."""
import os
import random
import re

import pytest

import mcharness
from backuphelp import Place, use_version

SEED = int(os.environ.get("MC_BACKUP_SEED", "1"))
CONF = "autovacuum = off\nsummarize_wal = on\nmax_wal_size = 64MB\n"


@pytest.fixture(params=[17, 18])
def place(request, template, monkeypatch):
    use_version(request.param, monkeypatch)
    made = Place(conf=CONF)
    yield made.start()
    made.remove()


def files(place, generation, folder):
    """{path: bytes} of the relations, as this generation restores them."""
    place.recover("--files-only", "--generation", os.path.basename(generation), data=folder)
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(top, name)
            relative = os.path.relpath(path, folder)
            if re.match(r"(base/\d+|global|pg_tblspc/.*)/\d+(_vm)?(\.\d+)?$", relative):
                with open(path, "rb") as f:
                    found[relative] = f.read()
    return found


def incremental(place):
    done = place.command("pgx_dmpall", "--keep", "99", "--incremental")
    assert done.status == 0, done
    unread = re.search(r"(\d+) MB were taken over unread", done.text)
    return re.search(r"backup (\S+) COMPLETE", done.text).group(1), int(unread.group(1)) if unread else 0, done.text


def churn(place, dice, turn):
    """Everything that changes files: rows, new pages, truncation, new and rewritten relations, whole databases."""
    low = dice.randrange(150000)
    place.sql("update t set m = 'turn%d' where n between %d and %d" % (turn, low, low + 200),
              "insert into t select n, 'more' from generate_series(1, %d) n" % dice.randrange(1, 4000),
              "delete from u where n > %d" % dice.randrange(20000, 60000), "vacuum u",
              "insert into u select n, 'again' from generate_series(40000, %d) n" % dice.randrange(41000, 60000),
              "create table x%d as select 1 as x" % turn, "drop table if exists x%d" % (turn - 1),
              "truncate w", "insert into w select generate_series(1, %d)" % dice.randrange(1, 5000))
    if turn % 2:
        place.sql("vacuum full v", "create database d%d strategy file_copy" % turn)
    else:
        place.sql("reindex table t", "create database d%d strategy wal_log" % turn)
    if dice.randrange(2):
        place.sql("checkpoint")


def test_an_incremental_backup_by_wal_summaries_is_that_of_the_whole_comparison(place):
    dice = random.Random(SEED)
    place.sql("create table t as select n, md5(n::text) as m from generate_series(1, 200000) n",
              "create index on t(n)", "create table u as select n, md5(n::text) as m from generate_series(1, 60000) n",
              "create table v as select generate_series(1, 9000) n", "create table w(n int)", "vacuum", "checkpoint")
    place.dump("--keep", "99")
    for turn in range(1, 5):
        churn(place, dice, turn)
        place.sql("checkpoint")
        by_summaries, unread, text = incremental(place)
        assert "PGX00028" in text and unread > 5, text
        whole = place.dump("--keep", "99")          # nothing was written in between
        a = files(place, by_summaries, "%s/a%d" % (place.dir, turn))
        b = files(place, whole, "%s/b%d" % (place.dir, turn))
        assert len(a) > 200 and sorted(a) == sorted(b)
        assert [path for path in sorted(a) if a[path] != b[path]] == []
        mcharness.sh("rm", "-rf", "%s/a%d" % (place.dir, turn), "%s/b%d" % (place.dir, turn))
        mcharness.sh("rm", "-rf", whole)            # the next one leans on that by summaries
    sums = place.value("select md5(string_agg(t::text, ',' order by n, m)) from t")
    place.stop()
    place.recover()
    place.start()
    assert place.value("select md5(string_agg(t::text, ',' order by n, m)) from t") == sums


def test_without_usable_summaries_everything_is_read_and_the_reason_is_said(place):
    place.sql("create table t as select n, md5(n::text) as m from generate_series(1, 60000) n", "checkpoint")
    place.dump("--keep", "99")
    place.sql("update t set m = 'x' where n < 100", "alter system set summarize_wal = off", "select pg_reload_conf()")
    mcharness.wait_until(lambda: place.value("show summarize_wal") == "off", 5, "it is off")
    _, unread, text = incremental(place)
    assert unread == 0 and "PGX00028" not in text and "PGX00029" not in text, text
    place.sql("alter system set summarize_wal = on", "select pg_reload_conf()")
    mcharness.wait_until(lambda: place.value("show summarize_wal") == "on", 5, "it is on")
    place.sql("update t set m = 'y' where n between 200 and 300")
    written = place.value("select pg_current_wal_insert_lsn()")
    place.sql("checkpoint")
    mcharness.wait_until(lambda: place.value(
        "select coalesce(max(end_lsn) >= '%s', false) from pg_available_wal_summaries()" % written), 60,
        "they are written, and not begun anew")
    for name in os.listdir(place.data + "/pg_wal/summaries"):
        os.unlink(place.data + "/pg_wal/summaries/" + name)
    place.sql("select pg_switch_wal()", "checkpoint")
    _, unread, text = incremental(place)
    assert unread == 0 and re.search(r"every file is read: .*PGX00029", text), text
    assert place.verify().status == 0
