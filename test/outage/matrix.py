#!/usr/bin/env python3
"""Power loss of every server at a random instant under load, in every variant, and what `mc_ctl recover` makes of it.

  matrix.py [--build DIR] [--seed N] [--rounds N] [--only WORD[,WORD]] [--short] [--by newest-file]

The last line is "variants=N opened=N refused=N lost=N wrong=N"; status 0 when the last two are 0. Needs root. `lost`:
acknowledged commits that the server which was opened, without any forcing, does not have. `wrong`: another server was opened,
or another reason given, than the oracle says. With --by newest-file nobody asks our programs: the server with the newest files is
opened, as a person would who has nothing else; status 0 when that loses something.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), "integration"), HERE]
sys.dont_write_bytecode = True
import mcharness                                                    # noqa: E402
from mcharness import PGBIN, analyze, checked, now, sh, wait_until  # noqa: E402
import oracle                                                       # noqa: E402
import recoverhelp                                                  # noqa: E402
from variants import VARIANTS, WITH_BACKUPS                         # noqa: E402

SHORT = ("both_return_and_the_standby_is_asked", "the_disk_of_the_primary_is_lost",
         "the_standby_was_stale_and_the_primary_is_off")
BY_DATE = ("the_directory_of_the_primary_is_yesterdays_copy", "the_standby_was_stale_and_the_primary_is_off",
           "equal_numbers_of_timelines_and_both_return")
DONE, REFUSED, UNPROTECTED = 0, 3, 5
ASIDE = ".aside"


class Stage:
    """One outage of a cluster that is switchable when it begins."""

    def __init__(self, cluster, seed):
        self.cluster, self.random = cluster, random.Random(seed)
        self.primary, self.standby = cluster.pair()
        self.arbiter = cluster.arbiter
        self.members = cluster.servers + cluster.arbiters
        self.off, self.damaged, self.aside = [], [], []
        self.asked = None
        self.memories = {}
        self.recovered = []
        self.fleet = cluster.fleet()
        self.fleet.wait_acks(30)

    # ---- what goes on before
    def outage(self):
        """Everything at once, in an order that nobody chooses."""
        time.sleep(self.random.uniform(0, 0.4))
        order = [m.host for m in self.members]
        self.random.shuffle(order)
        for host in order:
            host.crash()
        self.fleet.stop()

    def keep_copy(self, server):
        """Yesterday's copy: of a clean directory that lay still, and everything went on since. Which is the primary stays."""
        for other in self.cluster.servers:
            other.host.crash()
        sh("cp", "-a", server.data, server.data + ".yesterday")
        for other in self.cluster.servers:
            other.host.boot()
            checked(other.ctl("start", "-f", "-W"))
        wait_until(lambda: self.primary.role() == "primary", 40, "the primary is open again")
        self.cluster.wait_switchable(40)
        self.fleet.wait_acks(20, since=now(), timeout=30)

    def archive_the_rest(self):
        self.fleet.stop()
        recoverhelp.archive_all(self.primary)

    def keep_memory(self, server):
        sh("cp", "-a", server.mcdir, server.mcdir + ".yesterday")

    def detach_standby(self):
        since = now()
        self.standby.host.crash()
        self.cluster.wait_detached(since, 20)
        self.fleet.wait_acks(20, since=now(), timeout=20)
        self.standby.host.boot()

    def strike_standby(self):
        self.standby.host.crash()

    def bring_standby_back(self):
        checked(self.standby.ctl("start", "-W"))

    def begin_switch(self):
        self.primary.host.spawn(self.primary.program() + ["switch", "-M", self.primary.mcdir],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait_promoted(self, server):
        wait_until(lambda: server.role() == "primary", 20, "%s is promoted" % server.name)
        self.fleet.wait_acks(10, server, timeout=20)

    def kill_in_promotion(self):
        since = now()
        self.primary.host.crash()
        wait_until(lambda: self.standby.host.logged("MCA01048", since), 20, "the promotion begins")

    # ---- damage, while nothing runs
    def leave_off(self, *members):
        self.off += members

    def _away(self, path):
        os.rename(path, path + ASIDE)
        self.aside.append(path)

    def lose(self, server):
        self._away(server.data)
        self.damaged.append(server)

    def recover_from_backup(self, server):
        self._away(server.data)
        server.host.boot()
        recoverhelp.recover(server)
        server.host.crash()
        self.recovered.append(server)

    def put_back(self, server):
        self._away(server.data)
        sh("cp", "-a", server.data + ".yesterday", server.data)
        self.damaged.append(server)

    def replace_by_stranger(self, server):
        self._away(server.data)
        sh("setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", PGBIN + "/initdb", "-D", server.data,
           "-U", "postgres", "-A", "trust", "--no-sync")
        self.damaged.append(server)

    def forget(self, voter):
        for name in os.listdir(voter.mcdir):
            if name.endswith(".state"):
                os.rename(os.path.join(voter.mcdir, name), os.path.join(voter.mcdir, name + ASIDE))
        self.memories[voter] = True

    def put_memory_back(self, voter):
        self.forget(voter)
        for name in os.listdir(voter.mcdir + ".yesterday"):
            if name.endswith(".state"):
                sh("cp", "-a", os.path.join(voter.mcdir + ".yesterday", name), os.path.join(voter.mcdir, name))

    def promote_by_hand(self, server):
        """Its directory alone, with plain PostgreSQL, on a timeline of its own, and written to."""
        server.host.boot()
        plain(server, promote=True)
        server.host.crash()

    def ask(self, server):
        self.asked = server

    # ---- the end
    def case(self):
        """For the oracle: members by their place."""
        reached = {m for m, member in enumerate(self.members) if member not in self.off}
        memory = {m: oracle.memory(member.mcdir) for m, member in enumerate(self.members)
                  if m in reached and member not in self.memories}
        whole = {m for m in reached
                 if self.members[m] in self.cluster.servers and self.members[m] not in self.damaged}
        recovered = {m for m in whole if self.members[m] in self.recovered}
        return oracle.Case(len(self.members), reached, memory, whole, recovered)

    def wake(self, but=None):
        for member in self.members:
            if member in self.off or member.host.init is not None:
                continue
            member.host.boot()
            if member is not but:
                checked(member.start("--mc-only", "-W") if member in self.cluster.servers else member.start())

    def lost(self, server):
        """Of what was acknowledged: what is not in its table."""
        acks, _, _ = self.fleet.load()
        rows = {(int(c), int(s)) for c, s in server.sql("select client, seq from bench_acks where run = %d" % self.fleet.run, 20)}
        return analyze.lost(acks, rows)

    def restore(self):
        """Nothing was opened: the disks that were away come back."""
        for path in self.aside:
            shutil.rmtree(path, ignore_errors=True)
            os.rename(path + ASIDE, path)
        for voter in self.memories:
            for name in os.listdir(voter.mcdir):
                if name.endswith(".state" + ASIDE):
                    os.rename(os.path.join(voter.mcdir, name), os.path.join(voter.mcdir, name[:-len(ASIDE)]))

    def tidy(self):
        for path in self.aside:
            shutil.rmtree(path + ASIDE, ignore_errors=True)
        for server in self.cluster.servers:
            for path in (server.data, server.mcdir):
                shutil.rmtree(path + ".yesterday", ignore_errors=True)
            for name in os.listdir(server.mcdir):
                if name.endswith(ASIDE):
                    os.unlink(os.path.join(server.mcdir, name))


def plain(server, promote):
    """Opened without any of ours: PostgreSQL alone on what lies there."""
    data, conf = server.data, server.data + ".conf"
    for name in ("standby.signal", "recovery.signal", "postmaster.pid"):
        if os.path.exists(os.path.join(data, name)) and not (promote and name == "standby.signal"):
            os.unlink(os.path.join(data, name))
    if promote:
        open(os.path.join(data, "standby.signal"), "w").close()
        shutil.chown(os.path.join(data, "standby.signal"), "postgres", "postgres")
    hba = conf + ".hba"
    with open(hba, "w") as f:
        f.write("local all all trust\n")
    shutil.chown(hba, "postgres", "postgres")
    options = ("-c hba_file=%s -c synchronous_standby_names= -c primary_conninfo= -c unix_socket_directories=%s "
               "-c listen_addresses= -c archive_mode=off -c shared_preload_libraries=" % (hba, server.host.rundir))
    checked(server.host.run([PGBIN + "/pg_ctl", "-D", data, "-w", "-t", "30", "-l", conf + ".log", "-o", options, "start"],
                            timeout=60))
    if promote:
        checked(server.host.run([PGBIN + "/pg_ctl", "-D", data, "-w", "promote"]))
        server.sql("create table promoted_by_hand as select generate_series(1, 1000)")


def newest(stage):
    """The reached server in whose directory the newest file lies."""
    dates = {}
    for server in stage.cluster.servers:
        if server not in stage.off and os.path.isdir(server.data):
            dates[server] = max(os.stat(os.path.join(folder, name), follow_symlinks=False).st_mtime
                                for folder, _, names in os.walk(server.data) for name in names)
    return max(dates, key=dates.get) if dates else None


class Count:
    def __init__(self):
        self.variants = self.opened = self.refused = self.lost = self.wrong = 0

    def line(self):
        return "variants=%d opened=%d refused=%d lost=%d wrong=%d" % (
            self.variants, self.opened, self.refused, self.lost, self.wrong)


def asked_server(stage):
    there = [s for s in stage.cluster.servers if s not in stage.off]
    return stage.asked if stage.asked in there else stage.random.choice(there)


def judge(stage, count, expected, got, text):
    names = {m: member.name for m, member in enumerate(stage.members)}
    words = " or ".join(sorted("%s %s" % (what, names.get(who, who)) for what, who in expected))
    if got not in expected:
        count.wrong += 1
        print("   WRONG: expected %s\n%s" % (words, text), flush=True)
    return words


def recover(stage, count):
    """One try. True: the cluster is whole again and may be used for the next one."""
    expected = oracle.verdicts(stage.case())
    at = asked_server(stage)
    stage.wake(but=at)
    since = now()
    done = at.ctl("recover", timeout=240)
    took = now() - since
    text = done.stdout + done.stderr
    if done.returncode == REFUSED:
        count.refused += 1
        got = ("refuse", oracle.reason(text))
        started = [s.name for s in stage.cluster.servers if s.host.init is not None and s.instance_pids()]
        if started:
            count.wrong += 1
            print("   WRONG: refused, and %s runs" % started, flush=True)
    else:
        primaries = stage.cluster.primaries()
        if done.returncode not in (DONE, UNPROTECTED) or len(primaries) != 1:
            count.wrong += 1
            print("   WRONG: status %d, primaries %s\n%s" % (done.returncode, primaries, text), flush=True)
            return False
        count.opened += 1
        got = ("open", stage.members.index(primaries[0]))
        lost = stage.lost(primaries[0])
        count.lost += len(lost)
        if lost:
            print("   LOST: %s\n%s" % (lost[:5], text), flush=True)
    words = judge(stage, count, expected, got, text)
    print("   at %s: %s after %.1f s (%s)" % (at.name, " ".join(str(x) for x in (
        got[0], stage.members[got[1]].name if got[0] == "open" else got[1])), took, words), flush=True)
    return come_back(stage, count, got, at)


def come_back(stage, count, got, at):
    """Everybody returns; what was refused is opened now, with nothing lost."""
    stage.off = []
    if got[0] == "refuse":
        for host in [m.host for m in stage.members]:
            host.crash()
        stage.restore()
    stage.wake()
    stranger = any(s in stage.damaged and not os.path.exists(os.path.join(s.data, "mc.identity"))
                   and os.path.exists(s.data) for s in stage.cluster.servers)
    if stranger and got[0] == "open":
        return False    # an operator moves that away; it was not touched
    bare = [s for s in stage.cluster.servers if not os.path.isdir(s.data) or not os.listdir(s.data)]
    done = (bare[0] if bare else at).ctl("recover", timeout=240)   # a copy is made where it is to lie
    if done.returncode != DONE:
        count.wrong += 1
        print("   WRONG: everybody is back, and\n%s" % (done.stdout + done.stderr), flush=True)
        return False
    primary, _ = stage.cluster.pair()
    lost = stage.lost(primary)
    count.lost += len(lost)
    if lost:
        print("   LOST in the end: %s" % lost[:5], flush=True)
    return not lost


def open_newest(stage, count):
    """The control: the dates of files decide."""
    server = newest(stage)
    if server is None:
        count.refused += 1
        return False
    server.host.boot()
    plain(server, promote=False)
    lost = stage.lost(server)
    count.opened += 1
    count.lost += len(lost)
    expected = oracle.verdicts(stage.case())
    count.wrong += ("open", stage.members.index(server)) not in expected
    print("   %s has the newest file: %d acknowledged commits are lost" % (server.name, len(lost)), flush=True)
    return False


def begin_with_backups(cluster):
    recoverhelp.prepare(cluster)
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable()
    recoverhelp.dump(cluster.pair()[0])


def run_one(name, function, seed, cluster, template, options, count):
    """Gives the cluster for the next one, or None."""
    print("%s (seed %d)" % (name, seed), flush=True)
    count.variants += 1
    well = False
    backups = name in WITH_BACKUPS
    if backups and cluster is not None:
        cluster.down()
        cluster = None
    if cluster is None:
        cluster = mcharness.Cluster(template, build=options.build)
        if backups:
            begin_with_backups(cluster)
        else:
            cluster.up()
    try:
        stage = Stage(cluster, seed)
        function(stage)
        well = open_newest(stage, count) if options.by else recover(stage, count)
        stage.tidy()
    except (AssertionError, OSError, RuntimeError, mcharness.PgError, subprocess.TimeoutExpired):
        count.wrong += 1
        traceback.print_exc(file=sys.stdout)
        print(cluster.report(), flush=True)
    if not well or backups:
        cluster.down()
    return cluster if well and not backups else None


def chosen(options):
    if options.only:
        return [v for v in VARIANTS if any(word in v[0] for word in options.only.split(","))]
    if options.short:
        names = BY_DATE if options.by else SHORT
        return [v for name in names for v in VARIANTS if v[0] == name]
    return VARIANTS


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--by", choices=["newest-file"])
    options = parser.parse_args()
    os.environ["MC_BUILD"] = options.build = os.path.abspath(options.build)
    os.makedirs(mcharness.RUN, exist_ok=True)
    template, count, cluster = mcharness.RUN + "/template/data", Count(), None
    os.makedirs(os.path.dirname(template))
    mcharness.make_template(template)
    try:
        for turn in range(options.rounds):
            for at, (name, function, _) in enumerate(chosen(options)):
                cluster = run_one(name, function, options.seed + 1000 * turn + at, cluster, template, options, count)
    finally:
        if cluster is not None:
            cluster.down()
        mcharness.clean_up_after(os.getpid())
    print(count.line())
    if options.by:
        return 0 if count.lost > 0 else 1
    return 0 if count.lost == 0 and count.wrong == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
