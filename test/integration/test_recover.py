"""`mc_ctl recover`: one command on any server after a total outage. It opens where nothing acknowledged is lost, and else refuses."""
import concurrent.futures
import json
import os
import re
import shutil
import signal
import subprocess
import time

import pytest

from mcharness import PGBIN, checked, holds_for, now, program, program_of, send, sh, wait_until
from pgalone import private
from recoverhelp import archive_all, command, dump, folder, lose_directory, prepare
from recoverhelp import recover as recover_from_backup
from test_procedure import take_over

REFUSED, UNPROTECTED = 3, 5


def outage(cluster, *but):
    """Power loss of every host, at once; all but `but` come back, with nothing started."""
    for host in [m.host for m in cluster.servers + cluster.arbiters]:
        host.crash()
    for member in cluster.servers + cluster.arbiters:
        if member not in but:
            member.host.boot()


def wake(cluster, *but):
    """The agents and arbiters of the others, without their instances: what they have is asked for, nothing more."""
    for member in cluster.servers + cluster.arbiters:
        if member in but or member.host.init is None:
            continue
        done = member.start("--mc-only", "-W") if member in cluster.servers else member.start()
        assert done.returncode == 0, done.stdout + done.stderr


def recover(server, *how, timeout=120):
    done = server.ctl("recover", *how, timeout=timeout)
    print(done.stdout + done.stderr)
    return done


def commands(host):
    """Every process of a command that runs there."""
    return [pid for pid in host.pids() if program_of(pid) == "mc_ctl"]


def nothing_runs(cluster):
    return not [s for s in cluster.servers if s.host.init is not None and s.instance_pids()]


def loaded(cluster):
    """An outage under load: what was acknowledged is known."""
    fleet = cluster.fleet()
    fleet.wait_acks(40)
    return fleet


def test_after_an_outage_of_everything_one_command_leads_back_to_two_mirrored_servers(cluster):
    primary, standby = cluster.pair()
    for at in (primary, standby):
        fleet = loaded(cluster)
        outage(cluster)
        fleet.stop()
        wake(cluster, at)
        seen = recover(at, "--dry-run")
        assert seen.returncode == 0 and "%s: opens as the primary" % primary.name in seen.stdout, seen
        assert "%s: follows" % standby.name in seen.stdout and "it would lose nothing" in seen.stdout
        assert nothing_runs(cluster)
        since = now()
        done = recover(at)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "the cluster is switchable" in done.stdout
        print("switchable after %.1f s, by %s" % (now() - since, at.name))
        assert cluster.pair() == (primary, standby)
        assert len(fleet.check(primary)) >= 40
    again = recover(standby)
    assert again.returncode == 0 and "a primary serves already" in again.stdout


def test_a_server_alone_is_refused_and_told_whom_it_needs(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    for alone in (primary, standby):
        outage(cluster, *[m for m in cluster.servers + cluster.arbiters if m is not alone])
        done = recover(alone)
        assert done.returncode == REFUSED, done.stdout + done.stderr
        assert "no majority of the voters remembers and is reached" in done.stderr
        assert "arbiter1: not reached; start its arbitration process there: mc_arb start" in done.stdout
        assert "%s: not reached" % [s for s in cluster.servers if s is not alone][0].name in done.stdout
        assert nothing_runs(cluster)
        gone = [m for m in cluster.servers + cluster.arbiters if m is not alone]
        words = " ".join("--without %s" % m.name for m in gone)
        assert 'on server "%s": mc_ctl recover --force %s' % (alone.name, words) in done.stderr
        done = recover(alone, "--force", "--to", alone.name)
        assert done.returncode == REFUSED and nothing_runs(cluster)
        assert "mc_ctl recover --force --to %s %s" % (alone.name, words) in done.stderr
    # The arbiter makes two of three: the standby has everything, and opens without the primary.
    for member in cluster.arbiters:
        member.host.boot()
        member.start()
    done = recover(standby)
    assert done.returncode == UNPROTECTED, done.stdout + done.stderr
    assert cluster.primaries() == [standby]
    # The former primary comes back, and is made the standby of the new one.
    primary.host.boot()
    done = recover(primary)
    assert done.returncode == 0, done.stdout + done.stderr
    assert cluster.pair() == (standby, primary)


def test_where_the_disk_of_the_primary_is_lost_the_standby_opens_and_is_copied_back(cluster):
    primary, standby = cluster.pair()
    fleet = loaded(cluster)
    outage(cluster)
    fleet.stop()
    shutil.rmtree(primary.data)
    # Who has everything, too, and was not asked yet, is named before anything that would be given up.
    wake(cluster, primary, standby)
    done = recover(primary)
    assert done.returncode == REFUSED and nothing_runs(cluster), done.stdout + done.stderr
    assert 'hint: server "%s" was eligible: start its agent, and run this again. ' % standby.name in done.stderr
    assert "only server" not in done.stderr
    wake(cluster, primary, *cluster.arbiters)
    done = recover(primary)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "%s: remembers epoch" % primary.name in done.stdout and "no data directory" in done.stdout
    assert cluster.pair() == (standby, primary)
    assert len(fleet.check(standby)) >= 40


def test_a_lost_directory_is_copied_by_its_own_agent_for_whoever_asks_for_recovery_elsewhere(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    fleet = loaded(cluster)
    outage(cluster)
    fleet.stop()
    shutil.rmtree(primary.data)
    wake(cluster, standby)
    since = now()
    done = recover(standby)
    assert done.returncode == 0 and "the cluster is switchable" in done.stdout, done.stdout + done.stderr
    assert "%s: has no data directory, and its agent copies the primary's" % primary.name in done.stdout
    assert primary.host.logged("MCA01545", since) and cluster.pair() == (standby, primary)
    assert len(fleet.check(standby)) >= 40
    primary, standby = cluster.pair()
    # Not where its operator wants to do that: nothing is made there, and the command is said.
    standby.set(rejoin="manual")
    outage(cluster)
    shutil.rmtree(standby.data)
    wake(cluster, primary)
    done = recover(primary)
    assert done.returncode == UNPROTECTED, done.stdout + done.stderr
    assert "%s: needs a data directory: mc_ctl setup -r standby there (%s)" % (standby.name, standby.host.address) in done.stdout
    assert not os.path.exists(standby.data)


@pytest.fixture
def new_disk():
    """Puts an empty disk of 1 GB where a server's data directory was; its host is not running."""
    mounted = []

    def put(server):
        image = server.host.dir + "/image"
        with open(image, "wb") as f:
            f.truncate(1 << 30)
        sh("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1", image)
        private(server.data)
        sh("mount", "-o", "loop,noatime", image, server.data)
        mounted.append(server)
        os.rmdir(server.data + "/lost+found")
        private(server.data)
    yield put
    for server in mounted:
        sh("fsfreeze", "-u", server.data, check=False)
        server.host.crash()
        sh("umount", server.data)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: a disk of its own")
def test_a_server_whose_new_disk_hangs_is_asked_to_start_and_answers_all_the_same(make_cluster, new_disk):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    fleet = loaded(cluster)
    outage(cluster, *cluster.servers, *cluster.arbiters)
    fleet.stop()
    shutil.rmtree(primary.data)
    new_disk(primary)
    for member in cluster.servers + cluster.arbiters:
        member.host.boot()
    wake(cluster)
    sh("fsfreeze", "-f", primary.data)
    since = now()
    with concurrent.futures.ThreadPoolExecutor() as side:
        done = side.submit(recover, standby)
        wait_until(lambda: standby.role() == "primary", 30, "the standby opens")
        wait_until(lambda: primary.host.logged("mc_ctl recover at %s" % standby.name, since), 30, "it is asked")
        for _ in range(20):
            time.sleep(0.1)
            assert "%s    primary" % standby.name in primary.ctl("status", timeout=2).stdout
        assert not primary.host.logged("MCA01545", since)
        busy = primary.ctl("start", timeout=20)
        assert busy.returncode == 1 and "is still being looked at for an earlier start" in busy.stderr, busy
        sh("fsfreeze", "-u", primary.data)
        assert done.result().returncode == 0, done.result()
    assert primary.host.logged("MCA01545", since) and cluster.pair() == (standby, primary)
    assert len(fleet.check(standby)) >= 40


def what_the_primary_has_alone(make_cluster):
    """A commit that was acknowledged when there was no standby."""
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    since = now()
    standby.host.crash()
    cluster.wait_detached(since, 15)
    primary.sql("create table only_here()")
    return cluster, primary, standby


def test_what_a_primary_alone_had_acknowledged_is_not_given_up_by_itself(make_cluster):
    cluster, primary, standby = what_the_primary_has_alone(make_cluster)
    outage(cluster)
    shutil.rmtree(primary.data)
    wake(cluster, standby)
    done = recover(standby)
    assert done.returncode == REFUSED, done.stdout + done.stderr
    assert 'only server "%s" has every acknowledged commit, and its data directory is lost' % primary.name \
        in done.stderr
    assert "pgx_rcvall" in done.stderr and "mc_ctl start -f" in done.stderr
    assert nothing_runs(cluster)
    primary.ctl("stop", "--mc-only")
    wait_until(lambda: recover(standby).returncode == REFUSED and "it is not reached" in recover(standby).stderr, 20,
               "refused for want of the primary")
    assert nothing_runs(cluster)


def test_an_arbiter_that_forgot_everything_is_told_by_both_servers(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    outage(cluster)
    memory = [n for n in os.listdir(cluster.arbiter.mcdir) if n.endswith(".state")]
    assert len(memory) == 1, os.listdir(cluster.arbiter.mcdir)
    os.unlink(os.path.join(cluster.arbiter.mcdir, memory[0]))
    cluster.arbiter.start()
    done = recover(standby)
    assert done.returncode == REFUSED, done.stdout + done.stderr  # it and a blank arbiter: no majority
    assert "arbiter1: remembers nothing" in done.stdout
    wake(cluster, standby, cluster.arbiter)
    done = recover(standby)
    assert done.returncode == 0, done.stdout + done.stderr
    assert cluster.pair() == (primary, standby)


def test_where_two_of_three_memories_are_lost_the_refusal_names_the_whole_way_to_a_cluster_made_anew(make_cluster):
    """Followed to the letter."""
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    fleet = loaded(cluster)
    outage(cluster)
    fleet.stop()
    for server in cluster.servers:
        os.unlink(os.path.join(server.mcdir, server.name + ".state"))
    wake(cluster)
    for words in ((), ("--force",)):
        done = recover(primary, *words)
        assert done.returncode == REFUSED and nothing_runs(cluster), done.stdout + done.stderr
        assert "too few voters remember" in done.stderr
        assert "first, at every member: mc_ctl stop (mc_arb stop); when all are down, move the file id.state" in done.stderr
        assert "then, at the server that is to be kept: mc_ctl recover --force" in done.stderr
        assert '(here "%s")' % primary.data in done.stderr
    members = cluster.servers + cluster.arbiters
    for member in members:
        member.stop()
    for member in members:
        shutil.move(os.path.join(member.mcdir, member.name + ".state"), os.path.join(member.host.dir, "moved.state"))
    wake(cluster)
    done = recover(primary)
    assert done.returncode == REFUSED and nothing_runs(cluster), done.stdout + done.stderr
    assert "first, at every member" not in done.stderr and "server1: remembers no record" in done.stdout, done
    # Killed when this directory, having given up its identity, looks like one that was never opened, and the other one like a later one.
    process = primary.host.spawn([program("mc_ctl"), "recover", "--force", "-M", primary.mcdir],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: not os.path.exists(os.path.join(primary.data, "mc.identity")), 30, "the identity is given up")
    for pid in commands(primary.host):
        send(pid, signal.SIGKILL)
    process.wait(30)
    wait_until(lambda: "opened last" not in recover(primary, "--dry-run").stdout, 30, "its agent has seen it")
    done = recover(primary, "--force")
    assert done.returncode == UNPROTECTED and cluster.primaries() == [primary], done.stdout + done.stderr
    assert os.path.getsize(os.path.join(primary.mcdir, "mc.identity.given_up")) > 0
    assert not os.path.exists(os.path.join(primary.mcdir, "mc.identity.giving_up"))
    assert "mc_ctl rejoin %s there says what, and with --force" % standby.name in done.stdout, done
    wait_until(lambda: "(MCA01760)" in "".join((lambda d: (d.stdout, d.stderr))(standby.ctl("rejoin"))), 30,
               "where the two have parted nobody knows")
    checked(standby.ctl("rejoin", "--force", standby.name))
    cluster.wait_switchable(60)
    assert cluster.pair() == (primary, standby)
    assert len(fleet.check(primary)) >= 40


def test_recover_may_be_killed_anywhere_and_repeated(cluster):
    primary, standby = cluster.pair()
    for delay in (0.05, 0.3, 0.8, 1.5, 2.5):
        fleet = loaded(cluster)
        outage(cluster)
        fleet.stop()
        wake(cluster, standby)
        process = standby.host.spawn([program("mc_ctl"), "recover", "-M", standby.mcdir],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: commands(standby.host) or process.poll() is not None, 20, "it runs")
        time.sleep(delay)
        for pid in commands(standby.host):  # itself: who ends nsenter ends nothing in the host
            send(pid, signal.SIGKILL)
        process.wait(30)
        done = recover(standby)
        assert done.returncode == 0, done.stdout + done.stderr
        assert cluster.pair() == (primary, standby)
        fleet.check(primary)


def system_identifier(data):
    with open(os.path.join(data, "global/pg_control"), "rb") as f:
        return f.read(8)


def test_a_directory_of_another_database_is_neither_started_nor_touched(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    fleet = loaded(cluster)
    outage(cluster)
    fleet.stop()
    shutil.move(primary.data, primary.data + ".aside")
    done = primary.host.run([PGBIN + "/initdb", "-D", primary.data, "-U", "postgres", "-A", "trust", "--no-sync"])
    assert done.returncode == 0, done.stderr
    own, held = system_identifier(primary.data), sorted(os.listdir(primary.data + "/base"))
    wake(cluster, standby)
    done = recover(standby)
    assert done.returncode == UNPROTECTED, done.stdout + done.stderr
    assert "%s: remembers epoch 2; no data directory that can be used" % primary.name in done.stdout
    assert cluster.primaries() == [standby] and not primary.instance_pids()
    assert system_identifier(primary.data) == own and sorted(os.listdir(primary.data + "/base")) == held
    assert len(fleet.check(standby)) >= 40
    # Not even where a copy is asked for.
    done = recover(primary)
    assert done.returncode == UNPROTECTED and primary.data in done.stderr, done.stdout + done.stderr
    assert "the primary serves, and no standby protects it yet" in done.stdout, done.stdout
    assert system_identifier(primary.data) == own and not primary.instance_pids()
    # Moved away, the server is copied anew.
    shutil.rmtree(primary.data)
    done = recover(primary)
    assert done.returncode == 0, done.stdout + done.stderr
    assert cluster.pair() == (standby, primary)


def test_a_directory_of_another_major_version_is_named_and_nothing_is_begun(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    outage(cluster)
    version = os.path.join(primary.data, "PG_VERSION")
    with open(version) as f:
        right = f.read()
    with open(version, "w") as f:
        f.write("12\n")
    wake(cluster, primary, standby)
    done = recover(primary)
    assert done.returncode == REFUSED, done.stdout + done.stderr
    assert "no data directory that can be used" in done.stdout and nothing_runs(cluster)
    done = primary.ctl("start")
    assert done.returncode != 0 and "PostgreSQL 12 is too old" in done.stderr and primary.mcdir in done.stderr, done.stdout + done.stderr
    assert nothing_runs(cluster)
    with open(version, "w") as f:
        f.write(right)
    wake(cluster, primary)
    done = recover(primary)
    assert done.returncode == 0, done.stdout + done.stderr
    assert cluster.pair() == (primary, standby)


def archiving(cluster):
    """As the procedure has it: a backup directory each, and a first backup on the primary."""
    prepare(cluster)
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable()
    return cluster.pair()



def lose_and_recover(server):
    """Its disk is lost with everything else stopped, and its directory comes back from the backup: all that was acknowledged."""
    lose_directory(server)
    recover_from_backup(server)


def test_after_a_recovery_from_the_backup_the_old_standby_follows_as_it_is(make_cluster):
    cluster = make_cluster()
    primary, standby = archiving(cluster)
    dump(primary)
    for asked, changed in ((standby, False), (primary, True)):
        if changed:    # the backup knows nothing of the timeline that is followed
            take_over(cluster)
            take_over(cluster)
        assert cluster.pair() == (primary, standby)
        fleet = loaded(cluster)
        fleet.stop()
        archive_all(primary)
        since = now()
        outage(cluster)
        lose_and_recover(primary)
        kept = os.stat(standby.data).st_ino
        wake(cluster, asked)
        done = recover(asked)
        assert done.returncode == 0 and "the cluster is switchable" in done.stdout, done.stdout + done.stderr
        assert cluster.pair() == (primary, standby)
        assert len(fleet.check(primary)) >= 40
        assert primary.host.logged("MCA01300"), "it holds everything that was acknowledged"
        assert os.stat(standby.data).st_ino == kept and not standby.host.logged("MCA01222", since), "made over"


@pytest.mark.parametrize("for_good", (False, True), ids=("stood_in", "for_good"))
def test_what_came_out_of_the_backup_is_opened_where_the_majority_is_gone_for_good(make_cluster, for_good):
    cluster = make_cluster()
    primary, standby = archiving(cluster)
    primary.sql("create table kept as select 7 as x")
    checked(command(standby, "pgx_dmpall", "--from-standby"))
    outage(cluster, primary, cluster.arbiters[0])
    lose_and_recover(standby)
    assert standby.ctl("start", "--mc-only", "-W").returncode == 0
    gone = [word for member in (primary, cluster.arbiters[0]) for word in ("--without", member.name)]

    def named():      # a primary that was just started has a moment to be heard in
        refused = recover(standby) if for_good else standby.ctl("switch", "--force")
        assert refused.returncode == REFUSED and nothing_runs(cluster), refused.stdout + refused.stderr
        return all(word in refused.stderr for word in gone)
    wait_until(named, 20, "those who are gone are named")
    done = recover(standby, "--force", *gone) if for_good else standby.ctl("switch", "--force", *gone)
    assert done.returncode == (UNPROTECTED if for_good else 0), done.stdout + done.stderr
    assert cluster.primaries() == [standby] and standby.sql("select x from kept") == [["7"]]
    assert "nobody who is heard can tell" in done.stdout and "line: begun at epoch" in standby.status().text


def test_what_is_lost_is_accepted_by_one_command_and_saved_when_it_comes_back(make_cluster):
    cluster, primary, standby = what_the_primary_has_alone(make_cluster)
    outage(cluster, primary)
    wake(cluster, standby, primary)
    done = recover(standby)
    assert done.returncode == REFUSED and nothing_runs(cluster), done.stdout + done.stderr
    assert 'on server "%s": mc_ctl recover --force' % standby.name in done.stderr
    done = recover(standby, "--force")
    assert done.returncode == UNPROTECTED, done.stdout + done.stderr
    assert cluster.primaries() == [standby] and "WAL" in done.stdout
    assert "line: begun at epoch" in standby.status().text
    # The one that was overruled comes back, with what it alone had: that is named, and given up by its operator's word.
    primary.host.boot()
    done = recover(primary)
    assert done.returncode == UNPROTECTED, done.stdout + done.stderr
    assert "mc_ctl rejoin %s there says what" % primary.name in done.stdout
    done = primary.ctl("rejoin", primary.name, "--force")
    assert done.returncode == 0, done.stdout + done.stderr
    done = recover(primary)
    assert done.returncode == 0 and "the cluster is switchable" in done.stdout, done.stdout + done.stderr
    assert cluster.pair() == (standby, primary)
    assert os.listdir(primary.mcdir + "/diverged")


def test_the_operator_may_name_who_opens_though_another_one_would_lose_less(make_cluster):
    cluster = make_cluster(servers=3, arbiters=0)
    cluster.up()
    primary = cluster.primaries()[0]
    less, more = cluster.others(primary)
    primary.sql("create table kept(i int); insert into kept values (1)")
    for i, server in enumerate((less, more)):
        server.stop()
        primary.sql("insert into kept values (%d)" % (i + 2))
    outage(cluster, primary)
    wake(cluster, primary)
    done = recover(less, "--force")
    assert done.returncode == REFUSED and nothing_runs(cluster), done.stdout + done.stderr
    assert 'server "%s" would lose less than this one' % more.name in done.stderr
    for at, how in ((less, ()), (more, ("--force",))):     # without --force, and where it is not meant
        done = recover(at, "--to", less.name, *how)
        assert done.returncode == REFUSED and nothing_runs(cluster), done.stdout + done.stderr
        assert 'server "%s" is not opened; opened, it would lose' % less.name in done.stderr
        assert "there: mc_ctl recover --force --to %s" % less.name in done.stderr
    done = recover(less, "--to", primary.name)
    assert done.returncode == REFUSED and "has no data directory that is reached" in done.stderr
    assert recover(less, "--to", "nobody").returncode == 2
    recover(less, "--force", "--to", less.name)
    assert cluster.primaries() == [less] and less.sql("select count(*) from kept")[0][0] == "1"
    done = recover(less, "--to", more.name)
    assert done.returncode == REFUSED and 'server "%s" serves already' % less.name in done.stderr
    assert "mc_ctl switch --to %s" % more.name in done.stderr


def senders(server):
    return [pid for pid in server.host.pids() if program_of(pid) == "pgx_filesend"]


def test_where_no_directory_has_everything_the_recovery_that_loses_least_is_named_and_leads_back(make_cluster):
    cluster = make_cluster()
    primary, standby = archiving(cluster)
    checked(command(standby, "pgx_dmpall", "--from-standby"))    # older than the primary's
    newest = os.path.basename(dump(primary))
    since = now()
    standby.host.crash()
    cluster.wait_detached(since, 15)
    primary.sql("create table only_here as select 7 as x")
    written = primary.sql("select pg_current_wal_flush_lsn()")[0][0]
    wait_until(lambda: 'WAL up to' in command(primary, "pgx_rcvall", "-l", "--all-servers").stdout
               and written in command(primary, "pgx_rcvall", "-l", "--all-servers").stdout, 20, "the mirror has it")
    outage(cluster)
    shutil.rmtree(primary.data)
    wake(cluster, standby)
    done = recover(standby, "--dry-run")
    assert done.returncode == REFUSED and nothing_runs(cluster), done.stdout + done.stderr
    lines = done.stdout.splitlines()
    own = [line for line in lines if line.startswith("  %s: generation " % primary.name)]
    assert len(own) == 1 and newest in own[0], done.stdout
    assert "archived and mirrored WAL to %s on timeline 1" % written in own[0], own
    assert any(line.startswith("  %s: generation " % standby.name) for line in lines), done.stdout
    named = [line for line in lines if line.startswith("recovery from a backup, on server ")]
    assert named == ['recovery from a backup, on server "%s" (%s): pgx_rcvall' % (primary.name, primary.host.address)]
    assert "  reaches to %s on timeline 1" % written in done.stdout, done.stdout
    assert "no directory is known to have had more" in done.stdout and "loses no more than that" not in done.stdout
    # Its service hangs: that is said within the time, and nobody waits for it any longer.
    frozen = senders(primary)
    for pid in frozen:
        send(pid, signal.SIGSTOP)
    asked = now()
    done = recover(standby, "--dry-run")
    assert done.returncode == REFUSED and now() - asked < 7, (now() - asked, done)
    assert "  %s: not known: " % primary.name in done.stdout, done.stdout
    assert 'recovery from a backup, on server "%s" (%s): pgx_rcvall -M %s' % (standby.name, standby.host.address, standby.mcdir) \
        in done.stdout, done.stdout
    assert 'the backups of server "%s" are not known, and may reach further' % primary.name in done.stdout, done.stdout
    assert 'mc_ctl recover --force on server "%s" loses no more than that' % standby.name in done.stdout, done.stdout
    for pid in frozen:
        send(pid, signal.SIGCONT)
    # What is on another server is fetched first.
    os.rename(folder(primary, newest), folder(primary) + ".aside")
    done = recover(standby, "--dry-run")
    assert "  %s: no complete generation; archived and mirrored WAL to %s" % (primary.name, written) in done.stdout, done.stdout
    assert 'recovery from a backup, on server "%s" (%s): pgx_rcvall --fetch && pgx_rcvall\n' % (primary.name, primary.host.address) \
        in done.stdout, done.stdout
    os.rename(folder(primary) + ".aside", folder(primary, newest))
    # What was named is typed there.
    assert primary.ctl("stop").returncode == 0
    typed = named[0].split(": ", 1)[1].split()
    ran = primary.host.run([program(typed[0])] + typed[1:] + ["-M", primary.mcdir], timeout=180)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert primary.ctl("start", "-f").returncode == 0
    done = recover(standby)
    assert done.returncode == 0 and "the cluster is switchable" in done.stdout, done.stdout + done.stderr
    assert cluster.pair() == (primary, standby)
    assert primary.sql("select x from only_here") == [["7"]]


def start_in_vain(server, *patterns):
    """Quickly, and in words; its agent runs on."""
    began = time.monotonic()
    done = server.ctl("start", "-f", timeout=200)
    assert done.returncode == 1 and time.monotonic() - began < 100, done
    for pattern in patterns:
        assert re.search(pattern, done.stdout + done.stderr), "%r is not in: %s" % (pattern, done)
    return done


def test_a_start_whose_primary_cannot_come_says_so_and_what_to_do(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    standby.stop()
    primary.sql("create table later as select 1")
    primary.stop()
    # silent: what is waited for is told before the wait is over
    said = 'the primary "%s", which is silent: mc_ctl start there; mc_ctl recover here shows' % primary.name
    done = start_in_vain(standby, said, "not started after")
    assert "waits for " + said in done.stdout, done
    assert said in standby.status().text
    # its agent alone is up
    primary.start("--mc-only", "-W")
    start_in_vain(standby, '"%s" is not started, its agent alone is: mc_ctl start there' % primary.name)
    # its data directory is lost
    primary.stop()
    shutil.move(primary.data, primary.data + ".lost")
    primary.start("--mc-only", "-W")
    start_in_vain(standby, '"%s" has no data directory; mc_ctl recover here shows what can be done' % primary.name)
    # and it is as it says: nothing more is needed when that one is there again
    primary.stop()
    shutil.move(primary.data + ".lost", primary.data)
    primary.start("-f")
    cluster.wait_switchable(60)


def test_recover_waits_for_the_stream_of_every_standby_that_is_there(make_cluster):
    cluster = make_cluster(servers=3, arbiters=0).up()
    primary = cluster.primaries()[0]
    near, far = cluster.others(primary)
    outage(cluster)
    wake(cluster, primary)
    rules = cluster.net.drop(far.host, primary.host, "tcp dport 5432")
    log = open(primary.host.dir + "/recover.log", "w")
    process = primary.host.spawn(primary.program() + ["recover", "-M", primary.mcdir], stdout=log, stderr=log)
    log.close()
    wait_until(lambda: primary.role() == "primary", 60, "the primary serves")

    def eligible(server):
        member = [m for m in json.loads(primary.ctl("status", "--json").stdout)["servers"] if m["id"] == server.name]
        return bool(member) and member[0]["eligible"]
    wait_until(lambda: eligible(near), 60, "one standby is back")
    holds_for(lambda: process.poll() is None, 6, "the other one is waited for, which does not stream")
    cluster.net.allow(rules)
    assert process.wait(timeout=120) == 0
    with open(primary.host.dir + "/recover.log") as f:
        text = f.read()
    assert "the cluster is switchable" in text, text
    assert eligible(near) and eligible(far), "both can take over"
