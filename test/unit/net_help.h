/* net_help.h - members on loopback for tests of the network: ports, keys, a log that can be read. */
#ifndef MC_TEST_NET_HELP_H
#define MC_TEST_NET_HELP_H

#include "sys/net.h"

enum { NET_LOG_LINES = 64, NET_LOG_LINE = 256 };

typedef struct NetLog {
    size_t count;
    char line[NET_LOG_LINES][NET_LOG_LINE]; /* "LOG: text (MCAnnnnn)" */
} NetLog;

/* Servers "a", "b", ... and arbiter "w" behind them, each at free ports of 127.0.0.1. */
NetConfig net_help_config(uint8_t servers, uint8_t addresses);
NetConfig net_help_for(const NetConfig *config, MemberId self);
uint16_t net_help_free_port(void);
Keys net_help_keys(const char *secret);
Keys net_help_arbiter_keys(const NetConfig *config, MemberId arbiter);
LogPort net_help_log(NetLog *log);
size_t net_help_count(const NetLog *log, const char *part);
int net_help_open_descriptors(void);

#endif
