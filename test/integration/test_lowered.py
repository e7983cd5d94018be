"""Settings that let commits pass which no standby has: they are found, said once, and shown until they are gone."""
from mcharness import wait_until

STATUS = "commits that wait for no standby: "


def test_who_commits_without_the_standby_is_named_with_the_cure(cluster):
    primary, standby = cluster.pair()
    assert STATUS not in primary.status().text
    primary.sql('create role "the app" login; alter role "the app" set synchronous_commit = local')
    primary.sql("alter database postgres set synchronous_commit = on")      # lowers nothing
    found = r'WARNING: commits of role "the app" wait for no standby: synchronous_commit is local \(MCA01602\)'
    wait_until(lambda: primary.host.logged(found), 40, "the log names the role")
    assert primary.host.logged(r'what ends it: ALTER ROLE "the app" RESET synchronous_commit \(MCA01602\)')
    assert STATUS + 'synchronous_commit of role "the app" is local: ALTER ROLE "the app" RESET synchronous_commit\n' \
        in primary.status().text
    assert primary.status("--check").code == 0
    primary.sql("alter database postgres set synchronous_commit = off")
    primary.sql("alter system set synchronous_commit = remote_write")
    primary.sql("select pg_reload_conf()")
    wait_until(lambda: primary.host.logged(r'commits of database "postgres" wait for no standby: synchronous_commit is off'),
               40, "a database is found, too")
    assert primary.host.logged(r"commits of the server wait for no standby: synchronous_commit is remote_write")
    assert "and 2 more in the log" in primary.status().text
    assert len(primary.host.logged(found)) == 1, "what is known is not said again"
    assert not standby.host.logged("MCA01602")
    primary.sql('alter role "the app" reset synchronous_commit')
    primary.sql("alter database postgres reset synchronous_commit")
    primary.sql("alter system reset synchronous_commit")
    primary.sql("select pg_reload_conf()")
    wait_until(lambda: STATUS not in primary.status().text, 40, "nothing is left of it")


def test_a_name_writes_no_lines_of_status(cluster):
    primary, _ = cluster.pair()
    primary.sql('create role "x\nswitchable\x1b[2J"; alter role "x\nswitchable\x1b[2J" set synchronous_commit = off')
    wait_until(lambda: STATUS in primary.status().text, 40, "status names the role")
    said = primary.status().text
    assert STATUS + 'synchronous_commit of role "x?switchable?[2J" is off' in said and "\x1b" not in said
    primary.sql('drop role "x\nswitchable\x1b[2J"')
    wait_until(lambda: STATUS not in primary.status().text, 40, "nothing is left of it")
