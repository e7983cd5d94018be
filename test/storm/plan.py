"""Which faults come when: a function of the seed. Where each strikes is said by role, and looked up when it comes."""
import random
from collections import namedtuple

from faults import KINDS, kinds_of

Fault = namedtuple("Fault", "kind where seconds number")
# patience: s to wait for a switchable cluster; then `first` strikes the primary, and the others, each after its gap
Beat = namedtuple("Beat", "patience first others")
PATIENCE = 8.0
LATER = 1.5
QUICK = ["kill-postmaster", "kill-walsender", "hand-over"]      # over in a moment: twice as often


class Bag:
    """All of them in a random order, again and again."""

    def __init__(self, draw, kinds):
        self.draw, self.kinds, self.left = draw, sorted(kinds), []

    def next(self):
        if not self.left:
            self.left = self.draw.sample(self.kinds, len(self.kinds))
        return self.left.pop()


def names(what, count):
    return ["%s%d" % (what, i + 1) for i in range(count)]


def where(draw, on, shape):
    """By role; of several standbys, "standby" is the first one and "third" the last one."""
    servers, arbiters = names("server", shape[0]), names("arbiter", shape[1])
    roles = ["primary", "standby", "third"][:shape[0]]
    if on == "server":
        return draw.choice(roles)
    if on == "standby":
        return draw.choice(roles[1:])
    if on == "member":
        return draw.choice(roles + arbiters)
    if on == "arbiter":
        return draw.choice(arbiters)
    if on == "ring":
        return "all"
    if on in ("pair", "way"):
        return ",".join(draw.sample(servers + arbiters, 2))
    return ",".join(draw.sample(servers, 2)) if on == "servers" else on


def beats(seed, shape=(2, 1)):
    """Without end; shape: so many servers, and so many arbiters."""
    kinds = kinds_of(shape)
    draw = random.Random(seed)
    strong = Bag(draw, [k.name for k in kinds.values() if k.main] + QUICK)
    every = Bag(draw, list(kinds) + [k.name for k in kinds.values() if not k.main])    # the others are drawn above
    number = 0

    def fault(kind, place, share):
        nonlocal number
        number += 1
        return Fault(kind.name, place, round(kind.shortest + share * (kind.longest - kind.shortest), 2), number)

    while True:
        kind = KINDS[strong.next()]
        first = fault(kind, "primary", draw.uniform(0.5, 1.0))
        others = []
        gap = draw.choice([0.0, LATER, LATER])             # at once, or when the first has had its time
        for _ in range(draw.randint(1, 4)):
            kind = KINDS[every.next()]
            gap = round(gap + draw.uniform(0.0, 1.0), 2)
            others.append((gap, fault(kind, where(draw, kind.on, shape), draw.random() ** 2)))
            gap = 0.0
        yield Beat(PATIENCE if draw.random() < 0.85 else 0.0, first, others)


def script(lines):
    """[(when, Fault)] of lines "SECONDS KIND WHERE LASTS", as faults.txt of a run has them; "#" begins a comment."""
    found = []
    for line in lines:
        words = line.split("#")[0].split()
        if words:
            when, kind, place, seconds = words
            found.append((float(when), Fault(KINDS[kind].name, place, float(seconds), len(found) + 1)))
    return found
