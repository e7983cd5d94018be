#!/usr/bin/env python3
"""A storm of faults on a real cluster under load, and the judgement of all that clients saw.

  storm.py [--seconds N] [--seed N] [--script FILE] [--build DIR] [--out DIR] [--keep]
           [--servers N] [--arbiters N] [--quorum N]

The last line is "faults=N acknowledged=N lost=N dual=N stale=N"; status 0 when the last three are 0, the cluster came
back, and the storm was one: enough faults, every kind that was drawn, and each undone. What is needed to read a failing run is kept in a folder that is named. Needs root.
"""
import argparse
import collections
import contextlib
import dataclasses
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
for folder in (os.path.join(os.path.dirname(HERE), "integration"), HERE):
    sys.path.insert(0, folder)
sys.dont_write_bytecode = True
import mcharness                                                    # noqa: E402
from mcharness import PY, USER, PgError, analyze, now, wait_until  # noqa: E402
import judge                                                        # noqa: E402
from faults import ASLEEP, AWAY, KINDS, UNABLE, NotNow, kinds_of     # noqa: E402
from hosts import StormCluster, control_groups, make_template       # noqa: E402
from plan import beats, script                                      # noqa: E402
from repairs import Operator                                        # noqa: E402
from story import Story                                             # noqa: E402
from watch import Copies, Watch                                     # noqa: E402

INSIDE = "MC_STORM_INSIDE"      # set in our own mount namespace
TRIES = 8                       # for a fault that cannot be done at the moment
COMES_BACK = 60.0               # s, within which the cluster must be switchable when all is over
WAKING = 1.0                    # s that a woken agent has to stop its instance, before reads there count as stale
STARTING = 1.3                  # and a new one: a second to be granted a lease, and then the time to cut
READ_LATE = 1.0                 # s between an answer and the moment our own client has read it, at most
FROZEN, ABSENT = "the agent was frozen", "there was no agent"
EXCUSED = "stale while "
LEAST = 0.25                    # faults in a second: with fewer it was no storm
OFTEN = 3                       # times: whoever is drawn so often is done once
SCRIPT_SHARE = 0.9              # of a script's lines; one that was drawn in another run may not be possible in this one


@dataclasses.dataclass
class Done:
    """A fault that was done; times as the logs have them."""

    fault: object
    names: list
    role: str
    begun: float
    struck: float = None        # when it was done wholly
    undoing: float = None       # when its end began
    ended: float = None


class Storm:
    def __init__(self, cluster, out, quorum=0):
        self.cluster, self.out = cluster, out
        self.shape = len(cluster.servers), len(cluster.arbiters)
        self.story = Story(self.elapsed, self.shape, quorum)
        self.watch = Watch(cluster)
        self.copies = Copies(cluster, lambda member: self.story("copy memory of {}", member))
        self.operator = Operator(cluster, self.watch, self.story)
        self.begun = now()
        self.forgot = None              # (voter, when), the last that lost its memory
        self.forgetting = threading.Lock()      # held while one is about to lose it
        self.done = []
        self.least = 0                  # faults
        self.drawn = collections.Counter()
        self.put_off = collections.deque()
        self.tries = collections.Counter()
        self.active = set()
        self.lock = threading.Lock()
        self.threads = []
        self.complaints = []

    def elapsed(self):
        return now() - self.begun

    # ---- one fault
    def all_remember(self):
        return self.forgot is None or self.watch.since(self.forgot[0], "MCA01008", self.forgot[1])

    def members(self, where):
        if where == "all":
            return self.cluster.members()
        names = []
        for word in where.split(","):
            primary = self.watch.latest.primary
            others = [s.name for s in self.cluster.servers if s.name != primary]
            names.append({"primary": primary, "standby": others[0], "third": others[-1]}.get(word, word))
        if "" in names:
            raise NotNow()              # no record has been seen yet
        return [self.cluster.member(name) for name in names]

    def throw(self, fault):
        self.drawn[fault.kind] += self.tries[fault.number] == 0
        thread = threading.Thread(target=self._throw, args=(fault,), daemon=True)
        self.threads = [t for t in self.threads if t.is_alive()] + [thread]
        thread.start()

    def _throw(self, fault):
        """What is no NotNow is a mistake of ours, or a thing that cannot be undone: the storm goes on, and fails in the
        end."""
        try:
            members = self.members(fault.where)
            with self._alone((fault.kind,) + tuple(m.name for m in members)) as free:
                if not free or members[0].host.init is None:
                    raise NotNow()
                self._claim(fault, KINDS[fault.kind], members)
        except NotNow:
            self.tries[fault.number] += 1
            if self.tries[fault.number] < TRIES:
                self.put_off.append(fault)
        except Exception:                           # noqa: BLE001
            self.complaints.append("%s: %s" % (fault, traceback.format_exc()))

    @contextlib.contextmanager
    def _alone(self, key):
        """Yields whether no other thread is at the same."""
        with self.lock:
            free = key not in self.active
            self.active.add(key)
        try:
            yield free
        finally:
            if free:
                with self.lock:
                    self.active.discard(key)

    def _claim(self, fault, kind, members):
        if not kind.heavy:
            self._play(fault, kind, members)
            return
        with self.cluster.claim(members[0].host) as ours:
            if not ours:
                raise NotNow()
            self._play(fault, kind, members)

    def _play(self, fault, kind, members):
        target = members if len(members) > 1 else members[0]
        steps = kind.run(self, target, random.Random(fault.number))
        begun = now()
        try:
            words = next(steps)
        except UNABLE as error:
            raise NotNow() from error
        role = "" if len(members) > 1 else self._role(members[0])
        done = Done(fault, [m.name for m in members], role, begun, now())
        self.done.append(done)
        self._tell(words, members)
        time.sleep(fault.seconds)
        done.undoing = now()
        try:
            self._tell(next(steps, []), members)
        except NotNow as error:
            raise RuntimeError("it was done, and is not undone") from error
        done.ended = now()

    def _role(self, member):
        if member in self.cluster.arbiters:
            return "arbiter"
        return "primary" if self.watch.latest.primary == member.name else "standby"

    def _tell(self, lines, members):
        for words in lines:
            self.story(words, *members)

    # ---- all of them
    def by_seed(self, seed, seconds):
        end = self.begun + seconds
        self.least = math.ceil(LEAST * seconds)
        for beat in beats(seed, self.shape):
            self._wait_switchable(beat.patience, end)
            if now() > end:
                return
            self.throw(beat.first)
            for gap, fault in beat.others:
                time.sleep(gap)
                if self.put_off:
                    self.throw(self.put_off.popleft())
                self.throw(fault)

    def _wait_switchable(self, patience, end):
        until = min(now() + patience, end)
        while now() < until and not self.switchable():
            time.sleep(0.1)

    def switchable(self):
        """As the primary itself says, which is asked only when the record lets it."""
        if not self.watch.switchable():
            return False
        primary = self.cluster.member(self.watch.latest.primary)
        try:
            return primary.host.init is not None and primary.ctl("status", "--check", timeout=2).returncode == 0
        except UNABLE:
            return False

    def by_script(self, lines):
        self.least = math.ceil(SCRIPT_SHARE * len(lines))
        for when, fault in lines:
            time.sleep(max(0.0, self.begun + when - now()))
            self.throw(fault)

    # ---- what is left when it is over
    def heal(self):
        for thread in self.threads:
            thread.join(60)
            if thread.is_alive():
                self.complaints.append("a fault does not end")
        self.cluster.quiet()
        self.story("heal")
        begun = now()
        wait_until(self.switchable, COMES_BACK, "the cluster is switchable again")
        wait_until(lambda: len(self.watch.latest.eligible.split(", ")) == self.shape[0] - 1, COMES_BACK,
                   "every standby may take over again")
        return now() - begun

    def shortcomings(self):
        """Why it was no storm."""
        found = []
        if len(self.done) < self.least:
            found.append("too few faults: %d, and %d at least" % (len(self.done), self.least))
        done = {each.fault.kind for each in self.done}
        return found + ["%s was drawn %d times and never done" % (name, times)
                        for name, times in sorted(self.drawn.items()) if times >= OFTEN and name not in done]

    def away(self):
        """[(server, from, to, why)]: its agent was frozen or not there, and a moment to act after it."""
        found = []
        for done in self.done:
            name = done.names[0]
            if done.fault.kind in ASLEEP:
                found.append((name, done.begun, (done.ended or now()) + WAKING, FROZEN))
            elif done.fault.kind in AWAY:
                started = [t for t, host in self.watch.starts if host == name and t > done.begun]
                found.append((name, done.begun, min(started, default=now()) + STARTING, ABSENT))
        return found

    def cut_off(self):
        """[(server, from, to)]: its cable was out, so that nobody can have granted it anything. Where the power went, too,
        the cable may have been put in again before its time."""
        found = []
        for done in self.done:
            if done.fault.kind == "isolate-host" and done.undoing is not None:
                off = [(each.begun, each.ended or now()) for each in self.done
                       if each.fault.kind == "power-off" and each.names == done.names]
                if not any(begun < done.undoing and ended > done.begun for begun, ended in off):
                    found.append((done.names[0], done.struck, done.undoing))
        return found

    def leases(self):
        """[(server, from, to)] without a lease, by what was done and by what was logged."""
        seen = [(server, begun + judge.VOTERS_LEASE, ended) for server, begun, ended in self.cut_off()]
        forgotten = [(done.begun, done.names[0]) for done in self.done if done.fault.kind in ("delete-memory", "put-back-memory")]
        return seen + judge.leases_reported(self.watch.leases_out, self.watch.records, self.watch.openings, forgotten)

    def primary_at(self, elapsed):
        before = [server for t, server, _ in sorted(self.watch.openings) if t <= self.begun + elapsed]
        return before[-1] if before else "server1"


class Clients:
    """Writers of rows and list clients; everything they saw when they have ended."""

    def __init__(self, cluster):
        self.fleet = cluster.fleet(writers=2)
        self.path = os.path.join(cluster.dir, "lists")
        self.place = {}
        argv = [PY, "-B", os.path.join(HERE, "listclient.py"), "--out", self.path, "--user", USER, "--append", "4",
                "--hosts", ",".join(s.host.address for s in cluster.servers)]
        for i, server in enumerate(cluster.servers):
            for j, host in enumerate((server.host.address, server.host.rundir)):
                self.place[host] = server.name
                argv += ["--read", "%d:%s" % (200 + 10 * i + j, host)]
        self.process = subprocess.Popen(["ip", "netns", "exec", cluster.clients.ns] + argv,
                                        stdin=subprocess.DEVNULL, start_new_session=True)

    def stop(self):
        self.fleet.stop()
        self.process.terminate()
        self.process.wait()

    def load(self):
        """(acks of rows, appends, reads of lists)"""
        acks, _, _ = self.fleet.load()
        with open(self.path) as f:
            appends, reads = judge.parse(f, self.place)
        return acks, appends, reads


def rows(server):
    return [(int(c), int(s)) for c, s in server.sql("select client, seq from bench_acks", 60)]


def lists(server):
    return {int(k): judge.items_of(items)
            for k, items in server.sql("select k, array_to_string(items, ',') from storm_lists", 60)}


def caught_up(primary, standbys):
    end = primary.sql("select pg_current_wal_flush_lsn()")[0][0]
    for standby in standbys:
        wait_until(lambda: standby.sql("select pg_last_wal_replay_lsn() >= '%s'" % end)[0][0] == "t", 30,
                   "%s has replayed everything" % standby.name)


def verdict(storm, clients):
    """What was seen, by name; the last word is about every commit on every server."""
    primary = storm.cluster.pair()[0]
    standbys = storm.cluster.others(primary)
    caught_up(primary, standbys)
    acks, appends, reads = clients.load()
    good = [a for a in appends if a.outcome == "ok"]
    every = sorted(acks + [analyze.Ack(a.t, a.client, a.value, a.server, a.sent, a.timeline) for a in good])
    found = {"acknowledged": len(every)}
    final = lists(primary)
    everywhere = set(rows(primary)).intersection(*(rows(standby) for standby in standbys))
    found["rows lost"] = analyze.lost(acks, everywhere)
    found["appends lost"] = judge.lost_appends(appends, final)
    found["lists lost or other on a standby"] = [
        (k, standby.name) for standby in standbys for there in [lists(standby)]
        for k in {**final, **there} if there.get(k) != final.get(k)]
    found["unasked"] = judge.unasked(appends, final)
    away = storm.away()
    # What a session left that ended as it waited for the standby is visible, and of a primary that nobody can stop it is read, too.
    astray = judge.not_a_prefix([r for r in reads if judge.is_away(r, away)], final)
    found["updates lost"] = judge.not_a_prefix(appends + [r for r in reads if not judge.is_away(r, away)], final)
    found["dual"] = analyze.stale_acks(every, READ_LATE) + analyze.split_timelines(every)
    openings = judge.opened(reads + [judge.Read(a.t, 0, "primary", a.ip, a.sent, a.timeline, 0, []) for a in every])
    late = judge.after_lease(reads, storm.leases(), storm.watch.records)
    found["stale"], excused = judge.stale(
        judge.overtaken(reads, openings) + judge.behind(reads, appends) + late + astray, away)
    found.update({EXCUSED + why: excused.get(why, []) for why in (FROZEN, ABSENT)})
    found["reads after a lease"] = len(late)
    found["reads"] = len(reads)
    found["longest silence"] = analyze.max_gap([a.t for a in every], storm.begun, every[-1].t)[0]
    return found


def table(storm, found):
    """Faults per kind, and what became of them."""
    count = collections.Counter((done.fault.kind, done.role) for done in storm.done)
    lines = ["%-18s %5s %5s %8s %8s %8s" % ("kind", "drawn", "done", "primary", "standby", "other")]
    for name in sorted(kinds_of(storm.shape)):
        by = [count[name, role] for role in ("primary", "standby")]
        other = count[name, "arbiter"] + count[name, ""]
        lines.append("%-18s %5d %5d %8d %8d %8d" % (name, storm.drawn[name], sum(by) + other, *by, other))
    lines.append("changes of primary: %d; epochs: %d; copies by the operator: %d; a suspended host: %s" % (
        storm.watch.changes(), storm.watch.latest.epoch,
        sum(what.startswith("copy") for _, _, what in storm.operator.done),
        "a frozen control group" if storm.cluster.groups else "every process stopped"))
    lines.append("reads: %d; ends of a lease: %d, with %d reads after them; %s" % (
        found["reads"], len(storm.leases()), found["reads after a lease"], "; ".join(
            "%s: %d" % (name, len(found[name])) for name in (EXCUSED + FROZEN, EXCUSED + ABSENT))))
    lines.append("longest time without an acknowledgement: %.1f s" % found["longest silence"])
    return "\n".join(lines)


def last_line(storm, found):
    """The line, and whether all is well."""
    lost = sum(len(what) for name, what in found.items() if "lost" in name or "unasked" in name)
    bad = (lost, len(found["dual"]), len(found["stale"]))
    return "faults=%d acknowledged=%d lost=%d dual=%d stale=%d" % (
        (len(storm.done), found["acknowledged"]) + bad), not any(bad)


def first_violation(storm, found):
    """Seconds after the begin, for the story's end."""
    times = [each.t for name, what in found.items() if isinstance(what, list) and not name.startswith(EXCUSED)
             for each in what if hasattr(each, "t")]
    return min(times, default=now()) - storm.begun + 1.0


def keep(storm, clients, found, complaints):
    """Everything to read the run by, in its folder."""
    out, cluster = storm.out, storm.cluster
    os.makedirs(out, exist_ok=True)
    with open(out + "/faults.txt", "w") as f:
        f.write("# begun at %.3f of the logs' clock\n" % storm.begun)
        for done in sorted(storm.done, key=lambda each: each.begun):
            f.write("%.3f %s %s %.2f  # number %d, %s, over at %.3f\n" % (
                done.begun - storm.begun, done.fault.kind, ",".join(done.names), done.fault.seconds,
                done.fault.number, done.role or "-", (done.ended or now()) - storm.begun))
    with open(out + "/operator.txt", "w") as f:
        for when, name, what in storm.operator.done:
            f.write("%.3f %s %s\n" % (when - storm.begun, name, what.replace("\n", " | ")))
    with open(out + "/storm.story", "w") as f:
        f.write(storm.story.text(storm.primary_at, first_violation(storm, found)))
    with open(out + "/verdict.txt", "w") as f:
        f.write("\n".join(complaints) + "\n")
        for name, what in found.items():
            f.write("== %s\n%s\n" % (name, "\n".join(map(str, what[:1000])) if isinstance(what, list) else what))
    for host in cluster.hosts.values():
        if os.path.exists(host.logfile):
            shutil.copy(host.logfile, "%s/%s.log" % (out, host.name))
    for member in cluster.members():
        for name in ("postgres.log", member.name + ".state"):
            if os.path.exists(os.path.join(member.mcdir, name)):
                shutil.copy(os.path.join(member.mcdir, name), "%s/%s.%s" % (out, member.name, name))
    if clients:
        for path in (clients.fleet.out, clients.path):
            shutil.copy(path, out)
    with open(out + "/report.txt", "w") as f:
        f.write(cluster.report())


def blow(given, cluster):
    """The storm and its judgement; the exit status."""
    storm, clients, found, complaints = Storm(cluster, given.out, given.quorum), None, {}, []
    good = False
    try:
        cluster.up()
        clients = Clients(cluster)
        for thread in (storm.watch, storm.copies, storm.operator):
            thread.start()
        time.sleep(1.0)
        storm.begun = now()
        if given.script:
            with open(given.script) as f:
                storm.by_script(script(f))
        else:
            storm.by_seed(given.seed, given.seconds)
        back = storm.heal()
        for each in (storm.operator, storm.copies, storm.watch, clients):
            each.stop()
        found = verdict(storm, clients)
        print(table(storm, found))
        print("switchable again %.1f s after the last fault" % back)
        line, good = last_line(storm, found)
    except Exception:                               # noqa: BLE001 - whatever it was, the run is kept
        complaints.append(traceback.format_exc())
        line = "the storm broke off:\n" + complaints[-1]
    complaints += storm.complaints + storm.operator.mistakes + storm.shortcomings()
    good = good and not complaints
    if not good or given.keep:
        keep(storm, clients, found, complaints)
        print("kept in %s; for the simulator: %s/storm.story" % (given.out, given.out))
    for complaint in [each for each in complaints if not line.endswith(each)][:3]:
        print(complaint)
    print(line, flush=True)
    return 0 if good else 1


def run(given):
    os.makedirs(mcharness.RUN)
    cleaner = subprocess.Popen([PY, "-B", os.path.join(HERE, "cleaner.py"), str(os.getpid())],
                               stdin=subprocess.PIPE, start_new_session=True)
    try:
        if control_groups() is None:
            print("no control groups of version 2: a suspended host is one whose processes are all stopped")
        template = mcharness.RUN + "/template/data"
        os.makedirs(os.path.dirname(template))
        make_template(template)
        return blow(given, StormCluster(template, build=given.build, shape=(given.servers, given.arbiters),
                                        quorum=given.quorum))
    finally:
        cleaner.stdin.close()
        cleaner.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--servers", type=int, default=2, choices=range(2, 8))
    parser.add_argument("--arbiters", type=int, default=None, help="1, or none where there are three servers")
    parser.add_argument("--quorum", type=int, default=0, help="how many standbys acknowledge; 0: all")
    parser.add_argument("--script", help="these faults instead of ones drawn from the seed")
    parser.add_argument("--build", help="build folder (MC_BUILD, else build)")
    parser.add_argument("--out", help="folder for what is kept of a failing run")
    parser.add_argument("--keep", action="store_true", help="keep it of a good run, too")
    given = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("the storm needs root: namespaces for hosts, mounts, and PostgreSQL started as another user")
    if not os.environ.get(INSIDE):
        os.environ[INSIDE] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", PY, "-B"] + sys.argv)
    given.arbiters = int(given.servers == 2) if given.arbiters is None else given.arbiters
    given.seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    given.build = os.path.abspath(given.build) if given.build else None
    given.out = given.out or "/tmp/mc-storm-%d-%d" % (given.seed, os.getpid())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print("storm: seed %d, %s" % (given.seed, given.script or "%d s" % given.seconds), flush=True)
    sys.exit(run(given))


if __name__ == "__main__":
    main()
