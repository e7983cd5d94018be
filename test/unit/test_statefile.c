/* The state file on a real file system: durable, its own, and nobody else's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "sys/loop.h"
#include "sys/process.h"
#include "sys/statefile.h"
#include "sys/witness.h"

typedef struct Scene {
    char folder[32];
    char path[64];
    Loop *loop;
    StateFile *file;
    uint64_t sequence;
    bool ok;
    Error error;
    int results;
} Scene;

static int syncs;
static int sync_fails; /* the one of this number; 0: none */

/* In place of the C library's. */
int fsync(int fd)
{
    syncs++;
    if (syncs == sync_fails) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, fd);
}

static void on_done(void *data, uint64_t sequence, bool ok, const Error *error)
{
    Scene *scene = data;

    scene->sequence = sequence;
    scene->ok = ok;
    scene->error = *error;
    scene->results++;
    loop_stop(scene->loop);
}

static void begin(Scene *scene)
{
    Error error;

    memset(scene, 0, sizeof(*scene));
    assert_true(str_copy(scene->folder, sizeof(scene->folder), "/tmp/mc_state_XXXXXX"));
    assert_non_null(mkdtemp(scene->folder));
    assert_true(str_format(scene->path, sizeof(scene->path), "%s/a.state", scene->folder));
    assert_true(loop_new(&scene->loop, &error));
    assert_true(statefile_new(scene->loop, scene->path, on_done, scene, &scene->file, &error));
}

static void on_child(void *data, const ProcessResult *result)
{
    assert_int_equal(result->exit_status, 0);
    loop_stop(((Scene *)data)->loop);
}

static void run(Scene *scene, const char *const *argv)
{
    Error error;
    const ProcessSpec spec = {.argv = argv, .limit = 5000};

    assert_true(process_spawn(scene->loop, &spec, on_child, scene, NULL, &error));
    loop_run(scene->loop);
}

static void done(Scene *scene)
{
    statefile_free(scene->file);
    run(scene, (const char *const[]){"rm", "-r", scene->folder, NULL});
    loop_free(scene->loop);
}

static bool persist(Scene *scene, uint64_t sequence, const char *text)
{
    const DiskPort port = statefile_port(scene->file);

    port.persist(port.self, sequence, (const uint8_t *)text, strlen(text));
    assert_true(statefile_is_busy(scene->file));
    loop_run(scene->loop);
    assert_false(statefile_is_busy(scene->file));
    assert_int_equal(scene->sequence, sequence);
    return scene->ok;
}

static void holds(const Scene *scene, const char *text)
{
    char found[256] = {0};
    size_t size = 0;
    Error error = {0};

    const MemoryFate fate =
        statefile_read(scene->path, (uint8_t *)found, sizeof(found) - 1, &size, &error);
    if (fate != MEMORY_KEPT) {
        fail_msg("%s", error.text);
    }
    assert_int_equal(size, strlen(text));
    assert_string_equal(found, text);
}

static void is_lost(const Scene *scene, const char *why)
{
    uint8_t found[256];
    size_t size = 77;
    Error error = {0};

    assert_int_equal(statefile_read(scene->path, found, sizeof(found), &size, &error), MEMORY_LOST);
    assert_int_equal(size, 77);
    if (strstr(error.text, why) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", error.text, why);
    }
}

static void what_was_written_is_read_again(void **state)
{
    (void)state;
    Scene scene;
    uint8_t found[16];
    size_t size;
    Error error;
    begin(&scene);
    assert_int_equal(statefile_read(scene.path, found, sizeof(found), &size, &error), MEMORY_BLANK);
    assert_true(persist(&scene, 41, "promised"));
    holds(&scene, "promised");
    assert_true(persist(&scene, 42, "accepted, and more than before"));
    holds(&scene, "accepted, and more than before");
    assert_int_equal(statefile_read(scene.path, found, sizeof(found), &size, &error), MEMORY_LOST);
    struct stat status;
    assert_int_equal(stat(scene.path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    done(&scene);
}

static void copies_of_every_kind_are_lost(void **state)
{
    (void)state;
    Scene scene;
    char copy[96], archive[96];
    begin(&scene);
    assert_true(str_format(copy, sizeof(copy), "%s/copy", scene.folder));
    assert_true(str_format(archive, sizeof(archive), "%s/archive.tar", scene.folder));
    assert_true(persist(&scene, 1, "first"));

    /* cp -a, put back under the name */
    run(&scene, (const char *const[]){"cp", "-a", scene.path, copy, NULL});
    run(&scene, (const char *const[]){"mv", copy, scene.path, NULL});
    is_lost(&scene, "it is a copy, not the file that was written here");

    /* tar and back */
    assert_true(persist(&scene, 2, "second"));
    run(&scene, (const char *const[]){"tar", "-C", scene.folder, "-cf", archive, "a.state", NULL});
    run(&scene, (const char *const[]){"tar", "-C", scene.folder, "-xf", archive, NULL});
    is_lost(&scene, "it is a copy");
    done(&scene);
}

/* The worst case for the inode: the old contents in the very file that lies there now. */
static void old_contents_in_the_present_inode_are_lost(void **state)
{
    (void)state;
    Scene scene;
    char copy[96];
    begin(&scene);
    assert_true(str_format(copy, sizeof(copy), "%s/copy", scene.folder));
    assert_true(persist(&scene, 1, "old promise"));
    run(&scene, (const char *const[]){"cp", "-a", scene.path, copy, NULL});
    for (uint64_t i = 2; i < 8; i++) {
        assert_true(persist(&scene, i, "new promise"));
        run(&scene, (const char *const[]){"cp", "--no-preserve=all", copy, scene.path, NULL});
        is_lost(&scene, "it is a copy");
    }
    done(&scene);
}

static void a_renamed_folder_keeps_its_memory(void **state)
{
    (void)state;
    Scene scene;
    char moved[32];
    begin(&scene);
    assert_true(persist(&scene, 1, "kept"));
    assert_true(str_format(moved, sizeof(moved), "%s.b", scene.folder));
    assert_int_equal(rename(scene.folder, moved), 0);
    assert_true(str_copy(scene.folder, sizeof(scene.folder), moved));
    assert_true(str_format(scene.path, sizeof(scene.path), "%s/a.state", moved));
    holds(&scene, "kept");
    done(&scene);
}

/* What an agent has renamed that was killed before the folder was durable. */
static void what_is_read_is_durable_or_lost(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene);
    assert_true(persist(&scene, 1, "promised"));
    syncs = 0;
    holds(&scene, "promised");
    assert_int_equal(syncs, 2);
    for (int fails = 1; fails <= 2; fails++) {
        syncs = 0;
        sync_fails = fails;
        is_lost(&scene, fails == 1 ? "cannot make it durable" : "cannot make its folder durable");
    }
    sync_fails = 0;
    holds(&scene, "promised");
    done(&scene);
}

static void every_flipped_bit_is_noticed(void **state)
{
    (void)state;
    Scene scene;
    uint8_t byte;
    begin(&scene);
    assert_true(persist(&scene, 1, "contents"));
    const int fd = open(scene.path, O_RDWR | O_CLOEXEC);
    struct stat status;
    assert_int_equal(fstat(fd, &status), 0);
    for (off_t i = 0; i < status.st_size; i++) {
        assert_int_equal(pread(fd, &byte, 1, i), 1);
        byte ^= (uint8_t)(1 << i % 8);
        assert_int_equal(pwrite(fd, &byte, 1, i), 1);
        is_lost(&scene, "state file");
        byte ^= (uint8_t)(1 << i % 8);
        assert_int_equal(pwrite(fd, &byte, 1, i), 1);
    }
    holds(&scene, "contents");
    for (off_t size = status.st_size - 1; size >= 0; size--) {
        assert_int_equal(ftruncate(fd, size), 0);
        is_lost(&scene, size < 48 ? "it is no state file" : "it is cut short");
    }
    close(fd);
    done(&scene);
}

static void a_write_that_fails_leaves_what_was_there(void **state)
{
    (void)state;
    Scene scene;
    char blocked[96];
    begin(&scene);
    assert_true(persist(&scene, 1, "before"));
    /* A folder in the place of the temporary file: also root cannot write there. */
    assert_true(str_format(blocked, sizeof(blocked), "%s/a.state.new", scene.folder));
    assert_int_equal(mkdir(blocked, 0700), 0);
    assert_false(persist(&scene, 2, "after"));
    assert_non_null(strstr(scene.error.text, "cannot remove what an earlier write left"));
    holds(&scene, "before");
    assert_int_equal(rmdir(blocked), 0);
    assert_true(persist(&scene, 3, "after"));
    holds(&scene, "after");
    assert_int_equal(scene.results, 3);
    done(&scene);
}

static void what_a_killed_write_left_is_replaced(void **state)
{
    (void)state;
    Scene scene;
    char left[96];
    begin(&scene);
    assert_true(str_format(left, sizeof(left), "%s/a.state.new", scene.folder));
    const int fd = open(left, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(write(fd, "half", 4), 4);
    close(fd);
    assert_true(persist(&scene, 1, "whole"));
    holds(&scene, "whole");
    assert_int_equal(access(left, F_OK), -1);
    done(&scene);
}

/* A volume that is rolled back brings the old file back with all that it is known by. That cannot be done here; but what
 * the host has noted can be made to name another one, which comes to the same. */
static void an_older_file_of_this_boot_is_lost(void **state)
{
    (void)state;
    Scene scene;
    char witness[WITNESS_PATH_SIZE];
    const Birth later = {.device = 1, .inode = 2, .seconds = 3, .nanoseconds = 4};
    begin(&scene);
    assert_true(persist(&scene, 1, "promised"));
    assert_true(witness_path(scene.path, witness));
    witness_note(witness, &later, NULL);
    is_lost(&scene, "it is an older one, put back since this host was booted");
    /* a write was broken off: the one before it counts, too */
    assert_true(persist(&scene, 2, "promised anew"));
    holds(&scene, "promised anew");
    /* another user's word, half a word, none: nothing is known */
    assert_int_equal(truncate(witness, 7), 0);
    holds(&scene, "promised anew");
    assert_int_equal(unlink(witness), 0);
    holds(&scene, "promised anew");
    assert_true(persist(&scene, 3, "and again"));
    holds(&scene, "and again");
    assert_int_equal(unlink(witness), 0);
    done(&scene);
}

static void a_witness_of_two_files_accepts_both_and_no_third(void **state)
{
    (void)state;
    const char *path = "/dev/shm/mc-test-witness";
    const Birth a = {.device = 1, .inode = 2, .seconds = 3, .nanoseconds = 4};
    const Birth b = {.device = 1, .inode = 2, .seconds = 3, .nanoseconds = 5};
    const Birth c = {.device = 1, .inode = 5, .seconds = 3, .nanoseconds = 5};
    witness_note(path, &a, &b);
    assert_true(witness_agrees(path, getuid(), &a));
    assert_true(witness_agrees(path, getuid(), &b));
    assert_false(witness_agrees(path, getuid(), &c));
    assert_true(witness_agrees(path, getuid() + 1, &c));
    witness_note(path, &b, NULL);
    assert_false(witness_agrees(path, getuid(), &a));
    assert_int_equal(unlink(path), 0);
    assert_true(witness_agrees(path, getuid(), &c));
}

static void the_lock_is_held_by_one_process(void **state)
{
    (void)state;
    Scene scene;
    char path[96];
    int fd, status;
    Error error = {0};
    begin(&scene);
    assert_true(str_format(path, sizeof(path), "%s/a.lock", scene.folder));
    assert_true(lock_take(path, &fd, &error));
    const pid_t pid = fork();
    if (pid == 0) {
        int other;
        close(fd);
        _exit(lock_take(path, &other, &error) ? 1 : error.kind == ERROR_REFUSED ? 0 : 2);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    close(fd);
    assert_true(lock_take(path, &fd, &error));
    close(fd);
    done(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_again),
        cmocka_unit_test(copies_of_every_kind_are_lost),
        cmocka_unit_test(old_contents_in_the_present_inode_are_lost),
        cmocka_unit_test(a_renamed_folder_keeps_its_memory),
        cmocka_unit_test(what_is_read_is_durable_or_lost),
        cmocka_unit_test(every_flipped_bit_is_noticed),
        cmocka_unit_test(a_write_that_fails_leaves_what_was_there),
        cmocka_unit_test(what_a_killed_write_left_is_replaced),
        cmocka_unit_test(an_older_file_of_this_boot_is_lost),
        cmocka_unit_test(a_witness_of_two_files_accepts_both_and_no_third),
        cmocka_unit_test(the_lock_is_held_by_one_process),
    };
    return cmocka_run_group_tests_name("statefile", tests, NULL, NULL);
}
