"""Hosts and links that are lost (acceptance scenarios 19, 20, 21, 23, 24, 25, 27, 29 and 32)."""
import os
import shutil
import signal
import time

import pytest

from mcharness import LOCAL, PgError, Volume, checked, holds_for, now, send, sh, wait_until

LEASE = 1.7         # seconds, at the defaults
DETECTION = 2.0
BUDGET = 4.0        # for a host that is silent, on a machine that does other things too


def last_read(fleet, server, since):
    """When the server last answered a read as a primary, on its own host."""
    reads = fleet.reads(server, since)
    return reads[-1].t if reads else since


def test_a_lost_primary_host_is_replaced_and_nothing_is_lost(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    lost = now()
    cluster.net.cut(primary.host)
    primary.host.crash()
    opened = fleet.first_ack(standby, lost)
    assert opened - lost < BUDGET
    assert standby.status().word == "switched"
    assert wait_until(lambda: standby.host.logged("MCA00019", lost), 5, "the silence is reported")
    fleet.wait_acks(20, standby, opened)
    fleet.check(standby)
    cluster.net.mend()
    primary.host.boot()


def test_an_isolated_primary_stops_serving_before_its_successor_opens(cluster):
    """Acceptance 19 and 21: isolated from everybody, it loses both at once."""
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    lost = now()
    cluster.net.cut(primary.host)
    opened = fleet.first_ack(standby, lost)
    assert opened - lost < BUDGET
    fleet.wait_acks(20, standby, opened)
    assert last_read(fleet, primary, lost) <= opened
    assert last_read(fleet, primary, lost) - lost < LEASE + 0.3
    assert primary.host.logged("MCA01051", lost), "the end of the lease is reported"
    holds_for(lambda: primary.role() is None, 1.0, "it admits nobody while it is isolated")
    cluster.net.mend()
    fleet.wait_acks(20, standby, now())
    holds_for(lambda: primary.role() != "primary", 1.0, "healed, it is no primary")
    fleet.check(standby)


def test_what_a_former_primary_wrote_alone_is_saved_and_it_comes_back_without_it(cluster):
    """Commits that wait for the standby are on its disk only: its history has left the cluster's."""
    primary, standby = cluster.pair()
    lost = now()
    cluster.net.cut(primary.host)
    conn = primary.connect()
    with pytest.raises(PgError):
        conn.query("create table only_here as select 1", 0.5)
    wait_until(lambda: standby.role() == "primary", 10, "the standby takes over")
    standby.sql("create table only_there as select 1")
    cluster.net.mend()
    wait_until(lambda: primary.host.logged("MCA01224", lost), 15, "what it wrote alone is saved, and that is said")
    cluster.wait_switchable(30)
    assert cluster.pair() == (standby, primary)
    assert primary.sql("select to_regclass('only_here'), to_regclass('only_there')") == [[None, "only_there"]]


def test_a_primary_that_loses_only_the_arbiter_goes_on(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    timeline = primary.timeline()
    lost = now()
    cluster.net.part(primary.host, cluster.arbiter.host)
    time.sleep(DETECTION + 1.5)
    assert cluster.pair() == (primary, standby)
    assert primary.timeline() == timeline
    assert fleet.outage(lost) < 1.0
    assert "offline" in primary.ctl("status", "--arbiter").stdout
    assert "online" in standby.ctl("status", "--arbiter").stdout
    assert primary.status().word == "switchable"
    cluster.net.mend()
    wait_until(lambda: "online" in primary.ctl("status", "--arbiter").stdout, 10, "online again")
    fleet.check(primary)


def test_when_everybody_loses_everybody_nobody_serves_and_healing_brings_one_back(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    lost = now()
    for host in (primary.host, standby.host, cluster.arbiter.host):
        cluster.net.cut(host)
    wait_until(lambda: primary.role() is None, LEASE + 2, "the primary stops serving")
    assert last_read(fleet, primary, lost) - lost < LEASE + 0.3
    holds_for(lambda: primary.role() is None and standby.role() != "primary", 2, "nobody serves")
    assert "none(inactivated primary)" in primary.ctl("status").stdout
    cluster.net.mend()
    healed = now()
    fleet.wait_acks(20, None, healed, timeout=20)
    assert len(cluster.primaries()) == 1
    fleet.check(cluster.primaries()[0])


def test_a_lost_standby_is_disconnected_and_cannot_take_over_until_it_has_caught_up(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    lost = now()
    cluster.net.cut(standby.host)
    detached = cluster.wait_detached(lost)
    fleet.wait_acks(20, primary, detached)
    assert fleet.outage(lost) < BUDGET
    assert primary.status().word == "not-switchable"
    assert primary.names() == ""
    fleet.check(primary)
    # the primary goes while the standby is behind: it must not come forward
    cluster.net.cut(primary.host)
    primary.host.crash()
    cluster.net.join(standby.host)
    holds_for(lambda: standby.role() != "primary", 4, "no promotion")
    cluster.net.join(primary.host)
    primary.host.boot()
    primary.start("-W")
    wait_until(lambda: primary.role() == "primary", 20, "the primary is back")
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)


def test_without_the_arbiter_service_goes_on_and_a_second_silent_failure_promotes_nobody(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    lost = now()
    cluster.net.cut(cluster.arbiter.host)
    time.sleep(DETECTION + 1.0)
    assert fleet.outage(lost) < 1.0
    assert "offline" in primary.ctl("status", "--arbiter").stdout
    assert primary.status().word == "switchable"
    # an instance that dies under a living agent is replaced: two of three voters are there
    killed = now()
    primary.kill_postmaster()
    opened = fleet.first_ack(standby, killed)
    assert opened - killed < 2.5
    fleet.check(standby)
    # Killed under load, it follows, or has WAL that nobody received and says so; then an operator copies it anew.
    wait_until(lambda: primary.follows() or primary.host.logged("MCA01056", killed), 20,
               "the former primary follows, or says why not")
    if not primary.follows():
        primary.stop("-e")
        primary.copy_from(standby)
        primary.start("-W")
    cluster.wait_switchable(30)
    # a silent one is not
    cluster.net.cut(standby.host)
    standby.host.crash()
    holds_for(lambda: primary.role() != "primary", 5, "no promotion")
    # The arbiter comes last: with it the one that is left would take over, were it there first.
    standby.host.boot()
    cluster.net.join(standby.host)
    standby.start("-W")
    wait_until(lambda: standby.role() == "primary", 20, "it serves again")
    cluster.net.mend()
    cluster.wait_switchable(30)
    assert cluster.pair() == (standby, primary)


@pytest.mark.parametrize("deaf", ["primary", "standby"])
def test_frames_lost_in_one_direction_only_give_no_second_primary(cluster, deaf):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    lost = now()
    host = (primary if deaf == "primary" else standby).host
    for other in cluster.hosts.values():
        if other is not host and other is not cluster.clients:
            cluster.net.drop(other, host)       # it sends, and receives nothing
    time.sleep(DETECTION + 2.0)
    fleet.wait_acks(20, None, now(), timeout=10)
    assert fleet.outage(lost) < BUDGET + 1
    cluster.net.mend()
    time.sleep(1.0)
    assert len(cluster.primaries()) == 1
    winner = cluster.primaries()[0]
    assert winner is (standby if deaf == "primary" else primary)
    fleet.check(winner)


def test_only_the_link_between_the_servers_is_cut_and_the_standby_is_disconnected(cluster):
    """Acceptance 27: the arbiter hears the primary, so the standby is refused. Always the same end."""
    primary, standby = cluster.pair()
    timeline = primary.timeline()
    fleet = cluster.fleet()
    lost = now()
    cluster.net.part(primary.host, standby.host)
    detached = cluster.wait_detached(lost)
    fleet.wait_acks(20, primary, detached)
    assert fleet.outage(lost) < BUDGET
    holds_for(lambda: standby.role() != "primary", 2.5, "the standby is not promoted")
    assert primary.timeline() == timeline
    cluster.net.mend()
    healed = now()
    cluster.wait_switchable(30)
    time.sleep(1.0)
    assert fleet.outage(healed) < 1.0, "healing costs no second stall"
    assert cluster.pair() == (primary, standby)
    fleet.check(primary)


def test_a_broken_wal_stream_alone_disconnects_the_standby(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary, now())     # of a stream without WAL nobody could tell that it does not move
    lost = now()
    cluster.net.part(primary.host, standby.host, "tcp dport 5432")
    cluster.net.part(primary.host, standby.host, "tcp sport 5432")
    wait_until(lambda: cluster.net.dropped() > 0, 5, "the cut is in force")
    detached = cluster.wait_detached(lost)
    fleet.wait_acks(20, primary, detached)
    assert fleet.outage(lost) < BUDGET
    cluster.net.mend()
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    fleet.check(primary)


def drop_alone(cluster, a, b, port):
    """This one connection between two hosts is dropped unseen, as by a NAT that has forgotten it; port: of the end that opened it."""
    for end in ("sport", "dport"):
        cluster.net.part(a.host, b.host, "tcp %s %d" % (end, port))


def ports_to(server, address, port):
    """Of the connections that this server has opened to there."""
    lines = server.host.run(["ss", "-Htn", "state", "established", "dst", "%s:%d" % (address, port)]).stdout.splitlines()
    return {int(line.split()[2].rsplit(":", 1)[1]) for line in lines}


def test_a_wal_connection_that_is_dropped_alone_is_made_anew_and_leaves_no_session(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary, now())
    [[port]] = primary.sql("select client_port from pg_stat_replication")
    lost = now()
    drop_alone(cluster, primary, standby, int(port))
    wait_until(lambda: cluster.net.dropped() > 0, 5, "it is dropped")
    fleet.wait_acks(20, primary, lost + 1, timeout=30)
    print("# outage of commits: %.2f s" % fleet.outage(lost))
    assert fleet.outage(lost) < BUDGET
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    wait_until(lambda: len(primary.sql("select pid from pg_stat_replication")) == 1, 30, "one session serves it")
    assert primary.sql("select client_port from pg_stat_replication") != [[port]]
    fleet.check(primary)


def test_a_connection_of_agents_that_is_dropped_alone_is_made_anew(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary, now())
    pairs = [(primary, standby), (standby, primary)]

    def opened():
        return {server: ports_to(server, other.host.addresses[0], 27540) for server, other in pairs}
    before = opened()
    assert any(before.values()), before
    lost = now()
    for port in set().union(*before.values()):
        drop_alone(cluster, primary, standby, port)
    wait_until(lambda: cluster.net.dropped() > 0, 5, "they are dropped")

    def anew():
        """Each that had any has others, and none of those."""
        after = opened()
        return all(after[server] and not after[server] & ports for server, ports in before.items() if ports)
    wait_until(anew, 30, "they are made anew, and the old ones are gone")
    print("# made anew after %.1f s" % (now() - lost))
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    fleet.wait_acks(20, primary, now(), timeout=30)
    assert fleet.outage(lost) < BUDGET
    fleet.check(primary)


def test_agents_that_do_not_hear_each_other_promote_nobody_while_wal_flows(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    lost = now()
    for port in ("sport", "dport"):
        cluster.net.part(primary.host, standby.host, "tcp %s 27540" % port)
    holds_for(lambda: standby.role() != "primary", DETECTION + 2,
              "the standby is not promoted")
    fleet.wait_acks(20, primary, now())
    assert fleet.outage(lost) < BUDGET
    cluster.net.mend()
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    fleet.check(primary)


def test_a_replaced_primary_that_is_restarted_while_still_isolated_does_not_open(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    lost = now()
    cluster.net.cut(primary.host)
    opened = fleet.first_ack(standby, lost)
    primary.host.crash()
    primary.host.boot()
    started = now()
    primary.start("-W")
    holds_for(lambda: primary.role() is None, 4, "it admits nobody")
    assert [a for a in fleet.acks(primary, started) if a.client >= LOCAL] == []
    assert fleet.reads(primary, started) == []
    assert "none(inactivated primary)" in primary.ctl("status").stdout
    cluster.net.mend()
    fleet.wait_acks(20, standby, max(opened, now()))
    fleet.check(standby)


def test_a_solo_primary_that_is_rebooted_alone_waits_for_one_other_voter(cluster):
    """Its record is chosen, but after a reboot one other voter must not contradict it."""
    primary, standby = cluster.pair()
    standby.stop()
    cluster.wait_word("not-switchable", server=primary)
    cluster.net.cut(primary.host)
    assert primary.role() == "primary", "solo, it needs nobody to go on"
    primary.host.crash()
    primary.host.boot()
    primary.start("-W", "-f")
    holds_for(lambda: primary.role() is None, 3, "it admits nobody")
    cluster.net.mend()
    wait_until(lambda: primary.role() == "primary", 15, "with another voter's answer it opens")
    standby.start("-W")
    cluster.wait_switchable(30)


def test_a_solo_primary_goes_on_alone_and_restarts_alone(cluster):
    """No reboot in between: it durably knows that its solo record was chosen."""
    primary, standby = cluster.pair()
    standby.stop()
    cluster.wait_word("not-switchable", server=primary)
    cluster.net.cut(primary.host)
    time.sleep(LEASE + 1.0)
    primary.sql("create table while_alone as select 1")
    old = primary.kill_postmaster()
    wait_until(lambda: primary.role() == "primary" and primary.postmaster() != old, 15, "restarted alone")
    cluster.net.mend()
    standby.start("-W")
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)


def test_a_crash_of_every_host_at_once_loses_nothing(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    members = [primary.host, standby.host, cluster.arbiter.host]
    for host in members:
        host.crash()
    for host in members:
        host.boot()
    cluster.arbiter.start()
    for server in (standby, primary):
        server.start("-W")
    wait_until(cluster.primaries, 20, "one of them opens again")
    cluster.wait_word("failover-disabled")      # neither was started with -f
    assert cluster.primaries() == [primary]
    assert os.path.exists(os.path.join(primary.data, "postmaster.pid"))
    fleet.check(primary)
    primary.start("-f", "-W")
    cluster.wait_switchable(30)


def test_when_every_voter_has_lost_its_memory_nobody_opens_unasked(cluster):
    """Which directory has every commit, nobody can tell: that is no first start."""
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(50)
    members = [cluster.arbiter, standby, primary]
    for member in members:
        member.stop("-e")
        os.unlink(os.path.join(member.mcdir, member.name + ".state"))
    start = now()
    cluster.arbiter.start()
    standby.start("-W")
    assert primary.ctl("start", "-f").returncode == 1
    said = primary.host.logged("MCA01133", start)
    assert "no voter remembers a record" in said[0][1] and "its WAL ends at" in said[1][1], said
    holds_for(lambda: cluster.primaries() == [], 1, "nobody opens")
    assert "mc_ctl recover says how it goes on" in primary.status().text
    # an operator's word: this is the one that has everything
    told = primary.ctl("recover")
    assert told.returncode == 3 and "at the server that is to be kept: mc_ctl recover --force" in told.stderr, told
    assert '(here "%s")' % primary.data in told.stderr and "opened last under epoch" in told.stdout, told
    told = standby.ctl("recover", "--force", "--to", standby.name)
    assert told.returncode == 3 and "the data directory here is a standby's" in told.stderr, told
    assert cluster.primaries() == []
    done = primary.ctl("recover", "--force", timeout=120)
    assert done.returncode == 5 and 'the cluster is made anew from "%s"' % primary.data in done.stdout, done
    kept = os.path.join(primary.mcdir, "mc.identity.given_up")
    assert kept in done.stdout and os.path.getsize(kept) > 0 and os.stat(kept).st_mode & 0o777 == 0o600
    assert "mc_ctl rejoin %s there" % standby.name in done.stdout, done
    fleet.check(primary)
    wait_until(lambda: standby.ctl("rejoin", "--force", standby.name).returncode == 0, 30, "it was compared, and is given up")
    cluster.wait_switchable(60)
    assert cluster.pair() == (primary, standby)


def test_a_lone_primary_whose_volume_is_rolled_back_in_the_same_boot_does_not_open_alone(cluster):
    """Its state file comes back with inode and time of birth; nobody is there to say that it is an older one."""
    primary, standby = cluster.pair()
    primary.stop("-e")
    wait_until(lambda: standby.role() == "primary", 10, "the other one takes over")
    volume = Volume(primary)
    primary.start()
    cluster.wait_switchable(30)
    checked(primary.ctl("switch"))
    standby.stop()                              # alone from here on
    wait_until(lambda: primary.names() == "", 10, "it is alone")
    primary.stop("-e")
    snapshot = volume.image + ".old"
    volume.unmounted(volume.image, snapshot)
    primary.start("-f")
    standby.start()
    cluster.wait_switchable(30)
    primary.stop("-e")
    wait_until(lambda: standby.role() == "primary", 10, "the other one takes over again")
    volume.unmounted(snapshot, volume.image)
    cluster.net.cut(primary.host)
    started = now()
    primary.start("-W")
    holds_for(lambda: primary.role() != "primary", 4, "it does not open")
    said = primary.host.logged("put back since this host was booted", started)
    assert said, "it says why"
    cluster.net.mend()
    wait_until(lambda: standby.role() == "primary", 10, "the successor serves on")
    primary.stop("-e")
    volume.umount()


# ---- two networks: silent means silent on every address

AGENTS = "tcp %s 27540"


def part_agents(cluster, server, network):
    """Nothing between the daemons of this server and the others passes this network; WAL and clients do."""
    for host in cluster.hosts.values():
        if host is not server.host:
            for port in ("sport", "dport"):
                cluster.net.part(server.host, host, AGENTS % port, network)


def test_a_server_is_silent_only_when_it_is_silent_on_every_address(make_cluster):
    cluster = make_cluster(networks=2)
    cluster.up()
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    cut = now()
    part_agents(cluster, primary, 0)
    holds_for(lambda: cluster.pair() == (primary, standby), 5, "the other address is enough")
    assert not cluster.logged("MCA01020", cut), "no new record"
    assert not cluster.logged("MCA00019", cut), "nobody is silent"
    assert fleet.outage(cut) < 1.0
    cut = now()
    part_agents(cluster, primary, 1)
    fleet.first_ack(standby, cut)
    assert primary.role() is None, "it stopped when its lease was out"
    cluster.net.mend()
    fleet.check(standby)


def test_a_standby_heard_on_its_second_network_is_disconnected_for_its_stream_and_not_its_agent(make_cluster):
    """The first cable of the standby is pulled: WAL breaks with it, its agent is heard all the same."""
    cluster = make_cluster(networks=2)
    cluster.up()
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    cut = now()
    cluster.net.cut(standby.host, 0)
    cluster.wait_detached(cut)
    assert cluster.logged("WAL stream", cut) and not cluster.logged("its agent is silent", cut)
    cluster.net.mend()
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    fleet.check(primary)


def test_a_lease_longer_than_the_others_settings_know_is_waited_for(make_cluster):
    """The lease is the primary's: whoever has other settings waits until it is out."""
    cluster = make_cluster()
    cluster.init_all()
    cluster.servers[0].set(heartbeat_timeout="1300ms")      # 6 s of detection, 5.5 s of lease
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable()
    primary, standby = cluster.pair()
    assert standby.host.logged("the lease of primary .* MCA01098|MCA01098")
    fleet = cluster.fleet()
    cut = now()
    cluster.net.cut(primary.host)
    opened = fleet.first_ack(standby, cut, 20)
    assert opened - cut > 4
    time.sleep(1)
    late = [r for r in fleet.reads(primary, opened) if r.client < 60]
    assert late == [], "nothing is read from the old primary after its successor has opened"
    cluster.net.mend()
    fleet.check(standby)


@pytest.mark.parametrize("memory", ["kept", "lost"])
def test_a_new_agent_ends_a_primary_that_does_not_answer_it_and_gets_no_lease(cluster, memory):
    """The postmaster stands still, so nobody can see that it is open; but who is connected is answered. Who remembers nothing waits for no lease."""
    primary, standby = cluster.pair()
    session = primary.connect()
    cut = now()
    send(primary.postmaster(), signal.SIGSTOP)
    cluster.net.cut(primary.host)
    if memory == "lost":
        os.unlink(os.path.join(primary.mcdir, primary.name + ".state"))
    send(primary.daemons()[-1], signal.SIGKILL)
    assert session.query("select 1", 5.0) == [["1"]]
    wait_until(lambda: primary.host.logged("MCA01000", cut), 20, "there is a new agent")
    if memory == "kept":
        wait_until(lambda: primary.host.logged("MCA01051", cut), 20, "its lease is out")
    wait_until(lambda: primary.instance_pids() == [], 20, "nothing of the instance is left")
    session.close()
    wait_until(lambda: standby.role() == "primary", 40, "the other one has taken over")
    cluster.net.mend()
