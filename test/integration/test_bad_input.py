"""What is refused: message, exit status, and that nothing was started and nothing changed."""
import hashlib
import json
import os
import re
import shutil

import pytest

from mcharness import MC_PORT, Status, checked, holds_for, now, program, sh, wait_until


def snapshot(host):
    """Every file of a host with mode, owner, time and contents, and every process."""
    files = {}
    for folder, folders, names in os.walk(host.dir):
        for name in folders + names:
            path = os.path.join(folder, name)
            if path == host.logfile:
                continue
            about = os.lstat(path)
            digest = ""
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as f:
                    digest = hashlib.sha256(f.read()).hexdigest()
            files[path] = (about.st_mode, about.st_uid, about.st_mtime_ns, digest)
    return files, sorted(host.pids())


@pytest.fixture(scope="module")
def place(template):
    """One host with a cluster that has been made and never started; tests put back what they change."""
    from conftest import Clusters
    program("mc_ctl")
    cluster = Clusters.make(template)
    cluster.init_all()
    yield cluster
    Clusters.drop(cluster)


def refused(server, argv, status, *patterns):
    """Runs it, expects this refusal, and that the host is as before."""
    before = snapshot(server.host)
    done = server.host.run(argv)
    said = done.stdout + done.stderr
    assert done.returncode == status, said
    for pattern in patterns:
        assert re.search(pattern, done.stderr), "%r is not in: %s" % (pattern, said)
    after = snapshot(server.host)
    assert after[1] == before[1], "the processes"
    assert {k: v for k, v in after[0].items() if before[0].get(k) != v} == {}, "what was made or changed"
    assert set(before[0]) <= set(after[0]), "what was removed"


def ctl(server, *argv):
    return [program("mc_ctl"), *argv]


def init_argv(cluster, server, **change):
    """mc_ctl init for a management directory that is not there yet."""
    words = {"-M": os.path.join(server.host.dir, "new.mc"), "--id": server.name, "-D": server.data}
    words.update(change)
    argv = ctl(server, "init")
    for name, value in words.items():
        argv += [name, value]
    for s in cluster.servers:
        argv += ["--server", s.address]
    return argv + ["--arbiter", cluster.arbiter.address]


class changed:
    """A file with other contents, or another mode, for the length of a block."""

    def __init__(self, path, text=None, append=None, mode=None):
        self.path, self.text, self.append, self.mode = path, text, append, mode

    def __enter__(self):
        with open(self.path, "rb") as f:
            self.old = f.read()
        self.about = os.stat(self.path)
        if self.text is not None or self.append is not None:
            with open(self.path, "wb") as f:
                f.write(self.text.encode() if self.text is not None else self.old + self.append.encode())
        if self.mode is not None:
            os.chmod(self.path, self.mode)

    def __exit__(self, *_):
        with open(self.path, "wb") as f:
            f.write(self.old)
        os.chmod(self.path, self.about.st_mode & 0o7777)


# ---- one server that is not running

@pytest.mark.parametrize("mode", ["start", "stop", "status", "enable-failover"])
def test_a_management_directory_that_others_can_read_is_refused_by_every_command(place, mode):
    server = place.servers[0]
    os.chmod(server.mcdir, 0o755)
    try:
        refused(server, ctl(server, mode, "-M", server.mcdir), 1, re.escape(server.mcdir), "0755",
                "others", "chmod go=")
    finally:
        os.chmod(server.mcdir, 0o700)


@pytest.mark.parametrize("name", ["cluster.key", "network.conf", "server1.conf"])
def test_a_file_of_ours_that_others_can_read_is_refused(place, name):
    server = place.servers[0]
    path = os.path.join(server.mcdir, name)
    with changed(path, mode=0o644):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, re.escape(path), "0644|mode")


def test_a_missing_management_directory_is_named(place):
    server = place.servers[0]
    refused(server, ctl(server, "start", "-M", "/nonexistent/mc"), 1, "/nonexistent/mc", "init")


def test_no_management_directory_at_all_is_wrong_usage(place):
    server = place.servers[0]
    refused(server, ctl(server, "status"), 2, "-M", "MCCONTROLDIR")


@pytest.mark.parametrize("argv", [["strat"], ["start", "--wait-a-bit"], ["start", "-f", "-F"],
                                  ["start", "-w", "-W"], [], ["status", "surplus"], ["init"]])
def test_wrong_usage_is_told_with_status_2(place, argv):
    server = place.servers[0]
    refused(server, ctl(server, *argv), 2, "mc_ctl")


def test_an_unknown_setting_is_named_with_file_line_and_the_nearest_name(place):
    server = place.servers[0]
    path = os.path.join(server.mcdir, "server1.conf")
    with open(path) as f:
        line = len(f.readlines()) + 1
    with changed(path, append="heartbeat_intervall = '300ms'\n"):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1,
                "server1.conf.*%d" % line, "heartbeat_intervall", r"heartbeat_interval\b")


def test_a_mistake_in_the_settings_hides_nothing_from_who_only_looks(cluster):
    """The daemon runs on with the settings of its start: status names the mistake, and shows what there is to be seen."""
    primary, standby = cluster.pair()
    for server in (primary, standby):
        with changed(os.path.join(server.mcdir, server.name + ".conf"), append="heartbeat_intervall = '300ms'\n"):
            done = server.ctl("status")
            assert done.returncode == 1 and "heartbeat_intervall" in done.stderr, done
            seen = Status(done)
            assert seen.word == "switchable" and seen.role(primary) == "primary" and seen.role(standby) == "standby"
            done = server.ctl("disable-failover")
            assert done.returncode == 1 and "heartbeat_intervall" in done.stderr, "who would change something is refused"
            assert server.ctl("status", "--check").returncode == 1
            told = server.ctl("status", "--json")
            assert told.returncode == 1 and json.loads(told.stdout)["mirroring_status"] == "switchable", told
    standby.stop()
    with changed(os.path.join(standby.mcdir, standby.name + ".conf"), append="heartbeat_intervall = '300ms'\n"):
        done = standby.ctl("status")
        assert done.returncode == 1 and "heartbeat_intervall" in done.stderr, done
        assert Status(done).role(standby) == "none(inactivated standby)", done.stdout
    assert standby.ctl("status").returncode == 4
    standby.start()
    cluster.wait_switchable(30)


@pytest.mark.parametrize("value", ["-1", "200 parsecs", "99999999999999999999", "''"])
def test_a_value_that_cannot_be_is_named_with_file_and_line(place, value):
    server = place.servers[0]
    path = os.path.join(server.mcdir, "server1.conf")
    with open(path) as f:
        text = re.sub(r"(?m)^#?\s*heartbeat_interval\s*=.*\n", "", f.read())
    line = text.count("\n") + 1
    with changed(path, text=text + "heartbeat_interval = %s\n" % value):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "server1.conf.*%d" % line,
                re.escape(value.strip("'")))


def test_a_lease_longer_than_the_detection_allows_is_refused(place):
    server = place.servers[0]
    path = os.path.join(server.mcdir, "server1.conf")
    with open(path) as f:
        text = re.sub(r"(?m)^#?\s*lease_timeout\s*=.*\n", "", f.read())
    with changed(path, text=text + "lease_timeout = 1900ms\n"):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "server1.conf", "lease_timeout",
                "1700")


@pytest.mark.parametrize("text, said", [
    ("server1 10.78.0.11 27540 server\nserver1 10.78.0.12 27540 server\n", "server1"),
    ("server1 10.78.0.11 port server\n", "port"),
    ("server1 10.78.0.11 270000 server\n", "270000"),
    ("server1 10.78.0.11\n", "network.conf"),
    ("server1 10.78.0.11 27540 primary\n", "primary"),
])
def test_a_wrong_network_conf_is_named_with_its_line(place, text, said):
    server = place.servers[0]
    with changed(os.path.join(server.mcdir, "network.conf"), text=text):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "network.conf", said)


def test_a_host_that_is_in_no_line_of_network_conf_is_refused(place):
    server = place.servers[0]
    path = os.path.join(server.mcdir, "network.conf")
    with open(path) as f:
        text = f.read().replace("10.78.0.11", "10.78.0.99")
    with changed(path, text=text):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "--local-server")


def test_a_data_directory_that_is_none_is_refused_by_init_and_by_start(place):
    server = place.servers[0]
    empty = os.path.join(server.host.dir, "empty")
    sh("install", "-d", "-o", "postgres", "-g", "postgres", "-m", "700", empty)
    refused(server, init_argv(place, server, **{"-D": empty}), 1, re.escape(empty), "data directory")
    refused(server, init_argv(place, server, **{"-D": "/nonexistent/data"}), 1, "/nonexistent/data")
    path = os.path.join(server.mcdir, "server1.conf")
    with open(path) as f:
        text = f.read().replace(server.data, empty)
    with changed(path, text=text):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, re.escape(empty), "data directory")


def test_a_postgresql_that_is_too_old_is_refused(place):
    server = place.servers[0]
    with changed(os.path.join(server.data, "PG_VERSION"), text="12\n"):
        refused(server, init_argv(place, server), 1, "12", "13")
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "12", "13")


def test_a_socket_path_that_the_system_does_not_allow_is_refused(place):
    server = place.servers[0]
    deep = os.path.join(server.host.dir, "d" * (100 - len(server.host.dir)))
    refused(server, init_argv(place, server, **{"-M": deep}), 1, "107", "shorter")


def test_a_management_directory_inside_the_data_directory_is_refused(place):
    server = place.servers[0]
    refused(server, init_argv(place, server, **{"-M": server.data + "/mc"}), 1, "inside the data directory")


def test_a_port_in_use_is_refused_and_named(place):
    server = place.servers[0]
    other = server.host.spawn(["/usr/bin/python3", "-c", (
        "import socket, time; s = socket.socket();"
        "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1);"
        "s.bind(('%s', %d)); s.listen(); time.sleep(60)" % (server.host.address, MC_PORT))])
    try:
        wait_until(lambda: str(MC_PORT) in server.host.run(["ss", "-ltn"]).stdout, 5, "the port is taken")
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, server.host.address, str(MC_PORT),
                "in use")
    finally:
        other.kill()
        for pid in server.host.pids():
            os.kill(pid, 9)
        other.wait()
        wait_until(lambda: server.host.pids() == [], 5, "the other program is gone")


def test_init_where_other_contents_are_is_refused_and_where_the_same_are_is_fine(place):
    server = place.servers[0]
    argv = init_argv(place, server, **{"-M": server.mcdir})
    checked(server.host.run(argv))
    with changed(os.path.join(server.mcdir, "network.conf"), append="# a line of mine\n"):
        refused(server, argv, 3, "network.conf")
    path = os.path.join(server.mcdir, "server1.conf")
    with changed(path, append="\nheartbeat_retry = 4\n"):
        before = snapshot(server.host)
        checked(server.host.run(argv))
        assert snapshot(server.host) == before, "settings that an operator edited are kept"
    with open(path) as f:
        other = f.read().replace(server.data, "/somewhere/else")
    with changed(path, text=other):
        refused(server, argv, 3, "server1.conf")


@pytest.mark.parametrize("setting, said", [
    ("db_instance_username = 'nobody at all'", "db_instance_password is not set"),
    ("replication_conninfo = 'usr=repl'", 'invalid connection option "usr"'),
    ("bin_directory = '/nonexistent'", "bin_directory.*/nonexistent/postgres"),
])
def test_a_setting_that_cannot_work_with_the_instance_is_refused_before_anything_starts(
        place, setting, said):
    server = place.servers[0]
    with changed(os.path.join(server.mcdir, "server1.conf"), append="\n" + setting + "\n"):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "server1.conf", said)


def test_a_data_directory_without_the_include_line_is_refused_with_its_cure(place):
    server = place.servers[0]
    with changed(os.path.join(server.data, "postgresql.conf"), text="# nothing\n"):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "mc.auto.conf", "mc_ctl init")


def test_a_setting_of_ours_in_the_administrators_files_is_refused_with_file_and_line(place):
    server = place.servers[0]
    path = os.path.join(server.data, "postgresql.auto.conf")
    with changed(path, append="synchronous_standby_names = '*'\n"):
        with open(path) as f:
            line = len(f.readlines())
        refused(server, init_argv(place, server), 1, "synchronous_standby_names", "postgresql.auto.conf",
                "line %d" % line)
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "synchronous_standby_names",
                "postgresql.auto.conf")


def test_the_key_of_the_servers_is_refused_to_an_arbiter_and_the_arbiters_to_a_server(place):
    server, arbiter = place.servers[0], place.arbiter
    with open(os.path.join(arbiter.mcdir, "cluster.key")) as f:
        arbiters_key = f.read()
    with open(os.path.join(server.mcdir, "cluster.key")) as f:
        servers_key = f.read()
    with changed(os.path.join(server.mcdir, "cluster.key"), text=arbiters_key):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "key")
    with changed(os.path.join(arbiter.mcdir, "cluster.key"), text=servers_key):
        before = snapshot(arbiter.host)
        done = arbiter.ctl("start")
        assert done.returncode == 1 and "key" in done.stderr, done.stderr
        assert snapshot(arbiter.host) == before


def test_a_key_that_is_too_short_is_refused(place):
    server = place.servers[0]
    with changed(os.path.join(server.mcdir, "cluster.key"), text="secret\n"):
        refused(server, ctl(server, "start", "-M", server.mcdir), 1, "cluster.key|key", "32")


def test_a_file_that_is_none_of_ours_is_refused_by_mc_arb_init(place):
    arbiter = place.arbiter
    target = os.path.join(arbiter.host.dir, "new.mc")
    before = snapshot(arbiter.host)
    done = arbiter.host.run([program("mc_arb"), "init", "-M", target, "--id", "arbiter1", "--from",
                             arbiter.host.logfile])
    assert done.returncode in (1, 2), done.stdout
    assert arbiter.host.logfile in done.stderr
    assert snapshot(arbiter.host) == before


# ---- a server of a running cluster

def undisturbed(cluster, primary, epoch):
    """The cluster goes on under the record it had."""
    assert primary.role() == "primary"
    assert record_of(primary) == epoch, "the record is the one from before"


def record_of(server):
    """The newest record that a server has logged as chosen."""
    lines = server.host.logged("MCA01020")
    return lines[-1][1].split("record of ")[1] if lines else None


def test_a_key_that_differs_from_the_peers_keeps_a_server_out_and_both_say_so(cluster):
    primary, standby = cluster.pair()
    standby.stop()
    epoch = record_of(primary)
    start = now()
    with changed(os.path.join(standby.mcdir, "cluster.key"), text="f" * 64 + "\n"):
        standby.start("--mc-only", "-W")
        wait_until(lambda: primary.host.logged("MCA01092.*|MCA01096.*", start), 8, "the primary says so")
        line = primary.host.logged("key is wrong", start)
        assert line, "and why"
        wait_until(lambda: standby.host.logged("MCA01096.*key|key.*MCA01096", start), 8,
                   "the server itself says so")
        holds_for(lambda: True, 1.5, "it goes on trying")
        assert len(primary.host.logged("MCA01092.*%s" % re.escape(standby.host.address), start)) <= 1
        assert len(primary.host.logged("key is wrong", start)) == 1, "once, not with every attempt"
        undisturbed(cluster, primary, epoch)
        standby.stop("-e")
    standby.start("-W")
    cluster.wait_switchable()


def test_members_in_another_order_are_refused_by_both(make_cluster):
    """Before there is a record: the numbers of one would name others at the other."""
    cluster = make_cluster()
    cluster.init_all()
    first, second = cluster.servers
    path = os.path.join(second.mcdir, "network.conf")
    with open(path) as f:
        lines = f.read().splitlines(True)
    at = [n for n, line in enumerate(lines) if line.startswith("server")]
    lines[at[0]], lines[at[1]] = lines[at[1]], lines[at[0]]
    with open(path, "w") as f:
        f.writelines(lines)
    cluster.arbiter.start()
    second.start("--mc-only", "-W")
    first.start("-W")
    for server, other in ((first, second), (second, first)):
        wait_until(lambda: server.host.logged('"%s" has other members.*MCA01094' % other.name), 8, "it says so")
    holds_for(lambda: first.role() is None, 2, "no cluster is made")
    assert not cluster.logged("MCA01020"), "no record"


def test_a_data_directory_in_use_is_refused_to_a_second_management_directory(cluster):
    primary, standby = cluster.pair()
    argv = init_argv(cluster, primary)
    done = primary.host.run(argv)
    assert done.returncode == 3, done.stdout + done.stderr
    assert 'belongs to the management directory "%s"' % primary.mcdir in done.stderr
    assert primary.role() == "primary"
    cluster.wait_switchable()


def test_a_peer_with_other_members_in_its_file_is_reported_and_not_counted(cluster):
    primary, standby = cluster.pair()
    standby.stop()
    epoch = record_of(primary)
    start = now()
    path = os.path.join(standby.mcdir, "network.conf")
    with open(path) as f:
        text = f.read()
    with changed(path, append="server3 10.78.0.13 27540 server\n"):  # a line more is no voter more (E4)
        standby.start("--mc-only", "-W")
        wait_until(lambda: "no voters, whatever network.conf says: server3" in standby.status().text, 8, "it says so")
        undisturbed(cluster, primary, epoch)
        standby.stop()
    with changed(path, text=text.replace("\narbiter1 ", "\narbiter9 ")):
        standby.ctl("start", "--mc-only", "-W")
        wait_until(lambda: standby.host.logged(
            'network.conf differs from the members of the record at server "%s" .MCA01027' % standby.name, start), 8,
            "it says so")
        wait_until(lambda: standby.daemons() == [], 5, "and does not take part")
        undisturbed(cluster, primary, epoch)
        assert standby.ctl("stop").returncode == 0, "nothing of it runs"
    standby.start("-W")
    cluster.wait_switchable()


def test_a_server_of_another_cluster_at_the_same_address_changes_nothing(cluster, make_cluster):
    """Same names, same addresses, same key: only the cluster's id differs."""
    primary, standby = cluster.pair()
    other = make_cluster()
    other.init_all()
    key = os.path.join(primary.mcdir, "cluster.key")
    for server in other.servers:
        shutil.copy(key, os.path.join(server.mcdir, "cluster.key"))
    stranger = [s for s in other.servers if s.name == standby.name][0]
    # its arbiter's file was made from the other key: let it be made again
    shutil.rmtree(other.arbiter.mcdir)
    made = os.path.join(cluster.servers[0].mcdir, "arbiter1.init")
    checked(other.arbiter.ctl("init", "--id", "arbiter1", "--from", other._carry(made, other.arbiter.host)))
    other.start_first("-f")
    standby.stop()
    epoch = record_of(primary)
    start = now()
    # the stranger's cable is put into this cluster's switch, at the standby's place
    cluster.net.cut(standby.host)
    sh("ip", "-n", other.net.ns, "link", "set", "p-" + stranger.name, "name", "p-x", "netns", cluster.net.ns)
    sh("ip", "-n", cluster.net.ns, "link", "set", "p-x", "master", "br0", "up")
    wait_until(lambda: cluster.logged("MCA01093", start) or stranger.host.logged("MCA01093", start), 10,
               "it is reported")
    holds_for(lambda: primary.role() == "primary", 2.5, "the primary serves")
    undisturbed(cluster, primary, epoch)
    assert len(primary.host.logged("MCA01093", start)) <= 1, "once"
    sh("ip", "-n", cluster.net.ns, "link", "del", "p-x")
    cluster.net.mend()
    standby.start("-W")
    cluster.wait_switchable()


def test_a_start_of_postgresql_with_a_foreign_setting_is_refused_in_a_running_cluster(cluster):
    primary, standby = cluster.pair()
    standby.stop()
    path = os.path.join(standby.data, "postgresql.auto.conf")
    with changed(path, append="hba_file = '/etc/hosts'\n"):
        done = standby.ctl("start")
        assert done.returncode == 1, done.stdout
        assert "hba_file" in done.stderr and "postgresql.auto.conf" in done.stderr, done.stderr
        assert standby.instance_pids() == []
    standby.start("-W")
    cluster.wait_switchable()


def test_the_tools_that_these_tests_rest_on_see_a_change(place):
    """snapshot() itself: one byte, one mode, one process."""
    host = place.servers[0].host
    path = os.path.join(place.servers[0].mcdir, "network.conf")
    before = snapshot(host)
    with changed(path, append="x"):
        assert snapshot(host)[0] != before[0]
    with changed(path, mode=0o640):
        assert snapshot(host)[0] != before[0]
    sleeper = host.spawn(["sleep", "60"])
    wait_until(lambda: snapshot(host)[1] != before[1], 3, "a process is seen")
    sleeper.kill()
    for pid in host.pids():
        os.kill(pid, 9)
    sleeper.wait()
