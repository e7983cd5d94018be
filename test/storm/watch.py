"""What the hosts logged, as it comes: who is primary by the latest record, who needs an operator, what is over."""
import os
import re
import threading
from collections import namedtuple

Record = namedtuple("Record", "epoch primary eligible cause")
CHOSEN = re.compile(r'record of epoch (\d+) chosen: primary "(\w+)", eligible "([\w, ]*)", cause (\w+)')
OPENED = re.compile(r"clients are admitted under epoch (\d+)")
LEASE_OUT = re.compile(r"the lease is out: no majority of the voters answered for ([\d.]+) (ms|s) ")
MESSAGE = re.compile(r"\((MC[AR]\d+)\)")


class Watch(threading.Thread):
    """Reads all system logs to their end, ten times a second."""

    def __init__(self, cluster):
        super().__init__(daemon=True)
        self.files = {name: [host.logfile, 0, ""] for name, host in cluster.hosts.items()}
        self.latest = Record(0, "", "", "")
        self.records = []                   # (when, host, Record): what each came to know
        self.openings = []                  # (when, server, epoch)
        self.leases_out = []                # (when, server, s since what a majority answered last was sent; 0: nothing)
        self.said = {}                      # (host, message id): when last
        self.starts = []                    # (when, host): an agent started
        self.ended = threading.Event()

    def run(self):
        while not self.ended.wait(0.1):
            self.look()

    def look(self):
        for name, place in self.files.items():
            path, offset, torn = place
            if not os.path.exists(path):
                continue
            with open(path, errors="replace") as f:
                f.seek(offset)
                text = torn + f.read()
                place[1] = f.tell()
            lines = text.split("\n")
            place[2] = lines.pop()
            for line in lines:
                self._take(name, line)

    def _take(self, host, line):
        when, _, text = line.partition(" ")
        when = float(when)
        if m := CHOSEN.search(text):
            record = Record(int(m.group(1)), *m.groups()[1:])
            self.records.append((when, host, record))
            if record.epoch > self.latest.epoch:
                self.latest = record
        elif m := OPENED.search(text):
            self.openings.append((when, host, int(m.group(1))))
        elif m := LEASE_OUT.search(text):
            self.leases_out.append((when, host, float(m.group(1)) / (1000 if m.group(2) == "ms" else 1)))
        if m := MESSAGE.search(text):
            self.said[host, m.group(1)] = when
            if m.group(1) == "MCA01000":
                self.starts.append((when, host))

    def since(self, host, message, when):
        return self.said.get((host, message), 0.0) > when

    def switchable(self):
        """By the record, and its primary has opened under it or an earlier one of its own."""
        last = max(self.openings, default=(0, "", 0))
        return bool(self.latest.eligible) and last[1] == self.latest.primary

    def changes(self):
        """How often another server opened than the one before."""
        servers = [server for _, server, _ in sorted(self.openings)]
        return sum(a != b for a, b in zip(servers, servers[1:]))

    def stop(self):
        self.ended.set()
        self.join()
        self.look()


def state_path(member):
    return os.path.join(member.mcdir, member.name + ".state")


class Copies(threading.Thread):
    """Old copies of every voter's state file, taken now and then."""

    EVERY = 20.0

    def __init__(self, cluster, took):
        super().__init__(daemon=True)
        self.cluster, self.took = cluster, took
        self.kept = {member.name: [] for member in cluster.members()}
        self.ended = threading.Event()

    def run(self):
        while True:
            for member in self.cluster.members():
                try:
                    with open(state_path(member), "rb") as f:
                        self.kept[member.name].append(f.read())
                    self.took(member)
                except FileNotFoundError:
                    pass                    # it was just deleted
            if self.ended.wait(self.EVERY):
                return

    def stop(self):
        self.ended.set()
        self.join()
