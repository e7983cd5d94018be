#!/usr/bin/env python3
"""Aggregate results: report.py r1.jsonl r2.jsonl ... [--matrix | --rejoin] [--json all.json] > table.md"""
import argparse
import json
import statistics as st


def med(xs, nd=2):
    xs = [x for x in xs if x is not None]
    return round(st.median(xs), nd) if xs else None


def rng(xs):
    xs = [x for x in xs if x is not None]
    if not xs:
        return "-"
    m = st.median(xs)
    return "%.2f" % m if len(xs) == 1 else "%.2f (%.2f-%.2f)" % (m, min(xs), max(xs))


def aggregate(rows):
    groups = {}
    for r in rows:
        groups.setdefault((r["system"], r["setting"], r["fault"]), []).append(r)
    out = []
    for (sy, se, fa), rs in sorted(groups.items()):
        ok = [r for r in rs if "error" not in r]
        new = sum(bool(r.get("final_is_new")) for r in ok)
        out.append({
            "system": sy, "setting": se, "fault": fa, "n": len(ok), "errors": len(rs) - len(ok),
            "not_restored": sum(not r["restored"] for r in ok),
            "outage": [r["outage_s"] for r in ok], "down": [r["down_s"] for r in ok],
            "client": [med(r["client_gap_s"], 3) for r in ok],
            "client_worst": [max(r["client_gap_s"] or [0]) for r in ok],
            "failed_over": new,
            "old_demoted": [r.get("old_demoted_s") for r in ok],
            "dual_acks": sum(r["dual_acks"] for r in ok),
            "dual_window": max([r["dual_window_s"] for r in ok] or [0]),
            "stale_reads": [r.get("stale_reads") for r in ok],
            "stale_read_s": max([r.get("stale_read_s") or 0 for r in ok] or [0]),
            "wake_read_s": max([r.get("wake_read_s") or 0 for r in ok] or [0]),
            "lost": sum(r["lost_remote"] + r["lost_local"] for r in ok),
            "lost_remote": sum(r["lost_remote"] for r in ok),
            "lost_local": sum(r["lost_local"] for r in ok),
            "acked": sum(r["acked"] or 0 for r in ok),
            "heal": [r.get("heal_s") for r in ok],
            "heal_outage": [r.get("heal_outage_s") for r in ok],
            "how": sorted({r["how"] for r in ok if r.get("how")}),
            "no_heal": sum(r.get("heal_s") is None for r in ok),
            "load": [min([r["load_before"] for r in rs if r["load_before"] is not None], default=None),
                     max([r["load_after"] for r in rs if r["load_after"] is not None], default=None)],
        })
    return out


def stale(a):
    """Reads answered by the old primary after its successor's first ack; those that came after a
    suspended host woke up are told by how long they went on from then."""
    seen = [n for n in a["stale_reads"] if n is not None]
    if len(seen) < len(a["stale_reads"]):
        return "not kept"
    if not sum(seen):
        return "none"
    wake = ", until %.2f s after it woke" % a["wake_read_s"] if a["wake_read_s"] else ""
    return "%d in %.2f s%s" % (sum(seen), a["stale_read_s"], wake)


def table(agg):
    print("| system | setting | fault | reps | write outage s, median (min-max) | app client gap s "
          "| promoted | not restored in window | old primary stepped down after s | acks by two "
          "primaries | reads from the old one after the new one opened | acked / lost | back to 2 nodes s | outage caused by the heal s | load |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    for a in agg:
        n = a["n"]
        out = rng(a["outage"])
        if a["not_restored"] and a["not_restored"] == n:
            out = "> %.0f (never)" % min(a["outage"])
        dem = "-"
        if a["fault"] in ("F3", "F4", "F4S", "F7") and a["failed_over"]:
            x = [d for d in a["old_demoted"] if d is not None]
            dem = "%s (%d of %d)" % (rng(x), len(x), n)
        print("| %s | %s | %s | %d%s | %s | %s | %d/%d | %d | %s | %s | %s | %s / %d | %s%s | %s | %s |" % (
            a["system"], a["setting"], a["fault"], n,
            " (+%d failed)" % a["errors"] if a["errors"] else "", out, rng(a["client"]),
            a["failed_over"], n, a["not_restored"], dem,
            "%d in %.2f s" % (a["dual_acks"], a["dual_window"]) if a["dual_acks"] else "none",
            stale(a), a["acked"] or "not kept", a["lost"], rng(a["heal"]),
            ", %d never" % a["no_heal"] if a["no_heal"] else "", rng(a["heal_outage"]),
            "not kept" if None in a["load"] else "%.0f-%.0f" % tuple(a["load"])))


def matrix(agg):
    """Compact: one row per system/setting, one column per fault; write outage in seconds."""
    faults = sorted({a["fault"] for a in agg})
    rows = {}
    for a in agg:
        n = a["n"]
        if not n:
            cell = "failed"
        elif a["not_restored"] == n:
            cell = "> %.0f" % min(a["outage"])
        else:
            cell = rng(a["outage"])
            if a["not_restored"]:
                cell += " [%d of %d never]" % (a["not_restored"], n)
        if a["lost"]:
            cell += " **LOST %d**" % a["lost"]
        rows.setdefault((a["system"], a["setting"]), {})[a["fault"]] = cell
    print("| system / setting | " + " | ".join(faults) + " |")
    print("|---" * (len(faults) + 1) + "|")
    for k in sorted(rows):
        print("| %s / %s | " % k + " | ".join(rows[k].get(f, "-") for f in faults) + " |")


def rejoin(agg):
    """How a primary that was killed came back, and what that cost those who went on."""
    print("| system / setting | fault | runs | back to two servers s, median (min-max) | how | write outage at the takeover s | "
          "outage while it came back s | acked / lost |")
    print("|---" * 8 + "|")
    for a in agg:
        if a["n"]:
            never = " [%d of %d not while it was looked at]" % (a["no_heal"], a["n"]) if a["no_heal"] else ""
            print("| %s / %s | %s | %d | %s%s | %s | %s | %s | %d / %d |" % (
                a["system"], a["setting"], a["fault"], a["n"], rng(a["heal"]), never, ", ".join(a["how"]) or "-",
                rng(a["outage"]), rng(a["heal_outage"]), a["acked"], a["lost"]))
        if a["errors"]:
            print("| %s / %s | %s | %d failed | - | - | - | - | - |" % (a["system"], a["setting"], a["fault"], a["errors"]))


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("files", nargs="+")
    ap.add_argument("--json")
    ap.add_argument("--matrix", action="store_true", help="compact table")
    ap.add_argument("--rejoin", action="store_true", help="how killed primaries came back")
    a = ap.parse_args()
    rows = []
    for f in a.files:
        with open(f) as fh:
            rows += [json.loads(x) for x in fh if x.strip()]
    agg = aggregate(rows)
    if a.json:
        with open(a.json, "w") as f:
            json.dump({"aggregate": agg, "runs": rows}, f, indent=1)
    (matrix if a.matrix else rejoin if a.rejoin else table)(agg)


if __name__ == "__main__":
    main()
