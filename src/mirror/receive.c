/* receive.c - the streaming half of the replication protocol, with libpq.
 *
 * Where to begin: at the beginning of the newest mirrored segment that lies on the server's history. The
 * same bytes come again; that is cheaper than to know how far the last life had come. Or behind that, at the
 * first one that the archive does not have. With nothing
 * mirrored it is the segment of the last checkpoint, from which a recovery of what lies on the data disk
 * would need WAL. */
#include "mirror/receive.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/loop.h"

#include <poll.h>
#include <string.h>
#include <time.h>

enum {
    CONNECT_LIMIT_MS = 5000,
    ANSWER_LIMIT_MS = 5000,
    HEAD_SIZE = 25,       /* of a message with WAL: kind, start, end, time */
    SYNC_EVERY = 4 << 20, /* bytes, while more and more comes in */
    MESSAGES_MAX = 256,   /* taken at once, before others have their turn */
};

/* Microseconds from 1970 to 2000, PostgreSQL's beginning of time. */
static const int64_t EPOCH_US = INT64_C(946684800) * 1000000;

static uint64_t number_at(const char *bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) {
        value = value << 8 | (uint8_t)bytes[i];
    }
    return value;
}

static void put_number(char *bytes, uint64_t value)
{
    for (int i = 7; i >= 0; i--, value >>= 8) {
        bytes[i] = (char)(value & 0xff);
    }
}

/* Waits for a result, whatever it says; NULL: no more, or none in time. */
static PGresult *result_of(Receive *receive, Millis until)
{
    PGconn *link = receive->session.link;
    while (PQisBusy(link) == 1) {
        if (pg_job_wait(receive->job, PQsocket(link), POLLIN, until) != PG_WAIT_READY ||
            PQconsumeInput(link) != 1) {
            return NULL;
        }
    }
    return PQgetResult(link);
}

static bool server_said(Receive *receive, Error *error)
{
    const char *text = PQerrorMessage(receive->session.link);
    return error_set(error, ERROR_POSTGRES, "%.*s", (int)strcspn(text, "\n"),
                     text[0] == '\0' ? "no answer in time" : text);
}

/* One command; true when it ended well or with the SQLSTATE that does not matter. */
static bool command(Receive *receive, const char *text, const char *state, Error *error)
{
    const Millis until = loop_now() + ANSWER_LIMIT_MS;
    bool ok = false;
    if (!pg_query_send(&receive->session, text, error)) {
        return false;
    }
    for (PGresult *result = result_of(receive, until); result != NULL;
         result = result_of(receive, until)) {
        const ExecStatusType status = PQresultStatus(result);
        const char *found = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        ok = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ||
             (found != NULL && state != NULL && str_equal(found, state));
        PQclear(result);
        if (!ok) {
            return server_said(receive, error);
        }
    }
    return ok || server_said(receive, error);
}

static bool identify(Receive *receive, Lsn *ret_flushed, Error *error)
{
    PGresult *result = NULL;
    uint64_t timeline = 0;
    if (!pg_query(&receive->session, receive->job, "IDENTIFY_SYSTEM", loop_now() + ANSWER_LIMIT_MS,
                  &result, error)) {
        return false;
    }
    const char *number = PQntuples(result) == 1 ? PQgetvalue(result, 0, 1) : "";
    const char *position = PQntuples(result) == 1 ? PQgetvalue(result, 0, 2) : "";
    const bool ok = str_to_uint(number, strlen(number), &timeline) && timeline <= UINT32_MAX &&
                    str_to_lsn(position, strlen(position), ret_flushed);
    PQclear(result);
    receive->timeline = (TimelineId)timeline;
    return ok || error_set(error, ERROR_PROTOCOL, "IDENTIFY_SYSTEM was not understood");
}

/* ---- where to begin --------------------------------------------------------------------------- */

/* Whose file of a segment to take: the newest timeline's that has a part of it. It begins with what it has
 * taken over, and the older ones' files may be gone: a promotion renames the last segment of the timeline
 * that it leaves. */
static TimelineId timeline_of(const Receive *receive, uint64_t number)
{
    const PgHistory *history = &receive->history;
    const Lsn end = (number + 1) * receive->control.segment_size;
    TimelineId timeline = history->stretch[0].timeline;
    for (int i = 0; i < history->count; i++) {
        if (history->stretch[i].begin < end) {
            timeline = history->stretch[i].timeline;
        }
    }
    return timeline;
}

static bool on_history(const PgHistory *history, const WalSegment *segment, uint32_t size)
{
    const Lsn begin = segment->number * size;
    for (int i = 0; i < history->count; i++) {
        const PgStretch *stretch = &history->stretch[i];
        if (stretch->timeline == segment->timeline) {
            return begin < stretch->end && begin + size > stretch->begin;
        }
    }
    return false;
}

static bool find_begin(Receive *receive, bool fresh, Lsn flushed, Error *error)
{
    const uint32_t size = receive->control.segment_size;
    _cleanup_free_ WalSegment *list = NULL;
    size_t count = 0;
    uint64_t number = (fresh ? flushed : receive->control.redo) / size;
    if (!pg_history_read(receive->setup->data_dir, receive->timeline, &receive->history, error)) {
        return false;
    }
    if (!fresh && !online_list(receive->online.folder, size, &list, &count, error)) {
        return false;
    }
    for (; count > 0; count--) {
        const WalSegment *newest = &list[count - 1];
        if (on_history(&receive->history, newest, size) && newest->number * size <= flushed) {
            number = newest->number;
            break;
        }
    }
    /* What was archived meanwhile is not wanted again, and may be gone. */
    WalSegment segment = {.timeline = timeline_of(receive, number), .number = number};
    while (segment.number < flushed / size &&
           online_is_archived(receive->archive, size, &segment)) {
        segment.number++;
        segment.timeline = timeline_of(receive, segment.number);
    }
    receive->timeline = segment.timeline;
    receive->received = segment.number * size;
    return true;
}

/* ---- the stream ------------------------------------------------------------------------------- */

/* The segment, or what the slot held, is gone: undefined_file, object_not_in_prerequisite_state. Where the file
 * is only about to be removed the server gives whatever code the last system call left, so the words count. */
static bool says_gap(const PGresult *result)
{
    const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state != NULL &&
           (str_equal(state, "58P01") || str_equal(state, "55000") ||
            strstr(PQresultErrorMessage(result), "has already been removed") != NULL);
}

/* The first segment, as a position, that is another timeline's; UINT64_MAX: none. */
static Lsn end_of_timeline(const Receive *receive)
{
    const uint32_t size = receive->control.segment_size;
    for (int i = 0; i < receive->history.count; i++) {
        const PgStretch *stretch = &receive->history.stretch[i];
        if (stretch->timeline == receive->timeline && i + 1 < receive->history.count) {
            return receive->history.stretch[i + 1].begin / size * size;
        }
    }
    return UINT64_MAX;
}

static ReceiveEnd start(Receive *receive, Error *error)
{
    char text[128];
    char lsn[STR_LSN_SIZE];
    const Millis until = loop_now() + ANSWER_LIMIT_MS;
    (void)str_format(text, sizeof(text),
                     "START_REPLICATION SLOT \"" RECEIVE_SLOT "\" PHYSICAL %s TIMELINE %u",
                     str_from_lsn(receive->received, lsn, sizeof(lsn)), receive->timeline);
    if (!pg_query_send(&receive->session, text, error)) {
        return RECEIVE_LOST;
    }
    PGresult *result = result_of(receive, until);
    const ExecStatusType status = PQresultStatus(result);
    const bool gap = says_gap(result);
    PQclear(result);
    if (status == PGRES_COPY_BOTH) {
        receive->copying = true;
        receive->flushed = receive->received;
        receive->until = end_of_timeline(receive);
        return RECEIVE_GOES_ON;
    }
    (void)server_said(receive, error);
    return gap ? RECEIVE_GAP : RECEIVE_LOST;
}

ReceiveEnd receive_begin(Receive *receive, PgSetup *setup, PgJob *job, const ReceivePlace *place,
                         bool fresh, Error *error)
{
    const char drop[] = "DROP_REPLICATION_SLOT \"" RECEIVE_SLOT "\"";
    const char make[] = "CREATE_REPLICATION_SLOT \"" RECEIVE_SLOT "\" PHYSICAL RESERVE_WAL";
    Lsn flushed = 0;

    *receive =
        (Receive){.setup = setup, .job = job, .archive = place->archive, .online = {.fd = -1}};
    if (!pg_control_read(setup->data_dir, &receive->control, error) ||
        pg_session_open(&receive->session, job, setup, true, loop_now() + CONNECT_LIMIT_MS,
                        error) != PG_KNOCK_OPEN ||
        (fresh && !command(receive, drop, "42704", error)) ||
        !command(receive, make, "42710", error) || !identify(receive, &flushed, error)) {
        return RECEIVE_LOST;
    }
    if (!online_begin(&receive->online, place->online, receive->control.segment_size, error) ||
        !find_begin(receive, fresh, flushed, error)) {
        return RECEIVE_DISK;
    }
    return start(receive, error);
}

static bool reply(Receive *receive, Error *error)
{
    char bytes[34];
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now); /* cannot fail; the server only shows it */
    bytes[0] = 'r';
    put_number(bytes + 1, receive->received);
    put_number(bytes + 9, receive->flushed);
    put_number(bytes + 17, 0); /* nothing is applied here */
    put_number(bytes + 25,
               (uint64_t)((int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 - EPOCH_US));
    bytes[33] = 0;
    if (PQputCopyData(receive->session.link, bytes, sizeof(bytes)) != 1 ||
        PQflush(receive->session.link) < 0) {
        return server_said(receive, error);
    }
    return true;
}

static ReceiveEnd settle(Receive *receive, Error *error)
{
    if (!online_sync(&receive->online, error)) {
        return RECEIVE_DISK;
    }
    if (receive->flushed == receive->received) {
        return RECEIVE_GOES_ON;
    }
    receive->flushed = receive->received;
    return reply(receive, error) ? RECEIVE_GOES_ON : RECEIVE_LOST;
}

static ReceiveEnd broken(Error *error, const char *what)
{
    return error_set(error, ERROR_PROTOCOL, "%s", what) ? RECEIVE_GOES_ON : RECEIVE_LOST;
}

/* What was streamed of an old timeline ends with a segment; the next one is another timeline's. */
static ReceiveEnd next_timeline(Receive *receive, Error *error)
{
    const Millis until = loop_now() + ANSWER_LIMIT_MS;
    PGconn *link = receive->session.link;
    char *message = NULL;
    ReceiveEnd end = settle(receive, error);
    if (end != RECEIVE_GOES_ON) {
        return end;
    }
    receive->copying = false;
    if (PQputCopyEnd(link, NULL) != 1 || PQflush(link) < 0) {
        (void)server_said(receive, error);
        return RECEIVE_LOST;
    }
    for (int size = 0; size >= 0; size = PQgetCopyData(link, &message, 1)) {
        PQfreemem(message);
        message = NULL;
        if (size == 0 &&
            (PQconsumeInput(link) != 1 ||
             pg_job_wait(receive->job, PQsocket(link), POLLIN, until) != PG_WAIT_READY)) {
            (void)server_said(receive, error);
            return RECEIVE_LOST;
        }
    }
    for (PGresult *result = result_of(receive, until); result != NULL;
         result = result_of(receive, until)) {
        PQclear(result);
    }
    receive->timeline = timeline_of(receive, receive->received / receive->control.segment_size);
    return start(receive, error);
}

static ReceiveEnd take(Receive *receive, const char *message, size_t size, Error *error)
{
    if (size >= 18 && message[0] == 'k') {
        if (message[17] == 0) {
            return RECEIVE_GOES_ON;
        }
        const ReceiveEnd end = settle(receive, error);
        return end != RECEIVE_GOES_ON || reply(receive, error) ? end : RECEIVE_LOST;
    }
    if (size < HEAD_SIZE || message[0] != 'w') {
        return broken(error, "a message of the stream was not understood");
    }
    OnlinePiece piece = {.timeline = receive->timeline,
                         .lsn = number_at(message + 1),
                         .bytes = message + HEAD_SIZE,
                         .size = size - HEAD_SIZE};
    if (piece.lsn != receive->received) {
        return broken(error, "the stream has a hole");
    }
    if (piece.size > receive->until - piece.lsn) {
        piece.size = receive->until - piece.lsn;
    }
    if (!online_write(&receive->online, &piece, error)) {
        return RECEIVE_DISK;
    }
    receive->received = piece.lsn + piece.size;
    if (receive->received == receive->until) {
        return next_timeline(receive, error);
    }
    if (receive->received - receive->flushed >= SYNC_EVERY) {
        return settle(receive, error);
    }
    return RECEIVE_GOES_ON;
}

/* The server has ended the stream: it stops, or says why. */
static ReceiveEnd copy_ended(Receive *receive, Error *error)
{
    const Millis until = loop_now() + ANSWER_LIMIT_MS;
    ReceiveEnd end = broken(error, "the server has ended the stream");
    receive->copying = false;
    if (!online_sync(&receive->online, error)) {
        return RECEIVE_DISK;
    }
    receive->flushed = receive->received;
    PGresult *result = result_of(receive, until);
    if (PQresultStatus(result) == PGRES_FATAL_ERROR) {
        (void)server_said(receive, error);
        end = says_gap(result) ? RECEIVE_GAP : end;
    }
    PQclear(result);
    return end;
}

ReceiveEnd receive_some(Receive *receive, Error *error)
{
    assert(receive->copying);
    if (PQconsumeInput(receive->session.link) != 1) {
        (void)server_said(receive, error);
        return RECEIVE_LOST;
    }
    receive->more = true;
    for (int i = 0; i < MESSAGES_MAX; i++) {
        char *message = NULL;
        const int size = PQgetCopyData(receive->session.link, &message, 1);
        if (size == 0) {
            receive->more = false;
            break;
        }
        if (size == -1) {
            return copy_ended(receive, error);
        }
        if (size < 0) {
            (void)server_said(receive, error);
            return RECEIVE_LOST;
        }
        const ReceiveEnd end = take(receive, message, (size_t)size, error);
        PQfreemem(message);
        if (end != RECEIVE_GOES_ON) {
            return end;
        }
    }
    return settle(receive, error);
}

int receive_socket(const Receive *receive)
{
    return PQsocket(receive->session.link);
}

void receive_end(Receive *receive)
{
    online_end(&receive->online);
    pg_session_close(&receive->session);
    receive->copying = false;
}
