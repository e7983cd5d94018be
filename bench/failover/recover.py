#!/usr/bin/env python3
"""How long `mc_ctl recover` takes after the power loss of every server of a pair with intact disks, beside the floor.

  recover.py [--build DIR] [--megabytes N] [--runs N] [--only ours|floor]

Hosts are namespaces of this machine (test/integration/mcharness.py). Times from the command on, agents of the other members running:
to an open primary, and to `switchable`. The floor is a pair of the same size without a manager (mcb/drivers/manual.py): both
instances are started at once, by somebody who knows which was the primary; its times are to the first write that ends, and to a
standby that streams and is waited for. Both meet the same load before the outage, by turns. Needs root.
"""
import argparse
import os
import re
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "test", "integration"))
sys.dont_write_bytecode = True
import mcharness                                                    # noqa: E402
from mcharness import checked, now                                  # noqa: E402
from mcb.cluster import Cluster                                     # noqa: E402
from mcb.drivers.manual import Manual                               # noqa: E402
from mcb.libpq import PgError                                       # noqa: E402

LOAD_S = 2.0        # how long is written before an outage


def fill(sql, megabytes):
    sql("create table filling(n int, t text)", 20)
    for _ in range(0, megabytes, 100):
        sql("insert into filling select n, repeat('x', 980) from generate_series(1, 100000) n", 300)
    sql("checkpoint", 300)


class Ours:
    def __init__(self, build, megabytes):
        os.makedirs(mcharness.RUN, exist_ok=True)
        template = mcharness.RUN + "/template/data"
        os.makedirs(os.path.dirname(template))
        mcharness.make_template(template)
        self.cluster = mcharness.Cluster(template, build=os.path.abspath(build))
        self.cluster.init_all()
        self.cluster.start_first("-f")
        fill(self.cluster.servers[0].sql, megabytes)
        self.cluster.add_standbys()
        self.cluster.wait_switchable(60)

    def outage(self):
        fleet = self.cluster.fleet(writers=4)
        fleet.wait_acks(100)
        time.sleep(LOAD_S)
        members = self.cluster.servers + self.cluster.arbiters
        for member in members:
            member.host.crash()
        fleet.stop()
        for member in members:
            member.host.boot()
        return fleet

    def run(self):
        """(seconds to the primary, to switchable), as the command says and as it takes."""
        primary, standby = self.cluster.pair()
        fleet = self.outage()
        checked(self.cluster.arbiter.ctl("start"))
        checked(standby.ctl("start", "--mc-only", "-W"))
        since = now()
        done = checked(primary.ctl("recover", timeout=300))
        took = now() - since
        opened = float(re.search(r"serves as the primary, after ([\d.]+) s", done.stdout).group(1))
        fleet.check(primary)
        return opened, took

    def end(self):
        self.cluster.down()
        mcharness.clean_up_after(os.getpid())


class Floor:
    def __init__(self, _, megabytes):
        self.host = Manual(Cluster(200), "floor")
        self.host.setup()
        fill(lambda *query: self.sql(*query), megabytes)
        self.host.wait_healthy(60)
        self.rows = 0

    def sql(self, query, timeout=1.0):
        return self.host.c.sql("n1", query, timeout)

    def write(self):
        self.rows += 1      # one that was not answered may be there all the same
        self.sql("insert into bench_acks values (1, 1, %d)" % self.rows)

    def run(self):
        c = self.host.c
        load = [c.spawn("cli", [mcharness.PY, "-B", mcharness.CLIENT, "--run", str(int(now())), "--out", c.root + "/acks",
                                "--multi", "4", "--hosts", c.ip("n1") + "," + c.ip("n2")], "load", user="root")]
        time.sleep(LOAD_S + 1)
        for host in ("n1", "n2"):
            c.kill_host(host)
        for process in load:
            process.kill()
        since = now()
        for host in ("n1", "n2"):
            self.host.start_pg(host)
        opened = self.until(lambda: self.sql("select not pg_is_in_recovery()") == [["t"]]) - since
        self.until(lambda: self.write() or True)
        self.until(lambda: self.sql("select 1 from pg_stat_replication where sync_state = 'sync' and state = 'streaming'"))
        return opened, now() - since

    @staticmethod
    def until(claim, timeout=60):
        end = now() + timeout
        while now() < end:
            try:
                if claim():
                    return now()
            except (PgError, OSError):
                pass
            time.sleep(0.02)
        raise TimeoutError("the floor did not come back")

    def end(self):
        self.host.teardown()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--megabytes", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=("ours", "floor"), help="without the other beside it")
    options = parser.parse_args()
    pairs, seen = {}, {}
    try:
        for name, kind in (("floor", Floor), ("ours", Ours)):
            if options.only in (None, name):
                pairs[name], seen[name] = kind(options.build, options.megabytes), []
        for number in range(options.runs):
            for name, pair in pairs.items():
                seen[name].append(pair.run())
                print("run %d, %s: primary open after %.1f s, a standby with it after %.1f s, load %.1f" % (
                    number + 1, name, *seen[name][-1], os.getloadavg()[0]), file=sys.stderr, flush=True)
    finally:
        for pair in pairs.values():
            pair.end()
    print("| %d MB | runs | primary open s | switchable s |\n|---|---|---|---|" % options.megabytes)
    for name, rows in seen.items():
        cells = ["%.1f (%.1f-%.1f)" % (statistics.median(column), min(column), max(column)) for column in zip(*rows)]
        print("| %s | %d | %s |" % (name, len(rows), " | ".join(cells)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
