"""Two lines that exclude each other meet: nobody acknowledges anything more, and the operator keeps one of them (E5)."""
import json
import re

import pytest

from mcharness import checked, holds_for, now, wait_until
from test_rejoin import saved


def tells_both(server, others):
    """Status names both lines, their primaries and how far they are; and what keeps either."""
    text = server.status().text
    lines = re.findall(r'(?m)^  primary "(\w+)", epoch (\d+), WAL up to ([0-9A-F]+/[0-9A-F]+); to keep it: '
                       r'mc_ctl switch --force, at server "(\w+)"$', text)
    return "split: two lines exclude each other" in text and sorted(line[0] for line in lines) == others and \
        all(line[0] == line[3] for line in lines)


def stopped(first, second):
    """Both have learned of the other, and neither serves any more, nor begins to."""
    names = sorted(server.name for server in (first, second))
    wait_until(lambda: first.role() is None and second.role() is None, 30, "both have stopped")
    wait_until(lambda: tells_both(first, names) and tells_both(second, names), 30, "both name both lines")
    for server, other in ((first, second), (second, first)):
        told = json.loads(server.ctl("status", "--json").stdout)
        assert told["split"]["primary"] == other.name and told["primary"] == server.name, told
        assert "two lines have met" in told["waits_for"], told
    holds_for(lambda: first.role() is None and second.role() is None, 5, "nobody opens before the operator's word")


def kept(cluster, keeper, loser):
    """Without --force the loss is shown and nothing done; then one command, and the cluster is whole again."""
    asked = now()
    done = keeper.ctl("switch")
    assert done.returncode == 3 and 'the line of server "%s", epoch' % loser.name in done.stdout + done.stderr, done
    assert keeper.role() is None
    checked(keeper.ctl("switch", "--force", timeout=180))
    wait_until(lambda: keeper.role() == "primary", 30, "the line that is kept is served")
    wait_until(lambda: loser.host.logged("MCA01223", asked), 120, "the other directory is made over")
    checked(keeper.ctl("enable-failover"))
    cluster.wait_switchable(120)
    assert "split:" not in keeper.status().text + loser.status().text
    return saved(loser, asked)


@pytest.fixture
def pair(make_cluster):
    return make_cluster(arbiters=0, settings={"heartbeat_error_action": "fallback"}).up()


def both_went_on(pair):
    """A network that stays cut, and fallback: the standby takes over, later the primary lets it go; both acknowledge."""
    former, successor = pair.pair()
    former.sql("drop table if exists own; create table own(i int); insert into own values (1)")
    holds_for(lambda: True, 9, "each has heard the other for a window")
    pair.net.cut(successor.host)
    wait_until(lambda: successor.role() == "primary", 60, "the standby takes over")
    wait_until(lambda: former.role() == "primary", 60, "the primary goes on without it")
    former.sql("insert into own select generate_series(101, 105)")
    successor.sql("insert into own select generate_series(201, 203)")
    pair.net.join(successor.host)
    return former, successor


def rows(server, table="own"):
    return server.sql("select string_agg(i::text, ',' order by i) from " + table)[0][0]


def test_two_lines_meet_and_who_took_over_is_kept(pair):
    former, successor = both_went_on(pair)
    stopped(former, successor)
    folder, text, count = kept(pair, successor, former)
    assert count >= 1 and "COMMIT" in text, text
    assert rows(successor) == "1,201,202,203" and pair.pair() == (successor, former)
    wait_until(lambda: rows(former) == "1,201,202,203", 30, "its standby has the same")


def test_two_lines_meet_and_who_was_primary_before_is_kept_though_everything_was_restarted(pair):
    former, successor = both_went_on(pair)
    stopped(former, successor)
    successor.host.crash()
    former.host.crash()
    former.host.boot()
    former.start("-W")
    wait_until(lambda: "split: two lines exclude each other" in former.status().text, 30, "it remembers that")
    holds_for(lambda: former.role() is None, 5, "and does not open")
    done = former.ctl("switch", "--force")
    assert done.returncode == 3 and "mc_ctl switch --force --without %s" % successor.name in done.stderr, done
    successor.host.boot()
    successor.start("-W")
    stopped(former, successor)
    folder, text, count = kept(pair, former, successor)
    assert count >= 1 and "COMMIT" in text, text
    assert rows(former) == "1,101,102,103,104,105" and pair.pair() == (former, successor)


def test_a_line_that_force_began_meets_the_one_of_the_majority(cluster):
    """The arbiter was with the other one; it goes over to the line that is kept without anybody's visit."""
    primary, standby = cluster.pair()
    arbiter = cluster.arbiters[0]
    primary.sql("create table side(i int); insert into side values (1)")
    cut = now()
    cluster.net.cut(standby.host)
    cluster.wait_detached(cut, 30)
    words = ("--without", primary.name, "--without", arbiter.name)
    wait_until(lambda: standby.ctl("switch", "--force", *words, timeout=120).returncode == 0, 60, "it is forced")
    primary.sql("insert into side values (101)")
    standby.sql("insert into side values (201)")
    cluster.net.join(standby.host)
    stopped(primary, standby)
    folder, text, count = kept(cluster, standby, primary)
    assert count >= 1, text
    assert rows(standby, "side") == "1,201" and cluster.pair() == (standby, primary)
    assert json.loads(checked(arbiter.ctl("status", "--json")).stdout)["confirmed"]
