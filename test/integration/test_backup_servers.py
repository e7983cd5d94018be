"""Backups beyond one host: what every server of a cluster has, seen from one of them."""
import json
import os
import re

from mcharness import MC_PORT, program, program_of, send, wait_until
from recoverhelp import archive_all, command, dump, folder, prepare


CALLERS = """
import socket, sys, time
held = []
for _ in range(60):
    held.append(socket.create_connection((sys.argv[1], int(sys.argv[2]))))
    held[-1].sendall(b"MCFILES\\n")
    time.sleep(0.1)
"""


def up(make_cluster):
    cluster = prepare(make_cluster())
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable()
    return cluster


def look(server, *more):
    return command(server, "pgx_rcvall", "-l", "--all-servers", *more)


def servers_of(done):
    return {one["server"]: one for one in json.loads(done.stdout)["servers"]}


def senders(server):
    return [pid for pid in server.host.pids() if program_of(pid) == "pgx_filesend"]


def test_the_newest_backup_and_the_newest_wal_of_all_servers_are_seen_from_any_of_them(make_cluster):
    cluster = up(make_cluster)
    primary, standby = cluster.pair()
    dump(primary)
    newest = os.path.basename(dump(primary))
    archive_all(primary)
    primary.sql("select pg_logical_emit_message(true, 'x', 'only the mirror of the primary has this')")
    written = primary.sql("select pg_current_wal_flush_lsn()")[0][0]
    wait_until(lambda: servers_of(look(standby, "--json"))[primary.name]["wal"]["end_lsn"] == written, 20,
               "the mirror has caught up, seen from the standby")
    for asker in (primary, standby):
        done = look(asker, "--json")
        assert done.returncode == 0 and not done.stderr, done
        seen = servers_of(done)
        assert [seen[s.name]["reached"] for s in cluster.servers] == [True, True]
        ours, theirs = seen[primary.name], seen[standby.name]
        assert ours["newest_generation"] == newest and theirs["newest_generation"] == ""
        assert [g["status"] for g in ours["store"]["generations"]] == ["COMPLETE", "COMPLETE"]
        assert ours["store"]["destination"] == folder(primary) and theirs["store"]["generations"] == []
        assert ours["newest_wal"] and not theirs["newest_wal"]
        assert ours["wal"]["place"] == "online_xlog" and theirs["wal"]["place"] == "archived_xlog"
        assert ours["wal"]["system_identifier"] == theirs["wal"]["system_identifier"]
    text = look(standby).stdout.splitlines()
    assert text[0].split() == ["Server", "Date", "Status", "Newest", "Dir", "Type", "Notes"]
    starred = [line for line in text if re.search(r" \* ", line)]
    assert len(starred) == 2 and all(line.startswith(primary.name + " ") for line in starred), text
    assert newest in starred[0] and "online_xlog/" in starred[1]

    # After the worst day: no instance, no agent there. What is missing is said, and with --mc-only it is seen again.
    for server in (standby, primary):
        server.ctl("stop", "-e")
    done = look(standby, "--json")
    assert done.returncode == 1 and "mc_ctl start --mc-only" in done.stderr, done
    seen = servers_of(done)
    assert not seen[primary.name]["reached"] and "refused" in seen[primary.name]["reason"], seen
    assert seen[standby.name]["newest_wal"], seen        # of those that are known
    assert primary.ctl("start", "--mc-only").returncode == 0
    wait_until(lambda: servers_of(look(standby, "--json"))[primary.name]["newest_generation"] == newest, 10,
               "the primary's backups are seen, and its instance does not run")
    assert not primary.instance_pids()


def test_what_goes_wrong_with_the_files_is_no_matter_of_the_agent(make_cluster):
    cluster = up(make_cluster)
    primary, standby = cluster.pair()
    dump(primary)
    agents = primary.daemons()
    # Killed, it comes again, and says so.
    for pid in senders(primary):
        send(pid, 9)
    wait_until(lambda: primary.host.logged("MCA01410") and senders(primary), 10, "pgx_filesend runs again")
    wait_until(lambda: look(standby).returncode == 0, 10, "and serves")
    # Frozen, whoever asks is told so in time, and the cluster does not notice.
    frozen = senders(primary)
    for pid in frozen:
        send(pid, 19)
    done = look(standby)
    assert done.returncode == 1 and "nothing was heard in time" in done.stderr, done
    for pid in frozen:
        send(pid, 18)
    wait_until(lambda: look(standby).returncode == 0, 20, "it goes on")
    # Callers who say nothing more hold places, of which there are eight, for some seconds, and no longer.
    crowd = standby.host.spawn(["/usr/bin/python3", "-c", CALLERS, primary.host.address, str(MC_PORT)])
    most = 0
    while crowd.poll() is None:
        most = max(most, len(senders(primary)))
    assert 1 < most <= 1 + 8, most
    wait_until(lambda: look(standby).returncode == 0, 20, "places are free again")
    wait_until(lambda: len(senders(primary)) == 1, 10, "nobody is left who waits")
    assert primary.daemons() == agents and cluster.wait_switchable(5)


def test_a_link_in_a_backup_directory_gives_out_nothing_of_what_it_leads_to(make_cluster):
    cluster = up(make_cluster)
    primary, standby = cluster.pair()
    archive_all(primary)
    newest = max(name for name in os.listdir(folder(primary, "archived_xlog")) if len(name) == 24)
    os.rename(folder(primary, "archived_xlog"), primary.host.dir + "/other_disk")
    os.symlink(primary.host.dir + "/other_disk", folder(primary, "archived_xlog"))    # as an administrator may
    seen = servers_of(look(standby, "--json"))[primary.name]
    assert seen["reached"] and seen["wal"]["segment"] >= newest, seen
