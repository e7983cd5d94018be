"""What a backup or a recovery must refuse, and damage that must be seen: nothing is touched before."""
import glob
import json
import os
import random
import re
import shutil
import signal
import subprocess

import psycopg2
import pytest

import mcharness
from backuphelp import AS_POSTGRES, Place, Writer, flip, run

FLIPS = int(os.environ.get("MC_BACKUP_FLIPS", "12"))
SEED = int(os.environ.get("MC_BACKUP_SEED", "1"))


@pytest.fixture(scope="module")
def place(template):
    """A stopped instance with two generations and WAL behind them; what a test changes it puts back."""
    made = Place().start()
    made.sql("create table t as select n, md5(n::text) as m from generate_series(1, 20000) n",
             "create table v(n int)", "checkpoint")
    made.dump()
    made.sql("insert into v select generate_series(1, 1000)")
    made.dump()
    for n in range(3):
        made.sql("insert into v select generate_series(1, 1000)",
                 "select pg_create_restore_point('point%d')" % n)
        made.archive()
    made.stop()
    yield made
    made.remove()


def refused(place, *args, data=None, status=3, says="", name="pgx_rcvall"):
    before = place.tree(place.dir)
    done = place.command(name, *args, data=data)
    assert done.status == status, done
    assert re.search(says, done.text), done
    assert place.tree(place.dir) == before, "something was touched"


def test_a_target_that_is_not_reached_is_refused(place):
    oldest = min(glob.glob(place.backup + "/20*"))
    refused(place, "-e", "2001-01-01 00:00:00", says="no complete generation .* ended before the target: the oldest, %s, ended 20.* at 0/.*\nhint: give a later target"
            % os.path.basename(oldest))
    refused(place, "-e", "2999-01-01 00:00:00", says="target is not reached: .* goes to 0/.*, its last transaction is of 20[0-9-]+ [0-9:]+ ")
    refused(place, "-n", "nowhere", says="target is not reached")
    refused(place, "-x", "4000000000", says="target is not reached")
    refused(place, "-p", "0/1000028", says="no complete generation")
    refused(place, "-p", "FF/0", says="target is not reached")
    refused(place, "-t", "7", says="timeline 7 does not exist: no .00000007.history.")
    refused(place, "--generation", "2001-01-01_00-00-00", says="no generation .2001.*\nhint: pgx_rcvall -l")
    refused(place, "-T", "/nowhere=/elsewhere", says="./nowhere. of -T is the folder of none of the tablespaces of backup .*\nhint")


def test_where_no_generation_is_complete_it_says_which_and_why(place):
    folders = glob.glob(place.backup + "/20*")
    for folder in folders:
        os.rename(folder + "/manifest", folder + "/kept")
    try:
        refused(place, says="no complete generation is in .*: %s: it has no manifest\nhint: pgx_verify" % os.path.basename(max(folders)))
    finally:
        for folder in folders:
            os.rename(folder + "/kept", folder + "/manifest")


def test_words_that_mean_nothing_are_refused(place):
    for args in (("-e", "yesterday"), ("-e", "2026-02-30 00:00:00"), ("-x", "1"), ("-p", "12"),
                 ("--exclusive",), ("--json", "-n", "x"), ("-t", "0"), ("-T", "a=b"), ("-j", "0"), ("-l", "-n", "x"), ("-l", "--from-server", "server2")):
        refused(place, *args, status=2)
    for args in (("-j", "x"), ("-Z", "0"), ("--max-rate", "fast"), ("--keep", "0")):
        refused(place, *args, status=2, name="pgx_dmpall")


def test_a_directory_that_is_not_this_databases_is_refused(place):
    other = place.dir + "/other"
    for fill in ("file", "database"):
        if fill == "file":
            run("mkdir", "-m", "700", other)
            run("touch", other + "/thesis.txt")
        else:
            run(mcharness.PGBIN + "/initdb", "-D", other, "--no-sync")
        try:
            refused(place, data=other, says="no complete generation in .* is of the database in .*: that is [0-9]+, and .* is of [0-9]+\nhint: give"
                    if fill == "database" else "not known to be of this database: .*\nhint: .*its pg_wal may hold WAL that is nowhere else")
        finally:
            shutil.rmtree(other)


def test_a_destination_of_another_database_is_refused(place):
    """Its generations would be pushed out by those of this one."""
    other = place.dir + "/other"
    run(mcharness.PGBIN + "/initdb", "-D", other, "-U", "postgres", "-A", "trust", "--no-sync")
    with open(other + "/postgresql.conf", "a") as f:
        f.write("listen_addresses = ''\nunix_socket_directories = '%s/run'\n" % place.dir)
    place.start(data=other)
    try:
        before = place.generations()
        for _ in range(2):
            done = place.command("pgx_dmpall", "--keep", "1", data=other)
            assert done.status == 3 and re.search("has backups of another database: 20.* is of [0-9]+, and .* is [0-9]+\nhint: .*folder of its own", done.text), done
        assert place.generations() == before and [one[0] for one in before] == ["COMPLETE"] * 2
    finally:
        place.stop(data=other)
        shutil.rmtree(other)


def test_a_running_instance_is_refused(place):
    place.start()
    try:
        done = place.command("pgx_rcvall")
        assert done.status == 3 and "an instance runs in" in done.text, done
        # Who only asks how far a recovery would reach need not stop anything for it.
        done = place.command("pgx_rcvall", "--dry-run", "-n", "point1")
        assert done.status == 0 and re.search("recovery +up to 0/.*\nrunning +an instance is at work there: stop it first", done.text, re.S), done
        assert place.value("select count(*) from t") == 20000
    finally:
        place.stop()


def test_a_destination_that_is_none_is_refused(place):
    def with_destination(path, status, says, name="pgx_rcvall", *args):
        done = run(mcharness.program(name), "-D", place.data, "-B", path, *args)
        assert done.status == status and re.search(says, done.text), done
    with_destination(place.dir + "/nowhere", 1, "No such file or directory\nhint: look whether its disk is mounted.*install -d -o OWNER -m 700")
    with_destination("relative", 2, "does not begin with a slash")
    with_destination(place.data + "/PG_VERSION", 3, "is no folder")
    run("chmod", "0750", place.backup)
    try:
        with_destination(place.backup, 3, "mode 0750: others may enter it\nhint: chmod 0700")
    finally:
        run("chmod", "0700", place.backup)
    with_destination("/tmp", 3, "belongs to user")
    empty = place.dir + "/empty"
    run("mkdir", "-m", "700", empty)
    with_destination(empty, 3, "there is no backup in")
    # Nothing to list is not the same as a list of nothing: the disk may not be mounted.
    for folder in (empty, place.data):
        with_destination(folder, 3, "is no backup destination: .*\nhint: look whether its disk is mounted", "pgx_rcvall", "-l")
        with_destination(folder, 3, "is no backup destination", "pgx_rcvall", "-l", "--json")


def test_a_command_that_lacks_something_says_what_and_how(place):
    def says(name, args, status, pattern):
        done = run(mcharness.program(name), "-D", place.data, "-B", place.backup, *args, env={"MCCONTROLDIR": ""})
        assert done.status == status and re.search(pattern, done.text), done
    says("pgx_dmpall", (), 1, "no instance runs in .*\nhint: start it")
    says("pgx_dmpall", ("--destination", "server2"), 2, "other servers are not known\nhint: give -M, or set MCCONTROLDIR")
    says("pgx_rcvall", ("-l", "--all-servers"), 2, "other servers are not known\nhint: give -M")
    says("pgx_rcvall", ("--fetch",), 2, "other servers are not known\nhint: give -M")
    says("pgx_dmpall", ("--keep", "0"), 2, "from 1 to 1000")
    says("pgx_dmpall", ("--max-rate", "0"), 2, "from 1 on, and behind it kB, MB or GB")
    says("pgx_rcvall", ("-x", "0"), 2, "from 3 to 4294967295")
    says("pgx_rcvall", ("-p", "12"), 2, "two hexadecimal numbers with a slash")
    says("pgx_rcvall", ("--nothing",), 2, "unknown option .*\nhint: pgx_rcvall --help shows all of them")


def test_a_standby_is_refused_unless_it_is_meant(place):
    standby = place.dir + "/standby"
    run("cp", "-a", place.data, standby)
    run("touch", standby + "/standby.signal")
    place.start(standby)
    try:
        done = place.command("pgx_dmpall", data=standby)
        assert done.status == 3 and "--from-standby" in done.text, done
        other = place.dir + "/backup_of_standby"
        run("mkdir", "-m", "700", other)
        done = run(mcharness.program("pgx_dmpall"), "-D", standby, "-B", other, "--from-standby")
        assert done.status == 0, done
    finally:
        place.stop(data=standby)
        shutil.rmtree(standby)
    data = place.dir + "/from_standby"
    done = run(mcharness.program("pgx_rcvall"), "-D", data, "-B", other)
    assert done.status == 0, done
    place.start(data)
    assert place.value("select count(*) from t") == 20000
    place.stop(data=data)
    shutil.rmtree(data)


def test_a_schedule_on_every_server_is_quiet_on_a_standby_and_loud_on_a_primary_that_is_down(template):
    place = Place().start()
    standby, other = place.dir + "/standby", place.dir + "/backup_of_schedule"
    schedule = (mcharness.program("pgx_dmpall"), "-B", other, "--if-primary", "-D")
    try:
        run("mkdir", "-m", "700", other)
        place.stop()
        run("cp", "-a", place.data, standby)
        run("touch", standby + "/standby.signal")
        place.start(standby)
        done = run(*schedule, standby)
        place.stop(data=standby)
        assert (done.status, done.text, os.listdir(other)) == (0, "", []), done
        done = run(*schedule, standby)      # nothing is missed on a standby that is down, either
        assert (done.status, done.text, os.listdir(other)) == (0, "", []), done
        done = run(*schedule, place.data)
        assert done.status == 1 and done.text and not os.listdir(other), done
        done = run(*schedule, place.data, "--from-standby")
        assert done.status == 2, done
        place.start()
        done = run(*schedule, place.data)
        assert done.status == 0 and "COMPLETE" in done.text, done
    finally:
        place.remove()


def test_another_version_of_the_format_is_refused(place):
    newest = max(glob.glob(place.backup + "/20*"))
    path = newest + "/manifest"
    kept = open(path, "rb").read()
    try:
        for text, says in ((kept.replace(b"backup 1\n", b"backup 2\n", 1), "version 2"),
                           (kept[:len(kept) // 2], "breaks off"), (b"", "breaks off")):
            with open(path, "wb") as f:
                f.write(text)
            refused(place, "--generation", os.path.basename(newest), says="not complete: .*" + says)
    finally:
        with open(path, "wb") as f:
            f.write(kept)


def test_a_manifest_that_cannot_be_opened_makes_no_generation_complete(template):
    place = Place().start()
    try:
        good, folder = place.dump(), place.dump()
        place.archive()
        os.chmod(folder + "/manifest", 0)
        assert place.generations() == [("COMPLETE", good), ("INCOMPLETE", folder)]
        done = place.verify()
        assert done.status == 1 and re.search("%s is not complete: open .*Permission denied" % os.path.basename(folder), done.text), done
        place.stop()
        refused(place, "--generation", os.path.basename(folder), says="not complete: .*Permission denied")
        plan = place.command("pgx_rcvall", "--dry-run")
        assert re.search(r"(?m)^passed +%s: .*Permission denied$" % os.path.basename(folder), plan.text), plan
        place.start()
        done = place.command("pgx_dmpall", "--incremental")
        assert done.status == 0 and re.search("PGX00007.*\nhint: .*remove its folder", done.text), done
        done = place.verify("--restore-test", place.dir + "/tryout")
        assert done.status == 1 and re.search("nothing was tried out in .*tryout.*\nhint: .*--generation", done.text), done
        assert not os.path.exists(place.dir + "/tryout")
        os.chmod(folder + "/manifest", 0o600)
        done = place.verify()
        assert done.status == 0, done
        # What -l says of one that cannot be entered, and of one that is being made, is what it is.
        os.chmod(folder, 0)
        assert place.listed()[1][3] == "its folder cannot be read: Permission denied"
        os.chmod(folder, 0o700)
        os.rename(folder + "/manifest", folder + "/kept")
        run("touch", folder + "/incomplete")
        assert place.listed()[1][1:] == (folder, "-", "it has no manifest: it was interrupted, or is being made now")
    finally:
        place.remove()


def test_a_missing_segment_is_a_gap_and_named(place):
    segments = sorted(n for n in os.listdir(place.backup + "/archived_xlog") if len(n) == 24)
    path = place.backup + "/archived_xlog/" + segments[-2]
    os.rename(path, path + ".away")
    kept = place.data + "/pg_wal/" + segments[-2]
    if os.path.exists(kept):
        os.rename(kept, path + ".old")
    try:
        refused(place, says="has a gap at .*" + segments[-2])
        assert place.verify().status == 1
        done = place.command("pgx_rcvall", "-n", "point0", "--dry-run")
        assert done.status == 0 and segments[-2] in done.text, done
        # By names alone, and so without what the old pg_wal still has: the list is of the backup directory.
        assert [one[0] for one in place.listed()] == ["COMPLETE"] * 2
        assert [one[3] for one in place.listed()] == ["WAL has a gap: %s is not there" % segments[-2]] * 2
        told = json.loads(place.command("pgx_rcvall", "-l", "--json").text)["generations"]
        assert [one["missing_wal"] for one in told] == [segments[-2]] * 2
    finally:
        os.rename(path + ".away", path)
        if os.path.exists(path + ".old"):
            os.rename(path + ".old", kept)


def test_wal_behind_a_gap_is_seen_wherever_it_is_kept(template):
    """The newest archived segment is gone; what is behind it is in the old pg_wal, or mirrored. It is not the end of the WAL."""
    place = Place().start()
    place.sql("create table t as select generate_series(1, 1000) n")
    place.dump()
    for _ in range(2):
        place.sql("insert into t values (0)")
        place.archive()
    place.stop()
    archived, online = place.backup + "/archived_xlog/", place.backup + "/online_xlog/"
    segments = sorted(name for name in os.listdir(archived) if re.fullmatch("[0-9A-F]{24}", name))
    newest, aside = segments[-1], place.dir + "/aside"
    behind = [name for name in sorted(os.listdir(place.data + "/pg_wal")) if re.fullmatch("[0-9A-F]{24}", name) and name > newest][0]
    os.mkdir(aside)
    os.rename(archived + newest, aside + "/archived")
    if os.path.exists(place.data + "/pg_wal/" + newest):
        os.rename(place.data + "/pg_wal/" + newest, aside + "/own")
    elsewhere = place.dir + "/elsewhere"
    try:
        refused(place, says="the WAL has a gap at .*: .%s.: it is not there\nhint: .*give -p 0/" % newest)
        assert place.command("pgx_rcvall", "--dry-run", data=elsewhere).status == 0
        shutil.copy(place.data + "/pg_wal/" + behind, online + behind)
        shutil.chown(online + behind, "postgres", "postgres")
        refused(place, data=elsewhere, says="the WAL has a gap at .*: .%s.: it is not there" % newest)
        assert place.listed()[-1][3] == "WAL has a gap: %s is not there" % newest
        # What was made in good time, or recycled, holds nothing yet.
        for content in (b"", bytes(16 << 20), open(archived + segments[0], "rb").read()):
            with open(online + behind, "wb") as f:
                f.write(content)
            assert place.command("pgx_rcvall", "--dry-run", data=elsewhere).status == 0
    finally:
        place.remove()


def test_every_flipped_bit_is_detected(place):
    """Half in what is stored, half in WAL that a recovery replays."""
    dice = random.Random(SEED)
    generation = max(glob.glob(place.backup + "/20*"))
    start = re.search(r"\nstart (\S+)\n", open(generation + "/manifest").read()).group(1)
    first = int(start.split("/")[1], 16) // (16 << 20)
    stored = [p for p in glob.glob(generation + "/*") if os.path.getsize(p)]
    for number in range(FLIPS):
        if number % 2:
            path = dice.choice(stored)
            at = dice.randrange(os.path.getsize(path))
        else:
            segments = [n for n in sorted(os.listdir(place.backup + "/archived_xlog"))
                        if len(n) == 24 and int(n[16:], 16) >= first]
            path = place.backup + "/archived_xlog/" + dice.choice(segments)
            at = dice.randrange(4096)       # the records are at the beginning, zeros behind
            body = open(path, "rb").read(4096)
            while body[at] == 0 or at == 2:     # nobody asks for the mark "may be thinned out"
                at = dice.randrange(4096)
        kept = open(path, "rb").read()
        flip(path, at, seed=SEED + number)
        try:
            done = place.verify("--generation", os.path.basename(generation))
            assert done.status == 1, "%s at %d was not noticed: %r" % (path, at, done)
            if number < 4:
                data = place.dir + "/flipped"
                done = place.command("pgx_rcvall", "--generation", os.path.basename(generation),
                                     data=data)
                assert done.status in (1, 3), done
                assert not os.path.exists(data + "/global/pg_control")
                shutil.rmtree(data, ignore_errors=True)
        finally:
            with open(path, "wb") as f:
                f.write(kept)
    assert place.verify().status == 0


def digest(place):
    return place.sql("select count(*), md5(string_agg(md5(b), '' order by n)) from r")[0]


def outcome_unverified(place, data, right):
    """What becomes of a recovery that looks at no sum: right, wrong, or not usable at all."""
    done = place.command("pgx_rcvall", data=data, env={"MC_UNVERIFIED": "1"})
    if done.status != 0:
        return "unusable"
    try:
        place.start(data=data)
        return "right" if digest(place) == right else "wrong"
    except (AssertionError, psycopg2.Error):
        return "unusable"
    finally:
        place.stop("immediate", data=data)


def test_without_the_sums_the_same_flips_start_and_are_wrong(template):
    """The control of the test above: bytes that nothing packs smaller, in a database without page checksums."""
    place = Place(checksums=False).start()
    more = "insert into r select n, (select decode(string_agg(md5(n * 100 + i || 'r'), ''), 'hex') " \
           "from generate_series(1, 70) i) from generate_series(%d, %d) n"
    try:
        place.sql("create table r(n int, b bytea)", "alter table r alter b set storage external", more % (1, 25000))
        folder = place.dump()
        place.sql(more % (25001, 60000))
        place.archive()
        right = digest(place)
        place.stop()
        dice = random.Random(SEED)
        wal = sorted(glob.glob(place.backup + "/archived_xlog/" + "[0-9A-F]" * 24))[-2]     # whole, behind the backup
        pack = max(glob.glob(folder + "/pack.*"), key=os.path.getsize)
        outcomes = {pack: [], wal: []}
        for number in range(max(4, FLIPS // 2)):
            path = (pack, wal)[number % 2]
            at = dice.randrange(os.path.getsize(path))
            kept = open(path, "rb").read()
            flip(path, at, seed=SEED + number)
            data = place.dir + "/unverified"
            done = place.verify()
            assert done.status == 1, "%s at %d was not noticed: %r" % (path, at, done)
            outcomes[path].append(outcome_unverified(place, data, right))
            shutil.rmtree(data, ignore_errors=True)
            with open(path, "wb") as f:
                f.write(kept)
        print("without sums: of a pack %s, of WAL %s" % (outcomes[pack], outcomes[wal]))
        assert outcome_unverified(place, place.dir + "/unverified", right) == "right", "the door alone spoils nothing"
        for path, seen in outcomes.items():
            assert 2 * seen.count("wrong") > len(seen), (path, seen)
    finally:
        place.remove()


def test_a_bad_page_is_named_and_older_generations_stay(template):
    place = Place().start()
    try:
        place.sql("create table t as select n, md5(n::text) as m from generate_series(1, 5000) n",
                  "checkpoint")
        place.dump("--keep", "1")
        path = place.data + "/" + place.value("select pg_relation_filepath('t')")
        place.stop()
        flip(path, 3 * 8192 + 4000, seed=1)
        place.start()
        done = place.command("pgx_dmpall", "--keep", "1")
        name = os.path.relpath(path, place.data)
        assert done.status == 1 and 'bad page: file "%s", block 3 (PGX00006)' % name in done.text, done
        assert [(one[0], one[3]) for one in place.listed()] == [("COMPLETE", "-"), ("COMPLETE", "1 bad page")]
        # The plan of a recovery from the newest says so; from the older one the page comes back, and all that was committed.
        place.sql("create table later as select 1 as n")
        place.crash()
        done = place.command("pgx_rcvall", "--dry-run")
        assert done.status == 0 and "\nbad pages  1, which were bad in the database before: --generation " in done.text, done
        done = place.recover("--generation", os.path.basename(place.generations()[0][1]))
        assert "bad pages" not in done.text, done
        place.start()
        assert place.sql("select count(m), (select count(*) from later) from t") == [(5000, 1)]
    finally:
        place.remove()


def test_a_backup_without_archiving_is_whole_in_itself(template):
    place = Place(archive=False).start()
    try:
        place.sql("create table t as select generate_series(1, 5000) n")
        done = place.command("pgx_dmpall", "--max-rate", "100MB")
        assert done.status == 0 and "PGX00004" in done.text, done
        place.stop()
        shutil.rmtree(place.data)
        place.recover()
        place.start()
        assert place.value("select count(*) from t") == 5000
    finally:
        place.remove()


def test_two_backups_do_not_meet(template):
    place = Place().start()
    try:
        import subprocess
        from backuphelp import AS_POSTGRES
        slow = subprocess.Popen(AS_POSTGRES + (mcharness.program("pgx_dmpall"), "-D", place.data, "-B",
                                               place.backup, "--max-rate", "4MB"), cwd="/",
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        mcharness.wait_until(lambda: glob.glob(place.backup + "/20*"), 10, "it has begun")
        done = place.command("pgx_dmpall")
        assert done.status == 3 and "another command is working" in done.text, done
        slow.terminate()
        assert slow.wait(20) == 1
        assert [status for status, _ in place.generations()] == ["INCOMPLETE"]
        place.dump()
        assert [status for status, _ in place.generations()] == ["COMPLETE"]
    finally:
        place.remove()


def test_a_try_out_reads_every_page_and_leaves_nothing(place):
    folder = place.dir + "/tryout"
    done = place.verify("--restore-test", folder)
    assert done.status == 0 and "every page of it is right" in done.text, done
    assert not os.path.exists(folder) and not os.path.exists(folder + ".tablespaces")
    # What one that was interrupted has left is named before anything is read.
    process = subprocess.Popen(AS_POSTGRES + (mcharness.program("pgx_verify"), "-B", place.backup, "--restore-test", folder), cwd="/",
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    mcharness.wait_until(lambda: os.path.exists(folder + "/mc.interrupted"), 30, "the try-out has begun")
    process.send_signal(signal.SIGINT)
    text = process.communicate()[0]
    assert process.returncode == 1 and "interrupted by signal 2" in text, text
    done = place.verify("--restore-test", folder)
    assert done.status == 3 and "is there already" in done.text and "rm -r %s %s.tablespaces" % (folder, folder) in done.text, done
    assert "is right" not in done.text, done
    shutil.rmtree(folder)
    shutil.rmtree(folder + ".tablespaces")
    assert place.verify("--restore-test", "relative").status == 2


def test_a_destination_without_a_backup_says_what_to_do(template):
    place = Place()
    try:
        done = place.verify()
        assert done.status == 3 and "there is no backup in" in done.text and "pgx_dmpall makes one" in done.text, done
        done = place.verify("--generation", "2001-01-01_00-00-00")
        assert done.status == 3 and "pgx_dmpall makes one" in done.text, done
    finally:
        place.remove()


def test_a_full_backup_disk_ends_the_backup_and_nothing_else(template):
    """The generation is INCOMPLETE and gives its room back at once; the next run removes it."""
    place = Place()
    try:
        place.small_disk(320)
        place.start()
        place.sql("create table r as select n, (select decode(string_agg(md5(n * 100 + i || 'r'), ''), 'hex') "
                  "from generate_series(1, 50) i) as b from generate_series(1, 80000) n")
        place.archive()
        filler = place.backup + "/filler"
        with open(filler, "wb") as f:
            of = os.statvfs(place.backup)
            os.posix_fallocate(f.fileno(), 0, of.f_bavail * of.f_frsize - (50 << 20))
        writer = Writer(place)
        done = place.command("pgx_dmpall")
        assert done.status == 1 and "No space left on device" in done.text, done
        assert re.search(r'INCOMPLETE, "%s" is full' % place.backup, done.text) and "make room" in done.text, done
        assert [status for status, _ in place.generations()] == ["INCOMPLETE"]
        left = os.statvfs(place.backup)
        assert left.f_bavail * left.f_frsize > 20 << 20, "the archive has room again"
        said = len(writer.acknowledged)
        mcharness.wait_until(lambda: len(writer.acknowledged) > said + 50, 10, "the database goes on")
        os.unlink(filler)
        done = place.command("pgx_dmpall")
        assert done.status == 0 and "PGX00002" in done.text, done
        assert [status for status, _ in place.generations()] == ["COMPLETE"]
        writer.stop()
        place.archive()
        place.crash()
        place.recover()
        place.start()
        writer.check()
    finally:
        place.remove()
