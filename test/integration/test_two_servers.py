"""Two servers and no arbiter: who stands in for the one that is silent (heartbeat_error_action)."""
import os
import stat

import pytest

from mcharness import checked, holds_for, now, wait_until

SCRIPT = """#!/bin/sh
echo "$@" >> {calls}
test -e {folder}/$2.broken
"""


def arbitration(cluster):
    """A command that tells the truth: the test says of a server that it is broken. Returns the file of its calls."""
    folder = cluster.dir + "/words"
    calls = folder + "/calls"
    os.makedirs(folder)
    os.chmod(folder, 0o777)
    path = folder + "/arbitrate.sh"
    with open(path, "w") as f:
        f.write(SCRIPT.format(folder=folder, calls=calls))
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH | stat.S_IROTH)
    return folder, calls, path


def says_broken(folder, server, broken=True):
    path = "%s/%s.broken" % (folder, server.name)
    if broken:
        open(path, "w").close()
    else:
        os.remove(path)


@pytest.fixture
def pair(make_cluster):
    """Primary and eligible standby that ask a command; its window is 8 s. Their daemons die where they are told to."""
    cluster = make_cluster(arbiters=0, mortal=True)
    folder, calls, path = arbitration(cluster)
    cluster.settings = {"heartbeat_error_action": "command", "arbitration_command": path,
                        "arbitration_command_timeout": "2s"}
    cluster.words, cluster.calls = folder, calls
    return cluster.up()


def asked(cluster):
    try:
        with open(cluster.calls) as f:
            return f.read().splitlines()
    except FileNotFoundError:
        return []


def heard_for_a_window():
    holds_for(lambda: True, 9, "each has heard the other for a window")


@pytest.mark.parametrize("moment", ["before", "during", "after"])
def test_an_agent_that_dies_while_it_asks_the_command_decides_nothing_after_it(pair, moment):
    """Its successor was not there when the primary fell silent."""
    primary, standby = pair.pair()
    fleet = pair.fleet()
    fleet.wait_acks()
    heard_for_a_window()
    standby.die_at("run:" + moment)
    struck = now()
    primary.host.crash()
    says_broken(pair.words, primary)
    wait_until(lambda: not os.path.exists(standby.kill_file), 15, "the place is reached")
    wait_until(lambda: standby.host.logged("MCA01009|MCA01000", struck), 15, "its monitor has made a new one")
    holds_for(lambda: standby.role() != "primary", 10, "nobody takes over")
    says_broken(pair.words, primary, False)
    primary.host.boot()
    primary.start("-f")
    pair.wait_switchable(40)
    fleet.check(primary)


def test_a_standby_takes_over_alone_when_the_command_says_that_the_primary_is_broken(pair):
    primary, standby = pair.pair()
    assert "timers carry safety (window 8000 ms)" in primary.status().text
    fleet = pair.fleet()
    fleet.wait_acks()
    heard_for_a_window()
    struck = now()
    primary.host.crash()
    says_broken(pair.words, primary)
    wait_until(lambda: standby.role() == "primary", 20, "the standby takes over")
    assert asked(pair)[0] == "%s %s primarycenter" % (standby.name, primary.name)
    assert standby.host.logged("MCA01562", struck) and standby.host.logged("MCA01563", struck)
    fleet.wait_acks(20, standby, struck)
    assert "line: begun at epoch" in standby.status().text and "by one server alone" in standby.status().text
    says_broken(pair.words, primary, False)
    primary.host.boot()
    primary.start("-f")
    pair.wait_switchable(60)
    fleet.stop()
    fleet.check(standby)


def test_a_server_that_stands_in_isolates_the_other_one_first(make_cluster):
    cluster = make_cluster(arbiters=0)
    folder, calls, path = arbitration(cluster)
    fence = folder + "/fence.sh"
    with open(fence, "w") as f:
        f.write("#!/bin/sh\necho fence \"$@\" >> %s\ntest -e %s/go\n" % (calls, folder))
    os.chmod(fence, 0o755)
    cluster.settings = {"heartbeat_error_action": "command", "arbitration_command": path,
                        "arbitration_command_timeout": "5s", "fencing_command": fence, "fencing_command_timeout": "15s"}
    cluster.calls = calls
    primary, standby = cluster.up().pair()
    fleet = cluster.fleet()
    fleet.wait_acks()
    holds_for(lambda: True, 27, "each has heard the other for a window")
    struck = now()
    primary.host.crash()
    says_broken(folder, primary)
    wait_until(lambda: standby.host.logged("MCA01564.*|fencing_command about", struck), 20, "it is not isolated")
    holds_for(lambda: standby.role() == "standby", 3, "nothing is decided")
    open(folder + "/go", "w").close()
    wait_until(lambda: standby.role() == "primary", 25, "the standby takes over")
    words = "%s %s primarycenter" % (standby.name, primary.name)
    assert asked(cluster)[:2] == [words, "fence monitor switch " + words]
    fleet.wait_acks(20, standby, struck)
    fleet.stop()
    fleet.check(standby)


def test_a_primary_goes_on_alone_only_after_the_window_of_its_standby(pair):
    primary, standby = pair.pair()
    fleet = pair.fleet()
    fleet.wait_acks()
    heard_for_a_window()
    struck = now()
    standby.host.crash()
    says_broken(pair.words, standby)
    holds_for(lambda: not primary.host.logged("MCA01562", struck), 10, "nothing is decided within the window")
    wait_until(lambda: primary.host.logged("MCA01563", struck), 20, "it lets the standby go")
    wait_until(lambda: primary.role() == "primary", 20, "and opens")
    fleet.wait_acks(20, primary, struck)
    says_broken(pair.words, standby, False)
    standby.host.boot()
    standby.start("-f")
    pair.wait_switchable(60)
    fleet.stop()
    fleet.check(primary)


def test_neither_decides_alone_while_the_command_says_that_the_other_is_well(pair):
    primary, standby = pair.pair()
    heard_for_a_window()
    cut = now()
    pair.net.cut(standby.host)
    wait_until(lambda: len(asked(pair)) >= 2 and any(c.startswith(primary.name) for c in asked(pair)), 40,
               "both have asked")
    assert pair.primaries() == [] and standby.role() == "standby"
    assert any("exit status 1" in line[1] for line in standby.host.logged("MCA01564", cut))
    pair.net.join(standby.host)
    pair.wait_switchable(40)
    assert pair.pair() == (primary, standby)


def test_a_server_that_was_not_there_waits_whatever_the_command_says(pair):
    primary, standby = pair.pair()
    heard_for_a_window()
    primary.host.crash()
    says_broken(pair.words, primary)
    wait_until(lambda: standby.role() == "primary", 20, "the standby takes over")
    standby.sql("create table since(i int)")
    standby.host.crash()
    says_broken(pair.words, standby)
    primary.host.boot()
    primary.start("-f", "-W")
    holds_for(lambda: primary.role() is None, 25, "the deposed primary waits")
    assert not any(call.startswith(primary.name) for call in asked(pair)), "it does not even ask"
    standby.host.boot()
    standby.start("-f")
    wait_until(lambda: standby.role() == "primary", 30, "who has everything opens")
    assert standby.sql("select count(*) from since")[0][0] == "0"


def test_fallback_counts_silence_and_warns_at_every_start(make_cluster):
    cluster = make_cluster(arbiters=0, settings={"heartbeat_error_action": "fallback"})
    began = now()
    cluster.up()
    primary, standby = cluster.pair()
    for server in cluster.servers:
        assert server.host.logged("MCA01560", began), server.name
    assert "which is unsafe where the network is cut" in standby.status().text
    heard_for_a_window()
    primary.host.crash()
    wait_until(lambda: standby.role() == "primary", 20, "the standby takes over")
    again = now()
    primary.host.boot()
    primary.start("-f")
    assert primary.host.logged("MCA01560", again)
    cluster.wait_switchable(60)
    checked(standby.ctl("status", "--check"))
