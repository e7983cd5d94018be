/* net_help.c - see net_help.h. */
#include "net_help.h"

#include "base/assert.h"
#include "base/str.h"
#include "messages.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char our_secret[] = "a secret of at least thirty-two bytes";

uint16_t net_help_free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(at);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert(fd >= 0);
    int result = bind(fd, (const struct sockaddr *)&at, size);
    assert(result == 0);
    result = getsockname(fd, (struct sockaddr *)&at, &size);
    assert(result == 0);
    close(fd);
    return ntohs(at.sin_port);
}

NetConfig net_help_config(uint8_t servers, uint8_t addresses)
{
    NetConfig config = {.detection = 2000};

    config.members.count = (uint8_t)(servers + 1);
    for (uint8_t i = 0; i <= servers; i++) {
        Member *member = &config.members.member[i];
        member->kind = i < servers ? MEMBER_SERVER : MEMBER_ARBITER;
        member->name[0] = i < servers ? (char)('a' + i) : 'w';
        config.member[i].address_count = addresses;
        for (uint8_t n = 0; n < addresses; n++) {
            const bool fits =
                str_format(config.member[i].address[n].host, NET_HOST_SIZE, "127.0.0.%d", n + 1);
            assert(fits);
            config.member[i].address[n].port = net_help_free_port();
        }
    }
    return config;
}

NetConfig net_help_for(const NetConfig *config, MemberId self)
{
    NetConfig own = *config;

    own.self = self;
    return own;
}

Keys net_help_keys(const char *secret)
{
    Keys keys;
    Error error;
    const char *text = secret == NULL ? our_secret : secret;
    const bool parsed = keys_parse((const uint8_t *)text, strlen(text), &keys, &error);

    assert(parsed);
    return keys;
}

Keys net_help_arbiter_keys(const NetConfig *config, MemberId arbiter)
{
    const Keys keys = net_help_keys(NULL);
    char text[KEY_FILE_MAX];
    Keys own;
    Error error;

    const size_t size = keys_for_arbiter(&keys, &config->members, arbiter, text, sizeof(text));
    const bool parsed = keys_parse((const uint8_t *)text, size, &own, &error);
    assert(parsed);
    return own;
}

static void log_write(void *self, const LogEntry *entry)
{
    NetLog *log = self;
    char line[MESSAGE_TEXT_SIZE];

    assert(log->count < NET_LOG_LINES);
    message_format_line(entry, line, sizeof(line));
    (void)str_copy(log->line[log->count++], NET_LOG_LINE, line);
}

LogPort net_help_log(NetLog *log)
{
    return (LogPort){.self = log, .write = log_write};
}

size_t net_help_count(const NetLog *log, const char *part)
{
    size_t count = 0;

    for (size_t i = 0; i < log->count; i++) {
        count += strstr(log->line[i], part) != NULL;
    }
    return count;
}

int net_help_open_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;

    assert(folder != NULL);
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}
