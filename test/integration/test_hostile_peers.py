"""Who is not a member, or speaks as none should: refused, said once, and nothing else happens."""
import hashlib
import hmac
import importlib
import os
import re
import select
import struct
import subprocess
import sys
import time

import pytest

from mcharness import MC_PORT, ROOT, RUN, holds_for, now, sh, wait_until

VERSIONS = b"MCHI" + struct.pack(">HH", 2, 2)


def hello(cluster):
    """With the members as every one of these clusters has them."""
    digest = 0xcbf29ce484222325
    members = cluster.servers + cluster.arbiters
    for m in members:
        for byte in m.name.encode() + (b"\1" if m in cluster.arbiters else b"\2"):
            digest = (digest ^ byte) * 0x100000001b3 % 2 ** 64
    return VERSIONS + struct.pack(">Q", len(members) << 56 | digest % 2 ** 56)


def hkdf(secret, info):
    """RFC 5869 with SHA-256, no salt, 32 bytes."""
    prk = hmac.new(b"\0" * 32, secret, hashlib.sha256).digest()
    return hmac.new(prk, info.encode() + b"\1", hashlib.sha256).digest()


def secret_of(server):
    with open(os.path.join(server.mcdir, "cluster.key"), "rb") as f:
        return f.read().rstrip()


def arbiter_secret(arbiter):
    with open(os.path.join(arbiter.mcdir, "cluster.key")) as f:
        return bytes.fromhex(re.search(r"mc1 ARBITER \S+ ([0-9a-f]{64})", f.read()).group(1))


class Caller:
    """A TLS client with a key of its choice, on the host of the clients or another one."""

    def __init__(self, cluster, to, identity=None, key=b"", host=None):
        argv = ["openssl", "s_client", "-quiet", "-connect", "%s:%d" % (to.host.address, to.port),
                "-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256", "-groups", "X25519"]
        if identity is not None:
            argv += ["-psk_identity", identity, "-psk", key.hex()]
        self.process = (host or cluster.clients).spawn(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def send(self, payload):
        self.raw(struct.pack(">I", len(payload)) + payload)

    def raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def heartbeat(self, wire, timeout=5):
        """The first that is received. They go where something was heard last: an answer that fits no question is said
        until then."""
        end, got = now() + timeout, b""
        answer = wire.Message()
        answer.heartbeat_answer.agent = 1
        while now() < end:
            self.send(answer.SerializeToString())
            if select.select([self.process.stdout], [], [], 0.01)[0]:
                got += os.read(self.process.stdout.fileno(), 65536)
            while len(got) >= 4 and len(got) >= 4 + int.from_bytes(got[:4], "big"):
                size = int.from_bytes(got[:4], "big")
                frame, got = got[4:4 + size], got[4 + size:]
                if frame.startswith(VERSIONS[:4]):
                    continue
                message = wire.Message.FromString(frame)
                if message.WhichOneof("u") == "heartbeat":
                    return message.heartbeat
        raise AssertionError("no heartbeat within %.1f s" % timeout)

    def ended(self, timeout=5):
        """Whether the other side closes within the time; what it said."""
        try:
            out, err = self.process.communicate(timeout=timeout)
            return True, out, err.decode(errors="replace")
        except subprocess.TimeoutExpired:
            return False, b"", ""

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


class Watch:
    """That the cluster goes on as before, and how often something was logged."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.primary, self.standby = cluster.pair()
        self.fleet = cluster.fleet()
        self.timeline, self.daemons = self.primary.timeline(), self.primary.daemons()
        self.start = now()

    def said(self, pattern, timeout=4):
        return wait_until(lambda: self.primary.host.logged(pattern, self.start), timeout, pattern)

    def undisturbed(self):
        self.cluster.wait_switchable()
        assert self.cluster.pair() == (self.primary, self.standby)
        assert (self.primary.timeline(), self.primary.daemons()) == (self.timeline, self.daemons)
        assert not self.cluster.logged("MCA01020", self.start), "no new record"
        self.fleet.wait_acks(10, self.primary, now())
        assert self.fleet.outage(self.start) < 1.0
        self.fleet.check(self.primary)


@pytest.fixture
def watch(cluster):
    return Watch(cluster)


@pytest.fixture(scope="session")
def wire(template):
    """The messages of defs/wire.proto, made by protoc."""
    folder = RUN + "/wire"
    os.makedirs(folder, exist_ok=True)
    sh("protoc", "-I", ROOT + "/defs", "--python_out=" + folder, ROOT + "/defs/wire.proto")
    sys.path.insert(0, folder)
    return importlib.import_module("wire_pb2")


def test_a_caller_without_a_key_is_refused_and_logged_once(cluster, watch):
    for _ in range(3):
        caller = Caller(cluster, watch.primary)
        assert caller.ended()[0], "the connection is closed"
    lines = watch.said("MCA01092.*|refused a connection from 10.78.0.31")
    assert len([x for x in lines if "refused a connection from 10.78.0.31" in x[1]]) == 1
    watch.undisturbed()


def test_a_caller_with_a_wrong_key_is_refused_and_logged_once(cluster, watch):
    identity = "mc1 %s %s" % (watch.standby.name, watch.primary.name)
    for _ in range(3):
        caller = Caller(cluster, watch.primary, identity, b"\x42" * 32)
        assert caller.ended()[0], "the connection is closed"
    lines = watch.said("refused a connection from 10.78.0.31: its key is wrong")
    assert len(lines) == 1
    watch.undisturbed()


def test_an_arbiters_key_does_not_open_a_connection_as_a_server(cluster, watch):
    """With all that its file holds: its own secret, for the server's pair text."""
    identity = "mc1 %s %s" % (watch.standby.name, watch.primary.name)
    caller = Caller(cluster, watch.primary, identity, hkdf(arbiter_secret(cluster.arbiter), identity),
                    host=cluster.arbiter.host)
    assert caller.ended()[0]
    watch.said("refused a connection from 10.78.0.21: its key is wrong")
    watch.undisturbed()


def test_the_own_name_of_a_server_is_refused_to_everybody_else(cluster, watch):
    """As when its own hello is sent back to it."""
    identity = "mc1 %s %s" % (watch.primary.name, watch.standby.name)
    caller = Caller(cluster, watch.primary, identity, hkdf(secret_of(watch.primary), identity))
    assert caller.ended()[0]
    watch.said("refused a connection from 10.78.0.31: it speaks in the name of this server")
    watch.undisturbed()


def test_what_is_not_tls_is_refused(cluster, watch):
    talker = cluster.clients.spawn(["/usr/bin/python3", "-c", (
        "import socket\ns = socket.create_connection(('%s', %d), 3)\n"
        "s.sendall(b'GET / HTTP/1.1\\r\\n\\r\\n')\ns.settimeout(5)\n"
        "while s.recv(4096):\n  pass" % (watch.primary.host.address, MC_PORT))],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    talker.wait(8)
    watch.said("refused a connection from 10.78.0.31")
    watch.undisturbed()


def member(watch):
    """Somebody who stole the standby's key: the real one is there at the same time."""
    identity = "mc1 %s %s" % (watch.standby.name, watch.primary.name)
    return Caller(watch.cluster, watch.primary, identity, hkdf(secret_of(watch.primary), identity))


def hear_as_member(watch, wire):
    """Connected, and a heartbeat received. Members make their connections anew when their address is news to them:
    then this one ends, too."""
    for _ in range(20):
        caller = member(watch)
        try:
            caller.send(hello(watch.cluster))
            return caller, caller.heartbeat(wire)
        except BrokenPipeError:
            caller.close()
            time.sleep(0.2)
    raise AssertionError("every connection ended")


def test_a_frame_of_four_gigabytes_ends_the_connection(cluster, watch):
    caller = member(watch)
    caller.send(hello(cluster))
    caller.raw(b"\xff\xff\xff\xff" + b"x" * 100)
    assert caller.ended()[0]
    watch.said("MCA01095|cannot be understood")
    watch.undisturbed()


def test_bytes_that_are_no_message_are_dropped_and_logged_once(cluster, watch):
    caller = member(watch)
    caller.send(hello(cluster))
    for _ in range(5):
        caller.send(os.urandom(200))
    lines = watch.said("cannot be understood")
    assert len(lines) == 1
    caller.close()
    watch.undisturbed()


def test_an_old_record_told_as_chosen_is_refused_and_logged_once(cluster, watch, wire):
    """One of this very cluster, with all that makes it believable: only its epoch is past."""
    caller, beat = hear_as_member(watch, wire)
    assert beat.epoch > 1
    message = wire.Message()
    record = message.chosen.record
    record.cluster, record.line, record.epoch = beat.cluster, beat.line, beat.epoch - 1
    record.system_identifier = beat.system_identifier
    record.primary = int(watch.standby.name[-1])
    record.primary_dir = 77
    record.automatic = True
    record.timeline = beat.wal.timeline + 1
    record.start = beat.wal.lsn
    record.cause = 7
    for s in cluster.servers:
        record.voters.add(name=s.name, kind=0)
    record.voters.add(name="arbiter1", kind=1)
    message.chosen.ballot.number = 10 ** 6
    message.chosen.ballot.member = record.primary
    message.chosen.ballot.incarnation = 1
    for _ in range(3):
        caller.send(message.SerializeToString())
    said = watch.said("MCA01097")
    assert '"%s" takes the record of epoch %d for the latest, which is %d' % (
        watch.standby.name, beat.epoch - 1, beat.epoch) in said[0][1]
    holds_for(lambda: watch.primary.role() == "primary", 1.5, "it serves")
    caller.close()
    assert len([line for line in watch.said("MCA01097") if "takes the record" in line[1]]) == 1
    watch.undisturbed()


def test_a_proposal_of_another_cluster_is_refused(cluster, watch, wire):
    message = wire.Message()
    message.prepare.cluster = b"\x02" * 16
    message.prepare.ballot.number = 10 ** 6
    message.prepare.ballot.member = int(watch.standby.name[-1])
    message.prepare.ballot.incarnation = 1
    message.prepare.purpose = 2
    for _ in range(3):
        message.prepare.memory.add(incarnation=1, generation=1)
    caller = member(watch)
    caller.send(hello(cluster))
    caller.send(message.SerializeToString())
    holds_for(lambda: watch.primary.role() == "primary", 1.5, "it serves")
    caller.close()
    watch.undisturbed()


def test_many_strangers_at_once_do_not_keep_members_out(cluster, watch):
    """Half-open connections: the oldest goes when one more comes."""
    crowd = cluster.clients.spawn(["/usr/bin/python3", "-c", (
        "import socket, time\nkeep = []\n"
        "for i in range(200):\n"
        "  keep.append(socket.create_connection(('%s', %d), 3))\n"
        "time.sleep(3)" % (watch.primary.host.address, MC_PORT))], stderr=subprocess.DEVNULL)
    holds_for(lambda: watch.primary.role() == "primary", 2, "it serves")
    # a member that must connect anew gets in beside them
    cluster.arbiter.stop("-e")
    cluster.arbiter.start()
    wait_until(lambda: "online" in watch.primary.ctl("status", "--arbiter").stdout, 6, "the arbiter is back")
    crowd.wait(20)
    watch.undisturbed()
