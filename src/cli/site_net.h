/*
 * Where the members of a site are reached, for whoever calls them.
 */
#ifndef CLI_SITE_NET_H
#define CLI_SITE_NET_H

#include "cli/site.h"
#include "sys/net.h"

/* The addresses of network.conf, resolved: that may take as long as the resolver does. */
__attribute__((warn_unused_result)) bool site_net(const Site *site, NetConfig *ret, Error *error);

#endif
