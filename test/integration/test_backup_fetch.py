"""Backups that another server has are brought over, and what is recovered from them is everything."""
import filecmp
import os
import random
import re
import shutil
import signal
import subprocess
import time

import pytest

from backuphelp import flip
from mcharness import checked, program, program_of, send, wait_until
from recoverhelp import archive_all, command, dump, folder, generations, lose_directory
from test_backup_servers import look, servers_of, up


def fetch(server, *more):
    return command(server, "pgx_rcvall", "--fetch", *more)


def same_tree(a, b, beside=()):
    found = filecmp.dircmp(a, b)
    assert not (found.left_only or set(found.right_only) - set(beside) or found.diff_files or found.funny_files), (
        a, b, found.left_only, found.right_only, found.diff_files)
    for name in found.common_files:
        assert filecmp.cmp(os.path.join(a, name), os.path.join(b, name), shallow=False), name


def test_the_worst_day_with_the_newest_backup_on_the_other_server(make_cluster):
    cluster = up(make_cluster)
    first, second = cluster.pair()
    dump(first)
    first.sql("create table kept(n int)")
    incremental = os.path.basename(checked(command(first, "pgx_dmpall", "--incremental")).stdout.split()[1])
    archive_all(first)
    wait_until(lambda: os.listdir(folder(first, "archived_xlog")), 20, "archived")
    second.ctl("switch")
    wait_until(lambda: second.role() == "primary", 20, "switched")
    cluster.wait_switchable(30)
    fleet = cluster.fleet()
    fleet.wait_acks(50)
    fleet.stop()
    archive_all(second)
    second.sql("insert into kept values (42)")
    written = second.sql("select pg_current_wal_flush_lsn()")[0][0]
    wait_until(lambda: servers_of(look(second, "--json"))[second.name]["wal"]["end_lsn"] == written, 20, "mirrored")
    for server in (first, second):
        server.ctl("stop", "-e")
        lose_directory(server)
    # What the last primary had archived of the time before the switch is lost, too.
    before = set(os.listdir(folder(first, "archived_xlog"))) - {"owner"}
    for name in before & set(os.listdir(folder(second, "archived_xlog"))):
        if name.startswith("00000001"):
            os.unlink(folder(second, "archived_xlog/" + name))
    done = fetch(second)
    assert done.returncode == 1 and "mc_ctl start --mc-only" in done.stderr, done
    assert first.ctl("start", "--mc-only").returncode == 0
    os.rename(folder(second, "archived_xlog"), second.host.dir + "/other_disk")
    os.symlink(second.host.dir + "/other_disk", folder(second, "archived_xlog"))      # links are kept
    done = fetch(second)
    assert done.returncode == 0 and incremental in done.stdout and "2 generations" in done.stdout, done
    assert os.path.islink(folder(second, "archived_xlog")) and os.path.islink(folder(second, "archived_wal"))
    assert [status for _, status, _ in generations(second)] == ["COMPLETE"] * 2
    for _, _, path in generations(first):
        same_tree(path, folder(second, os.path.basename(path)))
    seen = servers_of(look(second, "--json"))
    assert seen[second.name]["newest_wal"] and seen[second.name]["newest_generation"] == incremental, seen
    done = fetch(second)
    assert done.returncode == 0 and "nothing that another server has is newer" in done.stdout, done
    done = command(second, "pgx_rcvall")
    assert done.returncode == 0, done
    checked(second.start("-f"))
    assert second.sql("select n from kept") == [["42"]]
    fleet.check(second)


def kill_after(server, seconds):
    """Starts a fetch and kills it after so many seconds; whether it was still running."""
    child = server.host.spawn([program("pgx_rcvall"), "-M", server.mcdir, "-B", folder(server), "--fetch", "--max-rate",
                               "6MB"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(seconds)
    alive = child.poll() is None
    for pid in server.host.pids():
        with open("/proc/%d/cmdline" % pid, "rb") as f:
            if b"--fetch" in f.read():
                os.kill(pid, signal.SIGKILL)
    child.wait()
    return alive


def give_key(*servers):
    key = os.urandom(32).hex()
    for server in servers:
        path = server.mcdir + "/backup.key"
        with open(path, "w") as f:
            f.write(key + "\n")
        os.chmod(path, 0o600)
        shutil.chown(path, "postgres", "postgres")


@pytest.mark.parametrize("encrypted", [False, True], ids=["clear", "encrypted"])
def test_killed_at_any_instant_nothing_is_complete_that_is_not_and_the_next_run_goes_on(make_cluster, encrypted):
    cluster = up(make_cluster)
    primary, standby = cluster.pair()
    if encrypted:
        give_key(primary, standby)
        for server in (primary, standby):
            server.set(backup_key_file="backup.key")
    primary.sql("create table big as select md5(random()::text) a, md5(random()::text) b, md5(random()::text) c "
                "from generate_series(1, 150000)", timeout=60)
    path = dump(primary)
    name = os.path.basename(path)
    dice = random.Random(20261127)
    killed = 0
    for number in range(50):
        killed += kill_after(standby, dice.uniform(0.0, 1.6))
        left = generations(standby)
        assert len(left) <= 1, left
        if left and left[0][1] == "COMPLETE":
            # killed in its last instant: it has its manifest, and the next run takes the marker away
            same_tree(path, folder(standby, name), beside=["incomplete"])
            done = command(standby, "pgx_verify")
            assert done.returncode == 0, done
            shutil.rmtree(folder(standby, name))
        elif number % 10 == 9:      # a power cut: what was not synced is there in part, and not what it should be
            for file in os.listdir(folder(standby, name)) if left else []:
                if file.startswith("pack.") and os.path.getsize(folder(standby, name + "/" + file)) > 100:
                    flip(folder(standby, name + "/" + file), seed=number)
    assert killed >= 25, killed
    done = fetch(standby)
    assert done.returncode == 0, done
    same_tree(path, folder(standby, name))
    # No generation had to give way. A mirrored segment may: the primary writes WAL of its own accord (a snapshot every 15 s).
    saved = [n for s in os.listdir(folder(standby)) if s.startswith("saved") for n in os.listdir(folder(standby, s))]
    assert not [n for n in saved if not re.fullmatch("[0-9A-F]{24}", n)], saved


def test_the_first_segment_of_a_timeline_counts_and_is_fetched(make_cluster):
    cluster = up(make_cluster)
    first, second = cluster.pair()
    first.sql("create table kept as select generate_series(1, 5000) n")     # it begins behind the first page of a segment
    dump(first)
    checked(second.ctl("switch"))
    wait_until(lambda: second.role() == "primary", 20, "switched")
    cluster.wait_switchable(30)
    second.sql("insert into kept values (42)")
    written = second.sql("select pg_current_wal_flush_lsn()")[0][0]
    wait_until(lambda: servers_of(look(second, "--json"))[second.name]["wal"]["end_lsn"] == written, 20, "mirrored")
    assert servers_of(look(second, "--json"))[second.name]["wal"]["timeline"] == 2
    archive_all(second)
    of_two = [n for n in os.listdir(folder(second, "archived_xlog")) if n.startswith("00000002") and "." not in n]
    assert of_two, os.listdir(folder(second, "archived_xlog"))
    wait_until(lambda: set(of_two) <= set(os.listdir(folder(first, "archived_xlog"))), 20, "archived by the standby, too")
    for name in of_two:
        os.unlink(folder(first, "archived_xlog/" + name))
    done = fetch(first, "--from-server", second.name)
    assert done.returncode == 0 and "files of WAL fetched" in done.stdout, done
    for name in of_two:
        assert filecmp.cmp(folder(first, "archived_xlog/" + name), folder(second, "archived_xlog/" + name), shallow=False)


def test_what_is_here_under_the_same_name_gives_way_and_is_kept(make_cluster):
    cluster = up(make_cluster)
    primary, standby = cluster.pair()
    path = dump(primary)
    name = os.path.basename(path)
    done = checked(fetch(standby, "--dry-run"))
    assert "would fetch generation %s of server" % name in done.stdout and not generations(standby), done
    checked(fetch(standby))
    same_tree(path, folder(standby, name))
    # A pack of it is damaged here: it is not COMPLETE any more, and comes anew.
    with open(folder(standby, name + "/manifest"), "ab") as f:
        f.write(b"x")
    os.truncate(folder(standby, name + "/pack.0"), 10)
    done = fetch(standby)
    assert done.returncode == 0 and "what had to give way is in" in done.stdout, done
    same_tree(path, folder(standby, name))
    saved = [n for n in os.listdir(folder(standby)) if n.startswith("saved")]
    assert len(saved) == 1 and os.path.getsize(folder(standby, saved[0] + "/" + name + "/pack.0")) == 10
    # Damaged over there, it never becomes COMPLETE here.
    shutil.rmtree(folder(standby, name))
    flip(path + "/pack.0", at=5, seed=1)
    done = fetch(standby)
    assert done.returncode == 1 and "is damaged at" in done.stderr, done
    assert [status for _, status, _ in generations(standby)] == ["INCOMPLETE"]
    # Of another database, it is refused before anything is touched.
    before = sorted(os.listdir(folder(standby)))
    shutil.rmtree(folder(standby, name))
    flip(path + "/pack.0", at=5, seed=1)
    same = command(standby, "pgx_rcvall", "--fetch", "--from-server", standby.name)
    assert same.returncode == 2 and "is no other server" in same.stderr, same
    assert fetch(standby, "--generation", name).returncode == 2
    done = fetch(standby, "--from-server", primary.name, "--generation", "2020-01-01_00-00-00")
    assert done.returncode == 3 and "no complete generation" in done.stderr, done
    assert sorted(n for n in os.listdir(folder(standby)) if n != name) == [n for n in before if n != name]


def test_an_encrypted_backup_is_fetched_and_proved_with_its_key_and_not_touched_without(make_cluster):
    cluster = up(make_cluster)
    primary, standby = cluster.pair()
    give_key(primary, standby)
    primary.set(backup_key_file="backup.key")
    path = dump(primary)
    assert "\ncipher aes-256-gcm " in open(path + "/manifest").read()
    before = sorted(os.listdir(folder(standby)))
    done = fetch(standby)
    assert done.returncode == 3 and "no key is given" in done.stderr and "hint: --key-file" in done.stderr, done
    assert sorted(set(os.listdir(folder(standby))) - {".lock", ".manifest.fetched"}) == sorted(set(before) - {".lock"})
    standby.set(backup_key_file="backup.key")
    checked(fetch(standby))
    same_tree(path, folder(standby, os.path.basename(path)))
    done = command(standby, "pgx_verify")
    assert done.returncode == 0, done
    # One in clear is not taken unasked where a key is set, neither fetched nor stored; the agent that was started before the
    # key was set knows that, too.
    primary.set(backup_key_file="")
    time.sleep(1)
    done = away(primary, "--destination", standby.name)
    assert done.returncode != 0 and "is not encrypted, and a key is given here" in done.stderr, done
    clear = os.path.basename(generations(primary)[-1][2])
    done = fetch(standby)
    assert done.returncode == 3 and "is not encrypted, and a key is given here" in done.stderr, done
    assert clear not in [os.path.basename(p) for _, _, p in generations(standby)]
    checked(fetch(standby, "--key-file", "none"))
    same_tree(folder(primary, clear), folder(standby, clear))


def away(server, *more):
    return command(server, "pgx_dmpall", *more)


def test_a_backup_is_stored_on_another_server_and_complete_there_or_said_not_to_be(make_cluster):
    cluster = up(make_cluster)
    primary, standby = cluster.pair()
    for id in ("nobody", primary.name, "arbiter1"):
        done = away(primary, "--destination", id)
        assert done.returncode == 2 and "is no other server of network.conf" in done.stderr, done
    assert not [n for n in os.listdir(folder(primary)) if n.startswith("20")]
    done = away(primary, "--destination", standby.name)
    assert done.returncode == 0 and ("COMPLETE on server \"%s\", too" % standby.name) in done.stdout, done
    full = os.path.basename(generations(primary)[0][2])
    same_tree(folder(primary, full), folder(standby, full))
    primary.sql("create table more as select generate_series(1, 1000) n")
    done = away(primary, "--destination", standby.name, "--incremental")
    assert done.returncode == 0, done
    assert [g[:2] for g in generations(standby)] == [g[:2] for g in generations(primary)]
    checked(command(standby, "pgx_verify"))
    # Kept there as here: two generations, and what these use.
    time.sleep(1)
    checked(away(primary, "--destination", standby.name))
    time.sleep(1)
    checked(away(primary, "--destination", standby.name))
    kept = [os.path.basename(path) for _, _, path in generations(standby)]
    assert len(kept) == 2 and kept == [os.path.basename(path) for _, _, path in generations(primary)] and full not in kept
    # A schedule on every server.
    done = away(standby, "--if-primary", "--destination", primary.name)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), done
    # Where it cannot be stored, the backup here is none the worse, and the status says that something is missing.
    os.chmod(folder(standby), 0o500)
    try:
        done = away(primary, "--destination", standby.name)
        assert done.returncode != 0 and "COMPLETE here, and not stored on server" in done.stderr, done
    finally:
        os.chmod(folder(standby), 0o700)
    standby.ctl("stop", "--mc-only")
    wait_until(lambda: not standby.daemons(), 10, "its agent has ended")
    time.sleep(1)
    done = away(primary, "--destination", standby.name)
    assert done.returncode == 1 and "pgx_rcvall --fetch there" in done.stderr, done
    assert [status for _, status, _ in generations(primary)] == ["COMPLETE"] * 2


def test_whoever_is_killed_while_a_backup_is_stored_elsewhere_it_is_never_complete_that_is_not(make_cluster):
    cluster = up(make_cluster)
    primary, standby = cluster.pair()
    primary.sql("create table big as select md5(random()::text) a, md5(random()::text) b, md5(random()::text) c "
                "from generate_series(1, 150000)", timeout=60)
    dice = random.Random(20261128)
    for number in range(8):
        before = {path for _, _, path in generations(standby)}
        victim, name = ((primary, "pgx_dmpall"), (standby, "pgx_filesend"))[number % 2]
        child = primary.host.spawn([program("pgx_dmpall"), "-M", primary.mcdir, "-B", folder(primary), "--max-rate",
                                    "10MB", "--keep", "99", "--destination", standby.name], stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True)
        wait_until(lambda: [1 for _, _, path in generations(standby) if path not in before], 60, "being fetched")
        time.sleep(dice.uniform(0, 0.5))
        for pid in victim.host.pids():
            if program_of(pid) == name:
                send(pid, signal.SIGKILL)
        said = child.communicate(timeout=60)[0]
        assert child.returncode != 0, said
        for _, status, path in generations(standby):
            if status == "COMPLETE":
                same_tree(folder(primary, os.path.basename(path)), path)
        wait_until(lambda: look(primary).returncode == 0, 15, "it is served again")
    time.sleep(1)
    checked(away(primary, "--destination", standby.name))
    assert {status for _, status, _ in generations(standby)} == {"COMPLETE"}     # what was left is gone
    checked(command(standby, "pgx_verify"))
