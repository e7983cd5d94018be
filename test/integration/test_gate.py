"""Opening, automatic switch off, and who is admitted."""
import os
import re
import threading
import time

import pytest

from mcharness import PGBIN, USER, PgError, holds_for, now, sh, wait_until


def refuses_everybody(server):
    """Over the socket and over the network, reading and writing."""
    for where in (server.host.rundir, server.host.address):
        done = server.host.run([PGBIN + "/psql", "-h", where, "-p", str(server.pg_port), "-U", USER,
                                "-d", "postgres", "-Atc", "select 1"], timeout=10)
        if done.returncode == 0:
            return False
    return True


@pytest.mark.parametrize("how", ["start", "restart"])
def test_an_instance_started_without_its_agent_admits_nobody(cluster, how):
    """By whatever pg_ctl takes for its arguments: a restart takes those of the postmaster before."""
    for server in cluster.pair():
        server.stop("-e")
        assert server.instance_pids() == [] and server.daemons() == []
    for server in cluster.servers:
        done = server.host.run([PGBIN + "/pg_ctl", "-D", server.data, "-w", "-t", "20", "-l",
                                server.host.dir + "/by_hand.log", how], timeout=30)
        assert server.instance_pids(), done.stdout
        holds_for(lambda: refuses_everybody(server), 0.5, "nobody is admitted")
        server.host.run([PGBIN + "/pg_ctl", "-D", server.data, "-m", "immediate", "-w", "stop"])
    for server in cluster.servers:
        server.start("-W", "-f")
    cluster.wait_switchable(30)


def test_a_primary_that_somebody_restarts_is_ended(cluster):
    """No rule stops a primary that nobody has ordered, least of all with automatic off."""
    primary, standby = cluster.pair()
    primary.ctl("disable-failover")
    cluster.wait_word("failover-disabled")
    asked = now()
    done = primary.host.run([PGBIN + "/pg_ctl", "-D", primary.data, "-w", "-t", "20", "-m", "fast", "-l",
                             primary.host.dir + "/by_hand.log", "restart"], timeout=60)
    print(done.stdout)
    wait_until(lambda: refuses_everybody(primary) and primary.instance_pids() == [], 5, "it is ended")
    holds_for(lambda: refuses_everybody(primary) and standby.follows(), 3, "nobody is admitted")
    print(primary.host.logged("MCA01604", asked))
    primary.start("-W")
    wait_until(lambda: primary.role() == "primary", 20, "the operator's start brings it back")
    primary.ctl("enable-failover")
    cluster.wait_switchable()
    assert cluster.pair() == (primary, standby)


def test_nobody_is_admitted_before_the_record_is_confirmed(cluster):
    """A primary that starts while it hears nobody stays closed; its instance may well run."""
    primary, standby = cluster.pair()
    primary.stop("-e")
    cluster.net.cut(primary.host)
    cluster.net.cut(standby.host)
    primary.start("-W")
    holds_for(lambda: refuses_everybody(primary), 3, "nobody is admitted")
    cluster.net.mend()
    wait_until(lambda: cluster.primaries(), 15, "somebody opens when a majority is there")
    cluster.wait_switchable(30)


def test_a_standby_takes_no_write(cluster):
    """Whether it admits readers or nobody."""
    _, standby = cluster.pair()
    assert standby.follows()
    with pytest.raises(PgError) as refusal:
        standby.sql("create table t()")
    assert refusal.value.code in ("25006", ""), refusal.value


def test_with_automatic_off_the_end_of_the_primary_is_reported_and_nothing_is_changed(cluster):
    primary, standby = cluster.pair()
    primary.ctl("disable-failover")
    cluster.wait_word("failover-disabled")
    timeline = primary.timeline()
    killed = now()
    primary.kill_postmaster()
    wait_until(lambda: primary.host.logged("MCA01072", killed), 5, "it is reported")
    holds_for(lambda: standby.follows(), 4, "the standby is not promoted")
    assert not cluster.logged("MCA0104[57]", killed)
    row = standby.status().rows[primary.name]
    assert row["process"] == "abnormal(postmaster)", standby.status().text
    primary.start("-W")
    wait_until(lambda: primary.role() == "primary", 20, "the operator's start brings it back")
    assert primary.timeline() == timeline
    primary.ctl("enable-failover")
    cluster.wait_switchable()


def test_with_automatic_off_a_lost_standby_is_reported_and_not_disconnected(cluster):
    primary, standby = cluster.pair()
    names = primary.names()
    primary.ctl("disable-failover")
    cluster.wait_word("failover-disabled")
    lost = now()
    cluster.net.cut(standby.host)
    wait_until(lambda: primary.host.logged("MCA00019", lost), 6, "its silence is reported")
    holds_for(lambda: primary.names() == names, 2, "the names stay")
    assert not cluster.logged("MCA01043|cause detach", lost)
    cluster.net.mend()
    primary.ctl("enable-failover")
    cluster.wait_switchable(20)
    assert cluster.pair() == (primary, standby)


def test_with_automatic_off_no_lease_is_enforced(cluster):
    primary, standby = cluster.pair()
    primary.ctl("disable-failover")
    cluster.wait_word("failover-disabled")
    time.sleep(0.5)
    cluster.net.cut(primary.host)
    holds_for(lambda: primary.role() == "primary", 4, "it goes on serving")
    assert standby.follows()
    cluster.net.mend()
    primary.ctl("enable-failover")
    cluster.wait_switchable(20)
    assert cluster.pair() == (primary, standby)


def test_settings_of_ours_live_in_one_file_and_the_administrators_are_not_touched(cluster):
    primary, standby = cluster.pair()
    for server in (primary, standby):
        with open(server.data + "/postgresql.conf") as f:
            lines = [line.strip() for line in f if line.strip()]
        assert lines[-1].startswith("include") and "mc.auto.conf" in lines[-1]
        assert sum("mc.auto.conf" in line for line in lines) == 1
        assert sh("cmp", server.data + "/pg_hba.conf", cluster.template + "/pg_hba.conf").returncode == 0
    rows = primary.sql("select name, sourcefile from pg_settings where name in "
                       "('synchronous_standby_names', 'restart_after_crash')")
    assert all(path and path.endswith("mc.auto.conf") for _, path in rows), rows


def test_a_standby_that_somebody_promotes_is_stopped(cluster):
    """pg_promote() and pg_ctl promote ask no record. It may not serve, and the primary goes on."""
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    asked = now()
    standby.sql("select pg_promote(false)")
    wait_until(lambda: standby.host.logged("rule standby.promoted_by_others", asked), 5,
               "its agent sees it")
    stopped = wait_until(lambda: standby.host.logged("MCA01054", asked), 5, "it is stopped")[0][0]
    fleet.wait_acks(20, primary, stopped)
    time.sleep(1)
    assert fleet.acks(standby, stopped) == []
    assert primary.role() == "primary"
    wait_until(lambda: standby.host.logged("MCA01224", stopped), 15, "what it has of its own is saved")
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)


def test_what_was_written_to_a_standby_that_somebody_promoted_is_kept_and_shown(cluster):
    primary, standby = cluster.pair()
    primary.sql("create table of_both(id int, t text)")
    primary.sql("insert into of_both values (1, 'both')", 20)
    wait_until(lambda: standby.sql("select count(*) from of_both") == [["1"]], 10, "the standby has it")
    file = primary.sql("select pg_relation_filenode('of_both')")[0][0]
    asked = now()
    written = []

    def write():
        conn = standby.connect(20)
        while True:
            try:
                conn.query("insert into of_both values (2, 'by hand')", 20)
                written.append(now())
            except PgError as error:
                if "read-only" not in str(error):
                    return      # its instance is ended
            except OSError:
                return
    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    standby.sql("select pg_promote(false)")
    seen = wait_until(lambda: standby.host.logged("rule standby.promoted_by_others", asked), 20, "its agent sees it")[0][0]
    writer.join(30)
    wait_until(lambda: standby.host.logged("MCA01223", seen), 60, "it is made over")
    cluster.wait_switchable(40)
    assert cluster.pair() == (primary, standby)
    assert primary.sql("select id from of_both") == [["1"]]
    line = standby.host.logged("MCA01224", seen)[0][1]
    folder = re.search(r'is saved in "(\S+)"', line).group(1)
    with open(folder + "/summary.txt") as f:
        text = f.read()
    own = re.findall(r"(?m)^transaction .*COMMIT.* rows inserted 1,.*in (?:\d+/\d+/%s|postgres.public.of_both): 1 inserted"
                     % file, text)
    print("# %d rows were written to it, %d transactions are told" % (len(written), len(own)))
    assert len(own) >= len(written), text
    if standby.host.logged("MCA01671", seen):
        # stopped so early that its promotion counts for none: a standby's is not recovered without its primary
        assert standby.host.logged("it is a standby's.*MCA01671", seen)
    else:
        with open(folder + "/" + re.search(r"(?m)^table postgres.public.of_both: .* in (\S+)$", text).group(1)) as f:
            assert len([row for row in f if row.endswith(",2,by hand\n")]) >= len(written)


def test_an_authentication_file_whose_lines_go_on_is_understood(make_cluster):
    cluster = make_cluster()
    cluster.init_all()
    primary, standby = cluster.servers
    with open(os.path.join(primary.data, "pg_hba.conf"), "w") as f:
        f.write("local all,replication all trust\n"
                "host all,replication all \\\n  10.78.0.0/24 trust\n"
                "host \\\n  replication all \\\n  127.0.0.1/32 trust\n")
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable()
    assert cluster.pair() == (primary, standby)
