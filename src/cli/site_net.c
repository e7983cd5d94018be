/*
 * network.conf into what connections are made of.
 */
#include "cli/site_net.h"

bool site_net(const Site *site, NetConfig *ret, Error *error)
{
    NetConfig config = {
        .members = site->members,
        .self = site->self,
        .detection = site_core_settings(site).detection,
    };
    _Static_assert((int)NET_ADDRESSES_MAX >= (int)CONF_ADDRESSES_MAX,
                   "every address has its place");
    for (int m = 0; m < site->network.count; m++) {
        const NetworkMember *member = &site->network.members[m];
        for (int a = 0; a < member->address_count; a++) {
            if (!net_resolve(member->addresses[a].host, member->addresses[a].port,
                             &config.member[m].address[a], error)) {
                return error_wrap(error, "network.conf:%d", member->line);
            }
        }
        config.member[m].address_count = (uint8_t)member->address_count;
    }
    *ret = config;
    return true;
}
