"""The kinds of faults. Each is a generator: up to its yield it does harm, after it it undoes it.

What is yielded are the same things in the simulator's words (sim/story_faults.c), "{}" being the target; what comes
after the yield may yield once more, for the end. NotNow: it cannot be done at present, and nothing was done. `main`
kinds make a primary lose its role, mostly; `heavy` ones want the host for themselves.
"""
import contextlib
import os
import re
import shutil
import signal
from collections import namedtuple

from mcharness import PgError, now, send
from watch import state_path

Kind = namedtuple("Kind", "name on shortest longest main heavy run")
KINDS = {}
PORTS = {"wal": 5432, "agents": 27540}
AWAY = {"kill-agent", "restart-agent", "delete-memory", "put-back-memory"}      # until the agent has started
ASLEEP = {"stop-agent", "suspend-host"}                                         # until it is woken


class NotNow(Exception):
    pass


def kind(name, on, seconds=(0, 0), main=False, heavy=False):
    """on: primary, standby, server, arbiter, member, pair (of members), way (from one to another), servers."""
    def register(run):
        KINDS[name] = Kind(name, on, *seconds, main, heavy, run)
        return run
    return register


# ---- processes
def daemon(member, what):
    """The agent's or the monitor's process id."""
    with open(os.path.join(member.mcdir, member.name + ".pid")) as f:
        number = re.search(r"(?m)^%s (\d+) " % what, f.read())
    if number is None:
        raise NotNow()
    return member.host.outer(int(number.group(1)))


def instance_process(server, what):
    if what == "postmaster":
        return server.postmaster()
    for pid in server.instance_pids():
        with contextlib.suppress(OSError), open("/proc/%d/cmdline" % pid, "rb") as f:
            if f.read().startswith(b"postgres: " + what.encode()):
                return pid
    raise NotNow()


def kill_and_stop(what, on, find, killed, stopped, resumed, main=False):
    """Two kinds for one process; story words for each moment."""
    @kind("kill-" + what, on, main=main)
    def kill(storm, member, draw):
        send(find(member, what), signal.SIGKILL)
        yield killed

    @kind("stop-" + what, on, (0.3, 4.0), main=main and what == "postmaster")
    def stop(storm, member, draw):
        pid = find(member, what)
        send(pid, signal.SIGSTOP)
        yield stopped
        send(pid, signal.SIGCONT)
        yield resumed


FROZEN = (["freeze instance {}"], ["thaw instance {}"])
STALLED = (["cut wal a b"], ["heal a b"])
kill_and_stop("agent", "server", daemon, ["kill agent {}"], ["freeze agent {}"], ["thaw agent {}"])
kill_and_stop("monitor", "server", daemon, ["# the monitor of {} is killed"], ["# and stopped"], ["# and goes on"])
kill_and_stop("postmaster", "server", instance_process, ["kill instance {}"], *FROZEN, main=True)
kill_and_stop("walsender", "primary", instance_process, ["kill instance {}"], *STALLED, main=True)
kill_and_stop("walreceiver", "standby", instance_process, ["kill instance {}"], *STALLED)
kill_and_stop("startup", "standby", instance_process, ["kill instance {}"], ["# {} replays nothing"], ["# {} replays"])


@kind("restart-agent", "server", (0.1, 2.0), heavy=True)
def restart_agent(storm, server, draw):
    server.stop("--mc-only", timeout=10)
    yield ["kill agent {} for good"]
    server.start("-f", "-W", timeout=10)
    yield ["start {} -f"]


@kind("restart-arbiter", "arbiter", (0.1, 3.0), heavy=True)
def restart_arbiter(storm, arbiter, draw):
    arbiter.stop()
    yield ["kill agent {} for good"]
    arbiter.start()
    yield ["start {}"]


@kind("kill-arbiter", "arbiter", (0.1, 3.0), heavy=True)
def kill_arbiter(storm, arbiter, draw):
    send(daemon(arbiter, "agent"), signal.SIGKILL)
    yield ["kill agent {} for good"]
    arbiter.start()
    yield ["start {}"]


@kind("hand-over", "server", (0.0, 1.0), main=True, heavy=True)
def hand_over(storm, server, draw):
    """The operator's switch: no fault, but the road that others cross."""
    server.ctl("stop", timeout=20)
    yield ["stop {}"]
    server.start("-f", "-W", timeout=10)
    yield ["start {} -f"]


# ---- hosts
def started(storm, member):
    return "start {} -f" if member in storm.cluster.servers else "start {}"


@kind("suspend-host", "server", (0.5, 4.5), main=True, heavy=True)
def suspend_host(storm, server, draw):
    wake = storm.cluster.suspend(server.host)
    yield ["freeze host {}"]
    wake()
    yield ["thaw {}"]


@kind("power-off", "member", (0.2, 3.0), main=True, heavy=True)
def power_off(storm, member, draw):
    net, host = storm.cluster.net, member.host
    net.cut(host)                           # no connection is closed politely
    host.crash()
    yield ["kill host {}"]
    net.join(host)
    host.boot()
    member.start(*(["-f", "-W"] if member in storm.cluster.servers else []))
    yield ["boot {}", started(storm, member)]


@kind("step-clock", "server")
def step_clock(storm, server, draw):
    storm.cluster.clocks[server.name].set(draw.choice([1, -1]) * draw.choice([1, 30, 3600, 86400, 86400 * 400]))
    yield ["# the wall clock of {} is set wrong"]


# ---- network
@kind("isolate-host", "server", (0.5, 4.5), main=True)
def isolate_host(storm, server, draw):
    storm.cluster.net.cut(server.host)
    yield ["cut {}"]
    storm.cluster.net.join(server.host)
    yield ["heal {} a", "heal {} b", "heal {} w"]


@kind("isolate-arbiter", "arbiter", (0.5, 4.5))
def isolate_arbiter(storm, arbiter, draw):
    storm.cluster.net.cut(arbiter.host)
    yield ["cut {}"]
    storm.cluster.net.join(arbiter.host)
    yield ["heal {} a", "heal {} b"]


@kind("cut-pair", "pair", (0.5, 4.5))
def cut_pair(storm, pair, draw):
    rules = storm.cluster.net.part(*(member.host for member in pair))
    yield ["cut {} {}"]
    storm.cluster.net.allow(rules)
    yield ["heal {} {}"]


@kind("cut-one-way", "way", (0.5, 4.5))
def cut_one_way(storm, way, draw):
    rules = storm.cluster.net.drop(*(member.host for member in way))
    yield ["cut {} -> {}"]
    storm.cluster.net.allow(rules)
    yield ["heal {} {}"]


def cut_port(what, on):
    @kind("cut-" + what, on, (0.5, 4.5))
    def cut(storm, pair, draw):
        rules = []
        for port in ("sport", "dport"):
            rules += storm.cluster.net.part(*(m.host for m in pair), "tcp %s %d" % (port, PORTS[what]))
        yield ["cut " + what + " {} {}"]
        storm.cluster.net.allow(rules)
        yield ["heal {} {}"]


cut_port("wal", "servers")
cut_port("agents", "pair")


@kind("lose-frames", "servers", (1.0, 4.0))
def lose_frames(storm, pair, draw):
    percent = draw.choice([2, 5, 10, 20, 40])
    rules = storm.cluster.net.lose(percent)
    yield ["lose %d" % (10 * percent)]
    storm.cluster.net.allow(rules)
    yield ["lose 0"]


# ---- disks
@kind("full-mc-disk", "member", (1.0, 4.0), heavy=True)
def full_mc_disk(storm, member, draw):
    disk = storm.cluster.disks[member.name, "mc"]
    disk.fill()
    yield ["disk of {} full"]
    disk.empty()
    yield ["disk of {} works"]


@kind("full-data-disk", "server", (1.0, 3.0), main=True, heavy=True)
def full_data_disk(storm, server, draw):
    disk = storm.cluster.disks[server.name, "data"]
    disk.fill()
    with contextlib.suppress(PgError):      # it fails for want of a new segment
        server.sql("select pg_switch_wal()", 1.0)
    yield ["kill instance {}", "instance {} cannot start"]
    disk.empty()
    yield ["instance {} can start"]


def hung_disk(which, on, begins, ends, main):
    @kind("hung-%s-disk" % which, on, (0.5, 4.5), main=main, heavy=True)
    def hang(storm, member, draw):
        held = storm.cluster.disks[member.name, which].hang()
        yield begins
        held.let_go()
        yield ends


hung_disk("mc", "member", ["disk of {} hangs"], ["disk of {} works"], False)
hung_disk("data", "server", *FROZEN, True)


# ---- memory of voters
def without_agent(storm, member, change):
    """`change` happens to the state file between the death of the agent and its successor's first look."""
    if member in storm.cluster.arbiters:
        send(daemon(member, "agent"), signal.SIGKILL)
        change(state_path(member))
        member.start()
        return
    monitor = daemon(member, "monitor")
    send(monitor, signal.SIGSTOP)
    try:
        send(daemon(member, "agent"), signal.SIGKILL)
        change(state_path(member))
    finally:
        send(monitor, signal.SIGCONT)


def forget(storm, member, change, words):
    """One voter's memory at a time: two that forget wait for an operator, as they should (E3)."""
    if not storm.all_remember():
        raise NotNow()
    storm.forgot = (member.name, now())
    without_agent(storm, member, change)
    yield ["kill agent {} for good"] + words + [started(storm, member)]


@kind("delete-memory", "member", heavy=True)
def delete_memory(storm, member, draw):
    yield from forget(storm, member, os.unlink, ["lose memory of {}"])


@kind("put-back-memory", "member", heavy=True)
def put_back_memory(storm, member, draw):
    copies = storm.copies.kept[member.name]
    if len(copies) < 2:
        raise NotNow()
    old, in_place = draw.choice(copies[:-1]), draw.random() < 0.5

    def change(path):
        """As cp would, into the file or in its place."""
        target = path if in_place else path + ".old"
        with open(target, "wb") as f:
            f.write(old)
        shutil.chown(target, "postgres", "postgres")
        os.chmod(target, 0o600)
        os.rename(target, path)
    yield from forget(storm, member, change, ["old memory of {}"])
