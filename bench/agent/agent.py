#!/usr/bin/env python3
"""Memory and processor of agent, monitor and arbitration server, idle and under load.

  agent.py [--seconds 60] [--setting default] [--instance 240] [--out FILE]

Builds a cluster with the failover bench's own driver, lets it rest, then writes to it, and
prints one line per host and phase:

  phase=idle host=n1 role=primary processes=2 pss_kb=... private_kb=... cpu_percent=...

Memory from /proc/PID/smaps_rollup (Pss; Private_Clean + Private_Dirty), processor time from
/proc/PID/task/*/schedstat over the phase (nanoseconds, not ticks: a tick of one thread is a tenth of
what is to be measured), as a share of one core.  PostgreSQL's processes are not counted.  The packets
that a namespace sends are delivered at the sender's expense.
"""
import argparse
import glob
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../failover"))
from mcb.cluster import Cluster                      # noqa: E402
from mcb.drivers.mc import MirroringController       # noqa: E402

OURS = ("mc_agent", "mc_arbiter")
TICKS = os.sysconf("SC_CLK_TCK")
PY = "/usr/bin/python3"


def ours(cluster, host):
    """The pids of our daemons on a host."""
    found = []
    for pid in cluster.pids(host):
        try:
            name = os.path.basename(os.readlink("/proc/%d/exe" % pid))
        except OSError:
            continue
        if name in OURS:
            found.append(pid)
    return found


def memory(pid):
    """(proportional, private) kilobytes of one process."""
    sizes = {}
    with open("/proc/%d/smaps_rollup" % pid) as f:
        for line in f.readlines()[1:]:
            name, value = line.split(":")
            sizes[name] = int(value.split()[0])
    return sizes["Pss"], sizes["Private_Clean"] + sizes["Private_Dirty"]


def processor(pid):
    """Seconds of processor time so far: of its threads, and of its waited-for children."""
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rsplit(")", 1)[1].split()
    children = sum(int(x) for x in fields[13:15]) / TICKS
    threads = 0
    for path in glob.glob("/proc/%d/task/*/schedstat" % pid):
        with open(path) as f:
            threads += int(f.read().split()[0])
    return children + threads / 1e9


def measure(cluster, roles, phase, seconds):
    before = {h: {p: processor(p) for p in ours(cluster, h)} for h in roles}
    start = time.monotonic()
    time.sleep(seconds)
    took = time.monotonic() - start
    rows = []
    for h, role in roles.items():
        pids = ours(cluster, h)
        if sorted(pids) != sorted(before[h]) or not pids:
            raise RuntimeError("%s: the daemons changed while they were measured: %s, %s"
                               % (h, before[h], pids))
        sizes = [memory(p) for p in pids]
        cpu = sum(processor(p) - before[h][p] for p in pids)
        rows.append({"phase": phase, "host": h, "role": role, "processes": len(pids),
                     "pss_kb": sum(s[0] for s in sizes), "private_kb": sum(s[1] for s in sizes),
                     "cpu_percent": round(100 * cpu / took, 3)})
        print(" ".join("%s=%s" % kv for kv in rows[-1].items()), flush=True)
    return rows


def main():
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--seconds", type=int, default=60, help="length of each phase")
    ap.add_argument("--setting", default="default", choices=sorted(MirroringController.settings))
    ap.add_argument("--instance", type=int, default=240)
    ap.add_argument("--out", help="also append the rows to this file, as JSON lines")
    a = ap.parse_args()
    cluster = Cluster(a.instance, lambda *m: None)
    driver = MirroringController(cluster, a.setting)
    try:
        driver.setup()
        time.sleep(5)           # the start itself is not idle
        roles = {"n1": "primary", "n2": "standby", "arb": "arbiter"}
        rows = measure(cluster, roles, "idle", a.seconds)
        load = cluster.spawn("cli", [
            PY, os.path.join(HERE, "../failover/mcb/client.py"), "--run", "1", "--out",
            cluster.root + "/load.acks", "--multi", "4", "--interval", "0.002", "--hosts",
            "%s,%s" % (cluster.ip("n1"), cluster.ip("n2"))], "load", user="root")
        time.sleep(2)
        rows += measure(cluster, roles, "load", a.seconds)
        load.terminate()
        load.wait()
    finally:
        driver.teardown()
    if a.out:
        with open(a.out, "a") as f:
            f.writelines(json.dumps(r) + "\n" for r in rows)


if __name__ == "__main__":
    main()
