/* world.h - the simulated side of the door: hosts, networks, disks, clocks and instances in one process.
 *
 * Time is virtual. Whatever happens is a SimEvent; they are carried out in the order of (time, order of
 * scheduling), so a run is a function of its seed and its faults. The agents are the real ones: codec, queues and
 * barriers are inside. Every event may belong to an actor (an agent or an instance): when that actor has died it
 * is dropped, while it is frozen it waits. */
#ifndef MC_SIM_WORLD_H
#define MC_SIM_WORLD_H

#include "agent/agent.h"
#include "base/prng.h"
#include "base/state_layout.h"
#include "sim/check.h"
#include "wire/wire.h"

#include <stdio.h>

enum {
    ACTOR_NONE = 0xffff,
    ACTORS_MAX = 2 * MEMBERS_MAX,
    CLIENTS_MAX = 8,
    ORDERS_WAITING_MAX = 32,
    FLAPS_MAX = 8,
    DISK_DELAY = 2000, /* of a write, at most, while nothing is wrong */
    HISTORIES_MAX = 32,
    SIM_TEXT = 160,
};
#define SIM_LSN_BASE 0x3000000ull
#define SIM_LSN_STEP 0x28ull

typedef struct SimEvent SimEvent;
typedef void (*SimFn)(SimWorld *world, SimEvent *event);

struct SimEvent {
    Micros at;
    uint64_t order;
    SimFn run;
    uint16_t actor; /* ACTOR_NONE, or whose life it is part of */
    uint32_t life;
    uint32_t a, b;
    uint64_t n;
    void *data; /* owned; freed after the run */
};

typedef struct SimActor {
    uint32_t life; /* grows when it dies */
    bool frozen;
    Micros frozen_at;
    Micros thawed_at;
    SimEvent *held; /* what came due while it was frozen */
    uint32_t held_count, held_room;
} SimActor;

static inline uint16_t actor_agent(MemberId m)
{
    return m;
}
static inline uint16_t actor_instance(MemberId m)
{
    return (uint16_t)(MEMBERS_MAX + m);
}

/* --- one member's agent process, disk and clock -------------------------------------------------- */

typedef struct SimPort { /* what the ports call `self` */
    SimWorld *world;
    MemberId member;
} SimPort;

/* Ends or stops something exactly before or after the k-th of one kind of action. */
typedef enum TrapDoes { TRAP_KILLS, TRAP_FREEZES } TrapDoes;
typedef enum TrapWhat { TRAP_AGENT, TRAP_INSTANCE, TRAP_HOST } TrapWhat;
typedef struct SimTrap {
    uint32_t left; /* actions to go; 0: not set */
    bool after;
    ActionKind kind;
    TrapDoes does;
    TrapWhat what;
} SimTrap;

typedef struct SimProcess {
    bool alive;
    bool finished; /* its work is done; it ends when its disk lets it */
    bool dying;    /* a trap has sprung: nothing that it still does reaches the world */
    SimTrap trap;
    uint8_t members_named; /* its network.conf has only the first of them; 0: it is right */
    bool monitored;        /* a monitor makes a new agent when this one dies */
    Agent *agent;
    World ports;
    SimPort port;
    AgentId id;
    Micros started_at;
    uint64_t wake_wish; /* number of the latest wish; earlier ones are void */
    uint32_t last_request;
    Reply last_reply;
    bool replied;
} SimProcess;

enum { DISK_FILE_MAX = STATE_HEADER_SIZE + WIRE_DURABLE_MAX + STATE_CHECKSUM_SIZE };

typedef struct SimFile { /* a state file, byte by byte */
    bool there;
    uint8_t bytes[DISK_FILE_MAX];
    size_t size;
    Birth birth; /* of this very file, as its file system says */
} SimFile;

typedef struct SimDisk {
    SimFile file;
    SimFile copy;
    uint64_t copy_generation;
    uint64_t births; /* files made here so far */
    bool full;       /* writes fail */
    bool hung;       /* writes wait until it works again */
    uint32_t errors; /* so many writes fail (EIO): whether the new file is there, nobody knows */
    bool tears;      /* the next end of its process in the middle of a write damages the file */
    Micros delay;
    Ballot accepted;     /* of the record that it has accepted last */
    bool begun;          /* its voter has a memory: the others know of it (E3) */
    uint64_t generation; /* of the file */
    uint64_t told;     /* the generation that its agent knows to be durable, and tells the others */
    Micros told_since; /* when it learned that */
    VoterMemory forgot; /* what it was when its memory was lost; 0: it remembers */
    uint8_t pending[WIRE_DURABLE_MAX];
    size_t pending_size;
    uint64_t pending_sequence;
} SimDisk;

/* --- network -------------------------------------------------------------------------------------- */

typedef enum SimChannel { CHANNEL_AGENT = 0, CHANNEL_WAL = 1, CHANNEL_COUNT } SimChannel;

typedef struct SimRoute {
    SimChannel channel;
    MemberId from, to;
    uint32_t connection; /* number of the connection that it travels on; a later one has lost it */
    uint64_t n;
    SimFn arrive; /* its event: a = from, b = to, n = as given, data = SimPacket */
} SimRoute;

typedef struct SimPacket SimPacket;
struct SimPacket {
    SimRoute route;
    SimPacket *next;
    uint64_t number; /* on its link; 0: goes past the others */
    uint32_t size;
    _Alignas(8) uint8_t bytes[];
};

typedef struct SimLink { /* one direction, one channel */
    bool cut;
    uint32_t loss;          /* packets lost in a thousand, agents only */
    Micros clog;            /* so much slower than usual */
    Micros last_arrival;    /* first in, first out */
    uint64_t sent, arrived; /* numbers of packets: first in, first out, also over a cut */
    SimPacket *held;        /* arrived while it was cut, or before their turn; by number */
} SimLink;

typedef struct SimConnection { /* between two agents; kept at [low][high] */
    bool up;
    uint32_t number;
    Micros broken_since; /* one direction at least is cut; 0: none is */
} SimConnection;

typedef struct SimFlap { /* a link that comes and goes */
    MemberId a, b;
    Micros period; /* 0: it has ended */
    bool cut;
} SimFlap;

typedef struct SimNetwork {
    SimLink link[MEMBERS_MAX][MEMBERS_MAX][CHANNEL_COUNT];
    SimConnection connection[MEMBERS_MAX][MEMBERS_MAX];
    Micros delay_min, delay_max;
    uint32_t duplicate; /* in a thousand */
    uint32_t reorder;   /* in a thousand: these overtake or are overtaken */
    SimFlap flap[FLAPS_MAX];
    uint32_t flap_count, flap_turn;
} SimNetwork;

/* --- PostgreSQL ----------------------------------------------------------------------------------- */

typedef struct WalEntry {
    uint64_t id; /* unique in the world: two directories share a history as far as ids agree */
    TimelineId timeline;
    bool commit;
} WalEntry;

typedef struct SimHistory {
    TimelineId timeline;
    uint32_t start; /* index of its first entry */
} SimHistory;

typedef struct SimDirectory {
    bool exists;
    DirId id;
    uint64_t system_identifier;
    Chain chain;
    WalEntry *wal;
    uint32_t count, room;
    uint32_t flushed; /* survives the end of the host; the rest up to count is in memory */
    uint32_t replayed;
    SimHistory history[HISTORIES_MAX];
    uint32_t history_count;
    bool standby_signal;
    RestoredView restored; /* the receipt of a recovery from a backup */
    bool clean;
    bool interrupted; /* half made over: there is none */
    bool lied;        /* what was flushed is gone: its disk had lied */
} SimDirectory;

typedef struct SimSender { /* a WAL sender */
    bool used;
    bool stranger; /* it feeds nobody of the cluster, and comes back whenever it is ended */
    MemberId standby;
    uint32_t stream; /* number of the stream that it feeds */
    Attachment attachment;
    Names names;         /* its own copy of the setting */
    uint32_t names_read; /* which writing of the file that is */
    int32_t pid;
    uint32_t sent;
    uint32_t flush; /* as reported: may lie beyond what the primary has */
    Micros heard;
} SimSender;

typedef struct SimOrder {
    ActionKind kind;
    uint64_t sequence;
    Epoch epoch;
    union {
        StartOrder start;
        StopOrder stop;
        Gate gate;
        NamesOrder names;
        Upstream follow;
        DirectoryOrder directory;
        RejoinOrder rejoin;
    } u;
} SimOrder;

typedef struct SimInstance {
    SimDirectory dir;
    SimDirectory copy; /* of the whole directory, by a story */
    bool postmaster;
    bool stray_backend; /* goes on committing after its postmaster's end (a CALL) */
    bool run_call;      /* there is such a backend while the instance runs */
    bool computes;      /* and it only reads */
    InstancePhase phase;
    Gate gate;
    bool recovery;
    MemberSet replicas;
    Names names;                /* in the file */
    uint32_t names_written;     /* how often the file was written */
    uint32_t checkpointer_read; /* which of these the checkpointer has read */
    bool checkpointer_defined;  /* SyncRepWaitForLSN looks at this alone */
    uint32_t released;          /* waiters up to here are released */
    SimSender sender[SENDERS_MAX];
    int32_t next_pid;
    Upstream upstream;
    uint32_t stream; /* number of the present stream; 0: none */
    MemberId stream_from;
    uint64_t receiver_turn; /* voids attempts to connect that were planned earlier */
    Micros stream_heard;
    Micros receiver_lag;    /* how slowly a receiver goes */
    bool receiver_returns;  /* and that it streams once more before it is gone for good */
    bool receiver_outlives; /* a promotion before which it was not gone */
    bool by_hand;           /* the promotion under way was ordered by nobody */
    bool cut_asked;         /* the setting in the file is empty */
    Micros start_lag, promote_lag;
    Micros replay_lag, flush_lag, sender_lag; /* of WAL; of a sender that looks at the file */
    bool skips_timeline;                      /* its next promotion does not take the next number */
    bool promotes_in_halves, halfway;         /* the new timeline first, the signal file later */
    bool fail_stop;
    Micros checkpointer_lag; /* how slowly the checkpointer looks at the file; 0: as usual */
    Millis answered_at, unanswered_since;
    SimOrder line[ORDERS_WAITING_MAX];
    uint32_t line_count;
    bool busy;
    uint64_t order_number; /* of the order under way; polls of earlier ones are void */
    Micros order_since;
    Micros ended_at;
    bool fail_start, fail_promote;
    bool order_refused; /* the disk was full when the order under way began */
    bool disk_full;     /* of the directory: no file is written there, no WAL either */
    bool disk_fails;    /* the next WAL that is made durable is not */
} SimInstance;

/* --- clients -------------------------------------------------------------------------------------- */

typedef enum ClientState { CLIENT_AWAY, CLIENT_IDLE, CLIENT_FLUSHING, CLIENT_WAITING } ClientState;

typedef struct SimClient {
    ClientState state;
    MemberId server;
    uint32_t index; /* its commit ends at this entry */
    uint64_t commit;
    uint64_t turn; /* voids what was scheduled for an earlier turn */
} SimClient;

/* --- who looks after it ---------------------------------------------------------------------------- */

typedef struct SimOperator {
    Micros period;      /* between two visits; 0: nobody comes */
    bool failover;      /* starts with -f */
    MemberSet given_up; /* whom nobody repairs any more */
    bool mends;         /* the trouble is over: who is kept apart is started, too */
    uint64_t turn;
    Micros members_asked; /* when the voters were last to change */
} SimOperator;

/* What a member's commands find out (commands.c). */
typedef enum SimCommandWord {
    COMMAND_SAYS_TRUTH = 0,
    COMMAND_SAYS_BROKEN,
    COMMAND_SAYS_WELL,     /* and fences nobody */
    COMMAND_HANGS,         /* and is killed at its limit */
    COMMAND_FENCES_NOBODY, /* asked about somebody, it tells the truth */
} SimCommandWord;

/* For counting what runs were about. */
typedef struct SimTally {
    bool primary_struck;  /* a fault met whom the latest record named */
    uint32_t amnesias;    /* memories lost, and handed back */
    uint32_t growths_cut; /* attachments under way when a fault met their primary */
    uint32_t suspends;    /* hosts frozen with their clock running on */
} SimTally;

/* --- the whole ------------------------------------------------------------------------------------ */

typedef struct SimNarrator {
    void *self;
    void (*line)(void *self, Micros at, const char *who, const char *what, const char *more);
} SimNarrator;

struct SimWorld {
    Micros now;
    uint64_t orders;
    Prng prng;
    SimEvent *heap;
    uint32_t heap_count, heap_room;
    MemberTable members;
    CoreSettings settings;
    SimActor actor[ACTORS_MAX];
    SimProcess process[MEMBERS_MAX];
    SimCommandWord command_word[MEMBERS_MAX];
    SimDisk disk[MEMBERS_MAX];
    Millis clock_offset[MEMBERS_MAX];
    int32_t clock_drift[MEMBERS_MAX]; /* parts of a million */
    int64_t wall_offset[MEMBERS_MAX]; /* seconds */
    BootId boot[MEMBERS_MAX];
    bool host_up[MEMBERS_MAX];
    SimNetwork net;
    SimInstance *instance; /* SERVERS_MAX of them */
    SimClient client[CLIENTS_MAX];
    uint32_t client_count;
    bool load;
    Micros think_min, think_max; /* of a client between two commits */
    Micros cancel_after;         /* clients wait no longer for a standby; 0: for ever */
    SimOperator operator;
    uint64_t next_entry;
    uint32_t streams;
    SimChecks checks;
    SimTally tally;
    SimNarrator narrator; /* may be nobody */
    bool *covered;        /* by rule of the core: it has fired; the caller's, or NULL */
};

/* --- world.c -------------------------------------------------------------------------------------- */

SimWorld *world_new(uint64_t seed, const MemberTable *members, const CoreSettings *settings);
void world_free(SimWorld *world);
/* Carries out everything that is due up to `until`, and sets the clock there. */
void world_run(SimWorld *world, Micros until);
void world_after(SimWorld *world, Micros delay, const SimEvent *event);
/* At once, within the event that is being carried out; the actor must be given. */
void world_now(SimWorld *world, const SimEvent *event);
Micros world_between(SimWorld *world, Micros first, Micros last);
void world_say(SimWorld *world, const char *who, const char *what, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool world_listened(const SimWorld *world);
const char *world_name(const SimWorld *world, MemberId member);
MemberId world_member(const SimWorld *world, const char *name);
void actor_die(SimWorld *world, uint16_t actor);
void actor_freeze(SimWorld *world, uint16_t actor);
void actor_thaw(SimWorld *world, uint16_t actor);
/* The first is zeroed; the other is for what is filled at once. */
void *sim_alloc(size_t size);
void *sim_room(size_t size);
void *sim_grow(void *array, uint32_t *room, uint32_t count, size_t each);

/* --- clock.c, disk.c ------------------------------------------------------------------------------ */

Millis clock_now(const SimWorld *world, MemberId member);
/* From now on it goes so many millionths too fast. */
void clock_drifts(SimWorld *world, MemberId member, int32_t drift);
/* The host was booted. */
void clock_begins(SimWorld *world, MemberId member);
void clock_port(SimWorld *world, MemberId member, ClockPort *ret);
void disk_port(SimWorld *world, MemberId member, DiskPort *ret);
/* The process is gone: what it was writing is there or is not. */
void disk_process_died(SimWorld *world, MemberId member);
void disk_works_again(SimWorld *world, MemberId member);
/* Its agent has learned that a file of this generation is durable: an answer came, or it was read at a start. What was
 * written in vain, and is there all the same, nobody has heard of. */
void disk_told(SimWorld *world, MemberId member, uint64_t generation);
/* Whether every other member remembers, and one of them the latest record: memory that is lost now can be handed back. */
bool disk_may_forget(const SimWorld *world, MemberId member);
/* The file is about to be lost, damaged, or replaced by an older one. */
void disk_forgets(SimWorld *world, MemberId member);
/* What its voter remembers, as src/main reads it at a start: by what stands around the contents, then by the codec. */
MemoryFate disk_read(const SimWorld *world, MemberId member, Durable *ret);
/* A bad disk: some bytes of the file are others, or are not there. */
void disk_damages(SimWorld *world, MemberId member);
/* The copy is put back: under the same inode and time of birth (a volume), or as a file of its own. */
void disk_puts_back(SimWorld *world, MemberId member, bool same_birth);

/* --- network.c ------------------------------------------------------------------------------------ */

void network_init(SimWorld *world);
void network_done(SimWorld *world);
void net_port(SimWorld *world, MemberId member, NetPort *ret);
/* Puts a packet on its way; the bytes are copied. */
void network_send(SimWorld *world, const SimRoute *route, const void *bytes, uint32_t size);
void network_cut(SimWorld *world, MemberId from, MemberId to, SimChannel channel, bool cut);
bool network_reaches(const SimWorld *world, MemberId a, MemberId b, SimChannel channel);
/* The link between the two is cut, healed, cut, ... every `period`, until everything heals. */
void network_flap(SimWorld *world, MemberId a, MemberId b, Micros period);
/* Until this: the link is healed, and stays so. */
void network_flap_ends(SimWorld *world, MemberId a, MemberId b);
void network_heal(SimWorld *world);
/* An agent has started or died: its connections come and go. */
void network_process_up(SimWorld *world, MemberId member);
void network_process_down(SimWorld *world, MemberId member);

/* --- process.c ------------------------------------------------------------------------------------ */

typedef struct SimStart {
    bool by_operator, instance_wanted, failover_asked, failover_wanted;
} SimStart;
void process_start(SimWorld *world, MemberId member, const SimStart *start);
void process_kill(SimWorld *world, MemberId member, bool for_good);
void process_input(SimWorld *world, MemberId member, const Event *event);
void process_command(SimWorld *world, MemberId member, const Command *command);
/* An action of this kind is about to happen, or has happened. True: whoever does it is dead, and it does not. */
bool trap_springs(SimWorld *world, MemberId member, ActionKind kind, bool after);
void host_kill(SimWorld *world, MemberId member);
void host_boot(SimWorld *world, MemberId member);

/* --- commands.c: an operator's commands ---------------------------------------------------------- */

/* Fills in how they are run; `self` is the member's SimPort. */
void commands_port(ProcessPort *ret);

/* --- postgres_wal.c: data directories ------------------------------------------------------------ */

void postgres_init_directory(SimWorld *world, MemberId member, uint64_t system_identifier);
/* A base backup of `from`, complete; a directory without an id (D1). */
/* What a recovery from the member's backup makes of it, with the WAL of `from` but for its last `without` entries.
 * False when there is no backup, or no such WAL. */
bool postgres_restore_directory(SimWorld *world, MemberId member, MemberId from, uint32_t without);
void postgres_copy_directory(SimWorld *world, MemberId from, MemberId to);
void directory_copy(SimDirectory *to, const SimDirectory *from);
void directory_free(SimDirectory *directory);
Lsn wal_lsn(uint32_t index);
TimelineId wal_timeline(const SimDirectory *directory);
Position wal_position(const SimDirectory *directory, uint32_t index);
/* Returns the index behind the new entry. */
uint32_t wal_append(SimDirectory *directory, uint64_t id, TimelineId timeline, bool commit);
void wal_truncate(SimDirectory *directory, uint32_t count);
/* Whether WAL that ends on `timeline` at `index` can go on from this directory, as PostgreSQL judges it: by
 * numbers of timelines. */
bool wal_continues(const SimDirectory *directory, TimelineId timeline, uint32_t index);

/* --- postgres_stream.c: senders, receivers, synchronous waiting ----------------------------------- */

/* The receiver starts, or tries again later. */
void stream_begin(SimWorld *world, MemberId standby);
void stream_end(SimWorld *world, MemberId standby);
/* What was flushed goes out. */
void stream_feed(SimWorld *world, MemberId primary);
void sender_end(SimWorld *world, MemberId primary, SimSender *sender);
void senders_end(SimWorld *world, MemberId primary, bool silently);
/* Somebody streams from there under a name that this member has borne before; false: it cannot. */
bool stream_to_stranger(SimWorld *world, MemberId primary, MemberId member);
/* Begins the instance's own rounds of keepalives and timeouts. */
void stream_watch(SimWorld *world, MemberId member);
void sync_release(SimWorld *world, MemberId primary);
/* The file was written: checkpointer and senders read it, each in its own time. */
void sync_reload(SimWorld *world, MemberId member);
bool names_contain(const Names *names, const Attachment *attachment);

/* --- postgres.c: the instance --------------------------------------------------------------------- */

bool instance_running(const SimInstance *instance);
/* It does nothing out of the ordinary any more. */
void instance_quiet(SimInstance *instance);
/* Clients can connect and write. */
bool instance_serves(const SimWorld *world, MemberId member);
void instance_boot(SimWorld *world, MemberId member, const StartOrder *order);
void instance_promote(SimWorld *world, MemberId member);
/* pg_promote by somebody who is not the agent, of a standby that has come as far as its chain says. */
void instance_promote_by_hand(SimWorld *world, MemberId member);
/* Every process is gone. */
void instance_end(SimWorld *world, MemberId member, bool with_host);
void instance_left_alone(SimWorld *world, MemberId member);
/* SIGKILL to the postmaster alone; its children notice, and its agent unless it is `unseen`. */
void postgres_kill(SimWorld *world, MemberId member, bool unseen);
void instance_flush(SimWorld *world, MemberId member, uint32_t index);
/* Whether WAL cannot be made durable there now; a disk that fails once has failed with that. PostgreSQL ends over it
 * (PANIC), which is the caller's to bring about. */
bool instance_disk_refuses(SimInstance *instance);
/* It ends over what its disk did. */
void instance_panics(SimWorld *world, MemberId member);
void postgres_view(SimWorld *world, MemberId member, InstanceView *ret);

/* --- postgres_port.c: orders and observations ----------------------------------------------------- */

void postgres_port(SimWorld *world, MemberId member, PostgresPort *ret);
/* The agent has started: observations begin. */
void postgres_watch(SimWorld *world, MemberId member);
void postgres_agent_died(SimWorld *world, MemberId member);

/* --- clients.c ------------------------------------------------------------------------------------ */

void clients_load(SimWorld *world, bool on);
void clients_flushed(SimWorld *world, MemberId server);
void clients_released(SimWorld *world, MemberId server);
void clients_end(SimWorld *world, MemberId server);
/* A backend that no postmaster watches commits once more, if it can. */
void clients_stray(SimWorld *world, MemberId server);

/* Their commit stands here, and may be lost with this server: success with a warning, no acknowledgement. */
void clients_cancel(SimWorld *world);

/* --- operator.c ------------------------------------------------------------------------------------ */

/* For the tally: a fault is about to meet this member. */
void fault_meets(SimWorld *world, MemberId member);
void operator_starts(SimWorld *world, MemberId member, const SimStart *how);
void operator_attends(SimWorld *world, Micros period, bool failover);
/* Everything works again; or a majority with a server that holds everything, and the rest is gone for good. */
void mend_all(SimWorld *world);
void mend_core(SimWorld *world);
/* Whether another directory holds every acknowledged commit: this one, which nobody uses, may be lost. */
bool spare_directory(const SimWorld *world, MemberId member);
/* Whether what an operator recovers there from a backup leaves the cluster a way to go on unforced. */
bool may_recover(const SimWorld *world, MemberId member);
/* Whether an older memory that looks like its own would be noticed: every other voter knows of a later one, and
 * lives. */
bool spare_memory_unseen(const SimWorld *world, MemberId member);

#endif
