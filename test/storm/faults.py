"""The kinds of faults. Each is a generator: up to its yield it does harm, after it it undoes it.

What is yielded are the same things in the simulator's words (sim/story_faults.c), as story.py reads them; what comes
after the yield may yield once more, for the end. NotNow: it cannot be done at present, and nothing was done. `main`
kinds make a primary lose its role, mostly; `heavy` ones want the host for themselves.
"""
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time
from collections import namedtuple

from mcharness import PgError, Refused, now, send
from watch import state_path

Kind = namedtuple("Kind", "name on shortest longest main heavy run")
KINDS = {}
PORTS = {"wal": 5432, "agents": 27540}
UNABLE = (OSError, RuntimeError, PgError, Refused, subprocess.TimeoutExpired)   # the world's reasons, no mistakes of ours
AGAIN = 30.0                                                                    # s, for a start that is refused
FLAPS = 0.4                                                                     # s that a link flaps, at most, either way
RING = 4                                                                        # members, for a ring to leave somebody out
AWAY = {"kill-agent", "restart-agent", "delete-memory", "put-back-memory"}      # until the agent has started
ASLEEP = {"stop-agent", "suspend-host"}                                         # until it is woken


class NotNow(Exception):
    pass


def kind(name, on, seconds=(0, 0), main=False, heavy=False):
    """on: primary, standby, server, arbiter, member, pair (of members), way (from one to another), servers, ring."""
    def register(run):
        KINDS[name] = Kind(name, on, *seconds, main, heavy, run)
        return run
    return register


def kinds_of(shape):
    """Those that a cluster of so many servers and so many arbiters can have."""
    return {name: kind for name, kind in KINDS.items()
            if (shape[1] > 0 or kind.on != "arbiter") and (sum(shape) >= RING or kind.on != "ring")}


# ---- processes
def daemon(member, what):
    """The agent's or the monitor's process id."""
    with open(os.path.join(member.mcdir, member.name + ".pid")) as f:
        number = re.search(r"(?m)^%s (\d+) " % what, f.read())
    if number is None:
        raise NotNow()
    return member.host.outer(int(number.group(1)))


def title(pid):
    with open("/proc/%d/cmdline" % pid, "rb") as f:
        return f.read().decode(errors="replace")


def instance_process(server, what):
    """(pid, its title)"""
    if what == "postmaster":
        return server.postmaster(), what
    for pid in server.instance_pids():
        with contextlib.suppress(OSError):
            name = title(pid)
            if name.startswith("postgres: " + what):
                return pid, name
    raise NotNow()


def other_end(storm, server, what, name):
    """The server at the other end of a stream, or None."""
    if what == "walsender":
        return next((s for s in storm.cluster.servers if " %s(" % s.host.address in name), None)
    return next((s for s in storm.cluster.servers if s.name == storm.watch.latest.primary and s is not server), None)


def stalled(storm, server, what, name):
    """A stream whose process is stopped, in the simulator's words: a cut one."""
    other = other_end(storm, server, what, name)
    if other is None:
        return ["# the %s of {} is stopped" % what], ["# and goes on"]
    return ["cut wal {} {%s}" % other.name], ["heal {} {%s}" % other.name]


def kill_and_stop_daemon(what, killed, stopped, resumed):
    """Two kinds for one process; story words for each moment."""
    @kind("kill-" + what, "server")
    def kill(storm, member, draw):
        send(daemon(member, what), signal.SIGKILL)
        yield killed

    @kind("stop-" + what, "server", (0.3, 4.0))
    def stop(storm, member, draw):
        pid = daemon(member, what)
        send(pid, signal.SIGSTOP)
        yield stopped
        send(pid, signal.SIGCONT)
        yield resumed


def kill_and_stop(what, on, main=False, words=None):
    """The same for a process of the instance; `words`: of a moment in which it is stopped, and of the one after."""
    @kind("kill-" + what, on, main=main)
    def kill(storm, server, draw):
        send(instance_process(server, what)[0], signal.SIGKILL)
        yield ["kill instance {}"]

    @kind("stop-" + what, on, (0.3, 4.0), main=main and what == "postmaster")
    def stop(storm, server, draw):
        pid, name = instance_process(server, what)
        stopped, resumed = words or stalled(storm, server, what, name)
        send(pid, signal.SIGSTOP)
        yield stopped
        send(pid, signal.SIGCONT)
        yield resumed


FROZEN = (["freeze instance {}"], ["thaw instance {}"])
kill_and_stop_daemon("agent", ["kill agent {}"], ["freeze agent {}"], ["thaw agent {}"])
kill_and_stop_daemon("monitor", ["# the monitor of {} is killed"], ["# and stopped"], ["# and goes on"])
kill_and_stop("postmaster", "server", main=True, words=FROZEN)
kill_and_stop("walsender", "primary", main=True)
kill_and_stop("walreceiver", "standby")
kill_and_stop("startup", "standby", words=(["# {} replays nothing"], ["# {} replays"]))


def start_again(storm, member):
    """A start that is refused is asked for once more, as an operator does; who still cannot has found something."""
    end = now() + AGAIN
    while True:
        try:
            if member in storm.cluster.servers:
                member.start("-f", "-W", timeout=10)
            elif not member.daemons():
                member.start()
            return
        except UNABLE:
            if now() > end:
                raise
            time.sleep(0.5)


@kind("restart-agent", "server", (0.1, 2.0), heavy=True)
def restart_agent(storm, server, draw):
    server.stop("--mc-only", timeout=10)
    yield ["kill agent {} for good"]
    start_again(storm, server)
    yield ["start {} -f"]


@kind("restart-arbiter", "arbiter", (0.1, 3.0), heavy=True)
def restart_arbiter(storm, arbiter, draw):
    arbiter.stop()
    yield ["kill agent {} for good"]
    start_again(storm, arbiter)
    yield ["start {}"]


@kind("kill-arbiter", "arbiter", (0.1, 3.0), heavy=True)
def kill_arbiter(storm, arbiter, draw):
    send(daemon(arbiter, "agent"), signal.SIGKILL)
    yield ["kill agent {} for good"]
    start_again(storm, arbiter)
    yield ["start {}"]


@kind("hand-over", "server", (0.0, 1.0), main=True, heavy=True)
def hand_over(storm, server, draw):
    """The operator's switch: no fault, but the road that others cross."""
    server.ctl("stop", timeout=20)
    yield ["stop {}"]
    start_again(storm, server)
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
    start_again(storm, member)
    yield ["boot {}", started(storm, member)]


@kind("step-clock", "server")
def step_clock(storm, server, draw):
    clock = storm.cluster.clocks[server.name]
    step = -clock.seconds
    clock.set(draw.choice([1, -1]) * draw.choice([1, 30, 3600, 86400, 86400 * 400]))
    step += clock.seconds
    yield ["wall of {} steps %d%s" % (abs(step), " back" if step < 0 else "")]


# ---- network
def random_pauses(seed):
    """Between half of FLAPS and all of it, without end."""
    draw = random.Random(seed)
    while True:
        yield draw.uniform(FLAPS / 2, FLAPS)


@kind("isolate-host", "server", (0.5, 4.5), main=True)
def isolate_host(storm, server, draw):
    storm.cluster.net.cut(server.host)
    yield ["cut {}"]
    storm.cluster.net.join(server.host)
    yield ["heal {} {each}"]


@kind("isolate-arbiter", "arbiter", (0.5, 4.5))
def isolate_arbiter(storm, arbiter, draw):
    storm.cluster.net.cut(arbiter.host)
    yield ["cut {}"]
    storm.cluster.net.join(arbiter.host)
    yield ["heal {} {each}"]


@kind("cut-pair", "pair", (0.5, 4.5))
def cut_pair(storm, pair, draw):
    rules = storm.cluster.net.part(*(member.host for member in pair))
    yield ["cut {} {}"]
    storm.cluster.net.allow(rules)
    yield ["heal {} {}"]


@kind("flap-pair", "pair", (0.5, 4.5))
def flap_pair(storm, pair, draw):
    """A cut that comes and goes; it ends with the storm's own turn, whatever its thread does at the moment."""
    net, hosts = storm.cluster.net, [member.host for member in pair]
    ended, failed = threading.Event(), []
    pauses = random_pauses(draw.random())

    def flap():
        try:
            while not ended.is_set():
                rules = net.part(*hosts)
                ended.wait(next(pauses))
                net.allow(rules)
                ended.wait(next(pauses))
        except Exception as error:          # noqa: BLE001 - whoever waits for the end raises it
            failed.append(error)
    thread = threading.Thread(target=flap, daemon=True)
    thread.start()
    yield ["flap {} {} %.1f" % FLAPS]
    ended.set()
    thread.join()
    if failed:
        raise failed[0]
    yield ["flap {} {} ends"]


@kind("cut-ring", "ring", (0.5, 4.5))
def cut_ring(storm, members, draw):
    """Everybody reaches the two beside it, in the order in which all are named, and nobody else."""
    apart = [(a, b) for i, a in enumerate(members) for j, b in enumerate(members[:i])
             if i - j not in (1, len(members) - 1)]
    rules = [rule for a, b in apart for rule in storm.cluster.net.part(a.host, b.host)]
    yield ["cut ring"]
    storm.cluster.net.allow(rules)
    yield ["heal {%s} {%s}" % (a.name, b.name) for a, b in apart]


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
        start_again(storm, member)
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
    def forgets(path):
        """Whose agent or state file is not there just now loses nothing, and is not waited for."""
        begun = now()
        change(path)
        storm.forgot = (member.name, begun)
    if not storm.forgetting.acquire(blocking=False):
        raise NotNow()
    try:
        if not storm.all_remember():
            raise NotNow()
        without_agent(storm, member, forgets)
    finally:
        storm.forgetting.release()
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
