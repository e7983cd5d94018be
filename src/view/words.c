/*
 * The words for the core's enumerations, one switch each: the compiler finds a value without a word.
 */
#include "view/words.h"

#include "status_words.h"

static const char *word(WordId id)
{
    return word_catalog[id].word;
}

const char *view_mirroring_word(Mirroring mirroring)
{
    switch (mirroring) {
    case MIRRORING_UNKNOWN:
        return word(WORD_UNKNOWN);
    case MIRRORING_SWITCHABLE:
        return word(WORD_SWITCHABLE);
    case MIRRORING_SWITCHING:
        return word(WORD_SWITCHING);
    case MIRRORING_SWITCHED:
        return word(WORD_SWITCHED);
    case MIRRORING_NOT_SWITCHABLE:
        return word(WORD_NOT_SWITCHABLE);
    case MIRRORING_SWITCH_FAILED:
        return word(WORD_SWITCH_FAILED);
    case MIRRORING_DETACH_FAILED:
        return word(WORD_DETACH_FAILED);
    case MIRRORING_FAILOVER_DISABLED:
        return word(WORD_FAILOVER_DISABLED);
    }
    return word(WORD_UNKNOWN);
}

const char *view_role_word(HostRole role)
{
    switch (role) {
    case HOST_ROLE_UNKNOWN:
        return word(WORD_UNKNOWN);
    case HOST_ROLE_PRIMARY:
        return word(WORD_PRIMARY);
    case HOST_ROLE_STANDBY:
        return word(WORD_STANDBY);
    case HOST_ROLE_INACTIVATED_PRIMARY:
        return word(WORD_INACTIVATED_PRIMARY);
    case HOST_ROLE_INACTIVATED_STANDBY:
        return word(WORD_INACTIVATED_STANDBY);
    case HOST_ROLE_ARBITER:
        return word(WORD_ARBITER);
    }
    return word(WORD_UNKNOWN);
}

const char *view_health_word(Health health)
{
    switch (health) {
    case HEALTH_UNKNOWN:
        return word(WORD_UNKNOWN);
    case HEALTH_NORMAL:
        return word(WORD_NORMAL);
    case HEALTH_ABNORMAL:
        return word(WORD_ABNORMAL);
    }
    return word(WORD_UNKNOWN);
}

const char *view_process_word(ProcessHealth health)
{
    switch (health) {
    case PROCESS_UNKNOWN:
        return word(WORD_UNKNOWN);
    case PROCESS_NORMAL:
        return word(WORD_NORMAL);
    case PROCESS_ABNORMAL_POSTMASTER:
        return word(WORD_ABNORMAL_POSTMASTER);
    case PROCESS_ABNORMAL_WAL_SENDER:
        return word(WORD_ABNORMAL_WAL_SENDER);
    case PROCESS_ABNORMAL_WAL_RECEIVER:
        return word(WORD_ABNORMAL_WAL_RECEIVER);
    }
    return word(WORD_UNKNOWN);
}

const char *view_phase_word(InstancePhase phase)
{
    switch (phase) {
    case INSTANCE_UNKNOWN:
        return "unknown";
    case INSTANCE_NONE:
        return "no data directory";
    case INSTANCE_DOWN:
        return "stopped";
    case INSTANCE_STARTING:
        return "starting";
    case INSTANCE_CLOSED:
        return "running, closed to clients";
    case INSTANCE_OPEN:
        return "open to clients";
    case INSTANCE_STANDBY:
        return "standby";
    case INSTANCE_STOPPING:
        return "stopping";
    case INSTANCE_SICK:
        return "running, does not answer";
    }
    return "unknown";
}

const char *view_command_word(const Command *command)
{
    switch (command->kind) {
    case COMMAND_STATUS_REFRESH:
        return "status";
    case COMMAND_START_INSTANCE:
        return "start";
    case COMMAND_STOP:
        return command->all ? "stop -a" : command->only_agent ? "stop --mc-only" : "stop";
    case COMMAND_FAILOVER:
        return command->failover_wanted ? "enable-failover" : "disable-failover";
    case COMMAND_DETACH:
        return command->force        ? "detach --force"
               : command->no_fencing ? "detach --no-fencing"
                                     : "detach";
    case COMMAND_SWITCH:
        return command->dry_run ? (command->force ? "switch --force --dry-run" : "switch --dry-run")
               : command->force ? "switch --force"
                                : "switch";
    case COMMAND_REJOIN:
        return command->force ? "rejoin --force" : "rejoin";
    case COMMAND_MEMBERS:
        return command->dry_run     ? "recover --with or --without, --dry-run"
               : command->with != 0 ? "recover --with"
               : command->force     ? "recover --force --without"
                                    : "recover --without";
    }
    return "unknown";
}
