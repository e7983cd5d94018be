"""What happened, why, and how long nobody served: mc_ctl history and mc_ctl explain, on both servers."""
import json
import os
import pwd

import pytest

from mcharness import RUN, checked, now, sh, wait_until


def history(server, since=0):
    """The changes that a server tells of, beyond an epoch."""
    done = checked(server.ctl("history", "--json"))
    return [c for c in map(json.loads, done.stdout.splitlines()) if c["epoch"] > since]


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
    last = checked(standby.ctl("explain", "last")).stdout
    assert "rule detach.leaving" in last and "kept apart by an operator: %s" % primary.name in last, last
    assert 'command "detach" by user' in last, last
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
    last = checked(standby.ctl("explain", "last")).stdout
    assert 'primary "%s" was silent, and server "%s" took over' % (primary.name, standby.name) in last, last
    assert "rule claim.silent" in last and "(MCA00019)" in last and "what to do:" in last, last
    cluster.net.mend()
    other = change(primary, before, ["takeover"])
    assert (other["epoch"], other["primary"]) == (there["epoch"], standby.name)
    assert other["outage_from"] == "own instance" and other["outage_ms"] > 0, other
    fleet.check(standby)


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
