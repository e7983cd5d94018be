/* check_5_comes_back.c - I5: when trouble is over, within a bounded time there is one primary, nobody serves beside it,
 * whoever is there votes, and every healthy standby is eligible. Then nothing changes any more (I6). */
#include "sim/world.h"

#include "base/str.h"
#include "core/record.h"

enum { SLICE = 250000, STEADY = 8 /* slices in a row */ };

bool check_switchable(const SimWorld *world, MemberId *ret_primary)
{
    const Record *latest = check_latest(world);
    *ret_primary = MEMBER_NONE;
    if (latest == NULL || latest->primary >= world->members.count ||
        !instance_serves(world, latest->primary)) {
        return false;
    }
    *ret_primary = latest->primary;
    unsigned others = 0;
    unsigned eligible = 0;
    for (MemberId m = 0; m < world->members.count; m++) {
        if (world->members.member[m].kind != MEMBER_SERVER || m == latest->primary ||
            !world->process[m].alive || !instance_running(&world->instance[m])) {
            continue;
        }
        others++;
        eligible += record_is_eligible(latest, m, world->instance[m].dir.id);
    }
    const unsigned most = world->settings.eligible_max;
    return others > 0 && eligible >= (others < most ? others : most);
}

static bool is_eligible(const SimWorld *world, const Record *latest, MemberId m)
{
    return record_is_eligible(latest, m, world->instance[m].dir.id);
}

/* One serves: whom the latest record names, of the only line that there is. */
static bool has_one_primary(const SimWorld *world, const Record *latest, char *ret_why, size_t size)
{
    if (latest == NULL || latest->primary >= SERVERS_MAX ||
        !instance_serves(world, latest->primary)) {
        return str_format(ret_why, size, "nobody serves") && false;
    }
    for (MemberId m = 0; m < world->members.count; m++) {
        if (world->members.member[m].kind == MEMBER_SERVER && m != latest->primary &&
            instance_serves(world, m)) {
            return str_format(ret_why, size, "%s serves beside %s", world_name(world, m),
                              world_name(world, latest->primary)) &&
                   false;
        }
    }
    return !check_is_parted(world) ||
           (str_format(ret_why, size, "two lines exclude each other") && false);
}

/* Whether the demand is met; if not, what is missing. */
static bool is_settled(const SimWorld *world, char *ret_why, size_t size)
{
    const Record *latest = check_latest(world);
    if (!has_one_primary(world, latest, ret_why, size)) {
        return false;
    }
    unsigned others = 0;
    unsigned eligible = 0;
    for (MemberId m = 0; m < world->members.count; m++) {
        if (member_in(world->operator.given_up, m)) {
            continue;
        }
        if (!world->process[m].alive || world->disk[m].forgot.incarnation != 0) {
            return str_format(ret_why, size, "%s is not there", world_name(world, m)) && false;
        }
        if (!member_in(record_voters(latest), m)) {
            return str_format(ret_why, size, "%s does not vote", world_name(world, m)) && false;
        }
        if (world->members.member[m].kind == MEMBER_SERVER && m != latest->primary) {
            others++;
            eligible +=
                world->instance[m].phase == INSTANCE_STANDBY && is_eligible(world, latest, m);
        }
    }
    const unsigned most = world->settings.eligible_max;
    const unsigned demanded = others < most ? others : most;
    if (!latest->automatic || eligible < demanded) {
        return str_format(ret_why, size, "%u of %u are eligible", eligible, demanded) && false;
    }
    const uint8_t quorum = record_quorum(world->settings.quorum, latest->eligible_count);
    return latest->quorum == quorum ||
           (str_format(ret_why, size, "%u instead of %u acknowledge", latest->quorum, quorum) &&
            false);
}

bool world_settle(SimWorld *world, Micros bound)
{
    const Micros limit = world->now + bound;
    char why[SIM_TEXT] = "";
    int steady = 0;
    while (world->now < limit && world->checks.violations == 0) {
        world_run(world, world->now + SLICE);
        steady = is_settled(world, why, sizeof why) ? steady + 1 : 0;
        if (steady == STEADY) {
            check_stays(world);
            return world->checks.violations == 0;
        }
    }
    if (world->checks.violations == 0) {
        check_violation(world, "I5", "%s", why);
    }
    return false;
}
