"""Turns the clients' logs of one run into numbers."""
from collections import namedtuple

# t: when the answer was read; sent: when the statement was sent (t when the log does not say);
# timeline: PostgreSQL's, in which the statement ran (None when not asked for)
Ack = namedtuple("Ack", "t client seq ip sent timeline")
Read = namedtuple("Read", "t client role ip")


def parse(lines):
    """(acks, states, reads) of a client's log."""
    acks, states, reads = [], [], []
    for line in lines:
        w = line.split()
        if not line.endswith("\n") or len(w) < 5:
            continue                        # torn last line of a killed client
        t, client = float(w[1]), int(w[2])
        if w[0] == "a":
            sent = float(w[5]) if len(w) > 5 else t
            acks.append(Ack(t, client, int(w[3]), w[4], sent, int(w[6]) if len(w) > 6 else None))
        elif w[0] == "s":
            states.append((t, client, w[3], w[4]))
        elif w[0] == "r":
            reads.append(Read(t, client, w[3], w[4]))
    return acks, states, reads


def load_all(path):
    try:
        with open(path) as f:
            return parse(f)
    except FileNotFoundError:
        return [], [], []


def load(path):
    return load_all(path)[:2]


# ---- the checkers behind "lost" and "two servers acknowledging" (tests: test_analyze.py)
def lost(acks, table):
    """Acknowledged inserts that are absent from the table, given as pairs (client, seq)."""
    have = set(table)
    return [a for a in acks if (a.client, a.seq) not in have]


def two_acknowledging(acks, old_ip, t0):
    """Acks by the old primary between the first and the last ack of its successor."""
    new = [a.t for a in acks if a.t > t0 and a.ip != old_ip]
    if not new:
        return []
    return [a for a in sorted(acks) if a.ip == old_ip and min(new) < a.t < max(new)]


def stale_acks(acks, tolerance=0.25):
    """For logs with timelines, whatever happened in between: acks of a lower timeline that were
    given after a higher one had acknowledged.  A client may be slow to read an answer: a statement
    sent before the first ack of the higher timeline is tolerated for so long."""
    first = {}
    for a in sorted(acks):
        first.setdefault(a.timeline, a.t)
    bad = []
    for a in acks:
        later = [t for timeline, t in first.items() if timeline > a.timeline]
        if later and (a.sent > min(later) or a.t > min(later) + tolerance):
            bad.append(a)
    return bad


def split_timelines(acks):
    """Timelines in which more than one server acknowledged: [(timeline, {ip, ...}), ...]."""
    servers = {}
    for a in acks:
        servers.setdefault(a.timeline, set()).add(a.ip)
    return sorted((t, ips) for t, ips in servers.items() if len(ips) > 1)


def stale_reads(reads, old_ip, opened):
    """Reads that the old primary answered as a primary after its successor had opened."""
    return [r for r in sorted(reads) if r.ip == old_ip and r.role == "primary" and r.t > opened]


# ---- numbers
def max_gap(times, t0, t_end, begin=None):
    """Largest hole in the ack stream that ends after t0 (and starts before `begin`, so that a
    slow checkpoint long after the failover is not taken for it); (length, start, end).  An
    open hole at t_end counts (end None)."""
    best = (0.0, t0, t0)
    ts = [t for t in sorted(times) if t <= t_end]
    prev = None
    for t in ts:
        if prev is not None and t > t0 and t - prev > best[0] and (begin is None or prev < begin):
            best = (t - prev, prev, t)
        prev = t
    last = ts[-1] if ts else t0
    if t_end - last > best[0] and (begin is None or last < begin):
        best = (t_end - last, last, None)
    return best


def analyse(remote, local, t0, t_heal, t_end, old_ip, ip_host, table, begin=None, reads=()):
    """remote/local: (acks, states) lists; reads: of all readers.  Returns a dict of results.

    outage_s        largest hole in the merged acks of all remote clients
    restore_s       fault -> first ack after that hole
    down_s          sum of all holes > 0.25 s from the fault to the heal
    heal_outage_s   largest hole from the heal to the end of the run
    client_gap_s    each multi-host writer's own largest hole (clients 0..9)
    old_demoted_s   fault -> isolated old primary no longer writable or hanging, as seen by a
                    client on the old primary's own host
    dual_*          acks by the old primary after the new one's first ack
    stale_reads     reads that the old primary answered as a primary after the new one's first ack
    stale_read_s    how long after that ack the last one came
    wake_read_s     heal -> the last such read (a suspended host that wakes up)
    lost_*          acknowledged rows absent from the final primary
    """
    racks, rstates = remote
    lacks, lstates = local
    r = {}
    times = [a.t for a in racks]
    g = max_gap(times, t0, t_heal, begin)
    r["outage_s"] = round(g[0], 3)
    r["restored"] = g[2] is not None
    r["restore_s"] = round(g[2] - t0, 3) if g[2] else None
    ts = [t for t in sorted(times) if t0 - 1 < t <= t_heal]
    holes = [(a, b) for a, b in zip(ts, ts[1:]) if b - a > 0.25 and b > t0]
    if ts and t_heal - ts[-1] > 0.25:
        holes.append((ts[-1], t_heal))
    r["down_s"] = round(sum(b - a for a, b in holes), 3)
    r["holes"] = [[round(a - t0, 3), round(b - t0, 3)] for a, b in holes][:20]
    gaps = []
    for c in sorted({a.client for a in racks if a.client < 10}):
        gaps.append(round(max_gap([a.t for a in racks if a.client == c], t0, t_heal, begin)[0], 3))
    r["client_gap_s"] = gaps
    # the heal itself can cost an outage (a returning node, a re-election): largest hole after it
    r["heal_outage_s"] = round(max_gap(times, t_heal, t_end - 0.7)[0], 3)
    # who acknowledged what, when
    every = sorted(racks + lacks)
    new = [a for a in every if a.t > t0 and a.ip != old_ip]
    r["new_primary_first_ack_s"] = round(new[0].t - t0, 3) if new else None
    dual = two_acknowledging(every, old_ip, t0)
    r["dual_acks"] = len(dual)
    r["dual_window_s"] = round(dual[-1].t - new[0].t, 3) if dual else 0.0
    stale = stale_reads(reads, old_ip, new[0].t) if new else []
    r["stale_reads"] = len(stale)
    r["stale_read_s"] = round(stale[-1].t - new[0].t, 3) if stale else 0.0
    r["wake_read_s"] = round(max(stale[-1].t - t_heal, 0.0), 3) if stale else 0.0
    # state of the old primary as its own local client saw it
    tl = [(t, s) for (t, c, s, ip) in lstates if c in (20, 21) and ip_host(c) == old_ip]
    r["old_states"] = [[round(t - t0, 3), s] for t, s in tl if t > t0][:40]
    dem = [t for t, s in tl if t > t0 and (s in ("ro", "refused", "stopping", "starting")
                                          or s.startswith("err"))]
    r["old_demoted_s"] = round(dem[0] - t0, 3) if dem else None
    # loss
    lost_r, lost_l = lost(racks, table), lost(lacks, table)
    r["acked"] = len(racks) + len(lacks)
    r["lost_remote"], r["lost_local"] = len(lost_r), len(lost_l)
    r["lost_detail"] = [[round(a.t - t0, 3), a.client, a.seq, a.ip] for a in (lost_r + lost_l)][:20]
    r["phantom"] = len(set(table) - {(a.client, a.seq) for a in racks + lacks})
    return r
