"""The user's copy command: whole directories and single tablespaces, failures at every step, kills, and what it may not do."""
import filecmp
import glob
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time

import pytest

import mcharness
import pgversions
from backuphelp import AS_POSTGRES, Place, Writer, run, use_version
from mcharness import checked
from recoverhelp import command, folder, generations
from test_backup_servers import look, servers_of, up

SAMPLE = os.path.join(os.path.dirname(__file__), "../../docs/copy-command.sh")
KILLS = int(os.environ.get("MC_BACKUP_KILLS", "4"))

# Takes everything, also what must not come back, and empties the directory first, our mark in it included.
CRUDE = """#!/bin/bash
shopt -s dotglob
case $1 in
backup) rm -rf "$COPY_AREA/all"; LC_ALL=C cp -a "$PGDATA" "$COPY_AREA/all" 2> /dev/null; exit 0 ;;
restore) rm -rf "$PGDATA"/*; cp -a "$COPY_AREA/all/." "$PGDATA/"; ${AFTER:-true} ;;
esac
"""


@pytest.fixture
def make_place(template):
    made = []

    def make(**how):
        place = Place(**how).start()
        place.copies, place.copy = place.dir + "/copies", place.dir + "/copy"
        os.mkdir(place.copies)
        shutil.chown(place.copies, "postgres", "postgres")
        shutil.copy(SAMPLE, place.copy)
        os.chmod(place.copy, 0o755)
        os.environ["COPY_AREA"] = place.copies
        place.sql("create tablespace s location '%s'" % place.space,
                  "create table t as select n, md5(n::text) as m from generate_series(1, 20000) n",
                  "create table u tablespace s as select n, md5(n::text) as m from generate_series(1, 20000) n")
        made.append(place)
        return place
    yield make
    for place in made:
        place.remove()


def script(place, text):
    path = place.dir + "/other_copy"
    with open(path, "w") as f:
        f.write(text)
    os.chmod(path, 0o755)
    return path


def states(place):
    return [status for status, _ in place.generations()]


def test_a_whole_directory_by_the_copy_command_comes_back_with_every_acknowledged_commit(make_place):
    place = make_place()
    with open(place.data + "/mc.identity", "w") as f:
        f.write("x" * 8000)                 # as large as it may get with the years
    shutil.chown(place.data + "/mc.identity", "postgres", "postgres")
    writer = Writer(place)
    time.sleep(0.3)
    folder = place.dump("-Y", place.copy)
    assert sum(os.path.getsize(os.path.join(folder, n)) for n in os.listdir(folder)) < 3 << 20
    assert not os.path.exists(place.data + "/mc.copy") and not os.path.exists(place.space + "/mc.copy")
    time.sleep(0.3)
    place.crash()
    writer.stop()
    assert len(writer.acknowledged) > 50
    # Over changed data, and after the loss of everything but the WAL that is mirrored nowhere.
    place.recover("-Y", place.copy)
    assert sorted(n for n in os.listdir(place.data) if n.startswith("mc.")) == ["mc.identity", "mc.restored"]
    place.start()
    writer.check()
    assert place.sql("select count(*), count(distinct m) from u") == [(20000, 20000)]
    place.archive()
    place.stop()
    shutil.rmtree(place.data)
    shutil.rmtree(place.space)
    place.recover("-Y", place.copy)
    place.start()
    writer.check()
    assert place.value("select count(*) from u") == 20000
    # The way goes on, and copies of generations that are gone go with the next prepare.
    for _ in range(3):
        place.dump("-Y", place.copy, "--keep", "1")
    assert len(os.listdir(place.copies)) <= 2 and states(place) == ["COMPLETE"]


@pytest.mark.parametrize("major", sorted(pgversions.RELEASES))
def test_on_every_version_a_whole_directory_comes_back_by_the_copy_command(make_place, monkeypatch, major):
    use_version(major, monkeypatch)
    place = make_place()
    assert int(place.value("show server_version_num")) // 10000 == major
    writer = Writer(place)
    mcharness.wait_until(lambda: len(writer.acknowledged) > 20, 30, "rows before the backup")
    place.dump("-Y", place.copy)
    assert place.listed() == [("COMPLETE", place.generations()[0][1], "full", "a copy command has pg_data, s")]
    had = len(writer.acknowledged)
    mcharness.wait_until(lambda: len(writer.acknowledged) > had + 20, 30, "rows behind it")
    place.crash()
    writer.stop()
    # Over the data that it was, and where nothing is left but what was archived.
    for lost in (False, True):
        if lost:
            place.archive()
            place.stop()
            shutil.rmtree(place.data)
            shutil.rmtree(place.space)
        done = place.command("pgx_rcvall")
        assert done.status == 3 and "-Y" in done.text, done
        place.recover("-Y", place.copy)
        place.start()
        writer.check()
        assert place.sql("select count(*), count(distinct m) from t") == [(20000, 20000)]
        assert place.sql("select count(*), count(distinct m) from u") == [(20000, 20000)]


def test_the_sample_is_installed_and_can_be_run():
    with tempfile.TemporaryDirectory() as folder:
        checked(subprocess.run(["meson", "install", "-C", mcharness.BUILD, "--no-rebuild", "--quiet", "--destdir", folder],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120))
        path, = glob.glob(folder + "/**/copy-command.sh", recursive=True)
        assert filecmp.cmp(path, SAMPLE, shallow=False) and os.stat(path).st_mode & 0o777 == 0o755
        assert os.path.exists(os.path.dirname(path) + "/copy-command.md")


def test_one_tablespace_by_the_copy_command_and_the_rest_as_ever(make_place):
    place = make_place()
    how = ("-Y", place.copy, "--copy-resources", "s")
    first = place.dump(*how)
    place.sql("update t set m = 'changed' where n % 2 = 0", "update u set m = 'changed' where n % 2 = 0")
    place.archive()
    second = place.dump("--incremental", *how)
    said = json.loads(place.command("pgx_rcvall", "-l", "--json").text)["generations"]
    assert [one["copied"] for one in said] == [["s"], ["s"]]
    assert said[1]["uses"] == [os.path.basename(first)]
    place.sql("delete from t", "delete from u where n <= 10", "insert into t values (1, 'later')")
    place.crash()
    # Without the command nothing is touched, and what is missing is said.
    before = place.tree(place.data)
    done = place.command("pgx_rcvall")
    assert done.status == 3 and "does not hold s" in done.text and "-Y" in done.text, done
    assert place.command("pgx_rcvall", "--dry-run").status == 3
    assert place.tree(place.data) == before
    done = place.command("pgx_rcvall", "--dry-run", "-Y", place.copy)
    assert done.status == 0 and "not in it  s" in done.text, done
    done = place.verify()
    assert done.status == 0 and "does not hold s" in done.text and "cannot be checked" in done.text, done
    done = place.verify("--restore-test", place.dir + "/try")
    assert done.status == 3 and not os.path.exists(place.dir + "/try"), done
    done = place.command("pgx_rcvall", "-Y", place.copy, "-T", place.space + "=" + place.dir + "/space2")
    assert done.status == 3 and "cannot be put elsewhere" in done.text, done
    done = place.command("pgx_rcvall", "-Y", place.copy, data=place.dir + "/elsewhere")
    assert done.status == 3 and "give -D " + place.data in done.text, done
    done = place.recover("-Y", place.copy)
    assert ", 0 MB of them were right already" not in done.text, done       # the rest is a delta
    place.start()
    assert place.sql("select * from t") == [(1, "later")]
    assert place.sql("select count(*), sum((m = 'changed')::int) from u") == [(19990, 9995)]
    # Other resources than those of the base: not built on it.
    done = place.command("pgx_dmpall", "--incremental", "-Y", place.copy)
    assert done.status == 0 and "PGX00003" in done.text, done
    done = place.command("pgx_dmpall", "-Y", place.copy, "--copy-resources", "pg_data, nowhere")
    assert done.status == 2 and "only these are there: pg_data" in done.text, done
    assert place.command("pgx_dmpall", "--copy-resources", "s").status == 2
    assert os.path.exists(second)


def test_the_directory_by_the_copy_command_and_a_tablespace_as_ever(make_place):
    place = make_place(link_wal=True)
    place.dump("-Y", place.copy, "--copy-resources", "pg_data")
    place.sql("delete from u where n <= 10", "delete from t where n <= 10")
    oid, = os.listdir(place.data + "/pg_tblspc")
    place.crash()
    place.recover("-Y", place.copy)
    assert os.readlink(place.data + "/pg_wal") == place.dir + "/wal"
    place.start()
    assert place.sql("select (select count(*) from t), (select count(*) from u)") == [(19990, 19990)]
    place.archive()
    place.stop()
    for path in (place.data, place.space, place.dir + "/wal"):
        shutil.rmtree(path)
    place.recover("-Y", place.copy, "-T", place.space + "=" + place.dir + "/space2")
    assert os.readlink(place.data + "/pg_tblspc/" + oid) == place.dir + "/space2"
    place.start()
    assert place.sql("select (select count(*) from t), (select count(*) from u)") == [(19990, 19990)]


def test_what_a_copy_brings_along_never_replaces_newer_wal_nor_can_be_started(make_place):
    place = make_place()
    crude = script(place, CRUDE)
    place.dump("-Y", crude, "--copy-resources", "pg_data")
    assert os.path.exists(place.copies + "/all/postmaster.pid") and os.listdir(place.copies + "/all/pg_wal")
    for name in ("pg_wal/brought_along", "standby.signal", "recovery.signal"):
        run("touch", place.copies + "/all/" + name)
    writer = Writer(place)
    mcharness.wait_until(lambda: len(writer.acknowledged) > 100, 20, "something is written")
    place.crash()
    writer.stop()
    # Killed when the copy is there as a whole, with its control file, and our mark in the directory is not.
    process = subprocess.Popen(AS_POSTGRES + (mcharness.program("pgx_rcvall"), "-D", place.data, "-B", place.backup,
                                              "-Y", crude), cwd="/", stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env={**os.environ, "AFTER": "sleep 30"})
    mcharness.wait_until(lambda: os.path.exists(place.data + "/mc.copy"), 20, "the copy is back")
    assert not os.path.exists(place.data + "/mc.interrupted")
    process.kill()
    process.wait()
    mcharness.wait_until(lambda: place.command("pgx_rcvall", "-Y", crude).status == 0, 30, "recovered")
    assert not os.path.exists(place.backup + "/interrupted")
    for name in ("pg_wal/brought_along", "standby.signal", "recovery.signal", "postmaster.pid", "mc.copy"):
        assert not os.path.exists(place.data + "/" + name), name
    place.start()
    writer.check()
    assert place.value("select count(*) from t") == 20000


def test_a_directory_of_an_interrupted_recovery_that_may_be_another_is_not_touched(make_place):
    place = make_place()
    place.dump("-Y", place.copy, "--copy-resources", "pg_data")
    place.crash()
    with open(place.backup + "/interrupted", "w") as f:
        f.write("restore %s from x\ndata %s\n" % (1, place.data))
    os.chmod(place.backup + "/interrupted", 0o600)
    shutil.chown(place.backup + "/interrupted", "postgres", "postgres")
    before = place.tree(place.data)
    done = place.command("pgx_rcvall", "-Y", place.copy)
    assert done.status == 3 and "/interrupted" in done.text, done
    assert place.tree(place.data) == before
    # A running instance answers that question.
    place.start()
    place.dump("-Y", place.copy)
    assert not os.path.exists(place.backup + "/interrupted")


@pytest.mark.parametrize("step", ["prepare", "backup", "finalize"])
def test_a_step_that_fails_ends_the_backup_incomplete(make_place, step):
    place = make_place()
    place.dump("-Y", place.copy)
    text = """#!/bin/bash
echo "$1 ${PGX_COPY_STATE:-}" >> "$COPY_AREA/../calls"
[ "$1" != %s ] || { echo "no room for $1"; exit 7; }
[ "$1" != finalize ] || echo x > "$2"
""" % step
    done = place.command("pgx_dmpall", "-Y", script(place, text))
    assert done.status == 1 and step + '" ended with exit status 7' in done.text, done
    assert "no room for " + step in done.text and "incomplete" in done.text, done
    assert states(place) == ["COMPLETE", "INCOMPLETE"]
    with open(place.dir + "/calls") as f:
        calls = f.read().split("\n")[:-1]
    wanted = {"prepare": ["prepare "], "backup": ["prepare ", "backup ", "finalize failed"],
              "finalize": ["prepare ", "backup ", "finalize complete"]}
    assert calls == wanted[step]
    assert not os.path.exists(place.data + "/mc.copy") and not os.path.exists(place.space + "/mc.copy")
    assert place.value("select count(*) from pg_stat_activity where application_name = 'pgx_dmpall'") == 0
    place.dump("-Y", place.copy)
    assert states(place) == ["COMPLETE", "COMPLETE"]


def test_a_copy_that_may_lack_its_mark_is_no_backup(make_place):
    place = make_place()
    done = place.command("pgx_dmpall", "-Y", script(place, '#!/bin/bash\n[ $1 != backup ] || rm "$PGDATA/mc.copy"\n'))
    assert done.status == 3 and "was changed while the copy command worked" in done.text, done
    assert states(place) == ["INCOMPLETE"] and not os.path.exists(place.space + "/mc.copy")


@pytest.mark.parametrize("what, said", [
    ("exit 3", 'restore" ended with exit status 3'),
    ("exit 0", "is not of generation"),                                    # nothing is brought back
    ('for p in $(cat "$PGX_COPY_PATHS"); do echo 00 > "$p/mc.copy"; done', "mark is that of another one")])
def test_a_restore_that_fails_or_brings_something_else_is_no_recovery(make_place, what, said):
    place = make_place()
    place.dump("-Y", place.copy)
    place.sql("delete from t where n <= 10")
    place.crash()
    done = place.command("pgx_rcvall", "-Y", script(place, "#!/bin/bash\n" + what + "\n"))
    assert done.status == 1 and said in done.text, done
    assert os.path.exists(place.data + "/mc.interrupted")
    assert not os.path.exists(place.data + "/global/pg_control")
    place.recover("-Y", place.copy)
    place.start()
    assert place.value("select count(*) from t") == 19990


HANG = """#!/bin/bash
echo "$1 ${PGX_COPY_STATE:-}" >> "$COPY_AREA/../calls"
if [ "$1" = %s ]; then trap '' TERM; sleep 300 & sleep 300; fi
"""


def calls_of(place):
    try:
        with open(place.dir + "/calls") as f:
            return f.read().split("\n")[:-1]
    except OSError:
        return []


def sleepers(place):
    """Processes of a copy command of this place."""
    found = []
    for name in os.listdir("/proc"):
        try:
            with open("/proc/%s/environ" % name, "rb") as f:
                if name.isdigit() and ("COPY_AREA=" + place.copies).encode() in f.read():
                    with open("/proc/%s/cmdline" % name) as g:
                        found += [int(name)] if "sleep" in g.read() else []
        except OSError:
            pass
    return found


def test_a_command_that_hangs_is_ended_at_its_limit_with_all_it_has_started(make_place):
    place = make_place()
    began = time.monotonic()
    done = place.command("pgx_dmpall", "-Y", script(place, HANG % "backup"), "--copy-limit", "1")
    assert done.status == 1 and "was ended after 1 seconds" in done.text and "--copy-limit" in done.text, done
    assert time.monotonic() - began < 20
    assert calls_of(place) == ["prepare ", "backup ", "finalize failed"]
    assert sleepers(place) == [] and states(place) == ["INCOMPLETE"]
    # In a recovery likewise: nothing that could be started is left, and the next one goes on.
    place.dump("-Y", place.copy)
    place.sql("delete from t where n <= 10")
    place.crash()
    done = place.command("pgx_rcvall", "-Y", script(place, HANG % "restore"), "--copy-limit", "1")
    assert done.status == 1 and "restore\" was ended after 1 seconds" in done.text, done
    assert sleepers(place) == [] and not os.path.exists(place.data + "/global/pg_control")
    place.recover("-Y", place.copy)
    place.start()
    assert place.value("select count(*) from t") == 19990


def test_an_interruption_ends_it_and_finalize_is_called(make_place):
    place = make_place()
    process = subprocess.Popen(AS_POSTGRES + (mcharness.program("pgx_dmpall"), "-D", place.data, "-B", place.backup,
                                              "-Y", script(place, HANG % "backup")), cwd="/", text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    mcharness.wait_until(lambda: "backup " in calls_of(place), 20, "it copies")
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 1 and "interrupted by signal 2" in said, said
    assert calls_of(place) == ["prepare ", "backup ", "finalize failed"]
    assert sleepers(place) == [] and states(place) == ["INCOMPLETE"]


def test_a_backup_that_is_killed_while_it_copies_is_never_complete_and_goes_with_the_next(make_place):
    place = make_place()
    place.dump("-Y", place.copy)
    dice = random.Random(1)
    slow = script(place, "#!/bin/bash\n[ $1 != backup ] || sleep 1\nexec %s \"$@\"\n" % place.copy)
    killed = 0
    for _ in range(KILLS):
        process = subprocess.Popen(AS_POSTGRES + (mcharness.program("pgx_dmpall"), "-D", place.data, "-B",
                                                  place.backup, "-Y", slow), cwd="/",
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.2, 1.8))
        killed += process.poll() is None
        process.kill()
        process.wait()
        # What it had started holds the lock until it has ended, too.
        mcharness.wait_until(lambda: "another command" not in place.command(
            "pgx_rcvall", "--dry-run", "-Y", place.copy).text, 20, "free")
    assert killed >= KILLS / 2
    mcharness.wait_until(lambda: place.command("pgx_dmpall", "-Y", place.copy).status == 0, 20, "the next one")
    assert set(states(place)) == {"COMPLETE"}
    assert not os.path.exists(place.data + "/mc.copy") and len(os.listdir(place.copies)) <= 3
    place.crash()
    place.recover("-Y", place.copy)
    place.start()
    assert place.value("select count(*) from t") == 20000


def test_with_a_key_what_the_command_wrote_down_is_stored_encrypted(make_place):
    place = make_place()
    key = place.dir + "/key"
    run("bash", "-c", "umask 077; openssl rand -hex 32 > " + key)
    secret = script(place, """#!/bin/bash
case $1 in
prepare) [ "$2" = - ] || grep -q volume-of-the-array "$2" || exit 4 ;;
finalize) echo volume-of-the-array > "$2"; exit 0 ;;
esac
[ $1 = backup ] && exec %s backup
[ $1 = prepare ] && exec %s "$@"
echo "$COPY_AREA"/* > "$2.own"; exec %s restore "$2.own" "$3"
""" % ((place.copy,) * 3))
    done = place.command("pgx_dmpall", "-Y", secret, "--key-file", key)
    assert done.status == 0 and "PGX00230" in done.text, done
    for folder, _, files in os.walk(place.backup):
        for name in files:
            with open(os.path.join(folder, name), "rb") as f:
                assert b"volume-of-the-array" not in f.read(), name
    # Without the key the newest copy cannot be told from those that are nobody's.
    done = place.command("pgx_dmpall", "-Y", secret)
    assert done.status != 0 and "wrote down" in done.text, done
    place.crash()
    place.recover("-Y", secret, "--key-file", key)
    place.start()
    assert place.value("select count(*) from u") == 20000


def test_another_server_takes_such_a_generation_only_where_there_is_a_copy_command(make_cluster):
    cluster = up(make_cluster)
    primary, standby = cluster.pair()
    for server in (primary, standby):
        with open(server.mcdir + "/copy", "w") as f:
            f.write("#!/bin/bash\n[ $1 != finalize ] || echo here > $2\n")
        os.chmod(server.mcdir + "/copy", 0o755)
    primary.set(backup_copy_command=primary.mcdir + "/copy", backup_copy_resources="pg_data")
    done = command(primary, "pgx_dmpall", "--destination", standby.name)
    assert done.returncode == 3 and "does not hold pg_data" in done.stderr and "COMPLETE" in done.stdout, done
    name = os.path.basename(generations(primary)[0][2])
    told = servers_of(look(standby, "--json"))[primary.name]
    assert [one["copied"] for one in told["store"]["generations"]] == [["pg_data"]]
    done = command(standby, "pgx_rcvall", "--fetch")
    assert done.returncode == 3 and "does not hold pg_data" in done.stderr and "backup_copy_command" in done.stderr, done
    assert not generations(standby)
    checked(command(standby, "pgx_rcvall", "--fetch", "-Y", standby.mcdir + "/copy"))
    assert [os.path.basename(path) for _, _, path in generations(standby)] == [name]
    # Its settings say so from now on, also to what was started before.
    standby.set(backup_copy_command=standby.mcdir + "/copy")
    done = command(primary, "pgx_dmpall", "--incremental", "--destination", standby.name)
    assert done.returncode == 0 and "COMPLETE on server" in done.stdout, done
    assert [one[1] for one in generations(standby)] == ["COMPLETE", "COMPLETE"]
    # For once without it, although the settings name what it takes.
    done = command(primary, "pgx_dmpall", "-Y", "none")
    assert done.returncode == 0 and "not in it" not in done.stdout, done
    assert os.path.exists(folder(standby))
