"""What must be true of everything that clients saw; functions of histories (test_judge.py feeds each a violation).

The writers' rows are judged by bench/failover/mcb/analyze.py: lost, and two servers acknowledging. Here are the lists,
where the order counts, and what was read.
"""
import bisect
from collections import namedtuple

# t: when the answer was read; outcome: ok, no (certainly nothing done), unknown; items: the whole list after it
Append = namedtuple("Append", "t client outcome server sent timeline key value items")
# role: what the server said it is; items: the list as it was read
Read = namedtuple("Read", "t client role server sent timeline key items")


def items_of(word):
    return [] if word == "-" else [int(each) for each in word.split(",")]


def parse(lines, place):
    """(appends, reads) of a list client's log; `place` gives the server's name for its address."""
    appends, reads = [], []
    for line in lines:
        w = line.split()
        if not line.endswith("\n") or len(w) != {"l": 10, "q": 9}.get(line[0]):
            continue                        # torn last line of a client that was ended
        head = (float(w[1]), int(w[2]), w[3], place.get(w[4], w[4]), float(w[5]), int(w[6]), int(w[7]))
        if w[0] == "l":
            appends.append(Append(*head, int(w[8]), items_of(w[9])))
        else:
            reads.append(Read(*head, items_of(w[8])))
    return appends, reads


def lost_appends(appends, final):
    """Acknowledged appends that are not in the final lists, {key: items}."""
    have = {key: set(items) for key, items in final.items()}
    return [a for a in appends if a.outcome == "ok" and a.value not in have.get(a.key, ())]


def unasked(appends, final):
    """Values in the final lists twice, or whose append was certainly refused."""
    refused = {a.value for a in appends if a.outcome == "no"}
    bad = []
    for key, items in final.items():
        seen = set()
        for value in items:
            if value in seen or value in refused:
                bad.append((key, value))
            seen.add(value)
    return bad


def not_a_prefix(answers, final):
    """Answers of appends and of primaries that are no beginning of the final list: an update was lost, or undone."""
    return [a for a in answers if getattr(a, "outcome", "ok") == "ok" and getattr(a, "role", "primary") == "primary"
            and a.items != final.get(a.key, [])[:len(a.items)]]


def opened(answers):
    """[(when, timeline, server)]: the first answer of a primary in each timeline, by any client."""
    first = {}
    for a in answers:
        if a.timeline:                      # a standby's answer has none
            first[a.timeline] = min(first.get(a.timeline, (a.t, a.timeline, a.server)),
                                    (a.t, a.timeline, a.server))
    return sorted(first.values())


def overtaken(reads, openings):
    """Reads that a server answered as a primary though another one had answered in a later timeline before they
    were sent."""
    bad = []
    for r in reads:
        if r.role == "primary" and any(t < r.sent and timeline > r.timeline and server != r.server
                                       for t, timeline, server in openings):
            bad.append(r)
    return bad


def behind(reads, appends):
    """Reads of a primary that miss an append acknowledged before they were sent."""
    acked = {}
    for a in sorted(appends):
        if a.outcome == "ok":
            acked.setdefault(a.key, []).append((a.t, a.value))
    bad = []
    for r in reads:
        if r.role == "primary":
            known = acked.get(r.key, [])
            before = known[:bisect.bisect_left(known, (r.sent,))]
            have = set(r.items)
            if any(value not in have for _, value in before):
                bad.append(r)
    return bad


# ---- leases (P5): how long a primary may serve that no majority answers; s
LEASE = 1.7                     # of the settings that the storm runs with
VOTERS_LEASE = LEASE * 1.05     # as those count it who gave it
LOGGED_LATE = 1.0               # between what is done and the line that says so, at most


def knows(records, server, when):
    """The latest record that the server's own log names before that, or None. records: [(when, server, record)]"""
    known = [record for t, name, record in records if name == server and t <= when]
    return max(known, key=lambda record: record.epoch, default=None)


def leased(records, server, when):
    """Whether it needs a lease to serve: it is the primary, and somebody may take over from it."""
    record = knows(records, server, when)
    return record is not None and record.primary == server and record.eligible != ""


def leases_reported(outs, records, openings, forgotten=()):
    """[(server, from, to)] without a lease, by what the agents logged: outs: [(when, server, s since a majority answered
    what was sent)], openings: [(when, server, epoch)]. Until the server knows another record, or opens again.
    forgotten: [(when, voter)] lost its memory, and what it had granted ends when it asks for that (P5): by then the line
    tells of older grants alone, and the lease was out when the line was written."""
    found = []
    for when, server, since in outs:
        if since > 0:
            ends = [t for t, name, _ in records if name == server and t > when]
            ends += [t - LOGGED_LATE for t, name, _ in openings if name == server and t > when]
            void = any(when - VOTERS_LEASE <= t <= when and voter != server for t, voter in forgotten)
            start = when if void else when - since + VOTERS_LEASE
            found.append((server, start, min(ends, default=float("inf"))))
    return found


def after_lease(reads, windows, records):
    """Reads that were sent to a server after the end of its lease, and that it answered as a primary."""
    return [r for r in reads if r.role == "primary" and leased(records, r.server, r.sent)
            and any(server == r.server and start < r.sent and r.t < end for server, start, end in windows)]


def is_away(r, away):
    """Why no agent could have helped while this was read, or None; `away`: [(server, from, to, why)]."""
    return next((why for server, start, end, why in away if server == r.server and start <= r.t and r.sent <= end), None)


def stale(bad, away):
    """(stale reads, {why: those excused}) of reads that may each be there several times."""
    counted, excused = [], {}
    for r in sorted({id(r): r for r in bad}.values()):
        why = is_away(r, away)
        (counted if why is None else excused.setdefault(why, [])).append(r)
    return counted, excused
