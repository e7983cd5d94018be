/* witness.c - two births and a checksum in a file of /dev/shm, overwritten in one piece. */
#include "sys/witness.h"

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/pg_crc.h"
#include "base/str.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BIRTH_SIZE = 32, SIZE = 2 * BIRTH_SIZE + 4 };

static void put(ByteWriter *out, const Birth *birth)
{
    byte_write_u64(out, birth->device);
    byte_write_u64(out, birth->inode);
    byte_write_u64(out, birth->seconds);
    byte_write_u64(out, birth->nanoseconds);
}

static Birth get(ByteReader *in)
{
    Birth birth = {.device = byte_read_u64(in)};
    birth.inode = byte_read_u64(in);
    birth.seconds = byte_read_u64(in);
    birth.nanoseconds = byte_read_u64(in);
    return birth;
}

static uint32_t checksum(const uint8_t *bytes)
{
    return pg_crc_end(pg_crc_add(PG_CRC_BEGIN, bytes, 2 * BIRTH_SIZE));
}

/* Named after the path, as the links on it lead: each management directory has its own. */
bool witness_path(const char *state_path, char ret[static WITNESS_PATH_SIZE])
{
    char folder[1024];
    const char *slash = strrchr(state_path, '/');
    const size_t length = slash == NULL ? 0 : (size_t)(slash - state_path) + 1;
    if (length == 0 || !str_copy_bytes(folder, sizeof(folder), state_path, length)) {
        return false;
    }
    _cleanup_free_ char *real = realpath(folder, NULL);
    if (real == NULL) {
        return false;
    }
    const char *name = slash + 1;
    uint32_t crc = pg_crc_add(PG_CRC_BEGIN, (const uint8_t *)name, strlen(name));
    uint64_t hash =
        UINT64_C(0xcbf29ce484222325); /* FNV-1a, beside the checksum: 96 bits tell paths apart */
    for (const char *at = real; *at != '\0'; at++) {
        hash = (hash ^ (uint8_t)*at) * UINT64_C(0x100000001b3);
    }
    crc = pg_crc_end(pg_crc_add(crc, (const uint8_t *)real, strlen(real)));
    return str_format(ret, WITNESS_PATH_SIZE, "/dev/shm/mc-state-%016llx%08x",
                      (unsigned long long)hash, crc);
}

void witness_note(const char *path, const Birth *present, const Birth *next)
{
    uint8_t bytes[SIZE] = {0};
    ByteWriter out = byte_writer(bytes, sizeof(bytes));
    put(&out, present);
    put(&out, next != NULL ? next : present);
    byte_write_u32(&out, checksum(bytes));
    const int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    const bool written = fd >= 0 && pwrite(fd, bytes, sizeof(bytes), 0) == (ssize_t)sizeof(bytes);
    if (fd >= 0) {
        (void)close(fd); /* memory: nothing to lose */
    }
    if (!written) {
        (void)unlink(
            path); /* what it says would be wrong from now on; a stranger's stays and counts for nothing */
    }
}

static bool is_same(const Birth *a, const Birth *b)
{
    return a->device == b->device && a->inode == b->inode && a->seconds == b->seconds &&
           a->nanoseconds == b->nanoseconds;
}

bool witness_agrees(const char *path, uint32_t owner, const Birth *found)
{
    uint8_t bytes[SIZE];
    struct stat of;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        return true;
    }
    const bool ours = fstat(fd, &of) == 0 && S_ISREG(of.st_mode) && of.st_uid == owner &&
                      pread(fd, bytes, sizeof(bytes), 0) == (ssize_t)sizeof(bytes);
    (void)close(fd); /* only read from */
    if (!ours) {
        return true;
    }
    ByteReader in = byte_reader(bytes, sizeof(bytes));
    const Birth present = get(&in);
    const Birth next = get(&in);
    return byte_read_u32(&in) != checksum(bytes) || is_same(found, &present) ||
           is_same(found, &next);
}
