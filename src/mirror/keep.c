/* keep.c - one loop: the stream, and every second a look at the rest.
 *
 * Lines to the agent: a word and what it is about.
 *
 *     streaming LSN          mirrored WAL is being written
 *     waiting REASON         the server does not send; tried again
 *     paused REASON          the backup disk does not take it; the connection is closed, so that nothing of
 *                            the server waits for it, and tried again
 *     held REASON            an operator does not want it for now
 *     gap LSN                mirrored WAL goes on from there; what was before is no longer in pg_wal
 *     pruned COUNT           so many segments were removed that the archive does not have
 *     behind COUNT NAME      archiving has not moved for a while; so many files wait, NAME is the next
 *     archiving              it has moved again */
#include "mirror/keep.h"

#include "archive/layout.h"
#include "archive/owner.h"
#include "base/assert.h"
#include "mirror/receive.h"
#include "sys/keeper.h"
#include "sys/loop.h"
#include "sys/pg_conf.h"
#include "sys/pg_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    TICK_MS = 1000,
    RETRY_FIRST_MS = 50,
    RETRY_MS = 1000,
    PAUSE_MS = 5000,
    PRUNE_MS = 10000,
    BEHIND_MS = 30000,
    LOCK_LIMIT_MS = 3000,
    LOCK_PAUSE_MS = 50,
    SEGMENTS_FREE = 2, /* so much room, and a pause for want of it is over */
};

typedef enum KeepState {
    KEEP_IDLE,
    KEEP_STREAMING,
    KEEP_WAITING,
    KEEP_PAUSED,
    KEEP_HELD
} KeepState;

typedef struct Keep {
    KeepConfig *config;
    PgJob job;
    char online[DURABLE_PATH_SIZE];
    char archive[DURABLE_PATH_SIZE];
    int lock;
    KeepState state;
    KeepState told; /* what the agent knows */
    Receive receive;
    Lsn begun;                  /* where the stream began: one that ends there never was any */
    char lost[ERROR_TEXT_SIZE]; /* why it begins anew */
    bool fresh;                 /* begin where the server writes now */
    Millis next;                /* of the stream: when it is tried again */
    Millis tick_at;
    Millis prune_at;
    bool no_room;
    bool pruning;     /* beyond the limit, and told */
    struct stat conf; /* of mc.auto.conf when the claim was read */
    char claim[ARCHIVE_CLAIM_SIZE];
    char oldest[WAL_NAME_SIZE]; /* the file that archiving waits for */
    Millis oldest_since;
    uint64_t waiting;
    bool behind;
    char said[ERROR_TEXT_SIZE]; /* in mirror.state */
} Keep;

/* ---- telling ---------------------------------------------------------------------------------- */

static const char *state_word(KeepState state)
{
    switch (state) {
    case KEEP_IDLE:
        return "off";
    case KEEP_STREAMING:
        return "streaming";
    case KEEP_WAITING:
        return "waiting";
    case KEEP_PAUSED:
    case KEEP_HELD:
        return "paused";
    }
    assert_unreachable("every state has a word");
}

/* The agent reads it whole and at once; when it is gone, so are we. */
static void tell(const char *word, const char *about)
{
    char line[ERROR_TEXT_SIZE + 64];
    StrBuf out = str_begin(line, sizeof(line) - 1);
    str_add_format(&out, "%s %.*s", word, (int)strcspn(about, "\n"), about);
    line[out.length] = '\n';
    const ssize_t put = write(STDOUT_FILENO, line, out.length + 1);
    (void)put; /* see above */
}

/* For people and mc_ctl status; replaced as a whole, and not worth a sync. */
static void write_state(Keep *keep)
{
    char path[PG_PATH_SIZE];
    char temporary[PG_PATH_SIZE];
    char lsn[STR_LSN_SIZE];
    char text[ERROR_TEXT_SIZE + 256];
    Error ignored = {0};
    StrBuf out = str_begin(text, sizeof(text));
    str_add_format(&out, "mirror %s\nflushed %s\nwaiting %llu\nreason %.*s\n",
                   state_word(keep->state), str_from_lsn(keep->receive.flushed, lsn, sizeof(lsn)),
                   (unsigned long long)keep->waiting, (int)strcspn(keep->said, "\n"), keep->said);
    pg_path(path, keep->config->setup.mc_dir, "mirror.state");
    pg_path(temporary, keep->config->setup.mc_dir, "mirror.state.tmp");
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0) {
        return;
    }
    const bool ok = durable_put(fd, text, out.length, temporary, &ignored);
    durable_close(&fd);
    if (!ok || rename(temporary, path) != 0) {
        (void)unlink(temporary); /* the next one will do */
    }
}

static void enter(Keep *keep, KeepState state, const char *about)
{
    keep->state = state;
    (void)str_copy(keep->said, sizeof(keep->said), state == KEEP_STREAMING ? "" : about);
    if (keep->told != state) {
        keep->told = state;
        tell(state == KEEP_HELD ? "held" : state_word(state), about);
    }
    write_state(keep);
}

/* ---- mirrored WAL ----------------------------------------------------------------------------- */

static void prune(Keep *keep)
{
    OnlinePruned pruned;
    Error ignored = {0};
    char count[24];
    const uint32_t size = keep->receive.control.segment_size;
    if (keep->state != KEEP_STREAMING) {
        return;
    }
    const WalSegment keep_this = {.timeline = keep->receive.timeline,
                                  .number = keep->receive.received / size};
    keep->prune_at = loop_now() + PRUNE_MS;
    if (!online_prune(keep->online, keep->archive, size, keep->config->limit, &keep_this, &pruned,
                      &ignored)) {
        return; /* the disk: writing to it will say so */
    }
    if (pruned.unarchived > 0 && !keep->pruning) {
        (void)str_format(count, sizeof(count), "%zu", pruned.unarchived); /* fits */
        tell("pruned", count);
    }
    keep->pruning = pruned.unarchived > 0;
}

static void stream_ended(Keep *keep, ReceiveEnd end, const Error *error)
{
    const bool was = keep->state == KEEP_STREAMING && keep->receive.flushed > keep->begun;
    receive_end(&keep->receive);
    keep->fresh = end == RECEIVE_GAP;
    switch (end) {
    case RECEIVE_GOES_ON:
        assert_unreachable("it has ended");
    case RECEIVE_LOST:
        keep->next = loop_now() + (was ? RETRY_FIRST_MS : RETRY_MS);
        if (!was) {
            enter(keep, KEEP_WAITING, error->text);
        }
        keep->state = KEEP_WAITING; /* told only when the next try fails, too */
        break;
    case RECEIVE_DISK:
        keep->no_room = error->errnum == ENOSPC || error->errnum == EDQUOT;
        keep->next = loop_now() + PAUSE_MS;
        enter(keep, KEEP_PAUSED, error->text);
        break;
    case RECEIVE_GAP:
        memcpy(keep->lost, error->text, sizeof(keep->lost));
        keep->next = loop_now();
        break;
    }
}

/* A try costs the server a connection and us a segment full of zeros: not before there is room. */
static bool still_full(const Keep *keep)
{
    struct statvfs of;
    const uint64_t wanted = (uint64_t)SEGMENTS_FREE * keep->receive.control.segment_size;
    return keep->no_room && statvfs(keep->online, &of) == 0 &&
           (uint64_t)of.f_bavail * of.f_frsize < wanted;
}

static void stream_begin(Keep *keep)
{
    Error error = {0};
    char lsn[STR_LSN_SIZE];
    if (still_full(keep)) {
        keep->next = loop_now() + TICK_MS;
        return;
    }
    const ReceivePlace place = {.online = keep->online, .archive = keep->archive};
    ReceiveEnd end = RECEIVE_DISK;
    if (layout_ensure(keep->config->setup.backup_destination, &error)) {
        end = receive_begin(&keep->receive, &keep->config->setup, &keep->job, &place, keep->fresh,
                            &error);
    }
    if (end != RECEIVE_GOES_ON) {
        stream_ended(keep, end, &error);
        return;
    }
    keep->no_room = false;
    keep->begun = keep->receive.received;
    if (keep->fresh) {
        (void)str_format(error.text, sizeof(error.text), "%s (%.*s)",
                         str_from_lsn(keep->receive.received, lsn, sizeof(lsn)),
                         (int)strcspn(keep->lost, "\n"), keep->lost); /* cut is fine */
        tell("gap", error.text);
        keep->fresh = false;
    }
    enter(keep, KEEP_STREAMING, str_from_lsn(keep->receive.received, lsn, sizeof(lsn)));
}

/* By its file in the management directory, which the operator's command writes and removes. */
static void look_at_hold(Keep *keep)
{
    char path[PG_PATH_SIZE];
    pg_path(path, keep->config->setup.mc_dir, KEEPER_HOLD_FILE);
    const bool held = pg_file_exists(path);
    if (!keep->config->mirror || held == (keep->state == KEEP_HELD)) {
        return;
    }
    if (held) {
        receive_end(&keep->receive);
        enter(keep, KEEP_HELD, KEEPER_HOLD_WORDS " (mc_ctl resume-mirror)");
    } else {
        keep->state = KEEP_WAITING;
        keep->next = loop_now();
    }
}

static void stream_some(Keep *keep)
{
    Error error = {0};
    const uint32_t size = keep->receive.control.segment_size;
    const uint64_t before = keep->receive.received / size;
    const ReceiveEnd end = receive_some(&keep->receive, &error);
    if (end != RECEIVE_GOES_ON) {
        stream_ended(keep, end, &error);
    } else if (keep->receive.received / size != before) {
        prune(keep);
    }
}

/* ---- the archive ------------------------------------------------------------------------------ */

/* Whenever the agent has written another claim. */
static void look_at_owner(Keep *keep)
{
    char path[PG_PATH_SIZE];
    struct stat of;
    PgInForce in_force;
    ArchiveClaim claim;
    Error ignored = {0};
    pg_path(path, keep->config->setup.data_dir, "mc.auto.conf");
    if (stat(path, &of) != 0 ||
        (of.st_ino == keep->conf.st_ino && of.st_mtim.tv_nsec == keep->conf.st_mtim.tv_nsec &&
         of.st_mtim.tv_sec == keep->conf.st_mtim.tv_sec)) {
        return;
    }
    if (!pg_auto_conf_read(&keep->config->setup, &in_force, &ignored)) {
        return;
    }
    if (!str_equal(in_force.claim, keep->claim) && archive_claim_parse(in_force.claim, &claim)) {
        /* Refused where a later primary archives already; a disk that does not take it is asked again. */
        if (!archive_owner_write(keep->archive, &claim, &ignored) &&
            ignored.kind != ERROR_REFUSED) {
            return;
        }
        memcpy(keep->claim, in_force.claim, sizeof(keep->claim));
    }
    keep->conf = of;
}

/* How many files wait, and the first of them in the order of archiving. */
static bool count_waiting(const Keep *keep, uint64_t *ret_count, char ret_first[WAL_NAME_SIZE])
{
    char path[PG_PATH_SIZE];
    uint64_t count = 0;
    ret_first[0] = '\0';
    pg_path(path, keep->config->setup.data_dir, "pg_wal/archive_status");
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return false;
    }
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const size_t length = strlen(entry->d_name);
        if (length < 6 || length >= WAL_NAME_SIZE ||
            !str_equal(entry->d_name + length - 6, ".ready")) {
            continue;
        }
        count++;
        if (ret_first[0] == '\0' || strcmp(entry->d_name, ret_first) < 0) {
            (void)str_copy_bytes(ret_first, WAL_NAME_SIZE, entry->d_name, length - 6); /* fits */
        }
    }
    (void)closedir(folder); /* only read from */
    *ret_count = count;
    return true;
}

static void look_at_archiving(Keep *keep)
{
    char first[WAL_NAME_SIZE];
    char text[WAL_NAME_SIZE + 32];
    if (!count_waiting(keep, &keep->waiting, first)) {
        return;
    }
    if (keep->waiting == 0 || !str_equal(first, keep->oldest)) {
        (void)str_copy(keep->oldest, sizeof(keep->oldest), first); /* of the same size */
        keep->oldest_since = loop_now();
        if (keep->behind) {
            keep->behind = false;
            tell("archiving", first);
        }
        return;
    }
    if (!keep->behind && loop_now() - keep->oldest_since >= BEHIND_MS) {
        keep->behind = true;
        (void)str_format(text, sizeof(text), "%llu %s", (unsigned long long)keep->waiting,
                         first); /* fits */
        tell("behind", text);
    }
}

/* ---- the loop --------------------------------------------------------------------------------- */

static void tick(Keep *keep)
{
    const Millis now = loop_now();
    if (now < keep->tick_at) {
        return;
    }
    keep->tick_at = now + TICK_MS;
    look_at_hold(keep);
    look_at_owner(keep);
    look_at_archiving(keep);
    if (now >= keep->prune_at) {
        prune(keep);
    }
    write_state(keep);
}

/* One at a time: one of before may hang on the disk that we would use. One that only ends is waited for. */
static bool take_lock(Keep *keep)
{
    char path[PG_PATH_SIZE];
    const Millis until = loop_now() + LOCK_LIMIT_MS;
    pg_path(path, keep->config->setup.mc_dir, "mirror.lock");
    keep->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    while (keep->lock >= 0 && flock(keep->lock, LOCK_EX | LOCK_NB) != 0) {
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        if (loop_now() >= until || poll(&input, 1, LOCK_PAUSE_MS) != 0) {
            return false;
        }
    }
    return keep->lock >= 0;
}

/* False when the agent wants us to end, or has ended. */
static bool wait_for_something(Keep *keep)
{
    char byte;
    const bool streams = keep->receive.copying;
    struct pollfd fds[2] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = streams ? receive_socket(&keep->receive) : -1, .events = POLLIN}};
    const bool tries = keep->config->mirror && !streams && keep->state != KEEP_HELD;
    const Millis until = tries && keep->next < keep->tick_at ? keep->next : keep->tick_at;
    Millis timeout = until - loop_now();
    if (streams && keep->receive.more) {
        timeout = 0;
    }
    (void)poll(fds, 2, timeout < 0 ? 0 : (int)timeout); /* whatever it was: it is looked at */
    return (fds[0].revents & (POLLIN | POLLHUP | POLLERR)) == 0 || read(STDIN_FILENO, &byte, 1) > 0;
}

int keep_run(KeepConfig *config)
{
    static Keep keep; /* PgHistory and the like are large for a stack */
    Error error = {0};
    const char *destination = config->setup.backup_destination;
    keep = (Keep){.config = config, .receive = {.online = {.fd = -1}}};
    if (!take_lock(&keep)) {
        tell("waiting", "an earlier one still runs; its disk may hang");
        return 1;
    }
    if (!pg_job_init(&keep.job, &error) ||
        !durable_path(keep.online, destination, LAYOUT_ONLINE, &error) ||
        !durable_path(keep.archive, destination, LAYOUT_ARCHIVED, &error)) {
        tell("waiting", error.text);
        return 1;
    }
    do {
        tick(&keep);
        if (keep.receive.copying) {
            stream_some(&keep);
        } else if (config->mirror && keep.state != KEEP_HELD && loop_now() >= keep.next) {
            stream_begin(&keep);
        }
    } while (wait_for_something(&keep));
    if (keep.receive.copying) {
        stream_some(&keep); /* what is there is synced */
    }
    receive_end(&keep.receive);
    keep.state = KEEP_IDLE;
    write_state(&keep);
    return 0;
}
