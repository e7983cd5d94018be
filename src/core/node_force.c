/* node_force.c - a server is made primary by an operator's word, though it may lack acknowledged commits (section 4, E5).
 *
 * For when nobody else can: the primary is gone, and this server is not eligible, or too few voters answer to say so.
 * What is known of the loss is told before anything is done, and without `--force` nothing is. With it the instance is
 * cut from whomever it follows, and the record that names it opens a line of its own: what the line before had
 * acknowledged beyond this end is not promised on it. A majority that answers decides as ever. Where there is none, the
 * operator names the voters that he stands in for; what these have decided without this server is then another line, and
 * who meets it says so (E5). */
#include "core/node_parts.h"

#include "base/assert.h"
#include "base/str.h"

enum { FORCE_LIMIT = 90000 }; /* from the operator's word to an open primary */

/* ---- what would be lost ---- */

typedef struct Loss {
    Lsn end;  /* of this server's WAL */
    Lsn left; /* from where on the record's primary has written something else; 0: this WAL is a part of that one's */
    Lsn known; /* the furthest that anybody is known to have had; 0: nobody had more */
} Loss;

/* E5: of the line that excludes this one's, whose timelines may have the same numbers. */
static bool is_of_other_line(const Node *n, const Peer *peer)
{
    return participant_is_split(&n->p) && peer->heartbeat.line == n->p.durable.split.line;
}

/* Where the history that is here ends: of what was recovered from a backup, as far as another server's WAL was followed. */
static TimelineId ends_on(const Node *n)
{
    return n->view.restored.there ? n->view.restored.end.timeline : n->view.wal.timeline;
}

/* P2: how far this WAL has come says nothing of what it lacks, once it has gone its own way. Where that was at the latest,
 * the record tells; two histories may have timelines of one number. */
static Lsn left_at(const Node *n, Lsn end)
{
    const Record *chosen = &n->p.durable.chosen;
    const Chain *chain = n->view.restored.there ? &n->view.restored.chain : &n->view.chain;
    const bool older = ends_on(n) < chosen->timeline;
    Lsn left = older && end > chosen->start ? chosen->start : 0;
    for (unsigned i = 0; i < chain->count; i++) {
        const ChainLink *link = &chain->link[i];
        if (link->timeline == chosen->timeline && link->start != chosen->start)
            left = link->start < chosen->start ? link->start : chosen->start;
    }
    return left;
}

/* Of the record's timeline: positions of another one tell nothing. What was heard of who is silent by now counts, too. */
static Loss loss_of(const Node *n, Lsn end)
{
    const Record *chosen = &n->p.durable.chosen;
    Loss loss = {.end = end, .left = left_at(n, end), .known = end};
    const bool begins_beyond = chosen->timeline > ends_on(n) && chosen->start > loss.known;
    if (loss.left != 0 || begins_beyond)
        loss.known = chosen->start;
    if (n->own_high.timeline == chosen->timeline && n->own_high.lsn > loss.known)
        loss.known = n->own_high.lsn; /* of a directory that is lost */
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Peer *peer = &n->p.peer[m];
        if (m != n->p.self && peer->has_heartbeat && !is_of_other_line(n, peer) &&
            peer->heartbeat.wal.timeline == chosen->timeline &&
            peer->heartbeat.wal.lsn > loss.known)
            loss.known = peer->heartbeat.wal.lsn;
    }
    if (loss.left == 0 && loss.known == end)
        loss.known = 0;
    return loss;
}

/* E5: of the line that is given up, what its primary has said last. */
static LogEntry loss_of_other(const Node *n)
{
    const Record *split = &n->p.durable.split;
    const Peer *peer = &n->p.peer[split->primary];
    const char *primary = participant_name(&n->p, split->primary);
    if (!peer->has_heartbeat || peer->heartbeat.line != split->line)
        return msg_force_over_unheard(primary, split->epoch);
    return msg_force_over(primary, split->epoch, peer->heartbeat.wal.lsn);
}

static LogEntry loss_entry(const Node *n, const Loss *loss)
{
    const char *self = participant_name(&n->p, n->p.self);
    if (loss->left != 0)
        return msg_force_loss_parted(self, participant_name(&n->p, n->p.durable.chosen.primary),
                                     loss->left, loss->known);
    if (loss->known == 0)
        return msg_force_loss_unknown(self, loss->end);
    return msg_force_loss(self, loss->end, loss->known, (int64_t)(loss->known - loss->end));
}

/* ---- may it be done ---- */

/* It says itself that it has no data directory: nothing that it could be asked for. */
static bool has_nothing(const Node *n, const CoreSettings *s, MemberId member)
{
    const Peer *peer = &n->p.peer[member];
    return participant_hears(&n->p, s, member) && peer->has_heartbeat &&
           peer->heartbeat.instance == INSTANCE_NONE;
}

/* The record's primary serves, or may within the moment: whatever it is, it answers. */
static bool primary_answers(const Node *n, const CoreSettings *s)
{
    const MemberId primary = n->p.durable.chosen.primary;
    if (primary != n->p.self && has_nothing(n, s, primary))
        return false;
    if (primary == n->p.self)
        return n->gate_open || n->view.phase == INSTANCE_OPEN;
    return participant_hears(&n->p, s, primary) || n->p.now - n->p.started_at <= s->detection;
}

/* E5: of the other line, which has removed this server: it listens to no round of it (E4). */
static bool is_deaf(const Node *n, const Peer *peer)
{
    return is_of_other_line(n, peer) && !member_in(record_voters(&n->p.durable.split), n->p.self);
}

/* It is heard, and its voter has its memory: one that has lost it refuses every round until all others have handed it back,
 * which who is gone for good never does (E3). */
static bool speaks(const Node *n, const CoreSettings *s, MemberId m)
{
    const Peer *peer = &n->p.peer[m];
    return m == n->p.self || (participant_hears(&n->p, s, m) && peer->has_heartbeat &&
                              peer->heartbeat.memory.incarnation != 0 && !is_deaf(n, peer));
}

static bool majority_speaks(const Node *n, const CoreSettings *s, MemberSet voters)
{
    unsigned count = 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        count += member_in(voters, m) && speaks(n, s, m);
    return count >= majority_of(member_count(voters));
}

/* E4: of the record that is known to be chosen, and of what was accepted beyond it, which may be this very word. */
bool node_majority_answers(const Node *n, const CoreSettings *s)
{
    const Durable *d = &n->p.durable;
    return (!participant_is_split(&n->p) || majority_speaks(n, s, record_voters(&d->split))) &&
           majority_speaks(n, s, participant_voters(&n->p)) &&
           majority_speaks(n, s, record_voters(&d->chosen)) &&
           (!durable_is_pending(d) || majority_speaks(n, s, record_voters_before(&d->accepted)));
}

/* P3: where fewer acknowledge than are eligible, a commit may be with those alone who are silent. */
static bool enough_compare(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    int compare = 0;
    for (unsigned i = 0; i < chosen->eligible_count; i++) {
        const MemberId member = chosen->eligible[i].member;
        compare += member == n->p.self || participant_hears(&n->p, s, member) ? 1 : 0;
    }
    return compare >= chosen->eligible_count - chosen->quorum + 1;
}

/* It holds everything, or who holds more can say so, and those who decide answer: it needs no force. */
static bool is_complete(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    if (participant_is_split(&n->p))
        return false; /* another one has what it has not */
    const bool counts =
        (record_is_eligible(chosen, n->p.self, n->view.dir) && enough_compare(n, s)) ||
        (chosen->primary == n->p.self && chosen->primary_dir == n->view.dir);
    return counts && node_majority_answers(n, s);
}

/* Whatever it holds, and whoever may be asked. */
static const char *obstacle(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    if (!participant_has_memory(&n->p) || record_is_none(chosen))
        return "no record is known here";
    if (node_is_outside(n))
        return "this server is no voter: mc_ctl recover --with, at one that is, makes it one";
    if (primary_answers(n, s))
        return "the primary of the record answers: mc_ctl switch, or mc_ctl stop there first";
    if (node_serving_elsewhere(n, s) != MEMBER_NONE)
        return "another server serves";
    if (n->stop.active)
        return "this server is being stopped";
    if (n->view.dir == 0 || n->view.system_identifier != chosen->system_identifier)
        return "there is no data directory of this cluster here that could be opened";
    if (n->view.restored.there && participant_is_split(&n->p))
        return "what was recovered from a backup is no choice between two lines that have met";
    if (n->view.restored.there && !node_is_restored(n))
        return "what was recovered from a backup was started by hand: stop it first";
    return NULL;
}

static const char *refusal(const Node *n, const CoreSettings *s)
{
    const char *reason = obstacle(n, s);
    if (reason == NULL && is_complete(n, s))
        return n->p.durable.chosen.automatic
                   ? "nothing needs to be forced: this server takes over by itself"
                   : "nothing needs to be forced: mc_ctl enable-failover, and this server goes on "
                     "without a loss";
    return reason;
}

/* F1: it would take over by itself, if the fencing command did not fail. The operator knows that the primary is stopped. */
static bool only_fencing_is_left(const Node *n, const CoreSettings *s, const Command *command)
{
    const Record *chosen = &n->p.durable.chosen;
    return command->force && command->no_fencing && !command->dry_run && chosen->automatic &&
           chosen->primary != n->p.self && obstacle(n, s) == NULL && is_complete(n, s);
}

/* E5: for whom the operator has to stand in: for everybody who is silent or remembers nothing, where those who speak are no majority. */
static MemberSet missing(const Node *n, const CoreSettings *s)
{
    if (node_majority_answers(n, s))
        return 0;
    MemberSet silent = participant_voters(&n->p) | record_voters(&n->p.durable.chosen);
    if (participant_is_split(&n->p))
        silent |= record_voters(&n->p.durable.split);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (speaks(n, s, m))
            silent &= (MemberSet)~member_bit(m);
    return silent;
}

static bool all_named(const Node *n, const CoreSettings *s, MemberSet named)
{
#ifdef MC_MUTATE_FORCE_UNHEARD_MAJORITY
    return true;
#endif
    return (missing(n, s) & (MemberSet)~named) == 0;
}

bool node_force_holds(const Node *n, const CoreSettings *s)
{
    return n->force.active && !n->force.whole && n->force.fencing == 0 && refusal(n, s) == NULL &&
           all_named(n, s, n->force.without);
}

/* ---- telling ---- */

static void tell(Node *n, uint32_t request, uint8_t status, bool last, LogEntry entry, Actions *out)
{
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply = (Reply){.request = request, .status = status, .last = last, .entry = entry};
}

static void finish(Node *n, uint8_t status, LogEntry entry, Actions *out)
{
    tell(n, n->force.request, status, true, entry, out);
    participant_log(&n->p, entry, out);
    n->force.active = n->force.whole = false;
    proposer_hurry(&n->proposer, &n->p);
}

static bool not_fenced(const Node *n)
{
    return n->round == ROUND_FORCE && !proposer_is_busy(&n->proposer) &&
           n->proposer.refusal == REFUSAL_NOT_FENCED;
}

/* E5: in a split also what this one lacks of its own line: the other's end says nothing of it. The line's primary lacks nothing. */
static unsigned losses(const Node *n, LogEntry ret[2])
{
    const Record *chosen = &n->p.durable.chosen;
    const bool restored = n->view.restored.there;
    const Loss loss = loss_of(n, restored ? n->view.restored.end.lsn : n->view.wal.lsn);
    const bool split = participant_is_split(&n->p);
    const bool leads = chosen->primary == n->p.self && chosen->primary_dir == n->view.dir;
    unsigned count = 0;
    if (split)
        ret[count++] = loss_of_other(n);
    if (!split || !leads)
        ret[count++] = loss_entry(n, &loss);
    return count;
}

static void tell_loss(Node *n, uint32_t request, Actions *out)
{
    LogEntry entry[2];
    const unsigned count = losses(n, entry);
    for (unsigned i = 0; i < count; i++)
        tell(n, request, 0, false, entry[i], out);
}

static void log_loss(Node *n, Actions *out)
{
    LogEntry entry[2];
    const unsigned count = losses(n, entry);
    for (unsigned i = 0; i < count; i++)
        participant_log(&n->p, entry[i], out);
}

/* As the command takes them: "--without server1 --without arbiter". */
static void without_words(const Node *n, MemberSet set, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(set, m)) {
            str_add(&out, " --without ");
            str_add(&out, participant_name(&n->p, m));
        }
}

/* A4: two servers without an arbiter isolate each other themselves. */
static void begin_fencing(Node *n, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const bool detach = chosen->primary == n->p.self;
    MemberId target = chosen->primary;
    for (MemberId m = 0; detach && m < MEMBERS_MAX; m++)
        if (m != n->p.self && member_in(participant_servers(&n->p), m))
            target = m;
    if (target == n->p.self)
        return; /* the other one was removed */
    Action *action = participant_order(&n->p, ACTION_RUN, out);
    action->u.run =
        (RunOrder){.kind = RUN_FENCING, .target = target, .detach = detach, .by_operator = true};
    n->force.fencing = action->sequence;
}

void node_force_ran(Node *n, const Done *done, Actions *out)
{
    if (!n->force.active || n->force.fencing == 0 || done->sequence != n->force.fencing)
        return;
    n->force.fencing = 0;
    if (!done->ok)
        finish(n, 3,
               msg_command_refused("switch --force",
                                   "the fencing command here did not isolate the other server, the "
                                   "log says why; --no-fencing goes on without"),
               out);
}

/* Who takes over by itself and does not is told why. */
static LogEntry refused(const Node *n, const CoreSettings *s, bool removes, const char *reason)
{
    bool failed = false;
    LogEntry entry;
    if (!removes && n->p.durable.chosen.primary != n->p.self && obstacle(n, s) == NULL &&
        is_complete(n, s) && node_not_isolated(n, s, &failed, &entry))
        return entry;
    return msg_command_refused(removes ? "recover --without" : "switch --force", reason);
}

MemberSet node_force_silent(const Node *n, const CoreSettings *s)
{
    return missing(n, s);
}

/* E4: interrupted, and given again before it had opened: the daemon has gone on meanwhile. */
bool node_force_repeated(Node *n, const Command *command, Actions *out)
{
    ForceWish *wish = &n->force;
    if (!wish->active || !wish->removes || !command->force || wish->without != command->without)
        return false;
    tell(n, wish->request, 1, true, msg_asked_again("recover --force"), out);
    wish->request = command->request;
    return true;
}

/* The loss first; then the one command that accepts it. */
void node_command_force(Node *n, const CoreSettings *s, const Command *command, Actions *out)
{
    const bool whole = only_fencing_is_left(n, s, command);
    const char *reason = whole ? NULL : refusal(n, s);
    const bool removes = command->kind == COMMAND_MEMBERS;
    char words[MESSAGE_ARG_SIZE];
    if (reason == NULL && command->to != MEMBER_NONE && command->to != n->p.self)
        reason = "a server is forced where it runs: mc_ctl switch --force there";
    if (reason == NULL && n->force.active)
        reason = "it is under way already";
    if (reason != NULL) {
        tell(n, command->request, 3, true, refused(n, s, removes, reason), out);
        return;
    }
    if (whole) {
        proposer_hurry(&n->proposer, &n->p);
        n->force = (ForceWish){.active = true,
                               .request = command->request,
                               .whole = true,
                               .no_fencing = true,
                               .deadline = n->p.now + FORCE_LIMIT};
        return;
    }
    tell_loss(n, command->request, out);
    if (!command->force || command->dry_run || !all_named(n, s, command->without)) {
        without_words(n, missing(n, s), words, sizeof words);
        if (removes && command->force && all_named(n, s, command->without)) {
            tell(n, command->request, 0, true, msg_members_would_be_forced(words), out);
            return;
        }
        tell(n, command->request, 3, true,
             removes ? msg_members_force_needed(words) : msg_force_needed(words), out);
        return;
    }
    log_loss(n, out);
    n->starts = 0;
    node_forget_attempts(n);
    n->p.durable.instance_wanted |= removes; /* it is to serve from now on */
    proposer_hurry(&n->proposer, &n->p);
    n->force = (ForceWish){
        .active = true,
        .request = command->request,
        .without = command->without,
        .removes = removes,
        .line = n->p.durable.chosen.line,
        .over = n->p.durable.split.line,
        .dir = n->view.dir,
        .no_fencing = command->no_fencing,
        .deadline = n->p.now + FORCE_LIMIT,
    };
    if (s->fencing && !command->no_fencing)
        begin_fencing(n, out);
}

/* A switch that the primary cannot answer any more: what this server could do instead. */
bool node_force_concerns(const Node *n, const CoreSettings *s, const Command *command)
{
    const bool here = command->to == MEMBER_NONE || command->to == n->p.self;
    return command->force || (here && refusal(n, s) == NULL);
}

/* The record may have named this server before, too, with this very directory. */
bool node_force_is_chosen(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    return n->force.active && !n->force.whole && chosen->primary == n->p.self &&
           chosen->primary_dir == n->force.dir && chosen->branch.forced &&
           chosen->line != n->force.line;
}

/* It is the successor by the ordinary rules, or somebody is there again. */
static void settle_whole(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const char *self = participant_name(&n->p, n->p.self);
    const bool mine = chosen->primary == n->p.self;
    const char *reason = mine ? NULL : obstacle(n, s);
    if (mine && n->state == NODE_PRIMARY)
        finish(n, 0, msg_force_whole(self, chosen->epoch), out);
    else if (reason != NULL)
        finish(n, 1, msg_command_refused("switch --force", reason), out);
    else if (n->p.now >= n->force.deadline)
        finish(n, 1, msg_force_undecided(self), out);
}

/* P3: whom the record does not count was bound by a force alone. Its own voter has found another record since, under a higher ballot:
 * nobody has chosen the one that told of this end, and nobody will. */
static void unbind(Node *n, Actions *out)
{
    Durable *d = &n->p.durable;
    bool counts = record_eligible(&d->chosen, n->p.self) != NULL;
#ifdef MC_MUTATE_UNBIND_ELIGIBLE
    counts = false;
#endif
    if (d->bound_epoch == 0 || n->state == NODE_FORCING || durable_is_pending(d) || counts)
        return;
    d->bound_epoch = 0;
    participant_persist(&n->p, out);
}

/* E5: the word is about what was shown with it. Of a line that was met since nothing was, and a record that was forced before
 * is of one that excludes it: it would be opened, and stopped, as often as the instance may be started. */
static bool has_met_another(const Node *n)
{
    return participant_is_split(&n->p) && n->p.durable.split.line != n->force.over;
}

void node_force_settle(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    unbind(n, out);
    if (!n->force.active)
        return;
    if (n->force.whole) {
        settle_whole(n, s, out);
        return;
    }
    const char *self = participant_name(&n->p, n->p.self);
    const bool mine = node_force_is_chosen(n) && chosen->primary_dir == n->view.dir;
    const bool decided = durable_latest(&n->p.durable)->line != chosen->line;
    const char *reason = refusal(n, s);
    if (mine && n->state == NODE_PRIMARY)
        finish(n, 0, msg_force_done(self, chosen->branch.epoch, chosen->branch.end), out);
    else if (has_met_another(n))
        finish(n, 1,
               msg_command_refused("switch --force",
                                   "another line of the record was met meanwhile: "
                                   "given again, it says what is lost of that"),
               out);
    else if (n->view.dir != 0 && n->view.dir != n->force.dir)
        finish(n, 1,
               msg_command_refused("switch --force",
                                   "another data directory was put in place meanwhile: given "
                                   "again, it says what is lost of that"),
               out);
    else if (n->state == NODE_STAYING_DOWN && n->starts > s->restarts_max)
        finish(n, 1,
               mine ? msg_force_undecided(self)
                    : msg_command_refused("switch --force", "the instance does not start here"),
               out);
    else if (!mine && reason != NULL)
        finish(n, 1, msg_command_refused("switch --force", reason), out);
    else if (!mine && not_fenced(n))
        finish(n, 3,
               msg_command_refused("switch --force",
                                   "the arbiter's fencing command did not isolate the primary, its "
                                   "log says why; --no-fencing goes on without"),
               out);
    else if (n->p.now >= n->force.deadline && n->force.fencing == 0 && node_fencing(n, s) == 0)
        finish(n, 1,
               mine || decided ? msg_force_undecided(self)
                               : msg_command_refused("switch --force", "too few voters answer"),
               out);
}

/* ---- orders of rules ---- */

static Record forced(const Node *n, MemberSet stood_in, MemberSet spoke, LineId alone)
{
    /* Without a majority it must go past whatever this server has accepted: nobody is left to say what came of it. */
    const Record *split = &n->p.durable.split;
    const bool over = participant_is_split(&n->p);
    const Record *before =
        stood_in == 0 && !over ? &n->p.durable.chosen : durable_latest(&n->p.durable);
    const Epoch latest = over && split->epoch > before->epoch ? split->epoch : before->epoch;
    const Loss loss = loss_of(n, n->cut_end.lsn);
    const Branch branch = {
        .from = before->line,
        .epoch = latest + 1,
        .until =
            before->epoch + 1, /* the other line's epochs say nothing of what came on the own one */
        .passed = before == &n->p.durable.chosen ? 0 : record_digest(before),
        .end = n->cut_end.lsn,
        .lost = loss.known,
        .forced = true,
        .without = stood_in,
        .over = over ? split->line : 0,
        .over_epoch = over ? split->epoch : 0,
    };
    /* Whoever has spoken after all is not gone. */
    const MemberSet gone = n->force.removes ? stood_in & (MemberSet)~spoke : 0;
    return record_force(before, n->p.self, n->force.dir, n->cut_end, n->cut_next, &branch, alone,
                        gone, n->p.wall);
}

void order_force(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const MemberSet stood_in = missing(n, s);
    LineId alone = 0;
    while (alone == 0)
        alone = prng_next(&n->p.prng);
    const Record next = forced(n, stood_in, 0, alone);
    const Purpose purpose = chosen->primary == n->p.self ? PURPOSE_CHANGE : PURPOSE_TAKEOVER;
    n->round = ROUND_FORCE;
    proposer_operator(&n->proposer, n->force.no_fencing, false);
    if (!proposer_begin(&n->proposer, &n->p, s, purpose, NULL, chosen, &next, out))
        (void)proposer_take(&n->proposer);
    else if (stood_in != 0)
        proposer_stand_in(&n->proposer, stood_in);
}

/* P3: binding, as for any candidate: the end that the record tells of stays the end. */
void order_force_accept(Node *n, const CoreSettings *s, Actions *out)
{
    const Record wanted =
        forced(n, n->proposer.stood_in, n->proposer.promised | n->proposer.refusers,
               n->proposer.wanted.line);
    n->p.durable.bound_epoch = n->p.durable.chosen.epoch;
    n->p.durable.bound = n->cut_end;
    n->p.durable.instance_wanted = true; /* from here on it may be chosen, and is to run then */
    proposer_accept(&n->proposer, &n->p, s, &wanted, out);
}

void node_report_forced(Node *n, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const Branch *branch = &chosen->branch;
    char words[MESSAGE_ARG_SIZE];
    if (chosen->cause != CAUSE_FORCED)
        return;
    participant_log(
        &n->p, msg_forced(participant_name(&n->p, chosen->primary), branch->epoch, branch->end),
        out);
    without_words(n, branch->without, words, sizeof words);
    if (branch->without != 0)
        participant_log(&n->p, msg_forced_without(words), out);
}
