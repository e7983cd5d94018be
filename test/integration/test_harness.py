"""The hosts that all the other tests stand on: real PostgreSQL on them, none of our programs."""
import os
import subprocess
import time

import pytest

from mcharness import PGBIN, PY, holds_for, now, sh, wait_until


@pytest.fixture(scope="module")
def lone(template):
    """One instance that nobody looks after, and its clients' table."""
    from conftest import Clusters
    cluster = Clusters.make(template)
    server = cluster.servers[0]
    server.make_data()
    server.host.spawn([PGBIN + "/postgres", "-D", server.data], stderr=-3)
    wait_until(lambda: server.role() == "primary", 10, "PostgreSQL is up")
    yield cluster
    Clusters.drop(cluster)


def test_a_host_has_a_log_of_its_own_and_the_machine_has_none_of_it(lone):
    first, second = lone.hosts["server1"], lone.hosts["server2"]
    first.run(["logger", "-u", "/dev/log", "said on the first"])
    wait_until(lambda: first.logged("said on the first"), 2, "the line arrives")
    assert not second.logged("said on the first")
    assert os.stat("/dev").st_dev != 0 and not os.path.exists(first.dir + "/log")


def test_a_host_sees_only_its_own_processes_and_has_a_boot_id_of_its_own(lone):
    first, second = lone.hosts["server1"], lone.hosts["server2"]
    assert "postgres" in first.run(["ps", "ax"]).stdout
    assert "postgres" not in second.run(["ps", "ax", "-o", "comm"]).stdout
    ids = {host.run(["cat", "/proc/sys/kernel/random/boot_id"]).stdout for host in (first, second)}
    assert len(ids) == 2
    second.crash()
    second.boot()
    assert second.run(["cat", "/proc/sys/kernel/random/boot_id"]).stdout not in ids


def test_the_writers_see_a_cut_and_its_end_and_nothing_is_lost(lone):
    server = lone.servers[0]
    fleet = lone.fleet()
    cut = now()
    lone.net.cut(server.host)
    time.sleep(1.2)
    lone.net.join(server.host)
    fleet.wait_acks(20, server, now())
    assert 1.1 < fleet.outage(cut) < 4
    local = [a for a in fleet.acks(server, cut) if a.client >= 20 and a.t < cut + 1]
    assert local, "a client on the host itself is not cut off"
    assert len(fleet.check(server)) > 50


def datagram_arrives(source, target):
    # both may know each other's link address from before: a lookup would need both directions
    for host, other in ((source, target), (target, source)):
        link = other.run(["cat", "/sys/class/net/eth0/address"]).stdout.strip()
        sh("ip", "-n", host.ns, "neigh", "replace", other.address, "lladdr", link, "dev", "eth0")
    listener = target.spawn([PY, "-c", (
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(0.6);"
        "s.bind(('0.0.0.0', 9)); print('bound', flush=True); print(s.recv(9))")], user="root",
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert listener.stdout.readline() == "bound\n"
    source.run([PY, "-c", "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
                "s.sendto(b'x', ('%s', 9))" % target.address])
    return "x" in listener.communicate()[0]


def test_a_drop_in_one_direction_lets_the_other_pass(lone):
    a, b = lone.hosts["server1"], lone.clients
    lone.net.drop(b, a)
    assert datagram_arrives(a, b)
    assert not datagram_arrives(b, a)
    lone.net.mend()
    assert datagram_arrives(b, a)


def test_a_frozen_host_answers_nobody_until_it_is_thawed(lone):
    server = lone.servers[0]
    fleet = lone.fleet()
    server.host.freeze()
    frozen = now()
    holds_for(lambda: not fleet.acks(server, frozen + 0.1), 0.7, "no write is acknowledged")
    server.host.thaw()
    fleet.wait_acks(20, server, now())
    fleet.check(server)


def test_a_crashed_host_has_no_process_left(lone):
    host = lone.hosts["server2"]
    host.spawn(["sleep", "1000"])
    wait_until(lambda: len(host.pids()) == 1, 2, "it runs")
    host.crash()
    assert host.pids() == []
    host.boot()


def test_nothing_of_a_cluster_is_seen_in_the_machines_own_network(lone):
    assert "10.78.0" not in sh("ip", "addr").stdout
    assert "br0" not in sh("ip", "link").stdout
