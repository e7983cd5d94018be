#!/usr/bin/env python3
"""Load client; run inside a network namespace by the harness (never by hand).

  client.py --run R --out FILE [--multi N --hosts ip1,ip2] [--probe id:ip ...] [--read id:ip ...]

Three kinds of workers, each with its own client id and its own connection:
 * multi  : what an application does.  libpq multi-host string, target_session_attrs=
            read-write, connect_timeout=2 (libpq's minimum), statement watchdog 1 s.
 * probe  : pinned to one host, own 0.5 s connect deadline, keeps its connection on a hot
            standby and retries every 25 ms, so that it sees the very first moment the
            host accepts a write.  Never fails over.
 * read   : pinned to one host like a probe, but only reads.
Every acknowledged insert is written (flushed) as   a <mono> <client> <seq> <ip> <sent> [<timeline>]
(the timeline only with --timeline: the one in which the statement ran), every answered read as
                                                    r <mono> <client> <primary|standby> <ip>
and state changes of a worker as                    s <mono> <client> <state> <ip>
states: ack ro hang refused connto full (no connection slot) starting stopping err:<sqlstate>.  A seq is used once: a statement
abandoned by the watchdog is never retried under the same number.  An ip carries its port where that is
not 5432.  Success with the warning that
the commit might not have been replicated is err:01000, not an ack.
Times are CLOCK_MONOTONIC, which all namespaces of one machine share.
"""
import argparse
import os
import signal
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from mcb.libpq import Conn, PgError, PgTimeout  # noqa: E402

WATCHDOG = 1.0
TIMELINE = "substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)"
stop = threading.Event()


class Log:
    def __init__(self, path):
        self.f = open(path, "a", buffering=1)
        self.lock = threading.Lock()

    def put(self, kind, *cols):
        with self.lock:
            self.f.write("%s %.6f %s\n" % (kind, time.monotonic(), " ".join(map(str, cols))))


class Worker(threading.Thread):
    """A writer; `probe` says whether it is pinned to one host."""

    def __init__(self, log, a, cid, conninfo, probe, interval):
        super().__init__(daemon=True)
        self.log, self.run_id, self.cid = log, a.run, cid
        self.conninfo, self.probe, self.interval = conninfo, probe, interval
        self.tail = " returning " + TIMELINE if a.timeline else ""
        self.state, self.addr = None, "-"
        self.seq = 0

    def set_state(self, st):
        key = (st, self.addr)
        if key != self.state:
            self.state = key
            self.log.put("s", self.cid, st, self.addr)

    def connect(self):
        try:
            conn = Conn(self.conninfo, 0.5 if self.probe else None)
            self.addr = conn.addr if conn.port == "5432" else conn.addr + ":" + conn.port
            return conn
        except PgTimeout:
            self.set_state("connto")
        except PgError as e:
            m = str(e)
            self.set_state("full" if "too many" in m or "connection slots" in m else
                           "starting" if "starting up" in m or "recovery" in m else
                           "stopping" if "shutting down" in m else "refused")
            time.sleep(0.04 if self.probe else 0.1)
        return None

    def statement(self, conn):
        """One statement, its answer logged."""
        self.seq += 1
        sent = time.monotonic()
        rows = conn.query("INSERT INTO bench_acks(run,client,seq) VALUES(%d,%d,%d)%s"
                          % (self.run_id, self.cid, self.seq, self.tail), WATCHDOG)
        self.log.put("a", self.cid, self.seq, self.addr, "%.6f" % sent,
                     *([int(rows[0][0], 16)] if rows else []))
        self.set_state("ack")

    def run(self):
        conn = None
        while not stop.is_set():
            if conn is None:
                conn = self.connect()
                if conn is None:
                    continue
            try:
                self.statement(conn)
                time.sleep(self.interval)
            except PgTimeout:
                self.set_state("hang")
                conn = None
            except PgError as e:
                if e.code == "25006":
                    self.set_state("ro")
                    if not self.probe:
                        conn.close()
                        conn = None
                    time.sleep(0.03)
                else:
                    self.set_state("err:" + (e.code or "conn"))
                    if conn is not None and not conn.open:
                        conn = None
                    time.sleep(0.02)


class Reader(Worker):
    def statement(self, conn):
        rows = conn.query("SELECT pg_is_in_recovery(), (SELECT seq FROM bench_acks LIMIT 1)",
                          WATCHDOG)
        role = "standby" if rows[0][0] == "t" else "primary"
        self.log.put("r", self.cid, role, self.addr)
        self.set_state("ack")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--run", type=int, required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--multi", type=int, default=0)
    ap.add_argument("--hosts", default="", help="ip or ip:port, separated by commas")
    ap.add_argument("--probe", action="append", default=[])
    ap.add_argument("--read", action="append", default=[])
    ap.add_argument("--interval", type=float, default=0.02)
    ap.add_argument("--timeline", action="store_true")
    ap.add_argument("--user", default="postgres")
    a = ap.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    log = Log(a.out)
    base = "user=%s dbname=postgres sslmode=disable gssencmode=disable " % a.user
    ws = []
    for i in range(a.multi):
        h = a.hosts.split(",")
        if i % 2:
            h.reverse()         # half of the writers list the other host first
        ws.append(Worker(log, a, i, base + "%s target_session_attrs=read-write "
                         "connect_timeout=2 application_name=mcbw%d" % (target(h), i),
                         False, a.interval))
    for kind, pins in ((Worker, a.probe), (Reader, a.read)):
        for p in pins:
            cid, host = p.split(":", 1)
            ws.append(kind(log, a, int(cid), base + "%s application_name=mcbp%s"
                           % (target([host]), cid), True, max(a.interval, 0.025)))
    for w in ws:
        w.start()
    stop.wait()
    time.sleep(0.3)
    os._exit(0)


def target(hosts):
    """host= and port= of a libpq string; an entry is "ip", "ip:port" or a socket's folder."""
    pairs = [h.split(":") if ":" in h else (h, "5432") for h in hosts]
    return "host=%s port=%s" % (",".join(p[0] for p in pairs), ",".join(p[1] for p in pairs))


if __name__ == "__main__":
    main()
