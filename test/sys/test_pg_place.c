/* test_pg_place.c - a data directory that is exchanged between its judgement and its end: what has come is left as it is. */
#include "pg_help.h"

#include "sys/pg_copy.h"
#include "sys/pg_place.h"
#include "sys/pg_rejoin.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

static Server source;
static Server b;
static Server c;
static char data[PG_PATH_SIZE]; /* of b */
static char away[PG_PATH_SIZE];
static char other[PG_PATH_SIZE]; /* what comes */
static PgJob job;

static bool start_by_hand(const Server *server)
{
    char log[PG_PATH_SIZE];
    pg_path(log, server->base, "log");
    return help_run(help_bin("pg_ctl"), "-w", "-D", server->setup.data_dir, "-l", log, "start",
                    NULL);
}

static bool stop_by_hand(const Server *server)
{
    return help_run(help_bin("pg_ctl"), "-w", "-D", server->setup.data_dir, "-m", "fast", "stop",
                    NULL);
}

static int make_source(void **state)
{
    (void)state;
    Error error = {0};
    help_server_make(&source, "source", 0, help_port());
    return start_by_hand(&source) && pg_job_init(&job, &error) ? 0 : -1;
}

static int remove_source(void **state)
{
    (void)state;
    pg_job_done(&job);
    help_server_remove(&source);
    return 0;
}

/* b is a clone that has stopped; `other` is a directory of somebody's. */
static int make_other(void **state)
{
    (void)state;
    help_server_clone(&b, "place", 1, (uint16_t)(help_port() + 1), &source);
    (void)str_copy(data, sizeof(data), b.setup.data_dir); /* of the same size */
    pg_path(away, b.base, "away");
    pg_path(other, b.base, "other");
    return help_run("cp", "-a", data, other, NULL) ? 0 : -1;
}

static int remove_other(void **state)
{
    (void)state;
    help_server_remove(&b);
    return 0;
}

static void empty_data(void)
{
    assert_int_equal(rename(data, away), 0);
    assert_int_equal(mkdir(data, 0700), 0);
}

static int count(const char *folder)
{
    int entries = -1;
    Error error = {0};
    assert_true(pg_tree_count(folder, &entries, &error));
    return entries;
}

static bool is_in(const char *folder, const char *name)
{
    char path[PG_PATH_SIZE];
    pg_path(path, folder, name);
    return access(path, F_OK) == 0;
}

/* ---- copies ---- */

typedef struct Copying {
    PgCopyOrder order;
    PgPlace place;
    PgCopyPhase at; /* when it comes */
    void (*come)(void);
    bool came;
    int entries; /* of what came */
} Copying;

static void on_tell(void *ctx, const PgCopyProgress *progress)
{
    Copying *copying = ctx;
    if (progress->phase == copying->at && !copying->came && copying->come != NULL) {
        copying->come();
        copying->came = true;
        copying->entries = count(data);
    }
}

static bool on_ready(void *ctx, const PgCopySizes *sizes, Error *error)
{
    (void)ctx, (void)sizes, (void)error;
    return true;
}

static void other_comes(void)
{
    if (access(data, F_OK) == 0) {
        char gone[PG_PATH_SIZE];
        pg_path(gone, b.base, "gone");
        assert_int_equal(rename(data, gone), 0);
    }
    assert_int_equal(rename(other, data), 0);
}

static void file_comes(void)
{
    char path[PG_PATH_SIZE];
    Error error = {0};
    pg_path(path, data, "PG_VERSION");
    assert_true(pg_file_write(path, "15\n", 3, 0600, &error));
}

static void mark_goes(void)
{
    Error error = {0};
    assert_true(pg_mark_remove(data, &error));
    file_comes();
}

static uint64_t system_identifier(void)
{
    char text[32];
    uint64_t number = 0;
    PGconn *client = help_client(&source, true, "postgres");
    help_text(client, "SELECT system_identifier FROM pg_control_system()", text, sizeof(text));
    PQfinish(client);
    assert_true(str_to_uint(text, strlen(text), &number));
    return number;
}

static bool copy(Copying *copying, bool replace, Error *error)
{
    PgCopyOrder *order = &copying->order;
    *order = (PgCopyOrder){
        .source = {.address = source.setup.address[0]},
        .system_identifier = system_identifier(),
        .work = replace ? PG_MARK_AGENT : PG_MARK_COPY,
        .replace = replace,
        .place = &copying->place,
        .ctx = copying,
        .tell = on_tell,
        .ready = on_ready,
    };
    (void)str_copy(order->slot, sizeof(order->slot), "mc_place");
    (void)str_copy(order->data_dir, sizeof(order->data_dir), data); /* of the same size */
    return pg_copy(order, &job, error);
}

static void assert_is_left(Copying *copying, bool replace)
{
    Error error = {0};
    assert_true(pg_place_look(data, &copying->place, &error));
    assert_false(copy(copying, replace, &error));
    (void)printf("# %s\n", error.text);
    assert_true(copying->came);
    assert_int_equal(count(data), copying->entries);
    assert_true(is_in(data, "PG_VERSION"));
    assert_false(is_in(data, "mc.interrupted"));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_non_null(strstr(error.text, data));
}

/* As an agent's that had none marks the mount point, and the volume is mounted while the source makes its checkpoint. */
static void a_directory_that_comes_over_a_marked_one_is_not_wiped(void **state)
{
    (void)state;
    const PgMark mark = {.work = PG_MARK_AGENT, .major = 15};
    Copying copying = {.at = PG_COPY_CHECKPOINT, .come = other_comes};
    Error error = {0};
    empty_data();
    assert_true(pg_mark_write(data, &mark, &error));
    assert_is_left(&copying, true);
}

static void a_directory_that_comes_over_one_that_was_given_up_is_not_wiped(void **state)
{
    (void)state;
    Copying copying = {.at = PG_COPY_CHECKPOINT, .come = other_comes};
    assert_is_left(&copying, true);
}

static void a_directory_whose_mark_goes_is_not_wiped(void **state)
{
    (void)state;
    const PgMark mark = {.work = PG_MARK_AGENT, .major = 15};
    Copying copying = {.at = PG_COPY_CHECKPOINT, .come = mark_goes};
    Error error = {0};
    empty_data();
    assert_true(pg_mark_write(data, &mark, &error));
    assert_is_left(&copying, true);
}

static void a_directory_that_comes_where_none_was_is_not_wiped(void **state)
{
    (void)state;
    Copying copying = {.at = PG_COPY_CHECKPOINT, .come = other_comes};
    assert_int_equal(rename(data, away), 0);
    assert_is_left(&copying, false);
}

static void an_empty_folder_that_is_filled_is_not_wiped(void **state)
{
    (void)state;
    Copying copying = {.at = PG_COPY_CHECKPOINT, .come = file_comes};
    empty_data();
    assert_is_left(&copying, false);
}

/* Between the mark and the wipe, too. */
static void what_comes_over_a_directory_that_was_just_marked_is_not_wiped(void **state)
{
    (void)state;
    const PgMark mark = {.work = PG_MARK_AGENT, .major = 15};
    PgTreeWalk walk = {0};
    PgPlace place;
    Error error = {0};
    assert_true(pg_place_look(data, &place, &error));
    assert_true(pg_place_mark(data, &mark, &place, &error));
    other_comes();
    const int entries = count(data);
    assert_false(pg_place_wipe(data, &place, &mark, &walk, &error));
    assert_false(pg_place_unmark(data, &place, &error));
    assert_int_equal(count(data), entries);
}

static void assert_is_copied(bool replace)
{
    Copying copying = {.come = NULL};
    Error error = {0};
    assert_true(pg_place_look(data, &copying.place, &error));
    if (!copy(&copying, replace, &error)) {
        fail_msg("%s", error.text);
    }
    assert_true(is_in(data, "PG_VERSION") && is_in(data, "standby.signal"));
    assert_false(is_in(data, "mc.interrupted"));
}

static void what_was_judged_is_copied_over_whatever_it_was(void **state)
{
    (void)state;
    const PgMark mark = {.work = PG_MARK_AGENT, .major = 15};
    Error error = {0};
    assert_is_copied(true);
    assert_true(pg_mark_write(data, &mark, &error));
    assert_is_copied(true);
    assert_int_equal(rename(data, away), 0);
    assert_is_copied(false);
    assert_true(help_run("rm", "-r", data, NULL));
    assert_int_equal(mkdir(data, 0750), 0);
    assert_is_copied(false);
    struct stat of;
    assert_int_equal(stat(data, &of), 0);
    assert_int_equal(of.st_mode & 07777, 0700);
}

/* ---- by order of an agent ---- */

static bool has_view(void *arg)
{
    const Server *server = arg;
    return server->view.system_identifier != 0;
}

static void order_rejoin(const RejoinOrder *order)
{
    b.port.rejoin(b.port.self, ++b.sequence, 1, order);
}

static bool is_done(void *arg)
{
    return ((Server *)arg)->done.sequence == b.sequence;
}

static void attach(void)
{
    help_server_attach(&b);
    assert_true(help_until(has_view, &b, 3000));
}

/* The order was decided of the directory that was seen. */
static void a_directory_exchanged_behind_the_last_look_is_not_made_over(void **state)
{
    (void)state;
    const RejoinOrder order = {.source = 0, .system_identifier = system_identifier()};
    attach();
    other_comes();
    const int entries = count(data);
    order_rejoin(&order);
    assert_true(help_until(is_done, &b, 20000));
    (void)printf("# %s\n", b.done.result.text);
    assert_false(b.done.ok);
    assert_int_equal(count(data), entries);
    assert_false(is_in(data, "standby.signal"));
    assert_non_null(strstr(b.done.result.text, data));
    help_server_detach(&b);
}

static void a_directory_is_made_over_by_a_copy(void **state)
{
    (void)state;
    const RejoinOrder order = {.source = 0, .system_identifier = system_identifier()};
    attach();
    order_rejoin(&order);
    assert_true(help_until(is_done, &b, 20000));
    assert_true(b.done.ok);
    assert_true(is_in(data, "standby.signal"));
    assert_false(is_in(data, "mc.interrupted"));
    help_server_detach(&b);
}

/* b was the primary, and c, a clone of it in the place of the source, has taken over. */
static Position diverge(void)
{
    char path[PG_PATH_SIZE];
    char text[64] = "";
    Error error = {0};
    Position fork = {.timeline = 1};
    assert_true(stop_by_hand(&source));
    assert_true(help_run("sh", "-c", "printf 'wal_log_hints=on\\nwal_keep_size=256MB\\n' >> \"$0\"",
                         b.setup.config_file, NULL));
    assert_true(start_by_hand(&b));
    help_server_clone(&c, "taken", 0, help_port(), &b);
    pg_path(path, c.setup.data_dir, "standby.signal");
    assert_true(pg_file_write(path, "", 0, 0600, &error));
    assert_true(start_by_hand(&c));
    assert_true(help_run(help_bin("pg_ctl"), "-w", "-D", c.setup.data_dir, "promote", NULL));
    PGconn *client = help_client(&b, true, "postgres");
    assert_true(help_sql(client, "CREATE TABLE own()"));
    PQfinish(client);
    assert_true(stop_by_hand(&b));
    pg_path(path, c.setup.data_dir, "pg_wal/00000002.history");
    assert_true(pg_file_read(path, text, sizeof(text), NULL, &error));
    assert_true(str_starts_with(text, "1\t"));
    assert_true(str_to_lsn(text + 2, strcspn(text + 2, "\t"), &fork.lsn));
    return fork;
}

static int remove_both(void **state)
{
    help_server_remove(&c);
    return remove_other(state) == 0 && start_by_hand(&source) ? 0 : -1;
}

static bool asks_for_checkpoint(void *arg)
{
    char text[16];
    help_text(arg,
              "SELECT count(*) FROM pg_stat_activity WHERE query = 'CHECKPOINT' "
              "AND state = 'active'",
              text, sizeof(text));
    return !str_equal(text, "0");
}

static void let_checkpoints_be(PGconn *client, int number)
{
    char text[16];
    uint64_t pid = 0;
    help_text(client, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'", text,
              sizeof(text));
    assert_true(str_to_uint(text, strlen(text), &pid));
    assert_int_equal(kill((pid_t)pid, number), 0);
}

static void a_directory_that_comes_before_a_rewind_is_not_rewound(void **state)
{
    (void)state;
    const Position fork = diverge();
    PGconn *client = help_client(&c, true, "postgres");
    const RejoinOrder order = {
        .rewind = true, .fork = fork, .system_identifier = system_identifier()};
    attach();
    let_checkpoints_be(client, SIGSTOP);
    order_rejoin(&order);
    const bool asked = help_until(asks_for_checkpoint, client, 20000);
    other_comes();
    const int entries = count(data);
    let_checkpoints_be(client, SIGCONT);
    assert_true(help_until(is_done, &b, 40000));
    PQfinish(client);
    (void)printf("# %s\n", b.done.result.text);
    assert_true(asked);
    assert_false(b.done.ok);
    assert_int_equal(count(data), entries);
    assert_false(is_in(data, "mc.interrupted"));
    assert_false(is_in(data, "standby.signal"));
    help_server_detach(&b);
}

static void a_directory_is_rewound(void **state)
{
    (void)state;
    const Position fork = diverge();
    const RejoinOrder order = {
        .rewind = true, .fork = fork, .system_identifier = system_identifier()};
    attach();
    order_rejoin(&order);
    assert_true(help_until(is_done, &b, 40000));
    assert_true(b.done.ok);
    assert_int_not_equal(b.note, MSG_REWIND_FAILED);
    assert_true(is_in(data, "standby.signal"));
    assert_false(is_in(data, "mc.interrupted"));
    help_server_detach(&b);
}

#define REWIND(name) cmocka_unit_test_setup_teardown(name, make_other, remove_both)
#define PLACE(name)  cmocka_unit_test_setup_teardown(name, make_other, remove_other)

int main(void)
{
    help_become_postgres();
    const struct CMUnitTest tests[] = {
        PLACE(a_directory_that_comes_over_a_marked_one_is_not_wiped),
        PLACE(a_directory_that_comes_over_one_that_was_given_up_is_not_wiped),
        PLACE(a_directory_whose_mark_goes_is_not_wiped),
        PLACE(a_directory_that_comes_where_none_was_is_not_wiped),
        PLACE(an_empty_folder_that_is_filled_is_not_wiped),
        PLACE(what_comes_over_a_directory_that_was_just_marked_is_not_wiped),
        PLACE(what_was_judged_is_copied_over_whatever_it_was),
        PLACE(a_directory_exchanged_behind_the_last_look_is_not_made_over),
        PLACE(a_directory_is_made_over_by_a_copy),
        REWIND(a_directory_that_comes_before_a_rewind_is_not_rewound),
        REWIND(a_directory_is_rewound),
    };
    return cmocka_run_group_tests(tests, make_source, remove_source);
}
