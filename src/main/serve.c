/*
 * Wiring. Each part is made in the order in which it can fail without having changed anything: what only
 * looks comes first, then the network, so that a port in use is found while nothing is managed yet, then the
 * lock, and only behind the lock what writes.
 *
 * All inputs only queue in the agent; on_drain, once in each round of the loop, works them off.
 */
#include "main/serve.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "agent/agent.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "cli/say.h"
#include "cli/site_net.h"
#include "main/absent.h"
#include "main/adopt.h"
#include "main/chronicler.h"
#include "main/own_commands.h"
#include "main/prepare.h"
#include "sys/control.h"
#include "sys/keeper.h"
#include "sys/kill_point.h"
#include "sys/log.h"
#include "sys/pg_archive.h"
#include "sys/pg_instance.h"
#include "sys/pg_process.h"
#include "sys/pidfile.h"
#include "sys/statefile.h"
#include "sys/usher.h"
#include "view/words.h"
#include "wire/wire.h"

enum { SYSLOG_LOCAL0 = 16, END_LIMIT_MS = 2000 };

typedef struct Daemon {
    const Site *site;
    const ServeStart *start;
    CoreSettings core;
    PgSetup setup;
    NetConfig net_config;
    Keys keys;
    World world;
    Loop *loop;
    Log *log;
    Net *net;
    StateFile *state;
    Control *control;
    Keeper *keeper;       /* NULL: there is no backup directory */
    Usher *usher;         /* likewise */
    PgInstance *instance; /* NULL: of an arbitration server, or there is no data directory yet */
    PgAddress heard
        [MEMBERS_MAX]; /* where the others say that their WAL is streamed from; port 0: unknown */
    Absent absent;     /* begun where there is none */
    Adopt adopt;       /* and one is taken up */
    MonitorLink *monitor;
    Commands commands;
    Chronicler *chronicler; /* NULL: of an arbitration server */
    Agent *agent;
    int lock;
    bool leaving;  /* nothing new; the loop ends as soon as the disk has answered */
    Deadline end;  /* and at the latest then */
    Status status; /* too large for the stack of a callback */
} Daemon;

static bool is_server(const Daemon *daemon)
{
    return daemon->site->kind == MEMBER_SERVER;
}

static void write_log(const Daemon *daemon, LogEntry entry)
{
    daemon->world.log.write(daemon->world.log.self, &entry);
}

static bool chronicler_writes(const Daemon *daemon)
{
    return daemon->chronicler != NULL && chronicler_is_busy(daemon->chronicler);
}

/* ---- inputs ---- */

static void on_drain(void *data)
{
    Daemon *daemon = data;
    if (!daemon->leaving) {
        agent_run(daemon->agent);
    }
    if (daemon->chronicler != NULL) {
        chronicler_look(daemon->chronicler);
    }
    if (daemon->leaving && !statefile_is_busy(daemon->state) && !chronicler_writes(daemon)) {
        loop_stop(daemon->loop);
    }
}

static void on_tick(void *data)
{
    Daemon *daemon = data;
    const Event event = {.kind = EVENT_TICK};
    agent_input(daemon->agent, &event);
}

static void on_received(void *self, MemberId from, const uint8_t *bytes, size_t size)
{
    Daemon *daemon = self;
    agent_receive(daemon->agent, from, bytes, size);
}

static void on_link(void *self, MemberId member, bool up)
{
    Daemon *daemon = self;
    const Event event = {.kind = EVENT_LINK, .u.link = {.member = member, .up = up}};
    agent_input(daemon->agent, &event);
}

static void on_noticed(void *self, MemberId member, const uint8_t *bytes, size_t size)
{
    Daemon *daemon = self;
    PgAddress address;
    if (!notice_parse(bytes, size, &address)) {
        return; /* an arbitration server, or one without an instance yet */
    }
    const PgAddress *before = &daemon->heard[member];
    if (is_server(daemon) && before->port != 0 &&
        (before->port != address.port || !str_equal(before->host, address.host))) {
        write_log(daemon, msg_address_changed(daemon->site->members.member[member].name,
                                              address.host, address.port));
    }
    daemon->heard[member] = address;
    if (daemon->instance != NULL) {
        pg_instance_address(daemon->instance, member, &address);
    }
}

static void on_files(void *self, int socket)
{
    Daemon *daemon = self;
    if (daemon->usher != NULL) {
        usher_take(daemon->usher, socket);
    }
}

static void on_done(void *ctx, const Done *done)
{
    Daemon *daemon = ctx;
    const Event event = {.kind = EVENT_DONE, .u.done = *done};
    agent_input(daemon->agent, &event);
}

static void on_view(void *ctx, const InstanceView *view)
{
    Daemon *daemon = ctx;
    const Event event = {.kind = EVENT_INSTANCE, .u.instance = *view};
    agent_input(daemon->agent, &event);
    if (daemon->keeper != NULL) {
        keeper_view(daemon->keeper, view->phase);
    }
}

static void on_names_changed(void *ctx, const char *names)
{
    write_log(ctx, msg_names_changed(names));
}

static void on_note(void *ctx, const LogEntry *entry)
{
    write_log(ctx, *entry);
}

static void on_rules_changed(void *ctx, const char *why)
{
    write_log(ctx, why == NULL ? msg_rules_in_force() : msg_rules_not_in_force(why));
}

static void on_port_changed(void *ctx, uint16_t before, uint16_t port)
{
    Daemon *daemon = ctx;
    write_log(daemon, msg_port_changed(port, before));
    daemon->setup.address[daemon->site->self].port = port;
    prepare_notice(&daemon->setup, &daemon->net_config);
    net_tell(daemon->net, daemon->net_config.notice, daemon->net_config.notice_size);
}

static void on_lowered(void *ctx, const PgFinding *finding)
{
    write_log(ctx, msg_commits_do_not_wait(finding->who, finding->value, finding->cure));
}

static void on_gone(void *ctx)
{
    Daemon *daemon = ctx;
    const Event event = {.kind = EVENT_INSTANCE_GONE};
    agent_input(daemon->agent, &event);
}

static void on_persisted(void *data, uint64_t sequence, bool ok, const Error *error)
{
    Daemon *daemon = data;
    const Event event = {
        .kind = EVENT_DONE,
        .u.done = {.sequence = sequence, .kind = ACTION_PERSIST, .ok = ok},
    };
    if (!ok) {
        write_log(daemon, msg_state_unwritable(daemon->site->state_path, error->text));
    }
    agent_input(daemon->agent, &event);
}

static void on_deadline(void *data)
{
    Daemon *daemon = data;
    loop_stop(daemon->loop);
}

/* SIGTERM and SIGINT end the agent and leave PostgreSQL as it is; so does an operator's stop, afterwards. */
static void leave(void *data)
{
    Daemon *daemon = data;
    if (!daemon->leaving) {
        daemon->leaving = true;
        loop_deadline_set(daemon->loop, &daemon->end, loop_now() + END_LIMIT_MS, on_deadline,
                          daemon);
    }
}

/* ---- an instance that is not there yet ---- */

static bool make_keeper(Daemon *daemon, Error *error)
{
    char program[PATH_SIZE];
    const KeeperConfig config = {.program = program,
                                 .setup = &daemon->setup,
                                 .limit = (uint64_t)daemon->site->server.mirrored_wal_limit,
                                 .log = &daemon->world.log};
    return prepare_beside("pgx_walreceive", program, sizeof(program), error) &&
           keeper_new(daemon->loop, &config, &daemon->keeper, error);
}

/* Also where there is no instance, or none any more: then its backups are wanted most. */
static bool make_usher(Daemon *daemon, Error *error)
{
    char program[PATH_SIZE];
    const UsherConfig config = {.program = program,
                                .mc_dir = daemon->site->dir,
                                .id = daemon->site->id,
                                .log = &daemon->world.log};
    if (!is_server(daemon) || daemon->site->server.backup_destination[0] == '\0') {
        return true;
    }
    return prepare_beside("pgx_filesend", program, sizeof(program), error) &&
           usher_new(daemon->loop, &config, &daemon->usher, error);
}

static bool make_instance(Daemon *daemon, Error *error)
{
    const PgEvents events = {.ctx = daemon,
                             .done = on_done,
                             .view = on_view,
                             .gone = on_gone,
                             .names_changed = on_names_changed,
                             .rules_changed = on_rules_changed,
                             .port_changed = on_port_changed,
                             .lowered = on_lowered,
                             .note = on_note};
    if (daemon->keeper == NULL && daemon->setup.backup_destination[0] != '\0' &&
        !make_keeper(daemon, error)) {
        return false;
    }
    if (!pg_instance_new(daemon->loop, &daemon->setup, &events, &daemon->instance, error)) {
        return false;
    }
    daemon->world.postgres = pg_instance_port(daemon->instance);
    return true;
}

/* The operator has filled the data directory: from now on there is an instance to look after. */
static bool take_up(Daemon *daemon, const PgSetup *setup, Error *error)
{
    daemon->setup = *setup;
    for (MemberId m = 0; m < daemon->site->members.count; m++) {
        if (daemon->heard[m].port != 0) {
            daemon->setup.address[m] = daemon->heard[m];
        }
    }
    if (!make_instance(daemon, error)) {
        return false;
    }
    prepare_notice(&daemon->setup, &daemon->net_config);
    absent_end_looks(&daemon->absent);
    net_tell(daemon->net, daemon->net_config.notice, daemon->net_config.notice_size);
    return true;
}

/* ---- operators ---- */

static void answer(Daemon *daemon, uint32_t client, const ControlAnswer *content, bool last)
{
    uint8_t bytes[WIRE_CONTROL_MAX];
    const size_t size = wire_encode_answer(content, bytes, sizeof(bytes));
    assert(size > 0);
    control_answer(daemon->control, client, bytes, size, last);
}

static void refuse(Daemon *daemon, uint32_t client, LogEntry entry)
{
    const ControlAnswer refused = {
        .kind = CONTROL_COMMAND,
        .reply = {.request = client, .status = EXIT_FAILED, .last = true, .entry = entry},
    };
    answer(daemon, client, &refused, true);
}

/* Where the WAL of each server is streamed from, as it has said itself. */
static void add_addresses(const Daemon *daemon, Status *status)
{
    for (MemberId m = 0; m < status->count; m++) {
        status->member[m].stream_port = daemon->heard[m].port;
        (void)str_copy(status->member[m].stream_host, sizeof(status->member[m].stream_host),
                       daemon->heard[m].host); /* of the same size */
    }
}

static void add_lowered(const Daemon *daemon, Status *status)
{
    unsigned count = 0;
    const PgFinding *first =
        daemon->instance == NULL ? NULL : pg_instance_lowered(daemon->instance, &count);
    if (first == NULL) {
        return;
    }
    StrBuf out = str_begin(status->lowered, sizeof(status->lowered));
    str_add_format(&out, "synchronous_commit of %s is %s", first->who, first->value);
    if (count > 1) {
        str_add_format(&out, " (and %u more in the log)", count - 1);
    }
    str_add_format(&out, ": %s", first->cure); /* cut is fine */
}

static const char *line_of(Error *error)
{
    error->text[strcspn(error->text, "\n")] = '\0'; /* without its hint: a message is a line */
    return error->text;
}

static const char *asker(const Daemon *daemon, MemberId from, char *buffer, size_t size)
{
    (void)str_format(buffer, size, "mc_ctl recover at %s",
                     daemon->site->members.member[from].name); /* it fits */
    return buffer;
}

/* A directory that cannot be used counts as none for who is elsewhere: the wish holds all the same, so that another server
 * may open. */
static void not_adopted(Daemon *daemon, const AdoptWish *wish, Error *error)
{
    const LogEntry entry = msg_instance_start_failed(line_of(error));
    if (wish->answered) {
        refuse(daemon, wish->command.u.command.request, entry);
        return;
    }
    write_log(daemon, entry);
    agent_input(daemon->agent, &wish->command);
}

static void on_adopted(void *ctx, const AdoptWish *wish, const Adopted *result)
{
    Daemon *daemon = ctx;
    Error error = result->error;
    char who[MESSAGE_ARG_SIZE];
    if (result->copy_begun) {
        write_log(daemon, msg_copy_begun(daemon->site->server.db_instance,
                                         asker(daemon, wish->from, who, sizeof(who))));
    }
    if (!result->absent && (!result->ok || !take_up(daemon, &result->setup, &error))) {
        not_adopted(daemon, wish, &error);
        return;
    }
    agent_input(daemon->agent, &wish->command);
}

/* False: it was not begun. Who asks from elsewhere asks again, and is told no error for one that is under way. */
static bool begin_adoption(Daemon *daemon, const AdoptWish *wish, Error *error)
{
    if (!pg_remains_are_gone(daemon->absent.remains)) {
        return error_set(error, ERROR_REFUSED,
                         "processes of an earlier run are still there: stop the instance first");
    }
    return adopt_begin(&daemon->adopt, wish) || !wish->answered ||
           error_set(error, ERROR_REFUSED,
                     "the data directory \"%s\" is still being looked at for an earlier start",
                     daemon->site->server.db_instance);
}

/* The data directory that an operator may have put where there was none is taken up before the core is told. */
static void wish_start(Daemon *daemon, const AdoptWish *wish)
{
    Error error = {0};
    if (!is_server(daemon) || daemon->instance != NULL) {
        agent_input(daemon->agent, &wish->command);
    } else if (!begin_adoption(daemon, wish, &error)) {
        not_adopted(daemon, wish, &error);
    }
}

/* An operator brings everybody back, a primary serves, and here is nothing that a copy could destroy. */
static bool may_copy(Daemon *daemon)
{
    Status *status = &daemon->status;
    agent_status(daemon->agent, loop_now(), status);
    const MemberId primary = status->record.primary;
    return primary < status->count && primary != daemon->site->self &&
           status->member[primary].process == PROCESS_NORMAL &&
           site_core_settings(daemon->site).rejoin != REJOIN_BY_HAND;
}

/* The word of an operator at another server: as if given here, but that nobody waits for the answer. */
static void on_start_asked(void *self, MemberId from, const StartAsk *ask)
{
    Daemon *daemon = self;
    char who[MESSAGE_ARG_SIZE];
    write_log(daemon, msg_command_received("start", asker(daemon, from, who, sizeof(who))));
    const AdoptWish wish = {
        .command = {.kind = EVENT_COMMAND,
                    .u.command = {.kind = COMMAND_START_INSTANCE,
                                  .to = MEMBER_NONE,
                                  .failover_asked = ask->failover_asked,
                                  .failover_wanted = ask->failover_wanted}},
        .from = from,
        .copy_major = daemon->instance == NULL && may_copy(daemon) ? ask->copy_major : 0,
    };
    wish_start(daemon, &wish);
}

static void answer_evidence(Daemon *daemon, uint32_t client, const ControlRequest *request)
{
    ControlAnswer content = {.kind = request->kind};
    const StartAsk ask = {.failover_asked = request->command.failover_asked,
                          .failover_wanted = request->command.failover_wanted,
                          .copy_major = request->copy_major};
    if (request->kind == CONTROL_START_THERE && request->member != daemon->site->self) {
        agent_ask_start(daemon->agent, request->member, &ask);
    } else if (request->kind == CONTROL_START_THERE && is_server(daemon)) {
        on_start_asked(daemon, request->member, &ask);
    }
    content.age = agent_evidence(daemon->agent, request->member, loop_now(), &content.evidence);
    answer(daemon, client, &content, true);
}

static void on_request(void *self, uint32_t client, uint32_t user, const uint8_t *bytes,
                       size_t size)
{
    Daemon *daemon = self;
    ControlRequest request;
    char who[24];
    if (!wire_decode_request(bytes, size, &request)) {
        refuse(daemon, client,
               msg_command_refused("unknown", "this version does not understand it"));
        return;
    }
    if (request.kind == CONTROL_STATUS) {
        ControlAnswer content = {.kind = CONTROL_STATUS};
        agent_status(daemon->agent, loop_now(), &content.status);
        add_addresses(daemon, &content.status);
        add_lowered(daemon, &content.status);
        char progress[sizeof(content.status.waits_for)];
        if (daemon->instance != NULL && content.status.waits_for[0] != '\0' &&
            pg_instance_progress(daemon->instance, progress, sizeof(progress))) {
            (void)str_copy(content.status.waits_for, sizeof(progress),
                           progress); /* the same size */
        }
        answer(daemon, client, &content, true);
        return;
    }
    if (request.kind != CONTROL_COMMAND) {
        answer_evidence(daemon, client, &request);
        return;
    }
    (void)str_format(who, sizeof(who), "%u", user); /* it fits */
    write_log(daemon, msg_command_received(view_command_word(&request.command), who));
    AdoptWish wish = {.command = {.kind = EVENT_COMMAND, .u.command = request.command},
                      .from = daemon->site->self,
                      .answered = true};
    wish.command.u.command.request = client;
    wish.command.u.command.deadline += loop_now(); /* on the wire it is how long */
    if (request.command.kind == COMMAND_START_INSTANCE) {
        wish_start(daemon, &wish);
    } else {
        agent_input(daemon->agent, &wish.command);
    }
}

static void on_client_gone(void *self, uint32_t client)
{
    (void)self;
    (void)client; /* what was asked for is done all the same */
}

static void reply_port(void *self, const Reply *reply)
{
    Daemon *daemon = self;
    const ControlAnswer content = {.kind = CONTROL_COMMAND, .reply = *reply};
    kill_point(ACTION_REPLY, KILL_BEFORE);
    answer(daemon, reply->request, &content, reply->last);
    kill_point(ACTION_REPLY, KILL_AFTER);
}

static void run_port(void *self, uint64_t sequence, Epoch epoch, const RunOrder *order)
{
    Daemon *daemon = self;
    kill_point(ACTION_RUN, KILL_BEFORE);
    commands_run(&daemon->commands, sequence, epoch, order);
    kill_point(ACTION_RUN, KILL_AFTER);
}

static void exit_port(void *self)
{
    kill_point(ACTION_EXIT, KILL_BEFORE);
    leave(self);
}

/* ---- beginning and end ---- */

static bool make_log(Daemon *daemon, Error *error)
{
    const Settings *server = &daemon->site->server;
    const ArbiterSettings *arbiter = &daemon->site->arbiter;
    LogConfig config = {
        .facility = (uint8_t)(SYSLOG_LOCAL0 + (int)(is_server(daemon) ? server->syslog_facility
                                                                      : arbiter->syslog_facility)),
        .to_stderr = daemon->start->foreground,
    };
    const char *ident = is_server(daemon) ? server->syslog_ident : arbiter->syslog_ident;
    const char *file = is_server(daemon) ? server->log_file : arbiter->log_file;
    if (!str_copy(config.ident, sizeof(config.ident), ident) ||
        (file[0] != '\0' && file[0] != '/'
             ? !path_join(daemon->site->dir, file, config.file, sizeof(config.file), error)
             : !str_copy(config.file, sizeof(config.file), file))) {
        return error_set(error, ERROR_LIMIT, "syslog_ident or log_file is too long");
    }
    if (!log_new(&config, &daemon->log, error)) {
        return false;
    }
    daemon->world.log = log_port(daemon->log);
    return true;
}

/* What everybody logs goes through it from here on. */
static bool make_chronicler(Daemon *daemon, Error *error)
{
    if (!is_server(daemon)) {
        return true;
    }
    if (!chronicler_new(daemon->loop, daemon->site, daemon->world.log, &daemon->chronicler,
                        error)) {
        return false;
    }
    daemon->world.log = chronicler_log(daemon->chronicler);
    return true;
}

static void write_pid_file(const Daemon *daemon, PidEntry agent, PidEntry monitor)
{
    Error error = {0};
    PidFile pids = {.agent = agent, .monitor = monitor};
    const char *instance = is_server(daemon) ? daemon->site->server.db_instance : "";
    if (!str_copy(pids.instance, sizeof(pids.instance), instance) ||
        !pidfile_write(daemon->site->pid_path, &pids, &error)) {
        write_log(daemon, msg_state_unwritable(daemon->site->pid_path, error.text));
    }
}

static void write_pids(void *data, pid_t monitor)
{
    write_pid_file(data, pid_entry(getpid()), pid_entry(monitor));
}

/* A start that fails leaves no file behind: a lock that nobody ever took is made only when all else is well. */
static bool take_lock(Daemon *daemon, bool make, Error *error)
{
    if (daemon->lock >= 0 || (!make && access(daemon->site->lock_path, F_OK) != 0)) {
        return true;
    }
    return lock_take(daemon->site->lock_path, &daemon->lock, error) ||
           error_hint(error, "%s status shows what runs", is_server(daemon) ? "mc_ctl" : "mc_arb");
}

static bool make_parts(Daemon *daemon, Error *error)
{
    const Site *site = daemon->site;
    const NetOwner net_owner = {.self = daemon,
                                .received = on_received,
                                .link = on_link,
                                .noticed = on_noticed,
                                .files = on_files};
    const ControlOwner control_owner = {
        .self = daemon, .request = on_request, .gone = on_client_gone};
    if (!loop_new(&daemon->loop, error) || !make_log(daemon, error) ||
        !make_chronicler(daemon, error) ||
        !net_new(daemon->loop, &daemon->net_config, &daemon->keys, &daemon->world.log, &net_owner,
                 &daemon->net, error) ||
        !take_lock(daemon, true, error) ||
        !statefile_new(daemon->loop, site->state_path, on_persisted, daemon, &daemon->state,
                       error) ||
        !control_new(daemon->loop, site->socket_path, &control_owner, &daemon->control, error) ||
        (daemon->setup.data_dir[0] != '\0' && !make_instance(daemon, error)) ||
        !make_usher(daemon, error) ||
        !monitor_link_new(daemon->loop, &daemon->start->monitor, &daemon->world.log,
                          is_server(daemon) ? site->server.agent_alive_timeout
                                            : site->arbiter.agent_alive_timeout,
                          write_pids, daemon, &daemon->monitor, error) ||
        !loop_on_signal(daemon->loop, SIGTERM, leave, daemon, error) ||
        !loop_on_signal(daemon->loop, SIGINT, leave, daemon, error)) {
        return false;
    }
    loop_on_drain(daemon->loop, on_drain, daemon);
    daemon->world.clock = loop_clock_port(daemon->loop, on_tick, daemon);
    daemon->world.net = net_port(daemon->net);
    daemon->world.disk = statefile_port(daemon->state);
    daemon->world.process =
        (ProcessPort){.self = daemon, .reply = reply_port, .exit = exit_port, .run = run_port};
    daemon->commands = (Commands){.loop = daemon->loop,
                                  .site = site,
                                  .log = &daemon->world.log,
                                  .done = on_done,
                                  .ctx = daemon};
    if (is_server(daemon) && daemon->instance == NULL) {
        daemon->world.postgres = absent_port(&daemon->absent);
        daemon->adopt = (Adopt){.loop = daemon->loop,
                                .site = site,
                                .net = &daemon->net_config,
                                .over = on_adopted,
                                .ctx = daemon};
        return absent_begin(&daemon->absent, daemon->loop, site, daemon->agent, error);
    }
    return true;
}

static bool random_number(uint64_t *ret, Error *error)
{
    return getrandom(ret, sizeof(*ret), 0) == (ssize_t)sizeof(*ret) ||
           error_set_errno(error, errno, "could not get random bytes");
}

static bool read_boot(BootId *ret, Error *error)
{
    char text[64];
    char digits[2 * sizeof(ret->bytes) + 1];
    size_t count = 0;
    if (!text_read("/proc/sys/kernel/random/boot_id", text, sizeof(text), error)) {
        return false;
    }
    for (const char *c = text; *c != '\0' && count < sizeof(digits) - 1; c++) {
        if (*c != '-' && *c != '\n') {
            digits[count++] = *c;
        }
    }
    return str_to_bytes(digits, count, ret->bytes, sizeof(ret->bytes)) ||
           error_set(error, ERROR_SYSTEM, "the boot id of this host is not understood");
}

/* What was remembered; a file that is damaged, or not its own, is as good as none (E3). */
static void read_memory(Daemon *daemon, Start *start)
{
    static uint8_t bytes[STATEFILE_CONTENTS_MAX];
    size_t size = 0;
    Error error = {0};
    start->memory = statefile_read(daemon->site->state_path, bytes, sizeof(bytes), &size, &error);
    if (start->memory == MEMORY_KEPT && !wire_decode_durable(bytes, size, &start->durable)) {
        start->memory = MEMORY_LOST;
        (void)str_copy(error.text, sizeof(error.text),
                       "its contents are not understood"); /* it fits */
    }
    if (start->memory == MEMORY_LOST) {
        write_log(daemon, msg_voter_lost_memory(error.text));
    }
}

static bool start_agent(Daemon *daemon, Error *error)
{
    const ServeStart *how = daemon->start;
    Event event = {
        .kind = EVENT_START,
        .u.start =
            {
                .members = daemon->site->members,
                .self = daemon->site->self,
                .by_operator = how->by_operator,
                .instance_wanted = how->instance_wanted,
                .failover_asked = how->failover_asked,
                .failover_wanted = how->failover_wanted,
            },
    };
    if (!random_number(&event.u.start.agent, error) || !random_number(&event.u.start.seed, error) ||
        !read_boot(&event.u.start.boot, error)) {
        return false;
    }
    read_memory(daemon, &event.u.start);
    agent_init(daemon->agent, daemon->site->kind, &daemon->world, &daemon->core);
    agent_on_asked(daemon->agent, on_start_asked, daemon);
    if (daemon->chronicler != NULL) {
        chronicler_listen(daemon->chronicler, daemon->agent);
    }
    agent_input(daemon->agent, &event);
    if (is_server(daemon) && daemon->instance == NULL) {
        absent_look(&daemon->absent);
    }
    return true;
}

/* What ran in a directory that was taken away while there was no agent, nobody can look after any more, and it may admit
 * clients. A new agent that can vote ends it at the word of its core; one that cannot, here, where the monitor made it. */
static void end_lost_run(const Daemon *daemon)
{
    Error ignored = {0};
    const char *data_dir = daemon->site->server.db_instance;
    const PgRun run = pg_run_read(daemon->site->dir);
    if (!daemon->start->monitor.restarted || !pg_run_is_elsewhere(&run, data_dir)) {
        return;
    }
    if (!pg_kill_run(data_dir, &run, loop_now() + END_LIMIT_MS, &ignored)) {
        error_clear(&ignored); /* the next agent tries again */
    }
}

/* A directory that cannot be looked after keeps nobody from voting who was not asked to start it, as long as nothing
 * runs there: it may be what a new copy is to replace. */
static bool votes_only(Daemon *daemon, Error *error)
{
    if (daemon->start->instance_wanted) {
        end_lost_run(daemon);
        return false;
    }
    const PgAlive alive = pg_alive(daemon->site->server.db_instance, NULL);
    if (alive.processes > 0 || alive.attached) {
        return false;
    }
    error_clear(error);
    daemon->setup = (PgSetup){0};
    return true;
}

/* Said while somebody looks on: when it is called, it is late. A monitor's new agent goes on all the same; to vote is more. */
static bool fencing_can_run(const Daemon *daemon, Error *error)
{
    const Site *site = daemon->site;
    const char *program =
        is_server(daemon) ? site->server.fencing_command : site->arbiter.fencing_command;
    if (program[0] == '\0' || !daemon->start->by_operator || access(program, X_OK) == 0) {
        return true;
    }
    return error_set_errno(error, errno, "fencing_command = \"%s\" of \"%s/%s.conf\" cannot be run",
                           program, site->dir, is_server(daemon) ? site->id : "arbitration") ||
           error_hint(error, "it is a program, or a script that begins with #!, and the user that "
                             "this runs as may execute it");
}

/* Looks at everything that can be wrong, and makes nothing. */
static bool prepare(Daemon *daemon, Error *error)
{
    const Site *site = daemon->site;
    if (!take_lock(daemon, false, error)) {
        return false;
    }
    if (!keys_read(site->key_path, &daemon->keys, error)) {
        return false;
    }
    if (daemon->keys.arbiter == is_server(daemon) ||
        (daemon->keys.arbiter && !str_equal(daemon->keys.self, site->id))) {
        return error_set(error, ERROR_CONFIG, "the key in \"%s\" is not for \"%s\"", site->key_path,
                         site->id) ||
               error_hint(error,
                          "database servers share one key, every arbitration server has its own; "
                          "mc_ctl init and mc_arb init put them in their places");
    }
    if (!site_net(site, &daemon->net_config, error)) {
        return false;
    }
    if (!fencing_can_run(daemon, error)) {
        return false;
    }
    if (!is_server(daemon) || (!daemon->start->instance_wanted && absent_is(site))) {
        return true; /* it votes; its instance comes later, if ever */
    }
    if (!prepare_instance(site, &daemon->net_config, daemon->start->monitor.restarted,
                          &daemon->setup, error)) {
        return votes_only(daemon, error);
    }
    prepare_notice(&daemon->setup, &daemon->net_config);
    return true;
}

static void say_started(const Daemon *daemon)
{
    write_log(daemon, is_server(daemon) ? msg_agent_started(daemon->site->id, MC_VERSION)
                                        : msg_arbiter_started(daemon->site->id, MC_VERSION));
    if (daemon->start->monitor.restarted) {
        write_log(daemon, msg_agent_restarted(daemon->start->monitor.reason));
    } else if (pg_archive_same_device(&daemon->setup)) {
        write_log(daemon, msg_backup_same_device(daemon->setup.backup_destination));
    }
}

/* The parts in the order of their making, from the end; what was never made is NULL. */
static void end_parts(Daemon *daemon)
{
    if (daemon->control != NULL) {
        control_free(daemon->control);
    }
    adopt_end(&daemon->adopt);
    absent_end(&daemon->absent);
    if (daemon->instance != NULL) {
        pg_instance_free(daemon->instance);
    }
    if (daemon->keeper != NULL) {
        keeper_free(daemon->keeper);
    }
    if (daemon->net != NULL) {
        net_free(daemon->net);
    }
    if (daemon->usher != NULL) {
        usher_free(daemon->usher);
    }
    if (daemon->monitor != NULL) {
        monitor_link_free(daemon->monitor);
    }
    if (daemon->state != NULL && !statefile_is_busy(daemon->state)) {
        statefile_free(daemon->state);
    }
    if (daemon->chronicler != NULL) {
        chronicler_end(daemon->chronicler);
    }
    if (daemon->loop != NULL) {
        loop_free(daemon->loop); /* what closes late may still have a word for the log */
    }
    if (daemon->chronicler != NULL) {
        chronicler_free(daemon->chronicler);
    }
    if (daemon->log != NULL) {
        log_free(daemon->log);
    }
}

int serve(const Site *site, const ServeStart *start)
{
    int status = EXIT_DONE;
    Error error = {0};
    _cleanup_free_ Daemon *daemon = calloc(1, sizeof(*daemon));
    _cleanup_free_ Agent *agent = calloc(1, agent_size());
    if (daemon == NULL || agent == NULL) {
        return say_failed(start->program, ERROR_SYSTEM, NULL, "out of memory");
    }
    daemon->site = site;
    daemon->start = start;
    daemon->agent = agent;
    daemon->lock = -1;
    daemon->core = site_core_settings(site);
    if (prepare(daemon, &error) && make_parts(daemon, &error) && start_agent(daemon, &error)) {
        write_pids(daemon, start->monitor.monitor);
        say_started(daemon);
        monitor_link_ready(daemon->monitor);
        loop_run(daemon->loop);
        kill_point(ACTION_EXIT, KILL_DURING);
        /* Nobody serves any longer; where the instance is, "stop -e" may still have to know. */
        write_pid_file(daemon, (PidEntry){0}, (PidEntry){0});
    } else {
        status = say_error(start->program, &error);
    }
    keys_wipe(&daemon->keys);
    end_parts(daemon);
    kill_point(ACTION_EXIT, KILL_AFTER);
    return status;
}
