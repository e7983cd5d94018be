"""The agent dies before, in the middle of and after every kind of action; its monitor makes a new one.

The places are those that the program itself names (--kill-points of a test build). Each is reached in a
whole cluster under writers, by the agent of the server that carries the action out. Afterwards the
cluster is switchable again by itself, nothing acknowledged is lost, and never two servers acknowledged.
"""
import os
import signal

import pytest

from conftest import Clusters
from test_rejoin import diverge
from mcharness import alive, now, program, send, sh, wait_until

MOMENTS = ["before", "during", "after"]
BACK_S = 45     # from the death to switchable, on a busy machine and with a rewind between
MADE_ANEW = "started again: it was ended by signal 9"


class Standing:
    cluster = None


@pytest.fixture(scope="module")
def standing(template):
    """One cluster for all places; a new one behind a test that failed."""
    yield Standing
    if Standing.cluster is not None:
        Clusters.drop(Standing.cluster)
        Standing.cluster = None


@pytest.fixture
def mortal(standing, template, request):
    if standing.cluster is None:
        standing.cluster = Clusters.make(template, mortal=True)
        standing.cluster.up()
    yield standing.cluster
    if not getattr(request.node, "outcome_call", False):
        Clusters.drop(standing.cluster)
        standing.cluster = None


def fresh(member):
    """A new monitor: one that has made many agents lately waits ever longer before the next."""
    member.kill_daemons()
    member.start()


def operator(server, *command):
    """Whatever the command hears from an agent that dies under it: its exit status, 0 when it is done."""
    return server.ctl(*command).returncode


def end_of_instance(server):
    send(server.postmaster(), signal.SIGKILL)


# Who carries the action out, and what leads to it.
def by_setting(primary, standby):
    return primary, lambda: operator(primary, "disable-failover")


def by_restart(primary, standby):
    return standby, lambda: end_of_instance(standby)


def by_clean_stop(primary, standby):
    return primary, lambda: operator(primary, "stop")


def by_takeover(primary, standby):
    return standby, lambda: end_of_instance(primary)


def by_leaving(primary, standby):
    return standby, lambda: operator(standby, "stop", "--mc-only")


def by_divergence(primary, standby):
    """It writes what nobody receives, and is made over when it comes back."""
    return primary, lambda: diverge(primary.cluster)


def by_switch(primary, standby):
    return primary, lambda: operator(primary, "switch")


LEADS_TO = {
    "persist": by_setting, "send": by_setting, "reply": by_setting, "log": by_setting,
    "start": by_restart, "stop": by_clean_stop, "gate": by_takeover, "names": by_takeover,
    "follow": by_takeover, "promote": by_takeover, "rejoin": by_divergence, "directory": by_takeover,
    "checkpoint": by_switch, "exit": by_leaving,
}
ELSEWHERE = ["run"]     # a command of the operator's: two servers without an arbiter (test_two_servers.py)


def undo(server, kind):
    """What the operator asked for was done, half done or not done."""
    if LEADS_TO[kind] is by_setting:
        wait_until(lambda: operator(server, "enable-failover") == 0, 10, "automatic switch is on")
    elif LEADS_TO[kind] in (by_clean_stop, by_leaving):
        server.start("-W", "-f")


def die(member, place, lead):
    """The daemon of `member` dies at `place`, to which `lead` leads."""
    daemon, began = member.daemons()[-1], now()
    member.die_at(place)
    lead()
    wait_until(lambda: not os.path.exists(member.kill_file), 15, "the place is reached")
    wait_until(lambda: not alive(daemon), 5, "the daemon is dead")
    if place == "exit:after":
        # There is nothing left to make a new one for.
        wait_until(lambda: not member.daemons(), 5, "its monitor ends, too")
    else:
        wait_until(lambda: member.host.logged(MADE_ANEW, began), 15, "its monitor has made a new one")


def come_back(cluster, killed, began):
    """Switchable by itself; or the instance that was killed under load has WAL that nobody received and
    says so, and an operator copies it anew."""
    wait_until(lambda: cluster.any_server().status().word == "switchable"
               or killed.host.logged("MCA01056", began), BACK_S, "switchable, or a reason why not")
    if killed.host.logged("MCA01056", began):
        killed.stop("-e")
        killed.copy_from(cluster.others(killed)[0])
        killed.start("-W")
    cluster.wait_switchable(BACK_S)


def test_every_kind_of_action_has_its_places():
    listed = sh(program("mc_agent"), "--kill-points").stdout.split()
    kinds = [kind for kind in LEADS_TO if kind != "exit"] + ELSEWHERE + ["exit"]
    assert listed == ["%s:%s" % (kind, moment) for kind in kinds for moment in MOMENTS]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("kind", LEADS_TO)
def test_nothing_is_lost_when_the_agent_dies(mortal, kind, moment):
    primary, standby = mortal.pair()
    server, lead = LEADS_TO[kind](primary, standby)
    fresh(server)
    mortal.wait_switchable()
    fleet, began = mortal.fleet(), now()
    die(server, "%s:%s" % (kind, moment), lead)
    undo(server, kind)
    come_back(mortal, primary, began)
    fleet.check()


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("kind", ["persist", "send"])
def test_nothing_is_lost_when_the_arbiter_dies_over_its_promise(mortal, kind, moment):
    primary, standby = mortal.pair()
    fresh(mortal.arbiter)
    mortal.wait_switchable()
    fleet, began = mortal.fleet(), now()
    die(mortal.arbiter, "%s:%s" % (kind, moment), lambda: end_of_instance(primary))
    come_back(mortal, primary, began)
    assert mortal.pair()[0] is standby
    fleet.check()


# ---- a switch is done or as before, whoever dies

@pytest.mark.parametrize("kind, side", [
    ("checkpoint", "primary"), ("checkpoint", "standby"), ("stop", "primary"), ("persist", "standby"),
    ("follow", "standby"), ("promote", "standby"), ("directory", "standby"), ("gate", "standby"),
    ("start", "primary")])
def test_a_switch_is_done_or_as_before_when_an_agent_dies(mortal, kind, side):
    primary, standby = mortal.pair()
    dies = primary if side == "primary" else standby
    fresh(dies)
    mortal.wait_switchable()
    fleet, began = mortal.fleet(), now()
    # asked at the other one: the command outlives the agent that dies
    asked = standby if side == "primary" else primary
    command = asked.host.spawn(asked.program() + ["switch", "-M", asked.mcdir] + asked.local)
    die(dies, "%s:during" % kind, lambda: None)
    mortal.wait_switchable(BACK_S)
    assert command.wait(60) in (0, 1, 3)
    mortal.wait_switchable(BACK_S)
    assert mortal.pair() in ((primary, standby), (standby, primary))
    fleet.wait_acks(20, mortal.pair()[0], now())
    fleet.check(mortal.pair()[0])
    assert not mortal.logged("MCA01056", began), "nothing diverged"
