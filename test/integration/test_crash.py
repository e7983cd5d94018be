"""Processes that end or freeze (acceptance scenarios 10, 12, 13, 42 and 47, and what is left of them)."""
import os
import signal
import time

import pytest

from mcharness import PgError, alive, holds_for, now, send, wait_until

# A transaction per round that computes and commits, and never sleeps: it does not notice by itself
# that its postmaster is gone.
COMPUTE = """
create or replace procedure compute() language plpgsql as $$
declare x bigint;
begin
  loop
    select sum(i) into x from generate_series(1, 20000) i;
    commit;
  end loop;
end $$"""


def test_a_killed_primary_is_replaced_at_once_and_nothing_is_lost(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    killed = now()
    primary.kill_postmaster()
    opened = fleet.first_ack(standby, killed)
    fleet.wait_acks(20, standby, opened)
    assert opened - killed < 2.0
    assert fleet.outage(killed) < 2.0
    assert len(standby.host.logged(r"LOG: promotion processing completed \(MCA00062\)", killed)) == 1
    assert primary.host.logged("MCA01072", killed), "the end of the postmaster is reported"
    assert standby.status().word in ("switched", "switchable", "switching")
    fleet.check(standby)


def test_the_line_of_a_takeover_is_the_one_that_people_know(cluster):
    primary, standby = cluster.pair()
    killed = now()
    primary.kill_postmaster()
    (_, line), = wait_until(lambda: standby.host.logged("MCA00062", killed), 10, "the line")
    text = line[line.index("MirroringControllerOpen"):]
    program, _, rest = text.partition("[")
    pid, _, words = rest.partition("]: ")
    assert program == "MirroringControllerOpen"
    assert int(pid) > 1
    assert words == "LOG: promotion processing completed (MCA00062)"


def test_a_former_primary_with_nothing_of_its_own_follows_by_itself(cluster):
    """Killed while idle: what it has is a prefix of the new primary's history."""
    primary, standby = cluster.pair()
    killed = now()
    primary.kill_postmaster()
    wait_until(lambda: standby.role() == "primary", 10, "the standby is promoted")
    wait_until(lambda: primary.follows(), 20, "the former primary follows")
    cluster.wait_switchable()
    assert cluster.pair() == (standby, primary)
    assert not cluster.logged("MCA01056", killed), "nothing diverged"


def test_the_first_write_after_a_switch_is_made_under_the_names_of_its_record(cluster):
    """The new primary was a standby with a copy of the old settings: they must not be in force."""
    primary, standby = cluster.pair()
    old_names = primary.names()
    assert old_names != ""
    primary.kill_postmaster()

    def first_write():
        conn = standby.connect(0.3)
        try:
            return conn.query(
                "insert into bench_acks values(-1, -1, extract(epoch from clock_timestamp())::bigint)"
                " returning current_setting('synchronous_standby_names')", 5)
        finally:
            conn.close()
    (names,), = wait_until(first_write, 10, "a first write by the new primary")
    assert names != old_names
    assert "mc_%s" % standby.name not in names, "it does not wait for itself"
    cluster.wait_switchable()
    assert standby.names() != old_names


def test_a_stopped_postmaster_whose_sessions_still_answer_is_replaced(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    stopped = now()
    primary.host.freeze([primary.postmaster()])
    opened = fleet.first_ack(standby, stopped)
    assert opened - stopped < 6.0
    fleet.wait_acks(20, standby, opened)
    wait_until(lambda: not primary.instance_pids() or primary.follows(), 10,
               "every process of the old instance is gone")
    primary.host.thaw()
    fleet.check(standby)
    assert fleet.reads(primary, opened) == []


def test_a_frozen_instance_is_replaced_and_answers_nobody_when_it_wakes(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    frozen = now()
    primary.host.freeze(primary.instance_pids())
    opened = fleet.first_ack(standby, frozen)
    assert opened - frozen < 6.0
    fleet.wait_acks(20, standby, opened)
    primary.host.thaw()
    holds_for(lambda: primary.role() != "primary", 1.0, "it does not serve as a primary")
    assert fleet.reads(primary, opened) == []
    fleet.check(standby)


def test_a_primary_whose_agent_is_frozen_acknowledges_nothing_after_the_takeover(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    frozen = now()
    primary.host.freeze(primary.daemons())
    opened = fleet.first_ack(standby, frozen)
    assert opened - frozen < 6.0
    fleet.wait_acks(20, standby, opened)
    assert fleet.acks(primary, opened) == []
    primary.host.thaw()
    wait_until(lambda: primary.role() != "primary", 10, "the old primary is stopped when its agent runs")
    woken = now()
    time.sleep(0.3)
    assert fleet.reads(primary, woken) == []
    fleet.check(standby)


def test_a_suspended_host_acknowledges_nothing_and_is_stopped_when_it_wakes(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    frozen = now()
    primary.host.freeze()
    opened = fleet.first_ack(standby, frozen)
    assert opened - frozen < 6.0
    fleet.wait_acks(20, standby, opened)
    woken = now()
    primary.host.thaw()
    wait_until(lambda: primary.role() != "primary", 5, "it stops serving")
    stopped = now()
    time.sleep(0.5)
    assert fleet.acks(primary, opened) == []
    assert fleet.reads(primary, stopped) == []
    print("read from the old primary for %.3f s after it woke" % (stopped - woken))
    fleet.check(standby)


def test_a_backend_that_computes_is_gone_before_the_successor_opens(cluster):
    """Such a backend does not end with its postmaster, and is not in its process group."""
    primary, standby = cluster.pair()
    primary.sql(COMPUTE)
    busy = [primary.connect() for _ in range(2)]
    pids = []
    for conn in busy:
        pids.append(primary.host.outer(int(conn.query("select pg_backend_pid()", 2)[0][0])))
        with pytest.raises(PgError):
            conn.query("call compute()", 0.2)        # our watchdog lets it run on
    assert all(alive(pid) for pid in pids)
    fleet = cluster.fleet()
    killed = now()
    primary.kill_postmaster()
    left = None

    def opened():
        nonlocal left
        if not fleet.acks(standby, killed):
            return False
        left = [pid for pid in pids if alive(pid)]
        return True
    wait_until(opened, 15, "the standby takes over")
    assert left == [], "nobody of the old instance is left when the new one acknowledges"
    fleet.check(standby)


def test_a_killed_standby_instance_is_disconnected_and_comes_back(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    killed = now()
    standby.kill_postmaster()
    detached = cluster.wait_detached(killed)
    fleet.wait_acks(20, primary, detached)
    assert fleet.outage(killed) < 2.0
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    fleet.check(primary)


def test_a_solo_primary_is_restarted_in_place_a_bounded_number_of_times(cluster):
    primary, standby = cluster.pair()
    timeline = primary.timeline()
    primary.start()     # of what was started for the tests before, in the same minute, nothing counts
    standby.stop()
    cluster.wait_word("not-switchable", server=primary)
    restarts = 0
    while True:
        killed = now()
        old = primary.kill_postmaster()
        gave_up = wait_until(lambda: (primary.role() == "primary" and primary.postmaster() != old and "no")
                             or (primary.host.logged("MCA01076", killed) and "yes"), 15,
                             "a restart in place, or its end")
        if gave_up == "yes":
            break
        restarts += 1
        assert restarts <= 4, "the first start within a minute, and three attempts"
        assert primary.host.logged("failing.restart", killed), "the attempt is reported"
        assert primary.timeline() == timeline
    assert restarts >= 1
    holds_for(lambda: primary.role() is None, 1.5, "it stays down")
    assert primary.instance_pids() == []
    primary.start()
    wait_until(lambda: primary.role() == "primary", 15, "the operator's start helps")
    standby.start()


def test_a_standby_that_had_not_caught_up_is_not_promoted(cluster):
    """It was eligible once; the cluster went on without it, and its stream is held up."""
    primary, standby = cluster.pair()
    standby.stop()
    cluster.wait_word("not-switchable", server=primary)
    primary.sql("create table alone as select generate_series(1, 50000) i")
    cluster.net.part(standby.host, primary.host, "tcp sport 5432")
    cluster.net.part(standby.host, primary.host, "tcp dport 5432")
    standby.start("-W")
    wait_until(lambda: standby.daemons(), 5, "its agent runs")
    time.sleep(1.0)
    cluster.net.cut(primary.host)
    primary.host.crash()
    holds_for(lambda: standby.role() != "primary", 5, "no promotion")
    assert standby.status().role(standby) != "primary"
    primary.host.boot()
    cluster.net.mend()
    primary.start("-W")
    cluster.wait_switchable(40)
    assert cluster.pair() == (primary, standby)
    assert primary.sql("select count(*) from alone")[0][0] == "50000"


def test_a_killed_agent_is_made_anew_and_nothing_else_happens(cluster):
    primary, standby = cluster.pair()
    for server in (primary, standby):
        fleet = cluster.fleet()
        timeline, postmaster = primary.timeline(), server.postmaster()
        monitor, agent = server.daemons()
        killed = now()
        send(agent, signal.SIGKILL)
        wait_until(lambda: len(server.daemons()) == 2 and agent not in server.daemons(), 5, "a new agent")
        assert server.daemons()[0] == monitor
        wait_until(lambda: server.host.logged("MCA01002", killed), 5, "it is reported")
        cluster.wait_switchable()
        assert cluster.pair() == (primary, standby)
        assert (primary.timeline(), server.postmaster()) == (timeline, postmaster)
        fleet.wait_acks(20, primary, now())
        assert fleet.outage(killed) < 1.0
        fleet.check(primary)


def test_a_killed_monitor_is_made_anew_by_the_agent(cluster):
    primary, standby = cluster.pair()
    monitor, agent = primary.daemons()
    killed = now()
    send(monitor, signal.SIGKILL)
    wait_until(lambda: len(primary.daemons()) == 2 and monitor not in primary.daemons(), 5,
               "a new monitor")
    assert agent in primary.daemons()
    wait_until(lambda: primary.host.logged("MCA01003", killed), 5, "it is reported")
    # the new monitor does its work
    send(agent, signal.SIGKILL)
    wait_until(lambda: len(primary.daemons()) == 2 and agent not in primary.daemons(), 5, "a new agent")
    cluster.wait_switchable()
    assert cluster.pair() == (primary, standby)


def test_a_log_that_nobody_reads_delays_no_decision(cluster):
    primary, standby = cluster.pair()
    for server in (primary, standby):
        send(server.host.init_pid, signal.SIGSTOP)
    try:
        fleet = cluster.fleet()
        killed = now()
        os.kill(primary.postmaster(), signal.SIGKILL)
        assert fleet.first_ack(standby, killed) - killed < 3.0
        fleet.wait_acks(20, standby, killed)
    finally:
        for server in (primary, standby):
            send(server.host.init_pid, signal.SIGCONT)
    fleet.check(standby)


def test_a_primary_that_has_no_place_for_its_new_agent_is_stopped_when_it_may_not_serve(cluster):
    """Every connection is taken, also those kept for superusers, when the agent comes again."""
    primary, standby = cluster.pair()
    clients = []

    def take_all(seconds):
        end = now() + seconds
        while now() < end:
            try:
                clients.append(primary.connect())
            except PgError:
                time.sleep(0.01)
    take_all(1.0)
    killed = now()
    send(primary.daemons()[1], signal.SIGKILL)
    take_all(1.5)
    wait_until(lambda: primary.host.logged("asking.primary_runs", killed), 5,
               "the agent is there again, and knows its instance")
    assert clients[0].query("select 1", 1.0) == [["1"]]
    cluster.net.cut(primary.host)
    wait_until(lambda: standby.role() == "primary", 10, "the standby takes over")
    with pytest.raises(PgError):
        clients[0].query("select 1", 1.0)
    cluster.net.mend()
    cluster.wait_switchable(30)
