/*
 * The words for the core's enumerations, one switch each: the compiler finds a value without a word.
 */
#include "view/words.h"

const char *view_mirroring_word(Mirroring mirroring)
{
    switch (mirroring) {
    case MIRRORING_UNKNOWN:
        return "unknown";
    case MIRRORING_SWITCHABLE:
        return "switchable";
    case MIRRORING_SWITCHING:
        return "switching";
    case MIRRORING_SWITCHED:
        return "switched";
    case MIRRORING_NOT_SWITCHABLE:
        return "not-switchable";
    case MIRRORING_SWITCH_FAILED:
        return "switch-failed";
    case MIRRORING_DETACH_FAILED:
        return "detach-failed";
    case MIRRORING_FAILOVER_DISABLED:
        return "failover-disabled";
    }
    return "unknown";
}

const char *view_role_word(HostRole role)
{
    switch (role) {
    case HOST_ROLE_UNKNOWN:
        return "unknown";
    case HOST_ROLE_PRIMARY:
        return "primary";
    case HOST_ROLE_STANDBY:
        return "standby";
    case HOST_ROLE_INACTIVATED_PRIMARY:
        return "none(inactivated primary)";
    case HOST_ROLE_INACTIVATED_STANDBY:
        return "none(inactivated standby)";
    case HOST_ROLE_ARBITER:
        return "arbiter";
    }
    return "unknown";
}

const char *view_health_word(Health health)
{
    switch (health) {
    case HEALTH_UNKNOWN:
        return "unknown";
    case HEALTH_NORMAL:
        return "normal";
    case HEALTH_ABNORMAL:
        return "abnormal";
    }
    return "unknown";
}

const char *view_process_word(ProcessHealth health)
{
    switch (health) {
    case PROCESS_UNKNOWN:
        return "unknown";
    case PROCESS_NORMAL:
        return "normal";
    case PROCESS_ABNORMAL_POSTMASTER:
        return "abnormal(postmaster)";
    case PROCESS_ABNORMAL_WAL_SENDER:
        return "abnormal(wal_sender)";
    case PROCESS_ABNORMAL_WAL_RECEIVER:
        return "abnormal(wal_receiver)";
    }
    return "unknown";
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
