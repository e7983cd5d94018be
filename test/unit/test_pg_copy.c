/* What a copy is made of: the archive as it comes, the mark, the clearing of what a copy has left. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/pg_keep.h"
#include "sys/pg_mark.h"
#include "sys/pg_tar.h"

enum { ARCHIVE_MAX = 16 * 1024 };

static char base[64];

static int make_base(void **state)
{
    (void)state;
    (void)str_copy(base, sizeof(base), "/tmp/mc_copy_XXXXXX");
    return mkdtemp(base) == NULL ? -1 : 0;
}

static int remove_base(void **state)
{
    PgTreeWalk walk = {0};
    Error error = {0};
    (void)state;
    return pg_tree_empty(base, NULL, &walk, &error) && rmdir(base) == 0 ? 0 : -1;
}

static void place(char *ret, const char *name)
{
    pg_path(ret, base, name);
}

static void write_file(const char *name, const char *text)
{
    char path[PG_PATH_SIZE];
    Error error = {0};
    place(path, name);
    assert_true(pg_file_write(path, text, strlen(text), 0600, &error));
}

static bool is_there(const char *name)
{
    char path[PG_PATH_SIZE];
    place(path, name);
    return access(path, F_OK) == 0;
}

static void make_folder(const char *name)
{
    char path[PG_PATH_SIZE];
    place(path, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

/* ---- archives as the server writes them ---- */

typedef struct Archive {
    char bytes[ARCHIVE_MAX];
    size_t size;
} Archive;

static void add(Archive *archive, const char *name, char type, const char *link, const char *text)
{
    char *header = archive->bytes + archive->size;
    const size_t size = strlen(text);
    unsigned sum = 0;
    char field[16];
    memset(header, 0, PG_TAR_BLOCK);
    memcpy(header, name, strlen(name));
    memcpy(header + 100, "0000600", 7);
    (void)str_format(field, sizeof(field), "%011o", (unsigned)size);
    memcpy(header + 124, field, 11);
    header[156] = type;
    memcpy(header + 157, link, strlen(link));
    memcpy(header + 257, "ustar\00000", 8);
    memset(header + 148, ' ', 8);
    for (int i = 0; i < PG_TAR_BLOCK; i++) {
        sum += (unsigned char)header[i];
    }
    (void)str_format(field, sizeof(field), "%06o", sum);
    memcpy(header + 148, field, 7);
    archive->size += PG_TAR_BLOCK;
    memcpy(archive->bytes + archive->size, text, size);
    archive->size += (size + PG_TAR_BLOCK - 1) / PG_TAR_BLOCK * PG_TAR_BLOCK;
}

static Archive usual(void)
{
    static char large[1500];
    Archive archive = {.size = 0};
    memset(large, 'x', sizeof(large) - 1);
    add(&archive, "base/", '5', "", "");
    add(&archive, "base/1", '0', "", large);
    add(&archive, "base/empty", '0', "", "");
    add(&archive, "pg_link", '2', "/somewhere", "");
    add(&archive, "last", '0', "", "end\n");
    archive.size += 2 * PG_TAR_BLOCK; /* of zeros */
    return archive;
}

static bool unpack(const Archive *archive, size_t portion, Error *error)
{
    PgTar tar;
    bool ok = true;
    pg_tar_begin(&tar, base);
    for (size_t at = 0; ok && at < archive->size; at += portion) {
        const size_t left = archive->size - at;
        ok = pg_tar_take(&tar, archive->bytes + at, left < portion ? left : portion, error);
    }
    ok = ok && pg_tar_end(&tar, error);
    pg_tar_done(&tar);
    return ok;
}

static void an_archive_is_the_same_in_whatever_portions_it_comes(void **state)
{
    static const size_t portions[] = {1, 7, 511, 512, 513, 4096, ARCHIVE_MAX};
    const Archive archive = usual();
    (void)state;
    for (size_t i = 0; i < sizeof(portions) / sizeof(portions[0]); i++) {
        char path[PG_PATH_SIZE];
        char link[32] = {0};
        struct stat of;
        Error error = {0};
        PgTreeWalk walk = {0};
        assert_true(unpack(&archive, portions[i], &error));
        place(path, "base/1");
        assert_int_equal(stat(path, &of), 0);
        assert_int_equal(of.st_size, 1499);
        assert_int_equal(of.st_mode & 0777, 0600);
        assert_true(is_there("base/empty"));
        place(path, "pg_link");
        assert_int_equal(readlink(path, link, sizeof(link)), 10);
        assert_string_equal(link, "/somewhere");
        place(path, "last");
        assert_int_equal(stat(path, &of), 0);
        assert_int_equal(of.st_size, 4);
        assert_true(pg_tree_empty(base, NULL, &walk, &error));
    }
}

static void a_name_that_leaves_the_folder_is_refused(void **state)
{
    static const char *const names[] = {"/etc/passwd", "../x", "base/../../x", "base/..", ""};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        Archive archive = {.size = 0};
        Error error = {0};
        add(&archive, names[i], '0', "", "x");
        assert_false(unpack(&archive, ARCHIVE_MAX, &error));
        assert_int_equal(error.kind, ERROR_PROTOCOL);
    }
}

/* As what a hostile server sends would get there. */
static void nothing_is_made_behind_a_link_that_came_before(void **state)
{
    static const char types[] = {'0', '5', '2'};
    (void)state;
    for (size_t i = 0; i < sizeof(types); i++) {
        Archive archive = {.size = 0};
        Error error = {0};
        PgTreeWalk walk = {0};
        make_folder("elsewhere");
        add(&archive, "deep", '5', "", "");
        add(&archive, "deep/link", '2', "../elsewhere", "");
        add(&archive, "deep/link/x", types[i], "y", "");
        assert_false(unpack(&archive, ARCHIVE_MAX, &error));
        assert_int_equal(error.kind, ERROR_PROTOCOL);
        assert_true(is_there("deep/link"));
        assert_false(is_there("elsewhere/x"));
        assert_true(pg_tree_empty(base, NULL, &walk, &error));
    }
}

static void an_archive_that_ends_within_a_file_or_is_none_is_refused(void **state)
{
    Archive archive = usual();
    Error error = {0};
    PgTreeWalk walk = {0};
    (void)state;
    archive.size = PG_TAR_BLOCK * 3;
    assert_false(unpack(&archive, ARCHIVE_MAX, &error));
    assert_non_null(strstr(error.text, "within a file"));
    error_clear(&error);
    assert_true(pg_tree_empty(base, NULL, &walk, &error));
    archive = usual();
    archive.bytes[0] = 'c';
    assert_false(unpack(&archive, ARCHIVE_MAX, &error));
    assert_non_null(strstr(error.text, "no archive"));
    error_clear(&error);
    archive = usual();
    make_folder("base");
    write_file("base/1", "is there already");
    assert_false(unpack(&archive, ARCHIVE_MAX, &error));
    assert_int_equal(error.kind, ERROR_SYSTEM);
    error_clear(&error);
    assert_true(pg_tree_empty(base, NULL, &walk, &error));
}

/* ---- the mark ---- */

static void a_mark_is_read_as_it_was_written_and_one_that_is_not_ours_counts_as_a_mark(void **state)
{
    Error error = {0};
    PgMark *mark = calloc(1, sizeof(*mark));
    PgMark *found = calloc(1, sizeof(*found));
    (void)state;
    assert_non_null(mark);
    assert_non_null(found);
    assert_false(pg_mark_read(base, found));
    mark->work = PG_MARK_AGENT;
    mark->major = 15;
    assert_true(pg_mark_add(mark, "/space/one", &error));
    assert_true(pg_mark_add(mark, "/space/two", &error));
    assert_true(pg_mark_add(mark, "/space/one", &error));
    assert_false(pg_mark_add(mark, "relative", &error));
    assert_true(pg_mark_write(base, mark, &error));
    assert_true(pg_mark_read(base, found));
    assert_memory_equal(found, mark, sizeof(*mark));
    assert_true(pg_mark_remove(base, &error));
    assert_false(pg_mark_read(base, found));
    write_file("mc.interrupted", "by a hand\n");
    assert_true(pg_mark_read(base, found));
    assert_int_equal(found->work, PG_MARK_OTHER);
    assert_true(pg_mark_remove(base, &error));
    mark->work = PG_MARK_REWIND;
    assert_true(pg_mark_write(base, mark, &error));
    assert_true(pg_mark_write(base, mark, &error));
    assert_int_equal(pg_mark_work(base), PG_MARK_REWIND);
    assert_true(pg_mark_remove(base, &error));
    assert_int_equal(pg_mark_work(base), PG_MARK_NONE);
    free(mark);
    free(found);
}

static void clearing_leaves_the_mark_follows_no_link_and_takes_of_a_tablespace_what_is_its_own(
    void **state)
{
    char path[PG_PATH_SIZE];
    char target[PG_PATH_SIZE];
    Error error = {0};
    PgTreeWalk walk = {0};
    PgMark *mark = calloc(1, sizeof(*mark));
    (void)state;
    assert_non_null(mark);
    make_folder("data");
    make_folder("data/base");
    make_folder("data/pg_tblspc");
    write_file("data/base/1", "x");
    make_folder("other");
    write_file("other/kept", "x");
    make_folder("space");
    make_folder("space/PG_15_202209061");
    write_file("space/PG_15_202209061/1", "x");
    make_folder("space/PG_14_202107181");
    write_file("space/PG_14_202107181/1", "x");
    write_file("space/mine", "x");
    place(path, "data/link");
    place(target, "other");
    assert_int_equal(symlink(target, path), 0);
    place(path, "data/pg_tblspc/16384");
    place(target, "space");
    assert_int_equal(symlink(target, path), 0);
    place(path, "data");
    assert_true(pg_mark_add_tablespaces(path, mark, &error));
    assert_int_equal(mark->tablespace_count, 1);
    assert_string_equal(mark->tablespace[0], target);
    mark->work = PG_MARK_COPY;
    assert_true(pg_mark_write(path, mark, &error));
    assert_false(pg_mark_wipe(path, mark, &walk, &error)); /* of which version it is nobody says */
    assert_true(is_there("data/base/1") && is_there("space/PG_15_202209061/1"));
    mark->major = 15;
    assert_true(pg_mark_wipe(path, mark, &walk, &error));
    int entries = 0;
    assert_true(pg_tree_count(path, &entries, &error));
    assert_int_equal(entries, 1);
    assert_true(is_there("data/mc.interrupted"));
    assert_true(is_there("other/kept"));
    assert_true(is_there("space/mine"));
    assert_true(is_there("space/PG_14_202107181/1"));
    assert_false(is_there("space/PG_15_202209061"));
    free(mark);
}

/* ---- what is kept ---- */

static struct stat synced[16];
static int syncs;

/* In place of the C library's: remembers of what. */
int fsync(int fd)
{
    if (syncs < 16) {
        assert_int_equal(fstat(fd, &synced[syncs++]), 0);
    }
    return (int)syscall(SYS_fsync, fd);
}

static bool is_synced(const char *path)
{
    struct stat of;
    assert_int_equal(stat(path, &of), 0);
    for (int i = 0; i < syncs; i++) {
        if (synced[i].st_ino == of.st_ino && synced[i].st_dev == of.st_dev) {
            return true;
        }
    }
    return false;
}

/* Else a power cut takes all that is in it. */
static void the_folder_of_what_is_kept_is_durable_itself(void **state)
{
    Error error = {0};
    PgTreeWalk walk = {0};
    PgSetup *setup = calloc(1, sizeof(*setup));
    (void)state;
    assert_non_null(setup);
    assert_true(pg_tree_empty(base, NULL, &walk, &error));
    make_folder("data");
    make_folder("mc");
    write_file("data/postgresql.conf", "port = 5432\n");
    place(setup->data_dir, "data");
    place(setup->mc_dir, "mc");
    for (int i = 0; i < 2; i++) {
        syncs = 0;
        assert_true(pg_keep_save(setup, &error));
        assert_true(is_there("mc/kept_conf/postgresql.conf"));
        assert_true(is_synced(setup->mc_dir));
    }
    free(setup);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_is_the_same_in_whatever_portions_it_comes),
        cmocka_unit_test(a_name_that_leaves_the_folder_is_refused),
        cmocka_unit_test(nothing_is_made_behind_a_link_that_came_before),
        cmocka_unit_test(an_archive_that_ends_within_a_file_or_is_none_is_refused),
        cmocka_unit_test(
            a_mark_is_read_as_it_was_written_and_one_that_is_not_ours_counts_as_a_mark),
        cmocka_unit_test(
            clearing_leaves_the_mark_follows_no_link_and_takes_of_a_tablespace_what_is_its_own),
        cmocka_unit_test(the_folder_of_what_is_kept_is_durable_itself),
    };
    return cmocka_run_group_tests(tests, make_base, remove_base);
}
