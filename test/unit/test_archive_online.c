/* Mirrored segments on a real file system. */
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/online.h"

enum { SIZE = 1 << 20 };

typedef struct Scene {
    char folder[40];
    Online online;
    Error error;
} Scene;

static int begin(void **state)
{
    Scene *scene = calloc(1, sizeof(*scene));
    assert_non_null(scene);
    assert_true(str_copy(scene->folder, sizeof(scene->folder), "/tmp/mc_online_XXXXXX"));
    assert_non_null(mkdtemp(scene->folder));
    assert_true(online_begin(&scene->online, scene->folder, SIZE, &scene->error));
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
    online_end(&scene->online);
    DIR *folder = opendir(scene->folder);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        (void)unlink(path_of(scene, entry->d_name));
    }
    (void)closedir(folder);
    assert_int_equal(rmdir(scene->folder), 0);
    free(scene);
    return 0;
}

static bool put(Scene *scene, uint32_t timeline, uint64_t lsn, const char *text)
{
    const OnlinePiece piece = {
        .timeline = timeline, .lsn = lsn, .bytes = text, .size = strlen(text)};
    return online_write(&scene->online, &piece, &scene->error);
}

/* The bytes of a file at an offset, as text. */
static const char *at(const Scene *scene, const char *name, off_t offset, size_t size)
{
    static char bytes[64];
    const int fd = open(path_of(scene, name), O_RDONLY);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, bytes, size, offset), (ssize_t)size);
    assert_int_equal(close(fd), 0);
    bytes[size] = '\0';
    return bytes;
}

static off_t size_of(const Scene *scene, const char *name)
{
    struct stat of;
    return stat(path_of(scene, name), &of) == 0 ? of.st_size : -1;
}

static void a_segment_has_its_whole_size_and_zeros_behind_the_end(void **state)
{
    Scene *scene = *state;
    assert_true(put(scene, 1, 5 * SIZE + 100, "hello"));
    assert_true(online_sync(&scene->online, &scene->error));
    assert_int_equal(size_of(scene, "000000010000000000000005"), SIZE);
    assert_string_equal(at(scene, "000000010000000000000005", 100, 5), "hello");
    assert_memory_equal(at(scene, "000000010000000000000005", 105, 8), "\0\0\0\0\0\0\0\0", 8);
}

static void bytes_over_the_end_go_into_the_next_segment(void **state)
{
    Scene *scene = *state;
    assert_true(put(scene, 2, 6 * SIZE - 3, "abcdef"));
    assert_string_equal(at(scene, "000000020000000000000005", SIZE - 3, 3), "abc");
    assert_string_equal(at(scene, "000000020000000000000006", 0, 3), "def");
    assert_int_equal(size_of(scene, ".mirroring"), -1);
}

static void what_was_there_stays_when_its_beginning_comes_again(void **state)
{
    Scene *scene = *state;
    assert_true(put(scene, 1, 5 * SIZE, "hello world"));
    online_end(&scene->online);
    assert_true(put(scene, 1, 5 * SIZE, "hello"));
    assert_string_equal(at(scene, "000000010000000000000005", 0, 11), "hello world");
}

static void a_short_segment_is_made_whole(void **state)
{
    Scene *scene = *state;
    assert_true(put(scene, 1, 5 * SIZE, "hello"));
    online_end(&scene->online);
    assert_int_equal(truncate(path_of(scene, "000000010000000000000005"), 3), 0);
    assert_true(put(scene, 1, 5 * SIZE, "hel"));
    assert_int_equal(size_of(scene, "000000010000000000000005"), SIZE);
    assert_memory_equal(at(scene, "000000010000000000000005", 0, 5), "hel\0\0", 5);
}

static void segments_are_listed_by_age(void **state)
{
    Scene *scene = *state;
    WalSegment *list = NULL;
    size_t count = 0;
    assert_true(put(scene, 2, 5 * SIZE, "x"));
    assert_true(put(scene, 1, 5 * SIZE, "x"));
    assert_true(put(scene, 1, 4 * SIZE, "x"));
    assert_true(online_list(scene->folder, SIZE, &list, &count, &scene->error));
    assert_int_equal(count, 3);
    assert_int_equal(list[0].number, 4);
    assert_int_equal(list[1].timeline, 1);
    assert_int_equal(list[2].timeline, 2);
    free(list);
}

static void make_archived(const Scene *scene, const char *name)
{
    FILE *file = fopen(path_of(scene, name), "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

static void only_what_is_archived_is_pruned_within_the_limit(void **state)
{
    Scene *scene = *state;
    Scene *archive = NULL;
    OnlinePruned pruned;
    const WalSegment keep = {.timeline = 1, .number = 6};
    assert_int_equal(begin((void **)&archive), 0);
    for (uint64_t i = 3; i <= 7; i++) {
        assert_true(put(scene, 1, i * SIZE, "x"));
    }
    make_archived(archive, "000000010000000000000004");
    make_archived(archive, "000000010000000000000005.zst");
    make_archived(archive, "000000010000000000000006");
    make_archived(archive, "000000010000000000000007");
    assert_true(online_prune(scene->folder, archive->folder, SIZE, 100 * SIZE, &keep, &pruned,
                             &scene->error));
    assert_int_equal(pruned.archived, 2);
    assert_int_equal(pruned.unarchived, 0);
    assert_int_equal(pruned.left, 3);
    assert_int_equal(size_of(scene, "000000010000000000000003"), SIZE);
    assert_int_equal(size_of(scene, "000000010000000000000006"), SIZE);
    assert_int_equal(end((void **)&archive), 0);
}

static void beyond_the_limit_the_oldest_go_but_not_the_one_that_grows(void **state)
{
    Scene *scene = *state;
    OnlinePruned pruned;
    const WalSegment keep = {.timeline = 1, .number = 7};
    for (uint64_t i = 3; i <= 7; i++) {
        assert_true(put(scene, 1, i * SIZE, "x"));
    }
    assert_true(
        online_prune(scene->folder, "/nowhere", SIZE, 3 * SIZE, &keep, &pruned, &scene->error));
    assert_int_equal(pruned.unarchived, 2);
    assert_int_equal(size_of(scene, "000000010000000000000004"), -1);
    assert_int_equal(size_of(scene, "000000010000000000000005"), SIZE);
    assert_true(online_prune(scene->folder, "/nowhere", SIZE, 0, &keep, &pruned, &scene->error));
    assert_int_equal(pruned.left, 1);
    assert_int_equal(size_of(scene, "000000010000000000000007"), SIZE);
}

#define SCENE_TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(a_segment_has_its_whole_size_and_zeros_behind_the_end),
        SCENE_TEST(bytes_over_the_end_go_into_the_next_segment),
        SCENE_TEST(what_was_there_stays_when_its_beginning_comes_again),
        SCENE_TEST(a_short_segment_is_made_whole),
        SCENE_TEST(segments_are_listed_by_age),
        SCENE_TEST(only_what_is_archived_is_pruned_within_the_limit),
        SCENE_TEST(beyond_the_limit_the_oldest_go_but_not_the_one_that_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
