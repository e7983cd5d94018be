"""A data directory is taken away while its instance runs: who consents, or is replaced, has been proved to have stopped."""
import os
import signal
import threading
import time

import pytest

from mcharness import PgError, alive, checked, holds_for, now, send, wait_until


class Overlap:
    """Looks on, from before, whether the other admits clients while the postmaster of before is there."""

    def __init__(self, postmaster, other):
        self.postmaster, self.other = postmaster, other
        self.opened, self.both = None, False
        self.ends = threading.Event()
        self.thread = threading.Thread(target=self._look)
        self.thread.start()

    def _look(self):
        while not self.ends.is_set():
            before = alive(self.postmaster)
            if self.other.role() == "primary":
                self.opened = self.opened or now()
                self.both = self.both or (before and alive(self.postmaster))
            time.sleep(0.01)

    def end(self):
        self.ends.set()
        self.thread.join()


def agents(server):
    """The monitor is the elder of the two, and its parent."""
    return sorted(server.daemons())


def taken_over(cluster, fleet, primary, standby, overlap, session):
    """The standby serves, the instance of before is gone, and nobody has read from it since."""
    try:
        wait_until(lambda: standby.role() == "primary", 40, "the standby takes over")
        began = overlap.opened or now()
        holds_for(lambda: not alive(overlap.postmaster), 5, "the instance of before is gone")
        assert not overlap.both, "both were there"
        with pytest.raises(PgError):
            session.query("select 1", 5)
        fleet.wait_acks(20, standby, began)
        assert fleet.reads(primary, began + 0.1) == []
        assert len(fleet.check(standby)) >= 40
    finally:
        overlap.end()
        session.close()
        os.rename(primary.data + ".away", primary.data)


def watched(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(40)
    return primary, standby, fleet, primary.connect(2.0), Overlap(primary.postmaster(), standby)


def test_a_primary_whose_directory_is_renamed_has_ended_before_another_opens(cluster):
    primary, standby, fleet, session, overlap = watched(cluster)
    os.rename(primary.data, primary.data + ".away")
    taken_over(cluster, fleet, primary, standby, overlap, session)


@pytest.mark.parametrize("how", ["voting", "asked to start it"])
def test_a_new_agent_without_its_directory_ends_the_instance_of_before(cluster, how):
    if how == "voting":  # the agent of the second server was begun with --mc-only, before there was a directory
        assert cluster.pair()[1].ctl("switch").returncode == 0
        cluster.wait_switchable(40)
    primary, standby, fleet, session, overlap = watched(cluster)
    os.rename(primary.data, primary.data + ".away")
    send(agents(primary)[-1], signal.SIGKILL)
    taken_over(cluster, fleet, primary, standby, overlap, session)


def test_a_stop_by_force_ends_an_instance_whose_directory_is_renamed(cluster):
    primary, standby = cluster.pair()
    postmaster = primary.postmaster()
    primary.kill_daemons()
    os.rename(primary.data, primary.data + ".away")
    try:
        assert alive(postmaster)
        done = checked(primary.ctl("stop", "-e"))
        assert "agent and instance ended by force" in done.stdout and not alive(postmaster), done
        assert "nothing was running" in checked(primary.ctl("stop", "-e")).stdout
    finally:
        os.rename(primary.data + ".away", primary.data)
    primary.start("-W", "-f")
    cluster.wait_switchable(60)
