"""The operator: looks at the servers all the time, and does what messages ask for, with the product's own commands."""
import os
import threading
import traceback

from faults import UNABLE
from mcharness import now

COPY_ANEW = {"MCA01056": "diverged", "MCA01128": "unknown history"}
START = {"MCA01076": "given up", "MCA01131": "left down"}
STUCK = 20.0        # s without an instance while another server serves, and nothing said why
ASIDE = 5.0         # s beside a primary without being eligible, before status is asked why
WAL_GONE = "mc_ctl setup -r standby --overwrite makes a new copy"       # by status, of a standby that cannot stream


class Operator(threading.Thread):
    """done: [(when, server, what)]. Leaves a host alone that a fault has for itself."""

    def __init__(self, cluster, watch, story):
        super().__init__(daemon=True)
        self.cluster, self.watch, self.story = cluster, watch, story
        self.done = []
        self.mistakes = []      # of ours
        self.looked_after = {member.name: now() for member in cluster.members()}
        self.missing = {}       # since when there is no daemon, or no instance
        self.ended = threading.Event()

    def run(self):
        while not self.ended.wait(0.25):
            for member in self.cluster.members():
                with self.cluster.claim(member.host) as ours:
                    if ours and member.host.init is not None:
                        try:
                            self._look(member)
                        except UNABLE as error:
                            self.done.append((now(), member.name, "failed: %.300s" % error))
                        except Exception:                       # noqa: BLE001 - the storm fails in the end
                            self.mistakes.append("the operator: " + traceback.format_exc())

    def _look(self, member):
        if self._for(member.name + " daemon", not member.daemons()) > 1.5:
            self._start(member, "no daemon")
        elif member in self.cluster.servers:
            self._look_at_server(member)

    def _for(self, what, missing):
        """How long it has been missing."""
        if not missing:
            self.missing.pop(what, None)
            return 0.0
        return now() - self.missing.setdefault(what, now())

    def _said(self, server, messages):
        return [word for message, word in messages.items()
                if self.watch.since(server.name, message, self.looked_after[server.name])]

    def _look_at_server(self, server):
        source = self._primary_other_than(server)
        gone = self._for(server.name + " instance", source and not server.instance_pids())
        if source and self._said(server, COPY_ANEW):
            self._copy_anew(server, source, self._said(server, COPY_ANEW)[0])
        elif self._said(server, START):
            self._start(server, self._said(server, START)[0])
        elif gone > STUCK or not os.path.exists(server.data):
            self._copy_anew(server, source, "stuck")
        elif self._for(server.name + " eligible", source and not self._is_eligible(server)) > ASIDE:
            self.missing.pop(server.name + " eligible")
            if WAL_GONE in server.status().text:
                self._copy_anew(server, source, "its WAL is gone")

    def _is_eligible(self, server):
        return server.name in self.watch.latest.eligible.split(", ")

    def _primary_other_than(self, server):
        name = self.watch.latest.primary
        other = next((s for s in self.cluster.servers if s.name == name and s is not server), None)
        return other if other is not None and other.role() == "primary" else None

    def _start(self, member, why):
        self.looked_after[member.name] = now()
        self.done.append((now(), member.name, "start: " + why))
        self.story("# the operator starts {}", member)
        member.start(*(["-f", "-W"] if member in self.cluster.servers else []))
        self.missing.pop(member.name + " daemon", None)

    def _copy_anew(self, server, source, why):
        if source is None:
            return
        begun = now()
        server.ctl("stop", "-e", timeout=20)
        self.cluster.copy_anew(server, source)
        self.looked_after[server.name] = now()      # only now: a copy that failed is made again
        server.start("-f", "-W")
        self.done.append((now(), server.name, "copy: %s, %.1f s" % (why, now() - begun)))
        self.missing.pop(server.name + " instance", None)
        self.story("# the operator copies {} anew", server)

    def stop(self):
        self.ended.set()
        self.join()
