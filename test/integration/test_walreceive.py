"""pgx_walreceive by itself, beside one instance: what a cluster shows only now and then."""
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time

import psycopg2
import pytest

from backuphelp import Place, Writer
from mcharness import RUN, send, wait_until
from pgalone import USER, Instance, as_postgres, built, private
from test_mirrored_wal import SEGMENT, lsn

PROGRAM = "src/main/pgx_walreceive"


class Receiver:
    """The program as the agent starts it: lines come out, and it ends with its standard input."""

    def __init__(self, instance, limit=1 << 30):
        self.instance, self.lines = instance, []
        self.process = subprocess.Popen(
            [built(PROGRAM), "mirror", instance.data, instance.mc, "postgres", instance.backup, str(limit)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/", user=USER.pw_uid,
            group=USER.pw_gid, extra_groups=[])
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def said(self, word):
        return [line for line in self.lines if line.startswith(word + " ")]

    def kill(self):
        self.process.kill()
        self._end()

    def end(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=10) == 0
        self._end()

    def _end(self):
        self.process.wait()
        self.reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                pipe.close()
            except BrokenPipeError:
                pass


class Mirrored(Instance):
    def __init__(self, template):
        super().__init__(template)
        self.mc = private(self.base + "/mc")
        self.online = self.backup + "/online_xlog"

    def segments(self):
        try:
            return sorted(n for n in os.listdir(self.online) if re.fullmatch("[0-9A-F]{24}", n))
        except FileNotFoundError:
            return []

    def wait_mirrored(self):
        end = self.sql("select pg_current_wal_flush_lsn()")[0][0]
        wait_until(lambda: self.sql("select flush_lsn >= '%s' from pg_stat_replication" % end) == [["t"]], 20,
                   "mirrored to " + end)
        return lsn(end)

    def same_bytes(self, end):
        """Of every mirrored segment that pg_wal has, up to `end`."""
        checked = []
        for name in self.segments():
            begin = (int(name[8:16], 16) * 256 + int(name[16:], 16)) * SEGMENT
            if begin < end and os.path.exists("%s/pg_wal/%s" % (self.data, name)):
                with open(self.online + "/" + name, "rb") as f:
                    length = min(SEGMENT, end - begin)
                    assert f.read(length) == self.wal(name)[:length], name
                checked.append(name)
        return checked

    def promote_again(self):
        """On the next timeline, by way of a standby."""
        self.stop()
        open(self.data + "/standby.signal", "w").close()
        shutil.chown(self.data + "/standby.signal", "postgres", "postgres")
        self.start()
        self.sql("select pg_promote()")


@pytest.fixture
def instance(template):
    made = Mirrored(template)
    made.receivers = []

    def receive(**how):
        made.receivers.append(Receiver(made, **how))
        return made.receivers[-1]
    made.receive = receive
    yield made
    for receiver in made.receivers:
        if receiver.process.returncode is None:
            receiver.kill()
    made.down()


def test_it_follows_the_timelines_that_it_has_missed(instance):
    """Two of them in one segment, and whole segments of an old one; a promotion renames what it leaves."""
    instance.append("archive_mode = on\narchive_command = 'false'\n")
    instance.start()
    receiver = instance.receive()
    instance.segment()
    instance.wait_mirrored()
    receiver.end()
    old = [instance.segment() for _ in range(3)]
    instance.promote_again()
    instance.promote_again()
    instance.sql("create table t(a int)")
    receiver = instance.receive()
    end = instance.wait_mirrored()
    assert set(old) <= set(instance.same_bytes(end))
    assert instance.segments()[-1][:8] == "00000003"
    assert receiver.said("gap") == []


def test_wal_that_is_gone_is_said_and_mirroring_goes_on(instance):
    instance.append("wal_keep_size = 0\nmax_slot_wal_keep_size = 16MB\nmin_wal_size = 32MB\n")
    instance.start()
    receiver = instance.receive()
    instance.segment()
    instance.wait_mirrored()
    receiver.end()
    for _ in range(6):
        instance.segment()
    instance.sql("checkpoint")
    wait_until(lambda: instance.sql("select wal_status from pg_replication_slots") == [["lost"]], 10, "it is lost")
    receiver = instance.receive()
    end = instance.wait_mirrored()
    assert len(receiver.said("gap")) == 1 and instance.same_bytes(end)
    assert instance.sql("select wal_status from pg_replication_slots") == [["reserved"]]


def test_mirrored_wal_is_bounded_where_nothing_is_archived(instance):
    instance.start()
    receiver = instance.receive(limit=3 * SEGMENT)
    for _ in range(8):
        instance.segment()
    end = instance.wait_mirrored()
    wait_until(lambda: receiver.said("pruned"), 10, "it is said")
    wait_until(lambda: len(instance.segments()) <= 3, 15, "no more than the limit")
    assert instance.same_bytes(end)
    assert len(receiver.said("pruned")) <= 6


def test_no_instant_of_its_death_loses_a_byte(instance):
    """kill -9 at drawn instants, while segments are made and pruned."""
    random.seed(3)
    instance.start()
    acknowledged = 0
    for i in range(int(os.environ.get("MC_KILLS", "10"))):
        receiver = instance.receive()
        wait_until(lambda: receiver.said("streaming"), 10, "it streams")
        instance.sql("select count(pg_logical_emit_message(true, 'x', repeat('y', 8000))) from "
                     "generate_series(1, %d)" % random.randrange(1, 900))
        if i % 3 == 0:
            instance.segment()
        time.sleep(random.random() * 0.1)
        found = instance.sql("select flush_lsn from pg_stat_replication")
        send(receiver.process.pid, signal.SIGKILL)
        receiver.kill()
        acknowledged = max(acknowledged, lsn(found[0][0]) if found and found[0][0] else 0)
        assert instance.same_bytes(acknowledged)
        wait_until(lambda: instance.sql("select active from pg_replication_slots") == [["f"]], 10, "it is gone")
    assert acknowledged > 0


def test_only_one_mirrors_at_a_time(instance):
    instance.start()
    first = instance.receive()
    wait_until(lambda: first.said("streaming"), 10, "it streams")
    second = instance.receive()
    assert second.process.wait(timeout=15) == 1
    assert first.process.poll() is None
    assert as_postgres(built(PROGRAM), "mirror", check=False).returncode == 2


class Marker(Writer):
    """Remembers of each commit where the WAL ended behind it, too."""

    def _write(self):
        number = 0
        try:
            cursor = self.place.connect().cursor()
            cursor.execute("select coalesce(max(n), 0) from acks")
            number = cursor.fetchone()[0]
            while not self.ended:
                number += 1
                cursor.execute("insert into acks values (%s, repeat('x', 200))", (number,))
                cursor.execute("select pg_current_wal_insert_lsn()")
                self.acknowledged.append((number, lsn(cursor.fetchone()[0])))
        except psycopg2.Error:
            pass


def lose_the_data_disk(place, dice):
    """One trial: (commits acknowledged to the writer, of these mirrored, lost)."""
    place.dump()
    receiver = Receiver(place)
    wait_until(lambda: receiver.said("streaming"), 10, "it streams")
    writer = Marker(place)
    wait_until(lambda: len(writer.acknowledged) > 50, 20, "something is written")
    end = time.monotonic() + dice.random()
    told = None
    while time.monotonic() < end or told is None:
        assert time.monotonic() < end + 20, (receiver.lines, place.sql("select * from pg_stat_replication"))
        told = place.value("select max(flush_lsn) from pg_stat_replication where application_name ="
                           " 'pgx_walreceive'") or told
    place.kill()
    receiver.kill()
    writer.stop()
    shutil.rmtree(place.data)
    place.recover()
    place.start()
    there = {row[0] for row in place.sql("select n from acks")}
    mirrored = [n for n, at in writer.acknowledged if at <= lsn(told)]
    assert not receiver.said("gap")
    assert mirrored and not set(mirrored) - there
    lost = [n for n, _ in writer.acknowledged if n not in there]
    return len(writer.acknowledged), len(mirrored), len(lost)


def test_what_the_mirror_had_acknowledged_comes_back_after_the_loss_of_the_data_disk(template):
    """The writer goes on until everything is killed; data directory and pg_wal are removed."""
    dice = random.Random(17)
    place = Place(archive=False, conf="archive_mode = on\narchive_library = '%s'\npgx.backup_destination = '%s'\n" % (
        built("ext/pgx_archive/pgx_archive.so"), "%s/backup%d/backup" % (RUN, Place.number + 1)))
    place.mc = private(place.dir + "/mc")
    try:
        place.start()
        found = [lose_the_data_disk(place, dice) for _ in range(int(os.environ.get("MC_TRIALS", "1")))]
        print("acknowledged, mirrored, lost:", *found)
    finally:
        place.remove()
