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


def stale(reads, appends, openings, frozen):
    """(stale reads, those excused because the server's agent was frozen); `frozen`: [(server, from, to)]."""
    bad = {id(r): r for r in overtaken(reads, openings) + behind(reads, appends)}
    counted, excused = [], []
    for r in sorted(bad.values()):
        asleep = any(server == r.server and start <= r.t and r.sent <= end for server, start, end in frozen)
        (excused if asleep else counted).append(r)
    return counted, excused
