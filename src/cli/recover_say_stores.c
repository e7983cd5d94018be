/*
 * What recover prints of backups: a line for each server's backup directory, and the recovery that loses least.
 */
#include "cli/recover.h"

static void add_lsn(StrBuf *out, Lsn lsn)
{
    char text[STR_LSN_SIZE];
    str_add(out, str_from_lsn(lsn, text, sizeof(text)));
}

static void add_time(StrBuf *out, int64_t at)
{
    char text[24];
    site_local_time(at, text, sizeof(text));
    str_add(out, text);
}

static void add_generation(const OutageStore *store, StrBuf *out)
{
    if (store->newest[0] == '\0') {
        str_add(out, "no complete generation");
        return;
    }
    str_add(out, "generation ");
    str_add(out, store->newest);
    str_add(out, ", complete at ");
    add_time(out, store->stopped);
    str_add(out, ", to ");
    add_lsn(out, store->stop.lsn);
    str_add(out, " on timeline ");
    str_add_uint(out, store->stop.timeline);
}

static void add_reach(const FileReach *reach, StrBuf *out)
{
    if (reach->segment[0] == '\0') {
        str_add(out, "; no archived or mirrored WAL");
        return;
    }
    str_add(out, "; archived and mirrored WAL to ");
    add_lsn(out, reach->end);
    str_add(out, " on timeline ");
    str_add_uint(out, reach->timeline);
    str_add(out, ", written at ");
    add_time(out, reach->written);
}

void recover_say_stores(const Recovery *work)
{
    say("backups:");
    for (MemberId m = 0; m < work->site->members.count; m++) {
        const OutageStore *store = &work->store[m];
        char text[512];
        StrBuf out = str_begin(text, sizeof(text));
        if (work->site->members.member[m].kind != MEMBER_SERVER) {
            continue;
        }
        if (store->known) {
            add_generation(store, &out);
            add_reach(&store->reach, &out);
        } else {
            str_add(&out, "not known: ");
            str_add(&out, store->why);
        }
        say("  %s: %s", recover_name(work, m), text);
    }
}

/* What is typed there. The management directory of another server is not known here. */
static void add_command(const Recovery *work, const OutageRecovery *recovery, StrBuf *out)
{
    const bool here = recovery->at == work->site->self;
    for (int part = recovery->fetch ? 0 : 1; part < 2; part++) {
        str_add(out, part == 0 ? "pgx_rcvall --fetch" : "pgx_rcvall");
        if (here) {
            str_add(out, " -M ");
            str_add(out, work->site->dir);
        }
        str_add(out, part == 0 ? " && " : "");
    }
}

static void add_end(const Recovery *work, const OutageRecovery *recovery, StrBuf *out)
{
    str_add(out, "reaches to ");
    add_lsn(out, recovery->end.lsn);
    str_add(out, " on timeline ");
    str_add_uint(out, recovery->end.timeline);
    str_add(out, ", if no WAL is missing before that (generation of server \"");
    str_add(out, recover_name(work, recovery->from));
    if (recovery->wal != MEMBER_NONE) {
        str_add(out, "\", WAL of server \"");
        str_add(out, recover_name(work, recovery->wal));
    }
    str_add(out, "\"): ");
    switch (recovery->reach) {
    case OUTAGE_REACH_NONE:
    case OUTAGE_REACH_UNKNOWN:
        str_add(out, "whether anything acknowledged is missing then nobody can tell");
        break;
    case OUTAGE_REACH_SHORT:
        str_add(out, "WAL to ");
        add_lsn(out, recovery->known);
        str_add(out, " is known to have been, so at least ");
        str_add_uint(out, recovery->known - recovery->end.lsn);
        str_add(out, " bytes of it are lost then");
        break;
    case OUTAGE_REACH_KNOWN:
        str_add(out, "no directory is known to have had more (the latest: ");
        add_lsn(out, recovery->known);
        str_add(out, "); whether anything was acknowledged after it nobody can tell");
        break;
    }
}

/* Whoever is silent may have the newer backup. */
static void say_unknown(const Recovery *work)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (work->site->members.member[m].kind == MEMBER_SERVER && !work->store[m].known) {
            say("  the backups of server \"%s\" are not known, and may reach further",
                recover_name(work, m));
        }
    }
}

void recover_say_recovery(const Recovery *work)
{
    if (work->plan.verdict != OUTAGE_REFUSE || !recover_is_for_want(work->plan.reason)) {
        return;
    }
    const OutageRecovery recovery = outage_recovery(&work->facts, &work->plan, work->store);
    char text[1536];
    StrBuf out = str_begin(text, sizeof(text));
    if (recovery.at == MEMBER_NONE) {
        say("recovery from a backup: none, no complete generation of this database is known");
        say_unknown(work);
        return;
    }
    add_command(work, &recovery, &out);
    say("recovery from a backup, on server \"%s\" (%s): %s", recover_name(work, recovery.at),
        work->site->network.members[recovery.at].addresses[0].host, text);
    out = str_begin(text, sizeof(text));
    add_end(work, &recovery, &out);
    say("  %s", text);
    say("  before it mc_ctl stop, after it mc_ctl start -f there, which says what is missing; then "
        "mc_ctl recover");
    say_unknown(work);
    if (recovery.forced_reaches) {
        say("  mc_ctl recover --force on server \"%s\" loses no more than that, and is quicker",
            recover_name(work, work->plan.forced));
    }
}
