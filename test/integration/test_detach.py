"""A standby that an operator keeps apart (acceptance scenario 66), and back again."""
import json

from mcharness import checked, holds_for, now, wait_until


def test_a_detached_standby_is_kept_apart_until_its_operator_starts_it(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    done = checked(standby.ctl("detach"))
    assert 'server "%s" is detached and kept apart' % standby.name in done.stdout, done
    # the record says so at once; PostgreSQL is told a moment later, and the standby's agent may have answered in between
    wait_until(lambda: primary.names() == "" and primary.status().word == "not-switchable", 20, "nobody waits for it")
    fleet.wait_acks(20, primary, now())
    assert fleet.outage(asked) < 1.0
    # neither its own wish to attach nor a restart of the primary ends it
    holds_for(lambda: primary.names() == "", 3, "it is kept apart")
    primary.kill_postmaster()
    fleet.wait_acks(20, primary, now())
    holds_for(lambda: primary.names() == "" and standby.role() != "primary", 3, "it is kept apart")
    checked(standby.ctl("start"))
    cluster.wait_switchable(30)
    fleet.check(primary)


def test_a_silent_standby_is_detached_by_hand_when_automatic_is_off(cluster):
    primary, standby = cluster.pair()
    checked(primary.ctl("disable-failover"))
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    cut = now()
    cluster.net.cut(standby.host)
    holds_for(lambda: not fleet.acks(primary, cut + 0.3), 3, "commits wait")
    checked(primary.ctl("detach", standby.name))
    fleet.wait_acks(20, primary, now())
    cluster.net.mend()
    holds_for(lambda: primary.names() == "", 3, "it is kept apart when it is back")
    standby.start()
    wait_until(lambda: primary.names() != "", 20, "its commits wait for the standby again")
    fleet.check(primary)


def test_bad_words_to_detach_change_nothing(cluster):
    primary, standby = cluster.pair()
    done = primary.ctl("detach", "nobody")
    assert done.returncode == 2 and '"nobody" is no database server' in done.stderr
    done = primary.ctl("detach", primary.name)
    assert done.returncode == 3 and "that server is the primary" in done.stderr
    cluster.wait_switchable()


def test_a_start_brings_back_one_that_was_detached_while_it_was_down(cluster):
    primary, standby = cluster.pair()
    standby.stop()
    checked(primary.ctl("detach"))
    standby.start()         # it learns only now that it is kept apart: its operator's start is the later word
    cluster.wait_switchable(30)


def test_a_start_at_a_standby_that_runs_already_attaches_it_though_automatic_is_off(cluster):
    primary, standby = cluster.pair()
    cut = now()
    cluster.net.cut(standby.host)
    cluster.wait_detached(cut, 20)
    checked(primary.ctl("disable-failover"))
    cluster.net.join(standby.host)

    def eligible():
        return json.loads(primary.ctl("status", "--json").stdout)["eligible"] == [standby.name]
    wait_until(lambda: primary.sql("select count(*) from pg_stat_replication")[0][0] == "1", 40, "it follows again")
    holds_for(lambda: not eligible(), 5, "nobody attaches it unasked")
    standby.start()
    wait_until(eligible, 40, "its operator has asked for it")
    assert primary.status().word == "failover-disabled"
