"""mc_ctl setup -r standby: from an empty directory to an eligible standby in one command."""
import os
import random
import re
import shutil
import signal
import time

from mcharness import checked, holds_for, now, send, wait_until

SPACE = "copied_space"


def identity(server):
    with open(os.path.join(server.data, "mc.identity")) as f:
        return re.search(r"(?m)^dir (\S+)", f.read()).group(1)


def first_alone(make_cluster, **how):
    """The first server is open, the agents of the others vote; there is no second data directory."""
    cluster = make_cluster(**how)
    cluster.init_all()
    for server in cluster.servers[1:]:
        shutil.rmtree(server.data)
    cluster.start_first("-f")
    return cluster


def become_standby(server, *more, timeout=60):
    return server.ctl("setup", "-r", "standby", *more, timeout=timeout)


def spawn_setup(server, *more):
    """Goes on beside the test; its pid as the machine numbers it."""
    log = open(os.path.join(server.host.dir, "setup.log"), "a")
    process = server.host.spawn(server.program() + ["setup", "-M", server.mcdir, "-r", "standby", *more],
                                stdout=log, stderr=log)
    log.close()
    return process


def test_an_empty_directory_becomes_an_eligible_standby_in_one_command_under_load(make_cluster):
    cluster = first_alone(make_cluster)
    first, second = cluster.servers
    place = os.path.join(first.host.dir, SPACE)
    for host in (first.host, second.host):
        os.makedirs(os.path.join(host.dir, SPACE), exist_ok=True)
    # one path on both hosts, as a tablespace has it: here it is a place of the machine that both see
    shared = "/tmp/%s.%d" % (SPACE, os.getpid())
    for server in (first, second):
        shutil.chown(os.path.join(server.host.dir, SPACE), "postgres", "postgres")
        checked(server.host.run(["sh", "-c", "mkdir -p %s && mount --bind %s %s" % (
            shared, os.path.join(server.host.dir, SPACE), shared)], user="root"))
    try:
        first.sql("create tablespace far location '%s'" % shared)
        first.sql("create table far tablespace far as select i, md5(i::text) from generate_series(1, 50000) i", 20)
        second.stop()       # the command starts the agent itself
        fleet = cluster.fleet()
        done = checked(become_standby(second))
        assert re.search(r'server2: copying [0-9.]+ MB from "server1" \(10.78.0.11 port 5432\)', done.stdout), done.stdout
        assert 'started as standby of "server1", eligible' in done.stdout
        cluster.wait_switchable(2)
        assert second.sql("select count(*) from far") == [["50000"]]
        assert os.listdir(os.path.join(second.host.dir, SPACE)) == os.listdir(place)
        assert identity(first) != identity(second)
        assert not os.path.exists(os.path.join(second.data, "mc.interrupted"))
        assert first.sql("select slot_name, active from pg_replication_slots") == [["mc_server2", "t"]]
        again = checked(become_standby(second))
        assert "runs as a standby already" in again.stdout
        killed = now()
        first.kill_postmaster()
        fleet.first_ack(second, killed)
        fleet.check(second)
    finally:
        shutil.rmtree(shared, ignore_errors=True)


def test_killed_at_any_moment_it_is_repeated_and_succeeds(make_cluster):
    """The command dies by SIGKILL at instants drawn from a seed, over a copy that takes a second or so."""
    seed = 20261127
    draw = random.Random(seed)
    cluster = first_alone(make_cluster)
    first, second = cluster.servers
    first.sql("create table big as select i, repeat(md5(i::text), 20) t from generate_series(1, 150000) i", 60)
    rows = first.sql("select count(*) from big")
    seen = set()
    for round in range(4):
        process = spawn_setup(second)
        time.sleep(draw.uniform(0.05, 1.6))
        for pid in [p for p in second.host.pids() if os.path.basename(os.readlink("/proc/%d/exe" % p)) == "mc_ctl"]:
            send(pid, signal.SIGKILL)
        process.wait()
        marked = os.path.exists(os.path.join(second.data, "mc.interrupted"))
        seen.add(marked)
        if marked:
            refused = second.ctl("start")
            assert refused.returncode == 3 and "mc.interrupted" in refused.stderr, refused.stderr
            assert second.instance_pids() == [], "a marked directory is never started"
    assert True in seen, "seed %d never hit a copy under way" % seed
    checked(become_standby(second))
    cluster.wait_switchable(2)
    assert second.sql("select count(*) from big") == rows
    assert first.role() == "primary"


def test_a_directory_that_comes_while_the_primary_is_asked_is_left_as_it_is(make_cluster):
    """A volume that was not mounted, for example; here a folder is renamed into the place."""
    cluster = first_alone(make_cluster)
    first, second = cluster.servers
    came = second.data + ".came"
    os.mkdir(came)
    for name in ("PG_VERSION", "mc.interrupted"):
        with open(os.path.join(came, name), "w") as f:
            f.write("somebody's\n")
    for path in (came, *(os.path.join(came, name) for name in os.listdir(came))):
        shutil.chown(path, "postgres", "postgres")
    held = int(first.sql("select pid from pg_stat_activity where backend_type = 'checkpointer'")[0][0])
    checked(first.host.run(["kill", "-STOP", str(held)], user="root"))
    process = spawn_setup(second)
    wait_until(lambda: first.sql("select count(*) from pg_stat_activity where wait_event = 'CheckpointStart'") == [["1"]], 30, "it waits")
    os.rename(came, second.data)
    checked(first.host.run(["kill", "-CONT", str(held)], user="root"))
    assert process.wait(timeout=60) == 3
    assert sorted(os.listdir(second.data)) == ["PG_VERSION", "mc.interrupted"]
    with open(os.path.join(second.host.dir, "setup.log")) as f:
        assert "and not what was decided on, which was nothing" in f.read()
    shutil.rmtree(second.data)
    checked(become_standby(second))
    cluster.wait_switchable(20)


def test_a_standby_that_is_still_being_copied_is_never_promoted_when_the_primary_dies(make_cluster):
    cluster = first_alone(make_cluster)
    first, second = cluster.servers
    first.sql("create table big as select i, repeat(md5(i::text), 20) t from generate_series(1, 150000) i", 60)
    rows = first.sql("select count(*) from big")
    mark = os.path.join(second.data, "mc.interrupted")
    process = spawn_setup(second)
    wait_until(lambda: os.path.exists(mark), 30, "it copies")
    began = now()
    first.host.crash()
    process.wait(timeout=120)
    assert process.returncode != 0

    def never():
        return second.role() is None and not second.host.logged("MCA01045|MCA01048|MCA00062", began)
    holds_for(never, 6, "half of a copy serves nobody")
    refused = second.ctl("start")
    assert os.path.exists(mark) or not os.listdir(second.data), "marked, or removed again"
    assert refused.returncode == (3 if os.path.exists(mark) else refused.returncode), refused
    holds_for(never, 2, "nor when somebody starts it")
    first.host.boot()
    first.start("-f")
    wait_until(lambda: first.role() == "primary", 30, "the primary is back")
    checked(become_standby(second))
    cluster.wait_switchable(20)
    assert second.sql("select count(*) from big") == rows


def test_an_old_directory_is_refused_and_with_overwrite_moved_away_and_kept(make_cluster):
    cluster = make_cluster()
    cluster.up()
    primary, standby = cluster.pair()
    before = identity(standby)
    refused = become_standby(standby, "--overwrite")
    assert "runs as a standby already" in refused.stdout, "what is well is left alone"
    standby.stop()
    refused = become_standby(standby)
    assert refused.returncode == 3 and '"%s" is not empty' % standby.data in refused.stderr
    assert "--overwrite" in refused.stderr and standby.daemons() == []
    for name in ("postgresql.conf", "global/pg_control"):       # what is damaged is replaced all the same
        os.unlink(os.path.join(standby.data, name))
    done = checked(become_standby(standby, "--overwrite"))
    kept = re.search(r'what was in "(\S+)" is kept in "(\S+)"', done.stdout)
    assert kept.group(1) == standby.data and os.path.exists(kept.group(2) + "/PG_VERSION")
    assert identity(standby) != before
    cluster.wait_switchable(2)
    done = become_standby(primary)
    assert done.returncode == 3 and "is in use" in done.stderr, done.stderr
    assert primary.role() == "primary"


def test_a_port_in_use_is_refused_first_and_the_configuration_of_the_host_stays(make_cluster):
    cluster = make_cluster()
    cluster.up()
    primary, standby = cluster.pair()
    checked(standby.stop())
    path = os.path.join(standby.data, "postgresql.conf")
    with open(path) as f:
        text = f.read()
    with open(path, "w") as f:
        f.write("port = 5999\nwork_mem = '7MB'\n" + text)
    listener = standby.host.spawn(["/usr/bin/python3", "-c", "import socket, time; s = socket.create_server(('', 5999)); "
                                   "time.sleep(100)"])
    wait_until(lambda: "LISTEN" in standby.host.run(["ss", "-ltn", "sport", "=", ":5999"]).stdout, 10, "somebody listens there")
    before = sorted(os.listdir(standby.host.dir))
    refused = become_standby(standby, "--overwrite")
    assert refused.returncode == 3 and "port 5999" in refused.stderr and "hint: end what listens there" in refused.stderr, \
        refused.stderr
    assert sorted(os.listdir(standby.host.dir)) == before, "nothing was moved"
    assert os.path.exists(standby.data + "/PG_VERSION")
    for pid in [p for p in standby.host.pids() if os.path.basename(os.readlink("/proc/%d/exe" % p)).startswith("python3")]:
        send(pid, signal.SIGKILL)
    listener.wait()
    done = checked(become_standby(standby, "--overwrite"))
    assert "configuration files (*.conf) are those that this server had" in done.stdout, done.stdout
    standby.pg_port = 5999
    cluster.wait_switchable(5)
    assert standby.sql("show work_mem") == [["7MB"]]


def test_a_dry_run_says_what_would_be_done_and_another_databases_directory_is_never_touched(make_cluster):
    cluster = first_alone(make_cluster)
    first, second = cluster.servers
    done = checked(become_standby(second, "--dry-run"))
    assert 'would copy "server1" (10.78.0.11 port 5432, PostgreSQL 15)' in done.stdout
    assert 'would start it as standby of "server1"' in done.stdout
    assert not os.path.exists(second.data)
    second.stop()
    done = checked(become_standby(second, "--dry-run"))
    assert "would start the agent as a voter" in done.stdout
    assert second.daemons() == []
    assert become_standby(second, "--dry-run", "-r", "primary").returncode == 2
    second.host.run(["sh", "-c", "/usr/lib/postgresql/15/bin/initdb -D %s -A trust --no-sync" % second.data])
    done = checked(become_standby(second, "--overwrite", "--dry-run"))
    assert "would start the agent as a voter" in done.stdout and second.daemons() == []
    assert 'would move "%s" away and keep it' % second.data in done.stdout, done.stdout
    done = become_standby(second, "--overwrite")
    assert done.returncode == 3 and "is another database" in done.stderr, done.stderr
    assert "system identifier" in done.stderr
    assert os.path.exists(second.data + "/PG_VERSION")


def refusal(server, *patterns, status=1):
    """Nothing is made where the data directory would be."""
    done = become_standby(server)
    said = done.stdout + done.stderr
    assert done.returncode == status, said
    for pattern in patterns:
        assert re.search(pattern, done.stderr), "%r is not in: %s" % (pattern, said)
    assert not os.path.exists(server.data)
    return done


def test_what_the_primary_refuses_is_named_with_its_cure_and_nothing_is_made(make_cluster):
    cluster = make_cluster()
    cluster.init_all()
    first, second = cluster.servers
    shutil.rmtree(second.data)
    with open(os.path.join(first.data, "pg_hba.conf")) as f:
        hba = f.read()
    cluster.start_first("-f")

    def admit(line):
        """The administrator changes pg_hba.conf; the agent puts it in force."""
        lines = [l for l in hba.splitlines() if not re.match(r"host replication all 10", l)]
        with open(os.path.join(first.data, "pg_hba.conf"), "w") as f:
            f.write("\n".join(lines + line) + "\n")
        began = now()
        wait_until(lambda: first.host.logged("MCA01220", began), 5, "it is in force")
    first.sql("create role repl login replication password 'right'; create role nobody login")
    admit([])
    refusal(second, "no pg_hba.conf entry", "hint: pg_hba.conf in the data directory of \"server1\"",
            "host +replication")
    admit(["host replication all 10.78.0.0/24 scram-sha-256"])
    second.set(replication_conninfo="user=repl password=wrong")
    refusal(second, "password authentication failed", r"hint: .*\.pgpass")
    second.set(replication_conninfo="user=repl")
    refusal(second, "password", r"hint: .*\.pgpass")
    admit(["host replication all 10.78.0.0/24 trust"])
    second.set(replication_conninfo="user=nobody")
    refusal(second, "replication role|permission denied", "hint: .*REPLICATION")
    second.set(replication_conninfo="", bin_directory="/nonexistent")
    refusal(second, "/nonexistent/postgres", "bin_directory")
    other = os.path.join(second.host.dir, "other_version")
    os.makedirs(other)
    with open(other + "/postgres", "w") as f:
        f.write("#!/bin/sh\necho 'postgres (PostgreSQL) 16.4'\n")
    os.chmod(other + "/postgres", 0o755)
    second.set(bin_directory=other)
    refusal(second, 'primary "server1" is PostgreSQL 15', "version 16", status=3)
    second.set(bin_directory="")
    rules = cluster.net.drop(second.host, first.host, "tcp dport 5432")
    refusal(second, "10.78.0.11", "5432", "hint: .*listen_addresses")
    cluster.net.allow(rules)
    second.set(replication_conninfo="user=repl password=right")
    checked(become_standby(second))
    cluster.wait_switchable(2)


def test_a_full_disk_is_refused_before_and_survived_in_the_middle_of_a_copy(make_cluster):
    cluster = first_alone(make_cluster)
    first, second = cluster.servers

    def disk(megabytes):
        os.makedirs(second.data, exist_ok=True)
        shutil.chown(second.data, "postgres", "postgres")
        checked(second.host.run(["mount", "-t", "tmpfs", "-o", "size=%dm,uid=%d,mode=700" % (
            megabytes, os.stat(second.mcdir).st_uid), "tmpfs", second.data], user="root"))
    disk(8)
    done = become_standby(second)
    assert done.returncode == 3 and "MB free" in done.stderr and "hint: make room" in done.stderr, done.stderr
    assert "nothing was changed" in done.stderr
    second.host.run(["umount", second.data], user="root")
    disk(int(re.search(r"needs (\d+) MB", done.stderr).group(1)) + 8)      # enough for the data, not for its WAL
    done = become_standby(second)
    assert done.returncode == 1 and "No space left on device" in done.stderr, done.stdout + done.stderr
    assert "what had been copied was removed again" in done.stdout
    left = second.host.run(["ls", "-A", second.data], user="root").stdout
    assert left == "", left
    second.host.run(["umount", second.data], user="root")
    checked(become_standby(second))
    cluster.wait_switchable(2)


def test_before_the_first_start_it_says_which_server_is_to_be_started_first(make_cluster):
    cluster = make_cluster()
    cluster.init_all(data_of_all=False)
    cluster.arbiter.start()
    first, second = cluster.servers
    for how in ("its agent is up", "it is silent"):
        if how == "its agent is up":
            first.start("--mc-only", "-W")
        else:
            first.stop()
        done = become_standby(second)
        assert done.returncode == 3 and "the cluster has not begun" in done.stderr, done
        assert 'mc_ctl start -f at "server1" first' in done.stderr and "nothing was changed" in done.stderr, done
        assert not os.path.exists(second.data)
    first.start("-f")
    checked(become_standby(second))
    cluster.wait_switchable(30)


def listing(folder):
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(at, name), "rb") as f:
                found[os.path.join(at, name)] = f.read()
    return found


def test_another_databases_directory_is_refused_by_start_too_and_one_in_use_by_setup(make_cluster):
    cluster = first_alone(make_cluster)
    second = cluster.servers[1]
    second.stop()
    second.host.run(["sh", "-c", "/usr/lib/postgresql/15/bin/initdb -D %s -A trust --no-sync" % second.data])
    held = listing(second.data)
    for agent in ("down", "up"):
        if agent == "up":
            second.start("--mc-only")
        done = second.ctl("start", "-f")
        assert done.returncode == 3 and "is another database: system identifier" in done.stderr, done
        assert 'correct db_instance in "%s/server2.conf"' % second.mcdir in done.stderr, done
        assert second.data in done.stderr and "mc_ctl init" not in done.stderr, done
    second.host.run(["/usr/lib/postgresql/15/bin/pg_ctl", "-D", second.data, "-w", "-s", "-l", second.host.dir + "/other.log", "-o",
                     "-p 5499 -k " + second.host.dir, "start"])
    done = become_standby(second, "--overwrite")
    assert done.returncode == 3 and "is in use" in done.stderr and "pg_ctl stop -D" in done.stderr, done
    assert "db_instance in" in done.stderr and second.instance_pids(), done
    second.host.run(["/usr/lib/postgresql/15/bin/pg_ctl", "-D", second.data, "-w", "-s", "stop"])
    now_there = listing(second.data)
    assert all(now_there.get(name) == held[name] for name in held if name.endswith((".conf", "PG_VERSION"))), "nothing was changed"


def test_a_directory_that_was_never_this_servers_lends_no_configuration_to_the_copy(make_cluster):
    """Of another major version nobody can read whose it is: it is kept, and the standby goes by the primary's files."""
    cluster = first_alone(make_cluster)
    second = cluster.servers[1]
    second.host.run(["sh", "-c", "/usr/lib/postgresql/15/bin/initdb -D %s -A trust --no-sync" % second.data])
    with open(second.data + "/PG_VERSION", "w") as f:
        f.write("12\n")
    with open(second.data + "/global/pg_control", "r+b") as f:
        f.seek(8)
        f.write((1201).to_bytes(4, "little"))
    done = become_standby(second)
    assert done.returncode == 3 and "is not empty" in done.stderr, done
    done = checked(become_standby(second, "--overwrite"))
    kept = re.search('is kept in "(.*)"', done.stdout).group(1)
    assert os.path.exists(kept + "/PG_VERSION") and "configuration files" not in done.stdout, done
    cluster.wait_switchable(30)
