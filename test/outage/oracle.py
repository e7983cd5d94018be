"""What should come of an outage, found out by brute force: without our programs, and without any of their code.

The state files are read as bytes, and the question is asked of every set of voters that could decide. Everything else is
known because the matrix itself has done the damage.
"""
import dataclasses
import itertools
import os
import struct

HEADER, CHECKSUM = 48, 4    # of a state file (src/sys/statefile.c)


def fields(data):
    """[(number, value)] of protobuf bytes: integers, and bytes of what has a length."""
    found, at = [], 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                return value
    while at < len(data):
        key = varint()
        kind = key & 7
        if kind == 0:
            found.append((key >> 3, varint()))
        elif kind == 1:
            found.append((key >> 3, struct.unpack_from("<Q", data, at)[0]))
            at += 8
        else:
            assert kind == 2, kind
            size = varint()
            found.append((key >> 3, data[at:at + size]))
            at += size
    return found


@dataclasses.dataclass(frozen=True)
class Record:
    """Members by their place in network.conf: servers first."""
    epoch: int
    primary: int
    eligible: tuple
    quorum: int


@dataclasses.dataclass(frozen=True)
class Memory:
    ballot: tuple
    accepted: Record
    chosen: Record


def record(data):
    one = dict(fields(data))
    eligible = [dict(fields(value)).get(1, 0) - 1 for number, value in fields(data) if number == 7]
    return Record(one.get(4, 0), one.get(5, 0) - 1, tuple(eligible), one.get(8, 0))


def memory(mcdir):
    """What a voter's file says; None: there is none."""
    names = [n for n in os.listdir(mcdir) if n.endswith(".state")]
    if not names:
        return None
    with open(os.path.join(mcdir, names[0]), "rb") as f:
        one = dict(fields(f.read()[HEADER:-CHECKSUM]))
    ballot = dict(fields(one.get(7, b"")))
    return Memory((ballot.get(1, 0), ballot.get(2, 0)), record(one.get(8, b"")), record(one.get(9, b"")))


@dataclasses.dataclass
class Case:
    """What is left after an outage. Members by their place; `whole`: directories that are there and are the very ones."""
    voters: int
    reached: set
    memory: dict            # voter: Memory, of those that are reached and remember
    whole: set
    recovered: set = frozenset()    # of these: from a backup, not opened since


def latest(memories):
    """The record that a round of these voters finds, E1: of what they accepted the one with the highest ballot."""
    accepted = max(memories, key=lambda m: m.ballot).accepted
    chosen = max((m.chosen for m in memories), key=lambda r: r.epoch)
    return accepted if accepted.epoch > chosen.epoch else chosen


def who_opens(case, found):
    """Under this record; None: nobody who is known to have everything."""
    if found.primary in case.whole:
        return found.primary
    if found.eligible and len(set(found.eligible) & case.whole) >= len(found.eligible) - found.quorum + 1:
        return min(set(found.eligible) & case.whole)    # two servers: it is the one
    return None


def verdicts(case):
    """All that may come of it: ("open", server), ("refuse", why). More than one where voters that decide find different
    records: a change was under way."""
    need = case.voters // 2 + 1
    remember = sorted(set(case.memory) & case.reached)
    forgot = case.reached - set(case.memory)
    if len(remember) < need and not (len(forgot) == 1 and len(remember) == case.voters - 1):
        return {("refuse", "forgotten" if len(case.reached) == case.voters else "majority")}
    found = {latest([case.memory[v] for v in some])
             for count in range(min(need, len(remember)), len(remember) + 1)
             for some in itertools.combinations(remember, count)}
    results = set()
    for one in found:
        if one.primary in case.recovered and len(set(one.eligible) & case.whole) < max(
                1, len(one.eligible) - one.quorum + 1):
            results.add(("refuse", "recovered"))    # who could tell that nothing is missing is not there
            continue
        server = who_opens(case, one)
        results.add(("open", server) if server is not None else ("refuse", "lost"))
    return results


def reason(text):
    """Of a refusal, as it is printed."""
    for words, name in (("no majority of the voters", "majority"), ("too few voters remember", "forgotten"),
                        ("has every acknowledged commit, and", "lost"), ("what was recovered from a backup", "recovered")):
        if words in text:
            return name
    return "unknown: " + text
