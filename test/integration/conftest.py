"""Fixtures of the tests on real PostgreSQL: a cluster per test, reused where the last one is well."""
import os
import re
import signal
import sys
import threading

import pytest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import mcharness                                                    # noqa: E402

# What takes longest begins first, so that no process is left with it alone at the end (tools/check.py prints what took how long);
# before it what is not known here yet.
LONGEST = ["kill_points", "backup_fetch", "network", "procedure", "recover", "settings", "mutation", "versions", "crash", "fencing", "setup", "backup",
           "rejoin", "backup_bad", "force", "switch", "summaries", "bad_input", "bootstrap", "backup_servers", "commands", "mirrored_wal",
           "archive", "archive_cluster", "gate", "rebuild", "backup_encrypted", "history", "detach", "walreceive", "handback",
           "hostile_peers", "backup_cluster", "harness", "analyze"]
NOT_ROOT = "needs root: namespaces for hosts, and PostgreSQL started as another user"


def pytest_collection_modifyitems(items):
    places = {"test_" + name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.module.__name__, -1))
    if os.geteuid() != 0:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=NOT_ROOT))


def pytest_sessionstart(session):
    """Runs that were killed are cleaned up after: their pid is no more."""
    if threading.current_thread() is threading.main_thread():       # a worker of xdist may run in another one; only there may it be asked
        signal.signal(signal.SIGTERM, lambda *_: pytest.exit("terminated", 143))
    if os.geteuid() == 0:
        left = {int(m) for m in re.findall(r"(?m)^mct(\d+)-", mcharness.sh("ip", "netns", "list").stdout)}
        left |= {int(n[3:]) for n in os.listdir("/tmp") if re.fullmatch(r"mct\d+", n)}
        for pid in left:
            if not mcharness.alive(pid):
                mcharness.clean_up_after(pid)


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    setattr(item, "outcome_" + report.when, report.passed)
    if report.failed:
        for cluster in Clusters.live:
            # Part of the failure itself: the report that is kept as XML has no other sections.
            report.longrepr.addsection("cluster %s" % cluster.dir, cluster.report())


class Clusters:
    live = []       # all that stand now

    @classmethod
    def make(cls, template, **how):
        cluster = mcharness.Cluster(template, **how)
        cls.live.append(cluster)
        return cluster

    @classmethod
    def drop(cls, cluster):
        if cluster in cls.live:
            cls.live.remove(cluster)
            cluster.down()


@pytest.fixture(scope="session")
def template():
    os.makedirs(mcharness.RUN, exist_ok=True)
    path = mcharness.RUN + "/template/data"
    os.makedirs(os.path.dirname(path))
    mcharness.make_template(path)
    yield path
    for cluster in list(Clusters.live):
        Clusters.drop(cluster)
    mcharness.clean_up_after(os.getpid())


@pytest.fixture
def make_cluster(template):
    """A maker of clusters with nothing in them yet; all go down with the test."""
    mcharness.program("mc_ctl")
    made = []

    def make(**how):
        made.append(Clusters.make(template, **how))
        return made[-1]
    yield make
    for cluster in made:
        Clusters.drop(cluster)


@pytest.fixture
def make_place(template):
    """A maker of single instances with a backup directory (backuphelp.py); all go down with the test."""
    from backuphelp import Place
    made = []

    def make(**how):
        made.append(Place(**how))
        return made[-1].start()
    yield make
    for place in made:
        if os.path.ismount(place.data):
            place.stop("immediate")
            mcharness.sh("umount", place.data)
        place.remove()


class Kept:
    cluster = None
    taken = 0.0     # when the last test began


@pytest.fixture
def cluster(template, request):
    """A whole cluster: primary, eligible standby, arbiter, automatic switch on. The one of the
    test before is taken when that test passed and it is switchable again within some seconds."""
    if Kept.cluster is not None and not ready_again(Kept.cluster):
        Clusters.drop(Kept.cluster)
        Kept.cluster = None
    if Kept.cluster is None:
        mcharness.program("mc_ctl")
        Kept.cluster = Clusters.make(template)
        Kept.cluster.up()
    Kept.taken = mcharness.now()
    yield Kept.cluster
    for fleet in Kept.cluster.fleets:
        fleet.stop()
    if not getattr(request.node, "outcome_call", False):
        Clusters.drop(Kept.cluster)
        Kept.cluster = None


def ready_again(cluster):
    if cluster.logged("MCA01056|MCA01128|MCA01076", Kept.taken):
        return False            # somebody stays down, as it should: a new one is made sooner
    try:
        cluster.mend()
        for host in cluster.hosts.values():
            if host.init is None:
                host.boot()
        if not cluster.arbiter.daemons():
            cluster.arbiter.start()
        for server in cluster.servers:
            if not server.daemons() or not server.instance_pids():
                server.start("-W", "-f")
        return cluster.wait_switchable(4)
    except (AssertionError, OSError, RuntimeError):
        return False


def pytest_unconfigure(config):
    if os.geteuid() == 0:
        for cluster in list(Clusters.live):
            Clusters.drop(cluster)
        mcharness.clean_up_after(os.getpid())
