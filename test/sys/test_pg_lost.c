/* test_pg_lost.c - an instance whose directory is renamed, replaced or out of reach while it runs: stopped is proved of the
 * processes, wherever the path leads by now, or it is not said. */
#include "pg_help.h"

#include "sys/pg_process.h"
#include "sys/pg_remains.h"
#include "sys/pg_run.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

static Server a;
static struct stat home; /* the directory that the instance was started in */
static char disk[PG_PATH_SIZE];
static char away[PG_PATH_SIZE];
static PGconn *client;

static const StartOrder alone = {
    .role = START_PRIMARY, .upstream = {.member = MEMBER_NONE}, .replicas = 2};

/* Seen with other eyes than the product's. */
static int lives_in_home(void)
{
    char link[300];
    struct stat of;
    int count = 0;
    DIR *listing = opendir("/proc");
    assert_non_null(listing);
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        (void)snprintf(link, sizeof(link), "/proc/%s/cwd", entry->d_name);
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' && stat(link, &of) == 0 &&
            of.st_ino == home.st_ino && of.st_dev == home.st_dev) {
            count++;
        }
    }
    (void)closedir(listing);
    return count;
}

static bool serves(void)
{
    return help_sql(client, "SELECT 1");
}

/* Its own disk: the management directory is on another one. */
static int make_open_primary(void **state)
{
    (void)state;
    char data[PG_PATH_SIZE];
    help_server_make(&a, "lost", 0, help_port());
    pg_path(disk, a.base, "disk");
    pg_path(data, disk, "data");
    pg_path(away, disk, "away");
    assert_int_equal(mkdir(disk, 0700), 0);
    assert_int_equal(rename(a.setup.data_dir, data), 0);
    (void)str_copy(a.setup.data_dir, sizeof(a.setup.data_dir), data);
    pg_path(a.setup.config_file, data, "postgresql.conf");
    help_server_attach(&a);
    (void)help_start(&a, &alone);
    assert_true(a.done.ok);
    (void)help_gate(&a, GATE_OPEN);
    assert_true(a.done.ok);
    assert_int_equal(stat(data, &home), 0);
    client = help_client(&a, true, "postgres");
    assert_true(serves());
    assert_true(lives_in_home() > 0);
    return 0;
}

static int remove_it(void **state)
{
    (void)state;
    PQfinish(client);
    client = NULL;
    (void)chmod(disk, 0700);
    (void)rename(away, a.setup.data_dir); /* where it is not back already */
    help_server_remove(&a);
    return 0;
}

static int free_descriptor(void)
{
    const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    (void)close(fd);
    return fd;
}

static void rename_away(void)
{
    assert_int_equal(rename(a.setup.data_dir, away), 0);
}

static void assert_stop_is_proved(void)
{
    assert_true(serves());
    Millis took = help_stop(&a, STOP_KILL, 0);
    (void)printf("# stopped after %lld ms\n", (long long)took);
    assert_true(a.done.ok);
    assert_int_equal(lives_in_home(), 0);
    assert_false(serves());
}

static bool phase_is_none(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_NONE;
}

static bool phase_is_unknown(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_UNKNOWN;
}

static void a_stop_ends_an_instance_whose_directory_was_renamed(void **state)
{
    (void)state;
    rename_away();
    assert_stop_is_proved();
    assert_true(help_until(phase_is_none, &a, 3000));
}

static void a_stop_ends_an_instance_whose_directory_was_replaced(void **state)
{
    (void)state;
    char pid[PG_PATH_SIZE];
    rename_away();
    assert_true(help_run("cp", "-a", away, a.setup.data_dir, NULL));
    pg_path(pid, a.setup.data_dir, "postmaster.pid");
    assert_int_equal(unlink(pid), 0);
    assert_stop_is_proved();
}

static void a_stop_ends_an_instance_whose_directory_is_out_of_reach(void **state)
{
    (void)state;
    assert_int_equal(chmod(disk, 0), 0);
    assert_stop_is_proved();
}

static void a_stop_ends_an_instance_whose_directory_was_removed(void **state)
{
    (void)state;
    assert_true(help_run("rm", "-rf", a.setup.data_dir, NULL));
    assert_stop_is_proved();
    assert_true(help_until(phase_is_none, &a, 3000));
}

/* Nobody new waits, and each that does gets an end of the file. */
static void answer_again(const char *path)
{
    char same[64];
    const int held = open(path, O_PATH);
    assert_true(held >= 0);
    assert_int_equal(unlink(path), 0);
    (void)snprintf(same, sizeof(same), "/proc/self/fd/%d", held);
    for (int i = 0; i < 20; i++) {
        const int fd = open(same, O_WRONLY | O_NONBLOCK);
        if (fd >= 0) {
            (void)close(fd); /* nothing was written */
        }
        help_spin(50);
    }
    (void)close(held);
}

/* Who opens postmaster.pid waits for as long as nobody writes, as for a disk that does not answer. */
static void a_stop_waits_for_no_disk_with_the_end_of_the_postmaster(void **state)
{
    (void)state;
    char path[PG_PATH_SIZE];
    const StopOrder kill = {.mode = STOP_KILL};
    pg_path(path, a.setup.data_dir, "postmaster.pid");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    a.port.stop(a.port.self, ++a.sequence, 1, &kill);
    help_spin(500);
    const int left = lives_in_home();
    answer_again(path);
    assert_int_equal(left, 0);
    assert_int_equal(a.done.sequence, a.sequence);
    assert_true(a.done.ok);
}

/* Named as PostgreSQL's programs are, and at work in the directory. */
static pid_t begin_another(void)
{
    char program[PG_PATH_SIZE];
    pg_path(program, a.base, "postgres");
    assert_true(help_run("cp", "/bin/sleep", program, NULL));
    const pid_t pid = fork();
    if (pid == 0) {
        if (chdir(a.setup.data_dir) == 0) {
            (void)execl(program, program, "60", (char *)NULL);
        }
        _exit(127);
    }
    return pid;
}

static bool postmaster_is_gone(void *arg)
{
    return ((Server *)arg)->gone > 0 || lives_in_home() == 0;
}

/* Its WAL is read behind the killing, for as long as the disk takes: until somebody writes, who opens the control file
 * waits. */
static void a_stop_is_none_where_another_began_while_its_wal_was_read(void **state)
{
    (void)state;
    char control[PG_PATH_SIZE];
    char kept[PG_PATH_SIZE];
    const StopOrder kill_it = {.mode = STOP_KILL};
    pg_path(control, a.setup.data_dir, "global/pg_control");
    pg_path(kept, a.setup.data_dir, "global/kept");
    assert_int_equal(rename(control, kept), 0);
    assert_int_equal(mkfifo(control, 0600), 0);
    a.port.stop(a.port.self, ++a.sequence, 1, &kill_it);
    assert_true(help_until(postmaster_is_gone, &a, 3000));
    help_spin(300);
    assert_int_equal(lives_in_home(), 0);
    assert_int_not_equal(a.done.sequence, a.sequence);
    const pid_t other = begin_another();
    help_spin(100);
    assert_int_equal(lives_in_home(), 1);
    answer_again(control);
    assert_int_equal(rename(kept, control), 0);
    (void)help_wait(&a);
    assert_false(a.done.ok);
    assert_non_null(strstr(a.done.result.text, "1 processes of"));
    assert_int_equal(a.done.result.end.lsn, 0);
    assert_int_equal(lives_in_home(), 1);
    (void)help_stop(&a, STOP_KILL, 0); /* the next one ends that, too */
    assert_true(a.done.ok);
    assert_int_not_equal(a.done.result.end.lsn, 0);
    assert_int_equal(waitpid(other, NULL, 0), other);
    assert_int_equal(lives_in_home(), 0);
}

/* The newest segment; there is no other way to make a disk slow only where the WAL is read. */
static void newest_segment(char *ret)
{
    char pg_wal[PG_PATH_SIZE];
    char newest[32] = "";
    pg_path(pg_wal, a.setup.data_dir, "pg_wal");
    DIR *listing = opendir(pg_wal);
    assert_non_null(listing);
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (strlen(entry->d_name) == 24 && strcmp(entry->d_name, newest) > 0) {
            (void)str_copy(newest, sizeof(newest), entry->d_name); /* fits */
        }
    }
    (void)closedir(listing);
    assert_int_not_equal(newest[0], '\0');
    pg_path(ret, pg_wal, newest);
}

static bool phase_is_known(void *arg)
{
    return ((Server *)arg)->views > 0;
}

static bool phase_is_down(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_DOWN;
}

static void a_look_calls_it_stopped_only_behind_the_reading_of_its_wal(void **state)
{
    (void)state;
    char segment[PG_PATH_SIZE];
    char kept[PG_PATH_SIZE];
    char same[64];
    assert_stop_is_proved();
    help_server_detach(&a);
    newest_segment(segment);
    pg_path(kept, a.setup.data_dir, "kept");
    assert_int_equal(rename(segment, kept), 0);
    assert_int_equal(mkfifo(segment, 0600), 0);
    a.views = 0;
    help_server_attach(&a);
    help_spin(500);
    assert_int_equal(a.views, 0); /* it is waiting for the segment */
    const pid_t other = begin_another();
    help_spin(100);
    const int held = open(segment, O_PATH);
    assert_true(held >= 0);
    assert_int_equal(rename(kept, segment), 0);
    (void)snprintf(same, sizeof(same), "/proc/self/fd/%d", held);
    const int writer = open(same, O_WRONLY | O_NONBLOCK); /* an end of the file, for who waits */
    assert_true(writer >= 0);
    (void)close(writer);
    (void)close(held);
    assert_true(help_until(phase_is_known, &a, 3000));
    assert_int_equal(a.view.phase, INSTANCE_UNKNOWN);
    assert_int_equal(kill(other, SIGKILL), 0);
    assert_int_equal(waitpid(other, NULL, 0), other);
    assert_true(help_until(phase_is_down, &a, 5000));
    assert_int_not_equal(a.view.wal.lsn, 0);
}

static void a_look_never_calls_it_stopped_while_it_lives_elsewhere(void **state)
{
    (void)state;
    rename_away();
    help_server_detach(&a);
    a.view = (InstanceView){0};
    help_server_attach(&a); /* another agent, which has the note alone */
    const int before = a.views;
    assert_true(help_until(phase_is_unknown, &a, 3000));
    help_spin(1500);
    assert_true(a.views > before);
    assert_int_equal(a.view.phase, INSTANCE_UNKNOWN);
    assert_true(serves());
    (void)help_start(&a, &alone);
    assert_false(a.done.ok);
    assert_stop_is_proved();
    assert_true(help_until(phase_is_none, &a, 3000));
}

typedef struct Seen {
    int looks;
    bool stopped;
    int ends;
    bool ok;
} Seen;

static void on_seen(void *ctx, bool stopped)
{
    Seen *seen = ctx;
    seen->looks++;
    seen->stopped = stopped;
}

static void on_ended(void *ctx, bool ok, const Error *error)
{
    Seen *seen = ctx;
    (void)error; /* in the cases below there is none */
    seen->ends++;
    seen->ok = ok;
}

static bool has_seen(void *arg)
{
    return ((Seen *)arg)->looks > 0;
}

static bool has_ended(void *arg)
{
    return ((Seen *)arg)->ends > 0;
}

static void remains_are_found_by_their_note_and_ended(void **state)
{
    (void)state;
    Seen seen = {0};
    const PgRemainsEvents events = {.ctx = &seen, .seen = on_seen, .ended = on_ended};
    PgRemains *remains;
    Error error = {0};
    rename_away();
    help_server_detach(&a);
    assert_true(
        pg_remains_new(help_loop(), a.setup.data_dir, a.setup.mc_dir, &events, &remains, &error));
    pg_remains_look(remains);
    assert_true(help_until(has_seen, &seen, 3000));
    assert_false(seen.stopped);
    assert_false(pg_remains_are_gone(remains));
    assert_true(serves());
    pg_remains_end(remains);
    assert_true(help_until(has_ended, &seen, 6000));
    assert_true(seen.ok && pg_remains_are_gone(remains));
    assert_int_equal(lives_in_home(), 0);
    pg_remains_free(remains);
    assert_int_equal(pg_run_read(a.setup.mc_dir).state, PG_RUN_OVER);
}

/* Whoever works at the path besides, as a recovery from a backup does, is not the instance that is missed. */
static void what_works_at_the_path_is_not_a_remain(void **state)
{
    (void)state;
    PgRun other = pg_run_read(a.setup.mc_dir);
    assert_int_equal(other.state, PG_RUN_LIVES);
    other.directory.inode++;
    other.postmaster = (PidEntry){0};
    other.memory = (PgSegment){0};
    const PgAlive alive = pg_alive_of_run(a.setup.data_dir, &other);
    assert_true(pg_alive_is_stopped(&alive));
    const PgAlive all = pg_alive(a.setup.data_dir, &other);
    assert_true(all.processes > 0);
}

/* A directory was put in the place of one that was renamed, and somebody has started it: this process, for example. */
static void what_is_found_elsewhere_displaces_no_run_that_lives(void **state)
{
    (void)state;
    PgLastRun last;
    const PgSegment none = {0};
    pg_last_run_init(&last, a.setup.mc_dir);
    const PgRun run = pg_last_run(&last);
    assert_int_equal(run.state, PG_RUN_LIVES);
    pg_run_found(&last, getpid(), &none);
    assert_int_equal(pg_last_run(&last).postmaster.pid, run.postmaster.pid);
    pg_run_ended(&last, &run);
    pg_run_found(&last, getpid(), &none);
    assert_int_equal(pg_last_run(&last).postmaster.pid, getpid());
    pg_last_run_done(&last);
}

static void a_path_that_cannot_be_followed_proves_nothing(void **state)
{
    (void)state;
    const PgRun none = {.state = PG_RUN_NONE};
    const PgRun unknown = {.state = PG_RUN_UNKNOWN};
    Error error = {0};
    assert_stop_is_proved();
    rename_away();
    PgAlive alive = pg_alive(a.setup.data_dir, &none);
    assert_true(pg_alive_is_stopped(&alive));
    alive = pg_alive(a.setup.data_dir, &unknown);
    assert_false(pg_alive_is_stopped(&alive));
    assert_int_equal(chmod(disk, 0), 0);
    alive = pg_alive(a.setup.data_dir, &none);
    assert_false(pg_alive_is_stopped(&alive));
    assert_false(pg_kill_all(a.setup.data_dir, &none, loop_now() + 100, &error));
}

/* Not one descriptor, then one: that of the listing, and none for the processes. */
static void a_look_without_descriptors_proves_nothing(void **state)
{
    (void)state;
    struct rlimit usual;
    Error error = {0};
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
    help_server_detach(&a); /* its workers would want some, too */
    for (rlim_t more = 0; more < 2; more++) {
        const struct rlimit few = {.rlim_cur = (rlim_t)free_descriptor() + more,
                                   .rlim_max = usual.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
        const PgAlive alive = pg_alive(a.setup.data_dir, NULL);
        const bool killed = pg_kill_all(a.setup.data_dir, NULL, loop_now(), &error);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
        assert_false(pg_alive_is_stopped(&alive));
        assert_false(killed);
    }
    assert_true(serves());
}

static void a_note_counts_until_the_next_boot_and_only_whole(void **state)
{
    (void)state;
    char path[PG_PATH_SIZE];
    char text[1024];
    Error error = {0};
    const PgRun run = pg_run_read(a.setup.mc_dir);
    assert_int_equal(run.state, PG_RUN_LIVES);
    assert_true(pid_alive(&run.postmaster));
    assert_int_equal(run.directory.inode, home.st_ino);
    assert_true(run.memory.known);
    pg_path(path, a.setup.mc_dir, "mc_instance.run");
    assert_true(pg_file_read(path, text, sizeof(text), NULL, &error));
    char *boot = strstr(text, "boot = ");
    assert_non_null(boot);
    boot[7] = boot[7] == '0' ? '1' : '0';
    assert_true(pg_file_write(path, text, strlen(text), 0600, &error));
    assert_int_equal(pg_run_read(a.setup.mc_dir).state, PG_RUN_UNKNOWN); /* its sum is another */
    assert_int_equal(unlink(path), 0);
    assert_int_equal(pg_run_read(a.setup.mc_dir).state, PG_RUN_NONE);
}

#define LOST(name) cmocka_unit_test_setup_teardown(name, make_open_primary, remove_it)

int main(void)
{
    help_become_postgres();
    const struct CMUnitTest tests[] = {
        LOST(a_stop_ends_an_instance_whose_directory_was_renamed),
        LOST(a_stop_ends_an_instance_whose_directory_was_replaced),
        LOST(a_stop_ends_an_instance_whose_directory_is_out_of_reach),
        LOST(a_stop_ends_an_instance_whose_directory_was_removed),
        LOST(a_stop_waits_for_no_disk_with_the_end_of_the_postmaster),
        LOST(a_stop_is_none_where_another_began_while_its_wal_was_read),
        LOST(a_look_calls_it_stopped_only_behind_the_reading_of_its_wal),
        LOST(a_look_never_calls_it_stopped_while_it_lives_elsewhere),
        LOST(remains_are_found_by_their_note_and_ended),
        LOST(what_works_at_the_path_is_not_a_remain),
        LOST(what_is_found_elsewhere_displaces_no_run_that_lives),
        LOST(a_path_that_cannot_be_followed_proves_nothing),
        LOST(a_look_without_descriptors_proves_nothing),
        LOST(a_note_counts_until_the_next_boot_and_only_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
