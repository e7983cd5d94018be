"""What happened, why, and how long nobody served: mc_ctl history and mc_ctl explain, on both servers."""
import json
import os
import pwd
import re

import pytest

from mcharness import RUN, checked, now, sh, wait_until


def told(server):
    return [json.loads(line) for line in checked(server.ctl("history", "--json")).stdout.splitlines()]


def history(server, since=0):
    """The changes that a server tells of, beyond an epoch."""
    return [c for c in told(server) if c["kind"] == "change" and c["epoch"] > since]


def outages(server):
    """In which the primary stayed."""
    return [c for c in told(server) if c["kind"] == "outage"]


def outage(server, before):
    """The only one beyond so many, once it is over."""
    def claim():
        found = outages(server)[before:]
        assert len(found) < 2, found
        return found[0] if found and found[0]["opened_at"] else None
    return wait_until(claim, 60, "an outage in the history of %s" % server.name)


def explained(server, what):
    return checked(server.ctl("explain", str(what))).stdout


def alone(primary, standby):
    """The standby is kept apart, and its agent hears the primary."""
    checked(primary.ctl("detach", standby.name))
    for server in (primary, standby):
        wait_until(lambda: history(server)[-1]["apart"] == [standby.name], 30, "the standby is kept apart")


def together(cluster, standby):
    checked(standby.ctl("start"))
    cluster.wait_switchable(60)


def last_epoch(server):
    return history(server)[-1]["epoch"]


def change(server, since, causes):
    """The first change with one of these causes beyond an epoch, once its outage is known where it has one."""
    def claim():
        for c in history(server, since):
            if c["cause"] in causes:
                return c if c["primary_before"] == c["primary"] or c["opened_at"] else None
    return wait_until(claim, 15, "%s in the history of %s" % (causes, server.name))


def row_of(server, epoch):
    rows = [r for r in checked(server.ctl("history")).stdout.splitlines() if r.split()[2:3] == [str(epoch)]]
    assert len(rows) == 1, rows
    return rows[0]


def test_a_switch_and_a_detach_stand_in_both_histories(cluster):
    primary, standby = cluster.pair()
    before = last_epoch(primary)
    assert "switched: server" in checked(primary.ctl("switch")).stdout
    for server in (primary, standby):
        there = change(server, before, ["handover"])
        assert (there["primary_before"], there["primary"]) == (primary.name, standby.name)
        assert 0 < there["outage_ms"] < 3000, there
    assert change(primary, before, ["handover"])["rule"] == "leaving.switch"
    assert change(standby, before, ["handover"])["rule"] == "claim.consent"
    cluster.wait_switchable()
    before = last_epoch(standby)
    checked(standby.ctl("detach", primary.name))
    for server in (primary, standby):
        there = wait_until(lambda: history(server, before), 10, "the change")[-1]
        assert there["eligible"] == [] and there["apart"] == [primary.name], there
        assert there["outage_ms"] is None
    epoch = last_epoch(standby)
    text = explained(standby, epoch)
    assert "rule detach.leaving" in text and "kept apart by an operator: %s" % primary.name in text, text
    assert "changed by it: eligible %s -> nobody" % primary.name in text, text
    assert re.search('user "[^"]+" had typed "detach" at "%s"' % standby.name, text), text
    for server, rule in ((primary, "leaving.switch"), (standby, "claim.consent")):
        last = explained(server, "last")
        assert "primary: %s, before: %s" % (standby.name, primary.name) in last, last
        assert "rule %s" % rule in last and "the first client could be admitted" in last, last
        assert "epoch %d: a standby was disconnected from primary" % epoch in last, last
    assert re.search('user "[^"]+" had typed "switch" at "%s"' % primary.name, explained(primary, "last"))
    assert [c for c in told(primary) + told(standby) if c["kind"] == "outage" and not c["opened_at"]] == []
    done = standby.ctl("explain", "9999")
    assert done.returncode == 1 and "has not learned of the change with epoch 9999" in done.stderr, done
    checked(primary.ctl("start"))
    cluster.wait_switchable()


def test_the_history_survives_the_daemon_and_needs_none(cluster):
    primary, standby = cluster.pair()
    checked(primary.ctl("disable-failover"))
    before = history(standby)
    assert before[-1]["automatic"] is False
    standby.kill_daemons()
    assert history(standby) == before
    checked(primary.ctl("enable-failover"))
    path = os.path.join(standby.mcdir, standby.name + ".history")
    assert os.stat(path).st_mode & 0o777 == 0o600
    with open(path, "a") as f:
        f.write("change at=12 line=00")        # as a kill in the middle of a write leaves it
    assert history(standby) == before
    assert "1 lines are cut short or damaged" in checked(standby.ctl("history")).stdout
    standby.start()
    there = wait_until(lambda: history(standby, before[-1]["epoch"]), 10, "what it learned since")
    assert there[0]["automatic"] is True and not there[0]["learned_late"]
    cluster.wait_switchable()


def test_explain_knows_messages_and_words(cluster):
    server = cluster.servers[0]
    assert "the postmaster ended" in checked(server.ctl("explain", "mca01072")).stdout
    assert "(host_role)" in checked(server.ctl("explain", "none(inactivated primary)")).stdout
    both = checked(server.ctl("explain", "switchable", "abnormal(wal_sender)")).stdout
    assert "(mirroring status)" in both and "(db_proc_status)" in both
    done = server.ctl("explain", "switchible")
    assert done.returncode == 2 and 'did you mean "switchable"?' in done.stderr, done
    assert server.ctl("explain").returncode == 2


def test_a_takeover_stands_in_the_history_of_both_servers_with_its_outage_and_its_reason(cluster):
    primary, standby = cluster.pair()
    before = last_epoch(standby)
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    cut = now()
    cluster.net.cut(primary.host)
    opened = fleet.first_ack(standby, cut)
    there = change(standby, before, ["takeover"])
    assert (there["primary_before"], there["primary"]) == (primary.name, standby.name)
    assert there["proposed_by"] == standby.name and there["rule"] == "claim.silent"
    assert there["outage_from"] == "last heartbeat"
    # the last heartbeat lies at most an interval before the cut
    assert abs(there["outage_ms"] / 1000 - (opened - cut)) < 1.0, (there, opened - cut)
    assert [e for e in there["evidence"] if e["id"] == "MCA00019" and primary.name in e["args"]], there
    row = row_of(standby, there["epoch"])
    assert "%s -> %s" % (primary.name, standby.name) in row and "takeover" in row and row.endswith("s"), row
    last = explained(standby, "last")
    assert last == explained(standby, there["epoch"])
    assert 'primary "%s" was silent, and server "%s" took over' % (primary.name, standby.name) in last, last
    assert "rule claim.silent" in last and "(MCA00019)" in last and "what to do:" in last, last
    steps = [last.find(word) for word in ("the last that is known", "(MCA00019)", "is the primary now", "(MCA01048)",
                                          "(MCA00062)", "the first client could be admitted")]
    assert -1 not in steps and steps == sorted(steps), last
    assert steps[0] < last.find("(MCA01045)") < steps[2], last
    assert "no standby has become eligible since" in last, last
    cluster.net.mend()
    other = change(primary, before, ["takeover"])
    assert (other["epoch"], other["primary"]) == (there["epoch"], standby.name)
    assert other["outage_from"] == "own instance" and other["outage_ms"] > 0, other
    fleet.check(standby)
    cluster.wait_switchable(60)
    for server in (primary, standby):
        last = explained(server, "last")
        assert "primary: %s, before: %s" % (standby.name, primary.name) in last, last
        assert "a standby became eligible beside primary \"%s\": eligible is %s" % (standby.name, primary.name) in last, last
    assert "mc_ctl explain %d at the server that proposed it" % there["epoch"] in explained(primary, there["epoch"])


def test_a_postmaster_that_died_and_was_started_again_is_an_outage_of_the_same_primary(cluster):
    primary, standby = cluster.pair()
    alone(primary, standby)
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    before = [len(outages(s)) for s in (primary, standby)]
    killed = now()
    primary.kill_postmaster()
    back = fleet.first_ack(primary, killed, timeout=60)
    here, there = [outage(s, n) for s, n in zip((primary, standby), before)]
    assert here["primary"] == there["primary"] == primary.name and here["epoch"] == there["epoch"]
    assert here["rule"] in ("primary.gone", "primary.down") and here["outage_from"] == "own instance", here
    assert [e for e in here["evidence"] if e["id"] == "MCA01072"], here
    assert 0 < here["outage_ms"] / 1000 < back - killed + 10, (here, back - killed)
    assert there["outage_from"] == "last heartbeat" and there["outage_ms"] > 0 and there["rule"] is None, there
    last = explained(primary, "last")
    assert 'primary "%s" did not serve for a while, and stayed the primary' % primary.name in last, last
    assert "(MCA01072)" in last and "the first client could be admitted again" in last, last
    assert last in explained(primary, here["epoch"])
    assert 'mc_ctl explain %d at server "%s" says more' % (here["epoch"], primary.name) in explained(standby, "last")
    for server in (primary, standby):
        rows = [r.split()[2:5] for r in checked(server.ctl("history")).stdout.splitlines()]
        assert [str(here["epoch"]), "outage", primary.name] in rows, rows
    together(cluster, standby)
    fleet.check(primary)
    assert "a standby became eligible" in explained(primary, "last")


def test_a_primary_that_was_cut_off_and_came_back_tells_of_its_outage(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    before = [len(outages(s)) for s in (primary, standby)]
    cluster.net.cut(standby.host)
    cluster.net.cut(cluster.arbiter.host)
    wait_until(lambda: primary.role() != "primary", 60, "it has shut its clients out")
    begun = wait_until(lambda: outages(primary)[before[0]:], 30, "the outage has begun")
    assert begun[0]["opened_at"] is None and begun[0]["rule"] == "lease.out", begun
    assert " not over" in checked(primary.ctl("history")).stdout
    assert "has not seen \"%s\" open to clients again" % primary.name in explained(primary, "last")
    cluster.net.join(cluster.arbiter.host)
    fleet.first_ack(primary, now(), timeout=60)
    here = outage(primary, before[0])
    assert here["primary"] == primary.name and here["outage_ms"] > 0, here
    assert [e for e in here["evidence"] if e["id"] == "MCA01051"], here
    assert here["acknowledged_until"] is not None and here["acknowledged_until"] <= here["served_until"], here
    cluster.net.mend()
    cluster.wait_switchable(60)
    assert len(outages(standby)) == before[1], "it has not heard of it"
    assert "that was not heard meanwhile stands" in checked(standby.ctl("history")).stdout
    epoch = [c for c in history(primary) if c["cause"] == "detach"][-1]["epoch"]
    assert [c["cause"] for c in history(standby) if c["epoch"] >= epoch][-1] == "attach"
    assert "commits may have waited" in explained(primary, "last")
    fleet.check(primary)


def test_a_primary_that_was_stopped_and_started_is_an_outage_and_a_restarted_agent_is_none(cluster):
    primary, standby = cluster.pair()
    alone(primary, standby)
    before = [len(outages(s)) for s in (primary, standby)]
    primary.kill_daemons()
    primary.start()
    wait_until(lambda: primary.role() == "primary" and primary.status().code == 0, 30, "its agent is back")
    primary.stop()
    begun = outages(primary)[before[0]:]
    assert len(begun) == 1 and begun[0]["opened_at"] is None and begun[0]["rule"] == "stop.primary", begun
    assert [e for e in begun[0]["evidence"] if e["id"] == "MCA01114" and "stop" in e["args"][0]], begun
    primary.start()
    here, there = [outage(s, n) for s, n in zip((primary, standby), before)]
    assert here["served_until"] == begun[0]["served_until"] and here["outage_ms"] > 0, here
    assert not here["learned_late"] and there["outage_ms"] > 0, there
    together(cluster, standby)


def test_who_was_away_during_an_outage_says_how_long_it_was_at_most(cluster):
    primary, standby = cluster.pair()
    alone(primary, standby)
    before = [len(outages(s)) for s in (primary, standby)]
    primary.stop()
    wait_until(lambda: outages(standby)[before[1]:], 30, "the standby has heard of it")
    standby.kill_daemons()
    standby.start("-W")
    primary.start()
    here, there = [outage(s, n) for s, n in zip((primary, standby), before)]
    assert there["outage_at_most"] and not here["outage_at_most"] and there["outage_ms"] > 0, (here, there)
    assert "outage: at most " in explained(standby, "last")
    assert " at most " in checked(standby.ctl("history")).stdout
    together(cluster, standby)


def test_of_a_host_that_lost_its_power_only_the_other_one_knows_since_when(cluster):
    primary, standby = cluster.pair()
    alone(primary, standby)
    before = [len(outages(s)) for s in (primary, standby)]
    primary.host.crash()
    primary.host.boot()
    primary.start()
    here, there = [outage(s, n) for s, n in zip((primary, standby), before)]
    assert here["learned_late"] and here["outage_ms"] is None and here["served_until"] is None, here
    text = explained(primary, "last")
    assert '"%s" learned of it late' % primary.name in text and "outage: at least" in text, text
    assert there["outage_ms"] > 0 and there["outage_from"] == "last heartbeat", there
    together(cluster, standby)


@pytest.fixture
def small_disk(template):
    """A file system of 1 MB, there before the hosts of a cluster are: what is mounted later they do not see."""
    place, owner = os.path.join(RUN, "small"), pwd.getpwnam("postgres")
    os.makedirs(place)
    sh("mount", "-t", "tmpfs", "-o", "size=1m,mode=700,uid=%d,gid=%d" % (owner.pw_uid, owner.pw_gid), "tmpfs", place)
    yield place
    sh("umount", "-l", place)


def test_a_full_disk_keeps_nobody_from_going_on_and_is_said_once(small_disk, make_cluster):
    cluster = make_cluster()
    primary, standby = cluster.servers
    standby.mcdir = os.path.join(small_disk, "mc")
    cluster.up()
    full(standby, primary)
    cluster.wait_switchable(30)


def full(standby, primary):
    filler = os.path.join(os.path.dirname(standby.mcdir), "filler")
    sh("dd", "if=/dev/zero", "of=" + filler, "bs=4k", check=False)
    asked = now()
    daemons = standby.daemons()
    for _ in range(8):                          # more than the rest of a page takes
        checked(primary.ctl("disable-failover"))
        checked(primary.ctl("enable-failover"))
    wait_until(lambda: standby.host.logged("MCA01340", asked), 10, "it is said")
    assert standby.ctl("status", timeout=5).returncode == 0
    assert standby.daemons() == daemons, "the agent went on"
    assert len([l for l in standby.host.logged("MCA01340", asked) if "WARNING" in l[1]]) == 1
    os.unlink(filler)
    wait_until(lambda: standby.host.logged("MCA01341", asked), 30, "it is written again")
    epochs = [c["epoch"] for c in history(standby)]
    assert epochs == sorted(epochs) and epochs[-1] == history(primary)[-1]["epoch"], epochs
