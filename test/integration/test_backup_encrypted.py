"""Generations that are encrypted: everything works with the key, nothing without it, and no changed bit passes."""
import glob
import hashlib
import json
import os
import random
import re
import shutil
import time

import pytest

import mcharness
from backuphelp import Place, flip, run

FLIPS = int(os.environ.get("MC_BACKUP_FLIPS", "60"))
SEED = int(os.environ.get("MC_BACKUP_SEED", "1"))
ZSTD = b"\x28\xb5\x2f\xfd"
SUM = "select md5(string_agg(t::text, ',' order by n)) from t"


def make_key(place, name):
    path = "%s/%s" % (place.dir, name)
    with open(path, "w") as f:
        f.write(os.urandom(32).hex() + "\n")
    os.chmod(path, 0o600)
    shutil.chown(path, "postgres", "postgres")
    return path


@pytest.fixture(scope="module")
def place(template):
    """A stopped instance with an encrypted full generation, an encrypted incremental one on it, and WAL behind them."""
    made = Place().start()
    made.key, made.other = make_key(made, "key"), make_key(made, "other")
    made.sql("create table t as select n, md5(random()::text) as m from generate_series(1, 20000) n", "checkpoint")
    made.full = made.dump("--key-file", made.key)
    made.sql("update t set m = 'changed' where n < 100", "checkpoint")
    made.incremental = made.dump("--key-file", made.key, "--incremental")
    made.sql("insert into t values (0, 'behind the backup')")
    made.archive()
    made.sum = made.value(SUM)
    made.stop()
    yield made
    made.remove()


def verify(place, *args):
    return place.command("pgx_verify", *args)


def test_with_the_key_all_is_as_ever_and_nothing_of_it_is_stored_in_clear(place):
    done = verify(place, "--key-file", place.key)
    assert done.status == 0 and done.text.count(" is right") == 2, done
    shown = json.loads(place.command("pgx_rcvall", "-l", "--json").text)["generations"]
    assert len({g["key"] for g in shown}) == 1 and re.fullmatch("[0-9a-f]{16}", shown[0]["key"])
    notes = [one[2:] for one in place.listed()]
    assert notes == [("full", "encrypted with key " + shown[0]["key"]),
                     ("incremental", "on %s; encrypted with key %s" % (os.path.basename(place.full), shown[0]["key"]))]
    assert shown[1]["uses"] == [os.path.basename(place.full)] and open(place.key).read()[:16] not in json.dumps(shown)
    size = {p: sum(os.path.getsize(f) for f in glob.glob(p + "/pack.*")) for p in (place.full, place.incremental)}
    assert size[place.incremental] < size[place.full] / 2, size
    for path in glob.glob(place.full + "/pack.*") + glob.glob(place.full + "/index.*"):
        assert ZSTD not in open(path, "rb").read(), path
    salts = [re.search(r"\ncipher aes-256-gcm [0-9a-f]{16} ([0-9a-f]{64})\n", open(p + "/manifest").read()).group(1)
             for p in (place.full, place.incremental)]
    assert len(set(salts)) == 2
    data = place.dir + "/recovered"
    done = place.command("pgx_rcvall", "--key-file", place.key, data=data)
    assert done.status == 0, done
    place.start(data)
    try:
        assert place.value(SUM) == place.sum
    finally:
        place.stop(data=data)
        shutil.rmtree(data)


def test_without_the_key_or_with_another_it_is_refused_before_anything_is_touched(place):
    loose = place.dir + "/loose"
    run("cp", place.key, loose)
    run("chmod", "0640", loose)
    short = place.dir + "/short"
    with open(short, "w") as f:
        f.write("0011\n")
    os.chmod(short, 0o600)
    shutil.chown(short, "postgres", "postgres")
    before = place.tree(place.dir)
    for args, status, says in (
            ((), 3, r"is encrypted with key [0-9a-f]{16}, and no key is given\nhint: --key-file"),
            (("--key-file", place.other), 3, r"and the key given is [0-9a-f]{16}\nhint: --key-file"),
            (("--key-file", loose), 3, "has mode 0640"),
            (("--key-file", short), 1, "does not hold 64 hexadecimal digits\nhint: .*openssl rand -hex 32"),
            (("--key-file", place.dir + "/none"), 1, "No such file")):
        done = place.command("pgx_rcvall", *args)
        assert done.status == status and re.search(says, done.text), (args, done)
        done = place.command("pgx_verify", *args)
        assert done.status != 0 and re.search(says.split("\n")[0], done.text), (args, done)
    assert place.tree(place.dir) == before, "something was touched"


def test_every_changed_bit_of_an_encrypted_generation_is_detected(place):
    dice = random.Random(SEED)
    stored = [p for g in (place.full, place.incremental) for p in glob.glob(g + "/*") if os.path.getsize(p)]
    for number in range(FLIPS):
        path = dice.choice(stored)
        kept = open(path, "rb").read()
        at = flip(path, seed=SEED + number)
        try:
            done = verify(place, "--key-file", place.key)
            assert done.status != 0, "%s at %d was not noticed: %r" % (path, at, done)
            if number < 4:
                data = place.dir + "/flipped"
                done = place.command("pgx_rcvall", "--key-file", place.key, "--generation",
                                     os.path.basename(os.path.dirname(path)), data=data)
                assert done.status in (1, 3) and not os.path.exists(data + "/global/pg_control"), done
                shutil.rmtree(data, ignore_errors=True)
        finally:
            with open(path, "wb") as f:
                f.write(kept)
    assert verify(place, "--key-file", place.key).status == 0


def test_a_manifest_that_was_changed_with_its_sum_is_detected(place):
    """Who can write in the backup directory can compute sums, but not the seal."""
    path = place.incremental + "/manifest"
    kept = open(path).read()
    body = kept[:kept.index("\nend ") + 1]
    swapped = re.sub(r"\nfile 0600 ", "\nfile 0666 ", body, count=1)
    assert swapped != body
    try:
        with open(path, "w") as f:
            f.write(swapped + "end %s\n" % hashlib.sha256(swapped.encode()).hexdigest())
        done = verify(place, "--key-file", place.key, "--generation", os.path.basename(place.incremental))
        assert done.status == 1 and "was changed by somebody without the key" in done.text, done
        before = place.tree(place.data)
        done = place.command("pgx_rcvall", "--key-file", place.key)
        assert done.status == 1 and "was changed by somebody without the key" in done.text, done
        assert place.tree(place.data) == before
        unsealed = re.sub(r"\nseal .*\n", "\n", body)
        with open(path, "w") as f:
            f.write(unsealed + "end %s\n" % hashlib.sha256(unsealed.encode()).hexdigest())
        assert "has no seal" in place.command("pgx_rcvall", "-l", "--json").text
    finally:
        with open(path, "w") as f:
            f.write(kept)
    # Packs of one generation do not pass for each other's.
    packs = sorted(glob.glob(place.full + "/pack.*"), key=os.path.getsize)[-2:]
    assert len(packs) == 2
    os.rename(packs[0], place.dir + "/away")
    os.rename(packs[1], packs[0])
    os.rename(place.dir + "/away", packs[1])
    try:
        assert verify(place, "--key-file", place.key).status == 1
    finally:
        os.rename(packs[0], place.dir + "/away")
        os.rename(packs[1], packs[0])
        os.rename(place.dir + "/away", packs[1])
    assert verify(place, "--key-file", place.key).status == 0


def test_nothing_is_built_on_a_manifest_that_was_changed_with_its_sum(template):
    """What an incremental backup takes over from the one before would else be under a seal that is right."""
    place = Place().start()
    try:
        key = make_key(place, "key")
        path = place.dump("--key-file", key) + "/manifest"
        kept = open(path).read()
        body = kept[:kept.index("\nend ") + 1].replace("\nfile 0600 ", "\nfile 0640 ", 1)
        with open(path, "w") as f:
            f.write(body + "end %s\n" % hashlib.sha256(body.encode()).hexdigest())
        done = place.command("pgx_dmpall", "--incremental", "--key-file", key, "--keep", "9")
        assert done.status == 0 and "there is no earlier generation to compare with" in done.text, done
        with open(path, "w") as f:
            f.write(kept)
        shutil.rmtree(max(glob.glob(place.backup + "/2*")))
        done = place.command("pgx_dmpall", "--incremental", "--key-file", key, "--keep", "9")
        assert done.status == 0 and "there is no earlier generation" not in done.text, done
    finally:
        place.remove()


def test_one_key_opens_a_chain_or_none_does(template):
    place = Place().start()
    try:
        key, other = make_key(place, "key"), make_key(place, "other")
        place.sql("create table t as select n, md5(n::text) as m from generate_series(1, 20000) n")
        plain = place.dump()
        says = "there is no earlier generation to compare with"
        done = place.command("pgx_dmpall", "--incremental", "--key-file", key, "--keep", "9")
        assert done.status == 0 and says in done.text, done
        done = place.command("pgx_dmpall", "--incremental", "--key-file", other, "--keep", "9")
        assert done.status == 0 and says in done.text, done
        assert "PGX00232" in done.text and "mirrored WAL is not" in done.text, done
        # Without a key it would be a full one in clear, of which a notice alone would tell.
        before = place.generations()
        for more in ((), ("--key-file", "none")):
            done = place.command("pgx_dmpall", "--incremental", "--keep", "9", *more)
            assert done.status == 3 and "no key is given" in done.text and "backup_key_file" in done.text, done
        assert place.generations() == before
        done = place.command("pgx_dmpall", "--keep", "9")
        assert done.status == 0 and "PGX00232" not in done.text, done
        assert "%s before it is: no key is given (PGX00261)" % os.path.basename(before[-1][1]) in done.text, done
        done = place.command("pgx_dmpall", "--keep", "9")
        assert done.status == 0 and "PGX00261" not in done.text, "the one before is in clear, too"
        last = place.command("pgx_dmpall", "--incremental", "--key-file", other, "--keep", "9")
        assert last.status == 0 and says in last.text, last      # the newest one is not encrypted
        place.stop()
        # An older one in clear is not taken in place of the newest one.
        done = place.command("pgx_rcvall")
        assert done.status == 3 and "no key is given" in done.text, done
        done = place.command("pgx_rcvall", "--generation", os.path.basename(plain))
        assert done.status == 0, done
    finally:
        place.remove()


def test_with_a_key_a_generation_in_clear_is_recovered_when_it_is_named_and_not_unasked(template):
    place = Place().start()
    try:
        key = make_key(place, "key")
        plain = os.path.basename(place.dump())
        said = "generation %s suits, but is not encrypted, and a key is given" % plain
        place.stop()
        before = place.tree(place.dir)
        done = place.command("pgx_rcvall", "--key-file", key)
        assert done.status == 3 and said in done.text and "--generation %s takes it" % plain in done.text, done
        assert place.tree(place.dir) == before, "something was touched"
        done = place.command("pgx_verify", "--key-file", key)
        assert done.status == 0 and plain + " is right" in done.text, done
        done = place.command("pgx_rcvall", "--key-file", key, "--generation", plain)
        assert done.status == 0, done
        # With one that is encrypted behind it, nothing is in the way; and what that does not reach is no reason for it.
        place.start()
        time.sleep(1)
        sealed = os.path.basename(place.dump("--key-file", key, "--keep", "9"))
        place.stop()
        done = place.command("pgx_rcvall", "--key-file", key, "--dry-run")
        assert done.status == 0 and "backup     " + sealed in done.text, done
        done = place.command("pgx_rcvall", "--key-file", key, "-n", "nowhere")
        assert done.status == 3 and "generation %s in clear is not tried unless --generation names it: the target " \
            "is not reached: from backup %s on" % (plain, sealed) in done.text, done
    finally:
        place.remove()


def test_an_encrypted_generation_takes_nothing_from_one_that_was_put_there_in_clear(place):
    path = place.full + "/manifest"
    kept = open(path).read()
    clear = re.sub(r"\n(cipher|seal) .*", "", kept[:kept.index("\nend ") + 1])
    try:
        with open(path, "w") as f:
            f.write(clear + "end %s\n" % hashlib.sha256(clear.encode()).hexdigest())
        assert verify(place, "--key-file", place.key, "--generation", os.path.basename(place.full)).status == 1
        done = verify(place, "--key-file", place.key, "--generation", os.path.basename(place.incremental))
        assert done.status == 1 and "%s, which it uses, is not" % os.path.basename(place.full) in done.text, done
    finally:
        with open(path, "w") as f:
            f.write(kept)
