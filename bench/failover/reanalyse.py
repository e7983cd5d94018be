#!/usr/bin/env python3
"""Recompute the numbers of finished runs from the kept raw logs: reanalyse.py r.jsonl ...
(rewrites each file in place; rows without raw logs stay as they are)."""
import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mcb import analyze                    # noqa: E402
from mcb.cluster import BASE, SUFFIX       # noqa: E402


def find_raw(r):
    """The raw directory whose acks surround the row's t0 (rep numbers may repeat)."""
    for d in sorted(glob.glob("%s/logs/%s-%s/raw-%s-%d-*" % (
            BASE, r["system"], r["setting"], r["fault"], r["rep"]))):
        rem = glob.glob(d + "/remote-*.acks")
        if rem:
            acks, _ = analyze.load(rem[0])
            if acks and acks[0][0] < r["t0"] < acks[-1][0] + 200 and acks[0][0] > r["t0"] - 20:
                return d, rem[0]
    return None, None


def redo(r):
    if "t0" not in r or "error" in r:
        return r
    d, rem = find_raw(r)
    if not d:
        return r
    ra, rs, reads = analyze.load_all(rem)
    la, ls = [], []
    for f in glob.glob(d + "/local*.acks"):
        a, s, x = analyze.load_all(f)
        la += a
        ls += s
        reads += x
    n = int(re.match(r"10\.77\.(\d+)\.", ra[0].ip).group(1))
    ip = {h: "10.77.%d.%d" % (n, x) for h, x in SUFFIX.items()}
    with open(d + "/table.json") as f:
        table = [tuple(x) for x in json.load(f)]
    r.update(analyze.analyse((ra, rs), (la, ls), r["t0"], r["t_heal"], r["t_end"], ip[r["primary"]],
                             {20: ip["n1"], 21: ip["n2"]}.get, table,
                             None if r["fault"] == "F6" else
                             r["t0"] + r["inject_took_s"] + 0.5, reads))
    return r


for path in sys.argv[1:]:
    with open(path) as f:
        rows = [redo(json.loads(x)) for x in f if x.strip()]
    with open(path + ".tmp", "w") as f:
        f.write("".join(json.dumps(r) + "\n" for r in rows))
    os.rename(path + ".tmp", path)
