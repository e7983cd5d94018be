"""The way back to two mirrored servers after all of them, or all their instances, have stopped: by hand, step by step.

Each step of the procedure that users of the original know is a comment here, in its order, and below it what is typed
and what must have come of it.
"""
import os
import shutil
import time

import pytest

from mcharness import checked, now, wait_until
from recoverhelp import archive_all, dump, folder, generations, lose_directory, newest_wal, prepare, recover

RECEIPT = "/mc.restored"


@pytest.fixture
def archiving(make_cluster):
    """Two servers that archive, primary and eligible standby, automatic switch and disconnection on."""
    cluster = prepare(make_cluster())
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable()
    return cluster


def power_loss(*hosts):
    for host in hosts:
        host.crash()
    for host in hosts:
        host.boot()


def last_promoted(cluster):
    """Identify the primary, first method: the server whose system log has the newest line of a promotion."""
    lines = [(line[0], server) for server in cluster.servers
             for line in server.host.logged(r"MirroringControllerOpen\[\d+\]: LOG: promotion processing completed "
                                            r"\(MCA00062\)")]
    return max(lines, key=lambda line: line[0])[1] if lines else None


def own_epoch(status):
    """Of the line below the table: "record: epoch 7, since ... (this server's own, ...)"."""
    lines = [line for line in status.text.splitlines() if line.startswith("record: epoch ")]
    assert len(lines) == 1 and "this server's own, not confirmed by the others" in lines[0], status.text
    return int(lines[0].split()[2].rstrip(","))


def inactivated_primary(cluster):
    """Identify the primary, second method: status on each server; of two that show it, the higher epoch."""
    seen = []
    for server in cluster.servers:
        status = server.status()
        if status.role(server) == "none(inactivated primary)":
            seen.append((own_epoch(status), server))
    epochs = [epoch for epoch, _ in seen]
    assert len(set(epochs)) == len(epochs), seen
    return max(seen, key=lambda one: one[0])[1] if seen else None


def take_over(cluster):
    """The instance of the primary dies; the standby is promoted, and the old primary follows it."""
    primary, standby = cluster.pair()
    primary.kill_postmaster()
    wait_until(lambda: standby.role() == "primary", 10, "%s is promoted" % standby.name)
    cluster.wait_switchable(30)
    assert cluster.pair()[0] is standby
    return standby, primary


def rebuild(standby, primary, *how, setup=False):
    """The standby once more: its mirroring is stopped, its directory made anew from the primary, and it is started."""
    # Stop Mirroring Controller on the standby: it does not matter whether anything runs.
    assert standby.ctl("stop").returncode == 0
    # Recover (set up) the standby from the primary, as it was set up at first: by hand, or in one step.
    if setup:
        checked(standby.ctl("setup", "-r", "standby", "--overwrite", timeout=120))
    else:
        standby.copy_from(primary)
    # Start Mirroring Controller and the instance there.
    return standby.start(*how)


def count(server):
    return int(server.sql("select count(*) from bench_acks")[0][0])


def test_the_way_back_step_by_step_with_the_primary_found_in_the_system_log(archiving):
    cluster = archiving
    primary, standby = take_over(cluster)
    dump(primary)
    fleet = cluster.fleet()
    fleet.wait_acks(50)
    # Jobs cannot go on: both servers lose their power, and with it the disks of both databases.
    # Stop the applications. (What they wrote has reached the archive.)
    fleet.stop()
    archive_all(primary)
    power_loss(primary.host, standby.host)
    lose_directory(primary)
    lose_directory(standby)

    # Identify the primary that was running before: the message in the system log of each server.
    assert last_promoted(cluster) is primary
    # The other method says the same.
    assert inactivated_primary(cluster) is primary
    # Stop Mirroring Controller on the primary: where nothing runs any more, that is no failure.
    assert primary.ctl("stop").returncode == 0
    # Find the cause and repair it: the disk is new and empty. Look on both servers for the newest backup and the newest
    # archived WAL: here both are the primary's own. Recover from them, with the backup directory that was looked at.
    assert [status for _, status, _ in generations(primary)] == ["COMPLETE"] and not generations(standby)
    assert newest_wal(primary)
    recover(primary)
    assert os.path.exists(primary.data + RECEIPT)
    # The management directory was on another disk, and needs no copy.
    # Start the instance of the primary and Mirroring Controller, automatic switch and disconnection with it.
    done = primary.start("-f")
    assert "%s: started as primary" % primary.name in done.stdout, done.stdout
    # Resume the applications: all that was acknowledged is there.
    acks = fleet.check(primary)
    assert len(acks) >= 50
    again = cluster.fleet()
    # Nothing of the recovery stays behind.
    assert not [n for n in os.listdir(primary.data) if n in ("mc.restored", "recovery.signal", "standby.signal")]
    assert primary.sql("select pg_is_in_recovery()") == [["f"]]
    # The standby: stopped, set up anew, started with automatic switch and disconnection.
    rebuild(standby, primary, "-f", setup=True)
    # Redundant again.
    status = cluster.wait_switchable()
    assert (status.role(primary), status.role(standby)) == ("primary", "standby")
    again.check(primary)
    # And what was found is worth something: the standby takes over from here.
    assert take_over(cluster)[0] is standby


def test_a_cluster_that_never_switched_is_found_by_status_and_stop_e_ends_what_stop_does_not(archiving):
    cluster = archiving
    primary, standby = cluster.pair()
    dump(primary)
    fleet = cluster.fleet()
    fleet.wait_acks(30)
    fleet.stop()
    archive_all(primary)
    power_loss(primary.host, standby.host)
    lose_directory(primary)
    lose_directory(standby)
    primary.start("--mc-only")
    # Nobody was ever promoted: no server has the message.
    assert last_promoted(cluster) is None
    # Status on each server finds it, though an agent runs on one and none on the other.
    assert inactivated_primary_of(cluster) is primary
    # Mirroring Controller does not stop: its agent hangs.
    primary.host.freeze(primary.daemons())
    assert primary.ctl("stop", timeout=120).returncode != 0
    # Forcibly: -e.
    done = primary.ctl("stop", "-e")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not primary.daemons()
    primary.host.thaw()
    recover(primary)
    # Started without -f: automatic switch and disconnection is not enabled.
    primary.start()
    assert cluster.wait_word("failover-disabled", server=primary)
    # The others' word about it: enable-failover afterwards.
    assert primary.ctl("enable-failover").returncode == 0
    fleet.check(primary)
    # The standby without -f, too: the cluster is enabled already.
    rebuild(standby, primary)
    cluster.wait_switchable()


def inactivated_primary_of(cluster):
    found = [s for s in cluster.servers if s.status().role(s) == "none(inactivated primary)"]
    assert len(found) == 1, [s.status().text for s in cluster.servers]
    return found[0]


def test_the_newest_backup_is_the_standbys_and_is_carried_over_with_its_links(archiving):
    cluster = archiving
    primary, standby = cluster.pair()
    dump(primary)
    # The standby was primary for a while, and in that time a backup was made there.
    take_over(cluster)
    time.sleep(1.1)
    newest = dump(standby)
    os.symlink("backup_of_that_day", newest + "/a_link")
    fleet = cluster.fleet()
    fleet.wait_acks(30)
    fleet.stop()
    # Back to the first one, by an operator's word: that is a promotion, too.
    assert standby.ctl("switch", timeout=60).returncode == 0
    wait_until(lambda: primary.role() == "primary", 10, "switched back")
    primary.sql("create table later()")
    archive_all(primary)
    power_loss(primary.host, standby.host)
    lose_directory(primary)
    lose_directory(standby)
    assert last_promoted(cluster) is primary and inactivated_primary(cluster) is primary
    assert primary.ctl("stop").returncode == 0
    # On both servers: the list of the backups, and the times of the archived WAL.
    assert generations(standby)[-1][0] > generations(primary)[-1][0]
    assert newest_wal(primary) and newest_wal(standby)
    # The backup directory that is written over is kept beside.
    checked(primary.host.run(["cp", "-a", folder(primary), folder(primary) + ".kept"]))
    # The newer backup is brought over with tar, so that its links stay links; the archived WAL likewise.
    bundle = os.path.join(standby.host.dir, "carried.tar")
    checked(standby.host.run(["tar", "-C", folder(standby), "-cf", bundle, os.path.basename(newest), "archived_xlog"]))
    checked(primary.host.run(["tar", "-C", folder(primary), "--exclude=owner", "-xf", bundle]))
    carried = os.path.join(folder(primary), os.path.basename(newest))
    assert os.path.islink(carried + "/a_link")
    os.unlink(carried + "/a_link")
    assert generations(primary)[-1][2] == carried
    # Recovered with that backup directory, from the newer backup.
    assert os.path.basename(newest) in recover(primary).stdout
    primary.start("-f")
    assert primary.sql("select count(*) from later") == [["0"]]
    fleet.check(primary)
    rebuild(standby, primary, "-f")
    cluster.wait_switchable()


def test_a_management_directory_from_an_older_copy_waits_for_every_voter_and_goes_on(archiving):
    cluster = archiving
    primary, standby = cluster.pair()
    dump(primary)
    # A copy of the management directory, and the cluster goes on: another epoch, other promises.
    copy = os.path.join(primary.host.dir, "mcdir.copy")
    checked(primary.host.run(["cp", "-a", primary.mcdir, copy]))
    assert primary.ctl("disable-failover").returncode == 0
    assert primary.ctl("enable-failover").returncode == 0
    fleet = cluster.fleet()
    fleet.wait_acks(20)
    fleet.stop()
    archive_all(primary)
    power_loss(primary.host, standby.host)
    for server in (primary, standby):
        lose_directory(server)
    # Copy the files of the management directory back from the backup: they are older than what this voter has said.
    shutil.rmtree(primary.mcdir)
    checked(primary.host.run(["cp", "-a", copy, primary.mcdir]))
    recover(primary)
    # It starts and waits: what it has forgotten all the others must tell it, and the standby's voter is not there.
    primary.start("-f", "-W")
    wait_until(lambda: primary.host.logged("durable state of this voter is lost"), 10, "it knows that it has forgotten")
    wait_until(lambda: "every other voter" in primary.status().text, 10, "status says for whom it waits")
    assert primary.role() is None
    # Mirroring Controller on the standby, without its instance, is enough; the primary goes on by itself.
    standby.start("--mc-only")
    wait_until(lambda: primary.role() == "primary", 30, "the primary has opened")
    fleet.check(primary)
    rebuild(standby, primary, "-f")
    cluster.wait_switchable()


@pytest.mark.parametrize("first", [0, 1])
def test_after_a_takeover_and_the_end_of_all_the_higher_epoch_is_the_primarys(archiving, first):
    cluster = archiving
    former, standby = cluster.pair()
    # The old primary's host is gone before it can hear of the takeover: its own record still names it.
    former.host.crash()
    wait_until(lambda: standby.role() == "primary", 20, "the standby has taken over")
    standby.host.crash()
    for host in (former.host, standby.host):
        host.boot()
    statuses = {}
    for server in ((former, standby), (standby, former))[first]:
        statuses[server.name] = server.status()
        assert statuses[server.name].role(server) == "none(inactivated primary)"
    assert own_epoch(statuses[standby.name]) > own_epoch(statuses[former.name])
    assert inactivated_primary(cluster) is standby


def test_a_recovery_that_stays_behind_says_what_is_lost(archiving):
    cluster = archiving
    primary, standby = cluster.pair()
    dump(primary)
    archive_all(primary)
    kept = os.listdir(folder(primary, "archived_xlog"))
    # Nobody takes over: the standby keeps what it has, and can tell how much that is.
    assert primary.ctl("disable-failover").returncode == 0
    fleet = cluster.fleet()
    fleet.wait_acks(30)
    fleet.stop()
    power_loss(primary.host, standby.host)
    # The database's disk is lost, and what was archived and mirrored since then with it.
    lose_directory(primary)
    for name in os.listdir(folder(primary, "archived_xlog")):
        if name not in kept:
            os.unlink(folder(primary, "archived_xlog/" + name))
    for name in os.listdir(folder(primary, "online_xlog")):
        os.unlink(folder(primary, "online_xlog/" + name))
    standby.start("-W")
    wait_until(standby.follows, 10, "the standby's instance is up")
    recover(primary)
    done = primary.start("-f")
    # In the command's output, in the log, and in every status after it.
    words = "line: begun at epoch"
    assert words in done.stdout and " bytes" in done.stdout, done.stdout
    assert primary.host.logged(r"WAL up to \S+ is lost, \d+ bytes \(MCA01301\)")
    assert words in primary.status().text
    assert count(primary) == 0
    # The standby's directory has what was lost: it is refused, and nothing is taken from it until an operator says so.
    wait_until(lambda: standby.host.logged("MCA01056"), 20, "the standby is refused")
    assert not standby.follows()
    rebuild(standby, primary, "-f")
    status = cluster.wait_switchable()
    assert words in status.text


def test_what_was_recovered_is_whole_where_the_standby_has_no_more(archiving):
    cluster = archiving
    primary, standby = cluster.pair()
    dump(primary)
    assert primary.ctl("disable-failover").returncode == 0
    fleet = cluster.fleet()
    fleet.wait_acks(30)
    fleet.stop()
    # The old pg_wal is there for the recovery, and the standby's server can tell how far its own goes.
    power_loss(primary.host, standby.host)
    standby.start("-W")
    wait_until(standby.follows, 10, "the standby's instance is up")
    recover(primary)
    # Without -f first; then Mirroring Controller alone is started once more, with it: that enables, too.
    done = primary.start()
    assert "line:" not in done.stdout
    cluster.wait_word("failover-disabled", server=primary)
    assert primary.ctl("stop", "--mc-only").returncode == 0
    primary.start("-f")
    wait_until(lambda: primary.status().word not in ("failover-disabled", "unknown", ""), 10, "enabled by the restart")
    assert primary.host.logged("MCA01300"), "it holds everything that was acknowledged"
    fleet.check(primary)
    rebuild(standby, primary, "-f")
    cluster.wait_switchable()


def test_what_was_recovered_is_not_opened_while_another_server_serves(archiving):
    cluster = archiving
    primary, standby = cluster.pair()
    dump(primary)
    archive_all(primary)
    cut = now()
    primary.host.crash()
    wait_until(lambda: standby.role() == "primary", 20, "the standby has taken over")
    primary.host.boot()
    recover(primary)
    fleet = cluster.fleet()
    done = primary.ctl("start", "-f", timeout=120)
    assert done.returncode != 0, done.stdout
    assert primary.role() is None and standby.role() == "primary"
    assert os.path.exists(primary.data + RECEIPT)
    fleet.wait_acks(20, standby, cut)
    rebuild(primary, standby, "-f")
    cluster.wait_switchable()
    fleet.check(standby)
