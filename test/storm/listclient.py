#!/usr/bin/env python3
"""Clients that append to lists and read them; run inside the clients' network namespace by the storm.

  listclient.py --out FILE --hosts IP,IP --append N --read ID:HOST ...

A list is one row. An append is one statement that gives back the whole list, a read is one select; every few seconds
all go on to new lists. What judge.py needs of each is one line:

  l <answered> <client> <ok|no|unknown> <host> <sent> <timeline> <key> <value> <items,...>
  q <answered> <client> <primary|standby> <host> <sent> <timeline> <key> <items,...>

"no" is a refusal that says that nothing was done (a read-only server); whatever else is no answer is "unknown". Times
are CLOCK_MONOTONIC. Nothing is tried again under the same value.
"""
import argparse
import os
import random
import signal
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(HERE)), "bench/failover"))
from mcb.client import TIMELINE, WATCHDOG, Log, target                 # noqa: E402
from mcb.libpq import Conn, PgError                                    # noqa: E402

LISTS, LIST_SECONDS = 3, 4
VALUES = 10_000_000                 # of one client
READ_ONLY = "25006"
APPEND = ("insert into storm_lists values (%d, array[%d]) on conflict (k) do update"
          " set items = storm_lists.items || excluded.items returning array_to_string(items, ','), " + TIMELINE)
READ = ("select r, case when r then null else " + TIMELINE + " end,"
        " (select array_to_string(items, ',') from storm_lists where k = %d) from pg_is_in_recovery() r")
begun = time.monotonic()
stop = threading.Event()


def key(draw):
    return int((time.monotonic() - begun) / LIST_SECONDS) * LISTS + draw.randrange(LISTS)


class Client(threading.Thread):
    """One connection, made anew when it breaks. `deadline` None: libpq's own way through several hosts."""

    def __init__(self, log, number, conninfo, deadline, interval):
        super().__init__(daemon=True)
        self.log, self.number, self.conninfo = log, number, conninfo
        self.deadline, self.interval = deadline, interval
        self.draw = random.Random(number)

    def run(self):
        conn = None
        while not stop.is_set():
            try:
                if conn is None or not conn.open:
                    conn = Conn(self.conninfo, self.deadline)
                if not self.statement(conn):
                    conn.close()
            except PgError:
                pass                # not connected: nothing was asked for
            time.sleep(self.interval)


class Appender(Client):
    seq = 0

    def statement(self, conn):
        """Whether the connection is good for more."""
        self.seq += 1
        k, value, sent = key(self.draw), self.number * VALUES + self.seq, time.monotonic()
        try:
            (items, timeline), = conn.query(APPEND % (k, value), WATCHDOG)
        except PgError as error:
            self.log.put("l", self.number, "no" if error.code == READ_ONLY else "unknown", conn.addr,
                         "%.6f" % sent, 0, k, value, "-")
            return error.code != READ_ONLY
        self.log.put("l", self.number, "ok", conn.addr, "%.6f" % sent, int(timeline, 16), k, value, items)
        return True


class Reader(Client):
    def statement(self, conn):
        k, sent = key(self.draw), time.monotonic()
        (follows, timeline, items), = conn.query(READ % k, WATCHDOG)
        self.log.put("q", self.number, "standby" if follows == "t" else "primary", conn.addr, "%.6f" % sent,
                     int(timeline or "0", 16), k, items or "-")
        return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--hosts", required=True)
    parser.add_argument("--append", type=int, required=True)
    parser.add_argument("--read", action="append", default=[])
    parser.add_argument("--interval", type=float, default=0.05)
    parser.add_argument("--user", required=True)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    log = Log(given.out)
    base = "user=%s dbname=postgres sslmode=disable gssencmode=disable " % given.user
    clients = []
    hosts = given.hosts.split(",")
    for i in range(given.append):
        clients.append(Appender(log, 100 + i, base + target(hosts[i % 2:] + hosts[:i % 2])
                                + " target_session_attrs=read-write connect_timeout=2", None, given.interval))
    for word in given.read:
        number, host = word.split(":", 1)
        clients.append(Reader(log, int(number), base + target([host]), 0.5, given.interval))
    for client in clients:
        client.start()
    stop.wait()
    time.sleep(0.3)
    os._exit(0)


if __name__ == "__main__":
    main()
