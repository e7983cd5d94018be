"""A server is made primary by an operator's force, two that have parted meet again, and one of them is chosen (E5)."""
import re
import shutil

from mcharness import checked, holds_for, now, wait_until
from test_rejoin import saved


def left_alone(cluster):
    """The standby is away, the primary has gone on without it, and with the arbiter; rows of it that nobody else has."""
    primary, standby = cluster.pair()
    primary.sql("drop table if exists own; create table own(i int); insert into own values (1)")
    cut = now()
    cluster.net.cut(standby.host)
    cluster.wait_detached(cut, 20)
    primary.sql("insert into own select generate_series(2, 11)")
    return primary, standby


def refused(done, *words):
    assert done.returncode == 3 and "refused: the loss is accepted by mc_ctl switch --force" in done.stderr, done
    for word in words:
        assert word in done.stdout + done.stderr, done


def may_be_forced(server, alone=False):
    """The primary is silent; and a majority answers, unless `alone`: then the command names nobody."""
    words = "the loss is accepted by mc_ctl switch --force" + (" --without" if alone else " (MCA01462)")
    return words in server.ctl("switch", "--dry-run").stderr


def forced(server, *words):
    done = checked(server.ctl("switch", "--force", *words, timeout=120))
    assert 'server "%s" is the primary by force since epoch' % server.name in done.stdout, done
    assert server.role() == "primary"
    assert re.search(r"(?m)^line: begun at epoch \d+ by force, with WAL up to ", server.status().text)
    told = checked(server.ctl("explain", "last")).stdout
    assert "forced by an operator: of the WAL before it, what reaches up to " in told, told
    assert re.search('user "[^"]+" had typed "switch', told), told
    return told


def rows(server):
    return server.sql("select count(*) from own")[0][0]


def apart(keeper, loser):
    """Both say that they have parted, and who has what; nothing is taken away."""
    def said(server):
        return 'split: server "%s" has WAL' % loser.name in server.status().text
    wait_until(lambda: said(keeper) and said(loser), 20, "the split is named at both")
    holds_for(lambda: loser.role() is None and said(loser), 3, "it stays down")
    done = loser.ctl("rejoin", loser.name)
    assert done.returncode == 3 and "mc_ctl rejoin --force %s" % loser.name in done.stderr, done
    assert 'has WAL of its own from' in done.stdout + done.stderr, done


def gives_up(cluster, loser):
    asked = now()
    checked(loser.ctl("rejoin", "--force", loser.name))
    wait_until(lambda: loser.host.logged("MCA01223", asked), 60, "the directory is made over")
    checked(loser.ctl("enable-failover"))
    cluster.wait_switchable(60)
    return saved(loser, asked)


def test_a_standby_that_lacks_commits_goes_on_only_by_force_and_says_so(cluster):
    primary, standby = left_alone(cluster)
    primary.host.crash()
    cluster.net.join(standby.host)
    wait_until(lambda: standby.status().word not in ("", "unknown"), 20, "standby and arbiter hear each other")
    holds_for(lambda: standby.role() != "primary", 5, "nobody opens it unasked")
    wait_until(lambda: may_be_forced(standby), 20, "the primary is silent")
    refused(standby.ctl("switch"), "nobody who is heard can tell")
    refused(standby.ctl("switch", "--force", "--dry-run"), "nobody who is heard can tell")
    assert standby.role() != "primary"
    assert "whether anything was acknowledged beyond that nobody could tell" in forced(standby)
    assert rows(standby) == "1"
    standby.sql("insert into own values (100)")
    primary.host.boot()
    primary.start("-W")
    apart(standby, primary)
    folder, text, count = gives_up(cluster, primary)
    assert count >= 1 and "COMMIT" in text, text
    assert rows(standby) == "2" and cluster.pair() == (standby, primary)


def test_both_have_served_and_meet_and_the_word_of_the_operator_holds(cluster):
    former, successor = left_alone(cluster)
    cluster.net.cut(former.host)
    cluster.net.join(successor.host)
    wait_until(lambda: successor.status().word not in ("", "unknown"), 20, "standby and arbiter hear each other")
    wait_until(lambda: may_be_forced(successor), 20, "the primary is silent")
    forced(successor)
    successor.sql("insert into own select generate_series(101, 103)")
    former.sql("insert into own values (12)")       # alone, it needs nobody's leave
    assert rows(former) == "12" and rows(successor) == "4"
    met = now()
    cluster.net.join(former.host)
    wait_until(lambda: former.role() is None, 2, "who was overruled stops when it learns of that")
    print("stopped %.1f s after they met" % (now() - met))
    apart(successor, former)
    assert successor.role() == "primary"
    folder, text, count = gives_up(cluster, former)
    assert len(re.findall(r"(?m)^transaction \d+: COMMIT", text)) == count >= 2, text
    assert rows(successor) == "4" and cluster.pair() == (successor, former)


def test_the_other_one_can_be_chosen_too(cluster):
    former, successor = left_alone(cluster)
    former.host.crash()
    cluster.net.join(successor.host)
    wait_until(lambda: successor.status().word not in ("", "unknown"), 20, "standby and arbiter hear each other")
    wait_until(lambda: may_be_forced(successor), 20, "the primary is silent")
    forced(successor)
    successor.sql("insert into own select generate_series(101, 103)")
    former.host.boot()
    former.start("-W")
    apart(successor, former)
    assert "the primary of the record answers" in former.ctl("switch", "--force").stderr
    successor.stop()
    wait_until(lambda: may_be_forced(former), 20, "it is silent")
    # How far it has come itself says nothing of that: the rows 101 to 103 may lie before its own end.
    shown = former.ctl("switch")
    lost = re.search(r'server "%s" has gone its own way: whatever "%s" has committed after (\w+)/(\w+) would be lost; '
                     r'its WAL is known up to (\w+)/(\w+) \(MCA01750\)' % (former.name, successor.name), shown.stdout + shown.stderr)
    assert shown.returncode == 3 and lost, shown
    fork, known = ((int(high, 16) << 32) + int(low, 16) for high, low in (lost.group(1, 2), lost.group(3, 4)))
    assert fork < known
    forced(former)
    assert rows(former) == "11"
    successor.start("-W")
    apart(former, successor)
    folder, text, count = gives_up(cluster, successor)
    assert count >= 1, text
    assert rows(former) == "11" and cluster.pair() == (former, successor)


def test_without_a_majority_the_operator_names_whom_he_stands_in_for(cluster):
    primary, standby = cluster.pair()
    arbiter = cluster.arbiters[0]
    primary.sql("drop table if exists own; create table own(i int); insert into own values (1)")
    arbiter.host.crash()
    primary.host.crash()
    wait_until(lambda: may_be_forced(standby, True), 20, "nobody else is heard")
    refused(standby.ctl("switch", "--force"), "--without %s" % primary.name, "--without %s" % arbiter.name)
    refused(standby.ctl("switch", "--force", "--without", arbiter.name))
    done = standby.ctl("switch", "--force", "--without", "nobody")
    assert done.returncode == 2 and '"nobody" is no other member' in done.stderr, done
    assert standby.role() != "primary"
    told = forced(standby, "--without", primary.name, "--without", arbiter.name)
    assert "decided without %s,%s." % (primary.name, arbiter.name) in told, told
    assert ", without %s, %s;" % tuple(m.name for m in (cluster.servers + cluster.arbiters) if m is not standby) \
        in standby.status().text
    standby.sql("insert into own values (2)")
    standby.kill_postmaster()       # it needs nobody to come up again
    wait_until(lambda: standby.role() == "primary", 20, "it opens alone")
    arbiter.host.boot()
    arbiter.start()
    wait_until(lambda: standby.status().word not in ("", "unknown"), 20, "the arbiter follows")
    primary.host.boot()
    primary.start("-W")
    checked(standby.ctl("enable-failover"))
    cluster.wait_switchable(60)
    assert rows(standby) == "2" and cluster.pair() == (standby, primary)


def test_force_has_nothing_to_do_where_the_primary_answers(cluster):
    primary, standby = cluster.pair()
    done = standby.ctl("switch", "--force")
    assert done.returncode == 3 and "the primary of the record answers" in done.stderr, done
    done = standby.ctl("rejoin", "--force", standby.name)
    assert done.returncode == 3 and "keeps it from following" in done.stderr, done
    done = standby.ctl("switch", "--without", primary.name)
    assert done.returncode == 2, done
    assert cluster.pair() == (primary, standby)


def test_right_after_the_stop_of_the_primary_the_force_waits_for_its_silence(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    primary.sql("create table own(i int); insert into own values (1)")
    checked(primary.ctl("detach", standby.name))
    primary.sql("insert into own values (2)")
    refused = standby.ctl("switch", "--force")
    assert refused.returncode == 3 and "the primary of the record answers" in refused.stderr, refused
    primary.stop()
    forced(standby)
    assert rows(standby) in ("1", "2")


def test_a_primary_whose_directory_is_gone_need_not_be_stopped_first(make_cluster):
    cluster = make_cluster().up()
    primary, standby = left_alone(cluster)
    primary.host.crash()
    cluster.net.join(standby.host)
    primary.host.boot()
    shutil.rmtree(primary.data)
    primary.start("--mc-only", "-W")
    wait_until(lambda: may_be_forced(standby), 40, "it says that it has nothing")
    assert primary.daemons() and standby.role() != "primary"
    forced(standby)
    assert rows(standby) == "1"
    checked(primary.ctl("setup", "-r", "standby", timeout=180))
    checked(standby.ctl("enable-failover"))
    cluster.wait_switchable(60)
    assert cluster.pair() == (standby, primary)
