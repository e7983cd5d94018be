/* The durable copy on a real file system: once, whole, and never over another file. */
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/layout.h"
#include "archive/owner.h"
#include "archive/store.h"

enum { SEGMENT = 3 << 20, ODD = SEGMENT + 12345 };
static const char NAME[] = "000000010000000000000005";

typedef struct Scene {
    char folder[32];
    char from[64];
    Store *store;
    Error error;
} Scene;

static int begin(void **state)
{
    Scene *scene = calloc(1, sizeof(*scene));
    assert_non_null(scene);
    assert_true(str_copy(scene->folder, sizeof(scene->folder), "/tmp/mc_store_XXXXXX"));
    assert_non_null(mkdtemp(scene->folder));
    assert_true(str_format(scene->from, sizeof(scene->from), "%s/from", scene->folder));
    scene->store = store_new();
    assert_non_null(scene->store);
    *state = scene;
    return 0;
}

static const char *path_of(const Scene *scene, const char *name)
{
    static char path[128];
    assert_true(str_format(path, sizeof(path), "%s/%s", scene->folder, name));
    return path;
}

static int end(void **state)
{
    Scene *scene = *state;
    DIR *folder = opendir(scene->folder);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        (void)unlink(path_of(scene, entry->d_name));
    }
    (void)closedir(folder);
    assert_int_equal(rmdir(scene->folder), 0);
    store_free(scene->store);
    free(scene);
    return 0;
}

/* Bytes that compress somewhat, and differ by `seed`. */
static void write_from(const Scene *scene, size_t size, unsigned char seed)
{
    unsigned char *bytes = malloc(size + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (unsigned char)((i >> 8) * 31 + i % 7 + seed);
    }
    FILE *file = fopen(scene->from, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    free(bytes);
}

static bool run(Scene *scene, const char *name, StoreCompression compression)
{
    const StoreJob job = {
        .from = scene->from, .folder = scene->folder, .name = name, .compression = compression};
    error_clear(&scene->error);
    return store_file(scene->store, &job, &scene->error);
}

static bool same_files(const char *a, const char *b)
{
    FILE *first = fopen(a, "r");
    FILE *second = fopen(b, "r");
    bool same = first != NULL && second != NULL;
    while (same) {
        const int c = getc(first);
        same = c == getc(second);
        if (c == EOF) {
            break;
        }
    }
    if (first != NULL) {
        (void)fclose(first);
    }
    if (second != NULL) {
        (void)fclose(second);
    }
    return same;
}

static off_t size_of(const Scene *scene, const char *name)
{
    struct stat of;
    return stat(path_of(scene, name), &of) == 0 ? of.st_size : -1;
}

static void a_file_is_there_as_it_was(void **state)
{
    Scene *scene = *state;
    static const size_t sizes[] = {0, 1, 4096, 1 << 20, SEGMENT, ODD};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        write_from(scene, sizes[i], 1);
        assert_true(run(scene, NAME, STORE_PLAIN));
        assert_true(same_files(scene->from, path_of(scene, NAME)));
        assert_int_equal(size_of(scene, ".archiving"), -1);
        assert_int_equal(unlink(path_of(scene, NAME)), 0);
    }
}

static void the_same_again_is_success(void **state)
{
    Scene *scene = *state;
    write_from(scene, ODD, 1);
    assert_true(run(scene, NAME, STORE_PLAIN));
    assert_true(run(scene, NAME, STORE_PLAIN));
    assert_true(run(scene, NAME, STORE_ZSTD));
    assert_int_equal(size_of(scene, "000000010000000000000005.zst"), -1);
}

static void another_file_of_the_name_is_not_overwritten(void **state)
{
    Scene *scene = *state;
    static const size_t sizes[] = {ODD, ODD - 1, ODD + 1, 0};
    write_from(scene, ODD, 1);
    assert_true(run(scene, NAME, STORE_PLAIN));
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        write_from(scene, sizes[i], i == 0 ? 2 : 1);
        assert_false(run(scene, NAME, STORE_PLAIN));
        assert_int_equal(scene->error.kind, ERROR_REFUSED);
        assert_non_null(strstr(scene->error.text, "other contents"));
        assert_false(run(scene, NAME, STORE_ZSTD));
    }
    write_from(scene, ODD, 1);
    assert_true(same_files(scene->from, path_of(scene, NAME)));
}

/* A promotion that was broken off leaves its history in the archive of the server that was to be promoted. */
static void the_history_of_a_timeline_that_never_opened_gives_way(void **state)
{
    Scene *scene = *state;
    static const char history[] = "00000002.history";
    StoreJob job = {.from = scene->from, .folder = scene->folder, .name = history, .claimed = true};
    write_from(scene, 40, 1);
    assert_true(store_file(scene->store, &job, &scene->error));
    write_from(scene, 41, 2);
    assert_true(store_file(scene->store, &job, &scene->error));
    assert_int_equal(size_of(scene, history), 41);
    assert_int_equal(size_of(scene, "00000002.history.unopened"), 40);
    /* Without an agent nobody knows which is right; nor where the timeline has WAL. */
    write_from(scene, 42, 3);
    job.claimed = false;
    assert_false(store_file(scene->store, &job, &scene->error));
    job.claimed = true;
    job.name = "000000020000000000000005";
    assert_true(store_file(scene->store, &job, &scene->error));
    write_from(scene, 43, 3);
    assert_false(store_file(scene->store, &job, &scene->error));
    job.name = history;
    assert_false(store_file(scene->store, &job, &scene->error));
    assert_int_equal(size_of(scene, history), 41);
    assert_int_equal(unlink(path_of(scene, "000000020000000000000005")), 0);
    assert_int_equal(unlink(path_of(scene, history)), 0);
    assert_int_equal(unlink(path_of(scene, "00000002.history.unopened")), 0);
}

static void a_compressed_file_is_compared_by_what_it_holds(void **state)
{
    Scene *scene = *state;
    const char packed[] = "000000010000000000000005.zst";
    static const size_t sizes[] = {0, 1, 1 << 19, 1 << 20, SEGMENT, ODD};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        write_from(scene, sizes[i], 1);
        assert_true(run(scene, NAME, STORE_ZSTD));
        assert_true(size_of(scene, packed) > 0);
        assert_true(sizes[i] < 1024 || size_of(scene, packed) < (off_t)sizes[i] / 2);
        assert_true(run(scene, NAME, STORE_ZSTD));
        assert_true(run(scene, NAME, STORE_PLAIN));
        assert_int_equal(size_of(scene, NAME), -1);
        write_from(scene, sizes[i] + 1, 1);
        assert_false(run(scene, NAME, STORE_PLAIN));
        if (sizes[i] > 0) {
            write_from(scene, sizes[i], 2);
            assert_false(run(scene, NAME, STORE_ZSTD));
        }
        assert_int_equal(unlink(path_of(scene, packed)), 0);
    }
}

static void a_compressed_file_that_is_cut_off_is_another_one(void **state)
{
    Scene *scene = *state;
    const char packed[] = "000000010000000000000005.zst";
    write_from(scene, SEGMENT, 1);
    assert_true(run(scene, NAME, STORE_ZSTD));
    for (off_t size = size_of(scene, packed) - 1; size > 0; size /= 2) {
        assert_int_equal(truncate(path_of(scene, packed), size), 0);
        assert_false(run(scene, NAME, STORE_PLAIN));
        assert_int_equal(scene->error.kind, ERROR_REFUSED);
    }
}

static void small_files_are_never_compressed(void **state)
{
    Scene *scene = *state;
    write_from(scene, 300, 1);
    assert_true(run(scene, "00000002.history", STORE_ZSTD));
    assert_int_equal(size_of(scene, "00000002.history"), 300);
}

static void what_was_left_half_way_is_written_anew(void **state)
{
    Scene *scene = *state;
    write_from(scene, ODD, 9);
    assert_int_equal(rename(scene->from, path_of(scene, ".archiving")), 0);
    write_from(scene, SEGMENT, 1);
    assert_true(run(scene, NAME, STORE_PLAIN));
    assert_true(same_files(scene->from, path_of(scene, NAME)));
}

static void two_do_not_write_at_once(void **state)
{
    Scene *scene = *state;
    write_from(scene, SEGMENT, 1);
    const int other = open(path_of(scene, ".archiving"), O_RDWR | O_CREAT, 0600);
    assert_true(other >= 0);
    assert_int_equal(flock(other, LOCK_EX), 0);
    assert_false(run(scene, NAME, STORE_PLAIN));
    assert_int_equal(close(other), 0);
    assert_true(run(scene, NAME, STORE_PLAIN));
}

static void a_name_that_is_none_goes_nowhere(void **state)
{
    Scene *scene = *state;
    write_from(scene, 10, 1);
    assert_false(run(scene, "../away", STORE_PLAIN));
    assert_int_equal(scene->error.kind, ERROR_USAGE);
}

static void a_directory_that_others_may_read_is_refused_with_the_cure(void **state)
{
    Scene *scene = *state;
    assert_true(layout_check(scene->folder, &scene->error));
    assert_int_equal(chmod(scene->folder, 0750), 0);
    assert_false(layout_check(scene->folder, &scene->error));
    assert_non_null(strstr(scene->error.text, "0750"));
    assert_non_null(strstr(scene->error.text, "hint: "));
    assert_int_equal(chmod(scene->folder, 0700), 0);
    assert_false(layout_check("relative", &scene->error));
    assert_false(layout_check("/nowhere/at/all", &scene->error));
    write_from(scene, 1, 1);
    assert_false(layout_check(scene->from, &scene->error));
}

static void the_owner_only_moves_on(void **state)
{
    Scene *scene = *state;
    ArchiveClaim claim = {.line = 3, .epoch = 5, .directory = 1};
    ArchiveClaim found = {0};
    bool there = true;
    assert_true(archive_owner_read(scene->folder, &there, &found, &scene->error));
    assert_false(there);
    assert_true(archive_owner_write(scene->folder, &claim, &scene->error));
    claim.epoch = 4;
    assert_false(archive_owner_write(scene->folder, &claim, &scene->error));
    claim.epoch = 6;
    assert_true(archive_owner_write(scene->folder, &claim, &scene->error));
    assert_true(archive_owner_read(scene->folder, &there, &found, &scene->error));
    assert_true(there);
    assert_int_equal(found.epoch, 6);
    claim = (ArchiveClaim){.line = 4, .epoch = 1};
    assert_true(archive_owner_write(scene->folder, &claim, &scene->error));
}

static void an_owner_that_is_not_understood_stops_everybody_but_the_next_opening(void **state)
{
    Scene *scene = *state;
    const ArchiveClaim claim = {.line = 3, .epoch = 5, .directory = 1};
    ArchiveClaim found = {0};
    bool there = true;
    write_from(scene, 40, 1);
    assert_int_equal(rename(scene->from, path_of(scene, "owner")), 0);
    assert_false(archive_owner_read(scene->folder, &there, &found, &scene->error));
    assert_int_equal(scene->error.kind, ERROR_CORRUPT);
    assert_true(archive_owner_write(scene->folder, &claim, &scene->error));
    assert_true(archive_owner_read(scene->folder, &there, &found, &scene->error));
}

#define SCENE_TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(a_file_is_there_as_it_was),
        SCENE_TEST(the_same_again_is_success),
        SCENE_TEST(another_file_of_the_name_is_not_overwritten),
        SCENE_TEST(the_history_of_a_timeline_that_never_opened_gives_way),
        SCENE_TEST(a_compressed_file_is_compared_by_what_it_holds),
        SCENE_TEST(a_compressed_file_that_is_cut_off_is_another_one),
        SCENE_TEST(small_files_are_never_compressed),
        SCENE_TEST(what_was_left_half_way_is_written_anew),
        SCENE_TEST(two_do_not_write_at_once),
        SCENE_TEST(a_name_that_is_none_goes_nowhere),
        SCENE_TEST(a_directory_that_others_may_read_is_refused_with_the_cure),
        SCENE_TEST(the_owner_only_moves_on),
        SCENE_TEST(an_owner_that_is_not_understood_stops_everybody_but_the_next_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
