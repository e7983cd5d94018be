"""A former primary with WAL of its own comes back by itself: saved, rewound or copied (rejoin)."""
import csv
import glob
import os
import re
import threading
import time

import pytest

from mcharness import Volume, checked, now, wait_until

BOUND_S = 15        # of a rejoin by rewind, under load


def load(server, stop):
    """Writers that never stop; what they get told does not matter here."""
    def write():
        while not stop.is_set():
            try:
                server.sql("insert into own select i, repeat('x', 200) from generate_series(1, 200) i", 5)
            except Exception:       # noqa: the server is going, or gone
                time.sleep(0.05)
    threads = [threading.Thread(target=write, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    return threads


def diverge(cluster):
    """The primary writes what its standby does not get, and is killed; the standby takes over. When it was killed."""
    primary, standby = cluster.pair()
    primary.sql("drop table if exists own; create table own(i int, t text); checkpoint", 20)
    cluster.wait_switchable()
    rules = cluster.net.drop(primary.host, standby.host, "tcp sport 5432")
    stop = threading.Event()
    threads = load(primary, stop)
    time.sleep(0.4)
    # on a busy host that is nothing yet; and within two seconds the standby would be let go
    wait_until(lambda: primary.sql("select pg_current_wal_flush_lsn() > '%s'" %
                                   standby.sql("select pg_last_wal_receive_lsn()")[0][0]) == [["t"]], 1, "it has WAL of its own")
    killed = now()
    primary.kill_postmaster()
    stop.set()
    for thread in threads:
        thread.join()
    # what the dead sender's kernel still has would go out as soon as it could
    wait_until(lambda: standby.role() == "primary", 20, "the standby takes over")
    cluster.net.allow(rules)
    return primary, standby, killed


def rejoined(cluster, former, killed, limit=40):
    """Switchable again with the two in exchanged roles; how long that took."""
    wait_until(lambda: former.host.logged("MCA01223", killed), limit, "the directory is made over")
    cluster.wait_switchable(limit)
    assert former.follows()
    return now() - killed


def saved(former, killed):
    """The folder that the log names, and its summary."""
    line = former.host.logged("MCA01224", killed)[0][1]
    folder = re.search(r'is saved in "(\S+)"', line).group(1)
    assert os.path.dirname(folder) == os.path.join(former.mcdir, "diverged")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_\d+_[0-9A-F]+-[0-9A-F]+", os.path.basename(folder))
    with open(os.path.join(folder, "summary.txt")) as f:
        return folder, f.read(), int(re.search(r"with (\d+) committed transactions", line).group(1))


def ours(former, setting):
    return former.sql("show " + setting)[0][0]


def test_a_former_primary_is_rewound_under_load_and_what_it_had_of_its_own_is_saved(cluster):
    for server in cluster.servers:      # of this host alone: nobody may take it away
        path = os.path.join(server.data, "postgresql.conf")
        with open(path) as f:
            text = f.read()
        with open(path, "w") as f:
            f.write("cluster_name = 'of_%s'\n" % server.name + text)
    fleet = cluster.fleet()
    former, successor, killed = diverge(cluster)
    took = rejoined(cluster, former, killed)
    folder, text, count = saved(former, killed)
    print("rejoined by rewind after %.1f s" % took)
    assert took < BOUND_S
    assert former.host.logged("MCA01222.*rewind|rewind.*MCA01222", killed)
    assert not former.host.logged("MCA01225", killed), "no copy was needed"
    assert count > 0 and len(re.findall(r"(?m)^transaction \d+: COMMIT", text)) == count, text
    assert re.search(r"(?m)^file [0-9A-F]{24}: ", text)
    assert glob.glob(folder + "/0000000*"), "the segments themselves"
    assert ours(former, "cluster_name") == "of_%s" % former.name, "the configuration is its own"
    fleet.check(successor)


def waiting(server):
    """How many sessions wait for the standby's word."""
    return int(server.sql("select count(*) from pg_stat_activity where wait_event = 'SyncRep'")[0][0])


def test_of_what_it_had_of_its_own_tables_are_named_and_rows_are_kept(make_cluster):
    """Of each transaction what it did to which table; of each table the rows, as COPY reads them."""
    cluster = make_cluster(settings={"heartbeat_timeout": "4s"})    # so long the standby is not detached
    cluster.up()
    primary, standby = cluster.pair()
    primary.sql("""create schema shop;
        create table shop."Odd one"(id int primary key, note text, drop_me int, big text);
        alter table shop."Odd one" drop column drop_me;
        alter table shop."Odd one" alter column big set storage external;
        insert into shop."Odd one" select i, 'both have it' from generate_series(1, 20) i;
        create table plain(id int); insert into plain select generate_series(1, 10)""", 20)
    cluster.wait_switchable()
    primary.sql("checkpoint", 20)
    rules = cluster.net.drop(primary.host, standby.host, "tcp sport 5432")
    theirs = ["""begin; insert into shop."Odd one" values (101, 'a, "quoted" note'); savepoint s;
                 insert into shop."Odd one" values (102, 'second' || chr(10) || 'line'); release s;
                 insert into plain values (11); commit""",
              """update shop."Odd one" set note = 'changed' where id = 3""",
              """delete from shop."Odd one" where id = 5""",
              """insert into shop."Odd one" values (103, 'long', repeat('x', 9000))""",
              "create table of_its_own(id int); insert into of_its_own values (1)"]
    primary.sql("begin; insert into plain values (99); rollback")

    def commit(query):
        try:
            primary.sql(query, 60)
        except Exception:       # noqa: the server is killed while it waits
            pass
    threads = [threading.Thread(target=commit, args=(query,), daemon=True) for query in theirs]
    for thread in threads:
        thread.start()
    wait_until(lambda: waiting(primary) == len(theirs), 12, "all are written, and none is acknowledged")
    killed = now()
    primary.kill_postmaster()
    for thread in threads:
        thread.join()
    wait_until(lambda: standby.role() == "primary", 20, "the standby takes over")
    cluster.net.allow(rules)
    rejoined(cluster, primary, killed)
    folder, text, count = saved(primary, killed)
    assert count == len(theirs), text
    told = re.findall(r"(?m)^transaction (\d+): (COMMIT|ABORT) [^;]*; [0-9A-F/]+ to [0-9A-F/]+, \d+ records; (.*)$", text)
    deeds = {deeds: (xid, how) for xid, how, deeds in told}
    both, _ = deeds['rows inserted 3, updated 0, deleted 0; in postgres.shop."Odd one": 2 inserted, 0 updated, 0 deleted; '
                    'in postgres.public.plain: 1 inserted, 0 updated, 0 deleted']
    changed, _ = deeds['rows inserted 0, updated 1, deleted 0; in postgres.shop."Odd one": 0 inserted, 1 updated, 0 deleted']
    assert 'rows inserted 0, updated 0, deleted 1; in postgres.shop."Odd one": 0 inserted, 0 updated, 1 deleted' in deeds, text
    long = [xid for xid, _, deed in told if 'TOAST of shop."Odd one"' in deed][0]
    assert [how for _, how, deed in told if deed.endswith("in postgres.public.plain: 1 inserted, 0 updated, 0 deleted")
            and "Odd" not in deed] == ["ABORT"], text
    files = {name: (int(rows), file) for name, rows, file in re.findall(
        r"(?m)^table (.*): file \S+; (\d+) rows of these transactions stood there at the end, in (\S+)$", text)}
    assert {name: rows for name, (rows, _) in files.items()} == {
        'postgres.shop."Odd one"': 4, "postgres.public.plain": 1, "postgres.public.of_its_own": 1}, text
    with open(os.path.join(folder, files['postgres.shop."Odd one"'][1]), newline="") as f:
        rows = list(csv.DictReader(f))
    assert sorted((row["id"], row["transaction"], row["note"], row["big"]) for row in rows) == [
        ("101", both, 'a, "quoted" note', ""), ("102", both, "second\nline", ""),
        ("103", long, "long", "x" * 9000), ("3", changed, "changed", "")]
    for name in os.listdir(folder):
        assert not name.startswith("."), name
        assert os.stat(os.path.join(folder, name)).st_mode & 0o077 == 0, name
    assert primary.host.logged("6 rows of 3 tables .*MCA01670", killed)
    assert not primary.host.logged("MCA01225", killed), "it was rewound all the same"
    assert len(os.listdir(os.path.join(primary.mcdir, "diverged"))) == 1
    assert re.search(r"(?m)^kept: WAL that went its own way, saved 1 time, \d+ MB in %s/diverged; " % primary.mcdir,
                     primary.status().text)


def test_without_pg_rewind_s_conditions_a_new_copy_is_made(cluster):
    """Here: nobody is let into the primary's databases from the other host, only replication."""
    kept = {}
    cluster.wait_switchable()
    try:
        for server in cluster.servers:
            path = os.path.join(server.data, "pg_hba.conf")
            began = now()
            with open(path) as f:
                kept[path] = f.read()
            with open(path, "w") as f:
                f.write(re.sub(r"(?m)^host all all 10.*\n", "host all all 10.78.0.31/32 trust\n", kept[path]))
            wait_until(lambda: server.host.logged("MCA01220", began), 5, "it is in force")
        former, successor, killed = diverge(cluster)
        rejoined(cluster, former, killed)
        assert former.host.logged("MCA01225.*pg_hba|pg_hba.*MCA01225", killed), "and it says why"
        folder, text, count = saved(former, killed)
        assert "; in postgres.public.own: " in text and glob.glob(folder + "/rows_*.csv"), text
        assert os.path.exists(folder + "/recovered.txt")
    finally:
        for path, text in kept.items():
            with open(path, "w") as f:
                f.write(text)


def test_where_the_wal_that_pg_rewind_needs_is_gone_a_new_copy_is_made(make_cluster):
    """It begins at the last checkpoint before the parting: here that lies in a segment that nobody has kept."""
    cluster = make_cluster(settings={"heartbeat_timeout": "1s"})
    cluster.up()
    primary, standby = cluster.pair()
    primary.sql("create table own(i int, t text); checkpoint", 20)
    file, = [name for name, in primary.sql("select pg_walfile_name(pg_current_wal_lsn())")]
    primary.sql("select pg_switch_wal()")
    primary.sql("insert into own values (0, 'both have it')", 20)
    cluster.wait_switchable()
    cluster.net.drop(primary.host, standby.host, "tcp sport 5432")
    stop = threading.Event()
    threads = load(primary, stop)
    wait_until(lambda: waiting(primary) == len(threads), 4, "it has something of its own")
    primary.sql("checkpoint", 5)        # its own recovery begins behind the parting
    lost = now()
    cluster.net.cut(primary.host)
    primary.host.crash()
    stop.set()
    for thread in threads:
        thread.join()
    wait_until(lambda: standby.role() == "primary", 30, "the standby takes over")
    for name in os.listdir(primary.data + "/pg_wal"):
        if re.fullmatch("[0-9A-F]{24}", name) and name <= file:
            os.unlink(os.path.join(primary.data, "pg_wal", name))
    cluster.net.mend()
    primary.host.boot()
    primary.start("-W")
    rejoined(cluster, primary, lost, 90)
    assert primary.host.logged("MCA01225", lost), "and it says why"
    assert "in postgres.public.own: " in saved(primary, lost)[1]
    assert standby.sql("select count(*) from own where i = 0") == [["1"]]


def test_by_word_of_its_settings_it_copies_or_waits(make_cluster):
    cluster = make_cluster(mortal=True)
    cluster.settings = dict(cluster.settings, rejoin="copy")
    cluster.up()
    cluster.pair()[0].die_at("rejoin:during 2")
    former, successor, killed = diverge(cluster)
    wait_until(lambda: not os.path.exists(former.kill_file), 30, "half of it is copied")
    checked(former.ctl("stop", "-e"))       # and its monitor with it: an operator starts it again
    assert os.path.exists(os.path.join(former.data, "mc.interrupted"))
    assert former.instance_pids() == []
    former.start("-W")
    rejoined(cluster, former, killed)
    assert not os.path.exists(os.path.join(former.data, "mc.interrupted"))
    assert former.host.logged("made over into a standby of \"%s\": copy" % successor.name, killed)
    for server in cluster.servers:
        server.set(rejoin="manual")
    for server in (former, successor):      # read at the start of an agent
        server.kill_daemons()
        server.start("-f")
    cluster.wait_switchable()
    former, successor, killed = diverge(cluster)
    wait_until(lambda: former.host.logged("MCA01056", killed), 20, "it stays down and says so")
    time.sleep(1)
    assert former.instance_pids() == []
    assert not former.host.logged("MCA01222", killed)
    wait_until(lambda: 'stays down: server "%s" waits for an operator' % former.name in successor.status().text, 20,
               "the primary says so, too")
    planned = successor.ctl("recover", "--dry-run")
    assert "where its setting rejoin is manual, waits until its operator gives that up (mc_ctl rejoin there)" in planned.stdout, planned
    # 8.1.1.2 by hand: Mirroring Controller stopped, the standby recovered, started
    checked(former.ctl("stop"))
    checked(former.ctl("setup", "-r", "standby", "--overwrite"))
    cluster.wait_switchable()


# Of every step one is played each time; all of them where MC_EVERY_STEP is set.
EVERY = bool(os.environ.get("MC_EVERY_STEP"))
STEPS = {"rewind": ["during 3", "before", "during 1", "during 2", "during 4", "after"],
         "copy": ["before", "during 1", "during 2", "during 3", "after"]}


@pytest.mark.parametrize("way", ["rewind", "copy"] if EVERY else ["rewind"])
def test_killed_in_the_middle_it_goes_on(make_cluster, way):
    """The agent dies before, within or after the order, at one of its steps; its monitor makes a new one."""
    cluster = make_cluster(mortal=True)
    cluster.settings = dict(cluster.settings, rejoin=way)
    cluster.up()
    for step in STEPS[way] if EVERY else STEPS[way][:1]:
        place = "rejoin:" + step
        primary, standby = cluster.pair()
        primary.die_at(place)
        former, successor, killed = diverge(cluster)
        assert former is primary
        wait_until(lambda: not os.path.exists(former.kill_file), 30, "the place is reached: " + place)
        cluster.wait_switchable(60)
        assert cluster.pair() == (successor, former)
        assert former.follows()
        assert not os.path.exists(os.path.join(former.data, "mc.interrupted"))


def test_where_its_wal_finds_no_room_it_waits_and_nothing_is_lost(cluster):
    """The management directory has a small disk of its own: what the voter needs is not taken for the saving."""
    primary, standby = cluster.pair()
    primary.stop("-e")
    wait_until(lambda: standby.role() == "primary", 10, "the other one takes over")
    volume = Volume(primary, 200)
    try:
        primary.start()
        cluster.wait_switchable(30)
        checked(primary.ctl("switch"))
        cluster.wait_switchable(30)
        filler = volume.fill(70 << 20)
        before = volume.free()
        former, successor, killed = diverge(cluster)
        assert former is primary
        told = wait_until(lambda: former.host.logged("MCA01440", killed), 30, "it is said")[0][1]
        free, wanted, kept = map(int, re.search(
            r"has (\d+) MB free, needed are (\d+) MB, of which (\d+) MB stay free", told).groups())
        assert free < wanted and kept == 64 and abs(free - (before >> 20)) <= 2, told
        assert former.host.logged("make room on the disk.*MCA01440", killed)
        wal = sorted(os.listdir(former.data + "/pg_wal"))
        time.sleep(4)       # it has tried again meanwhile
        assert len(former.host.logged("ERROR: no room.*MCA01440", killed)) == 1, "once"
        assert sorted(os.listdir(former.data + "/pg_wal")) == wal, "nothing is touched"
        assert volume.free() > 66 << 20, "nothing is filled"
        assert not former.host.logged("MCA01224", killed)
        assert "waiting for: room in the management directory" in former.status().text
        checked(former.host.run(["rm", filler]))
        rejoined(cluster, former, killed, 80)
        line = former.host.logged("MCA01224", killed)[0][1]
        folder = re.search(r'is saved in "(\S+)"', line).group(1)
        names = checked(former.host.run(["ls", folder])).stdout.split()
        assert "summary.txt" in names and any(name.startswith("0000000") for name in names), names
    finally:
        primary.ctl("stop", "-e")
        volume.umount()
        primary.host.crash()
