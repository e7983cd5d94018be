#!/usr/bin/env python3
"""How long `mc_ctl recover` takes after the power loss of every server of a pair with intact disks.

  recover.py [--build DIR] [--megabytes N] [--runs N]

Hosts are namespaces of this machine (test/integration/mcharness.py). Times from the command on, agents of the other members running:
to an open primary, and to `switchable`. Needs root.
"""
import argparse
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "test", "integration"))
sys.dont_write_bytecode = True
import mcharness                                                    # noqa: E402
from mcharness import checked, now                                  # noqa: E402


def fill(server, megabytes):
    server.sql("create table filling(n int, t text)", 20)
    for _ in range(0, megabytes, 100):
        server.sql("insert into filling select n, repeat('x', 980) from generate_series(1, 100000) n", 300)
    server.sql("checkpoint", 300)


def outage(cluster):
    fleet = cluster.fleet()
    fleet.wait_acks(100)
    members = cluster.servers + cluster.arbiters
    for member in members:
        member.host.crash()
    fleet.stop()
    for member in members:
        member.host.boot()
    return fleet


def run(cluster):
    """(seconds to the primary, to switchable), as the command says and as it takes."""
    primary, standby = cluster.pair()
    fleet = outage(cluster)
    checked(cluster.arbiter.ctl("start"))
    checked(standby.ctl("start", "--mc-only", "-W"))
    since = now()
    done = checked(primary.ctl("recover", timeout=300))
    took = now() - since
    opened = float(re.search(r"serves as the primary, after ([\d.]+) s", done.stdout).group(1))
    fleet.check(primary)
    return opened, took


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--megabytes", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    os.makedirs(mcharness.RUN, exist_ok=True)
    template = mcharness.RUN + "/template/data"
    os.makedirs(os.path.dirname(template))
    mcharness.make_template(template)
    cluster = mcharness.Cluster(template, build=os.path.abspath(options.build))
    try:
        cluster.init_all()
        cluster.start_first("-f")
        fill(cluster.servers[0], options.megabytes)
        cluster.add_standbys()
        cluster.wait_switchable(60)
        size = cluster.servers[0].sql("select pg_database_size(current_database()) >> 20")[0][0]
        for number in range(options.runs):
            opened, took = run(cluster)
            print("run %d, %s MB: primary open after %.1f s, switchable after %.1f s" % (number + 1, size, opened, took),
                  flush=True)
    finally:
        cluster.down()
        mcharness.clean_up_after(os.getpid())
    return 0


if __name__ == "__main__":
    sys.exit(main())
