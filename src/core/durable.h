/* durable.h - what a member remembers over its own death: one value, one file.
 *
 * The voter's promises and the few facts of a server that must bind it over restarts. The shell
 * writes it whole (E2: temporary file, fsync, rename, fsync of the folder, checksum, and the file's
 * own device and inode inside) and hands it back at EVENT_START. */
#ifndef MC_CORE_DURABLE_H
#define MC_CORE_DURABLE_H

#include "core/message.h"

typedef struct BootId {
    uint8_t bytes[16]; /* /proc/sys/kernel/random/boot_id */
} BootId;

typedef struct Durable {
    uint64_t generation; /* grows by one with every write */
    ClusterId cluster;   /* zero before bootstrap */
    MemberTable members; /* of network.conf when the file was made; names the indices below */
    MemberId self;
    VoterMemory memory[MEMBERS_MAX]; /* [self].incarnation 0: blank (E3) */
    Runs runs;                       /* that wrote this, in this incarnation */
    Ballot promised;
    Ballot accepted_ballot;
    Record accepted; /* epoch 0: none */
    Record chosen;   /* the latest known to be chosen; epoch 0: none */
    /* E5: the latest record that was heard of a line that excludes the own one, and that may be served by: nothing is
     * acknowledged here before an operator has chosen. epoch 0: none. */
    Record split;
    Millis
        longest_lease; /* that it was ever asked for: what it may have granted before it was restarted (P5) */
    BootId
        boot; /* of the host when a majority last confirmed this, or handed it over (P1's exception) */
    /* P3: this server answered with the end of its WAL under `bound_epoch`; its receiver stays cut
     * until a later record is known to be chosen. 0: not bound. */
    Epoch bound_epoch;
    Position bound;
    /* P7: this server has handed this epoch back, or over where no lease is needed, in whatever run of its agent: it serves
     * under a later one only. */
    Epoch handed_back;
    /* P5: the highest epoch that the own voter has accepted, whatever has taken its place there since. */
    Epoch reached;
    /* P1: the data directory here in which WAL was found to be lost that an eligible standby has; 0: none. */
    DirId behind;
    /* F2: whom this voter has begun to isolate under the chosen record, and of these, whom it has. */
    MemberSet fencing;
    MemberSet fenced;
    /* The operator's word, kept over restarts of the agent by its monitor. */
    bool instance_wanted; /* mc_ctl start without --mc-only */
    /* P4: a record was accepted under which this server's primary instance must not run on. */
    bool failover_asked;
    bool failover_wanted;
} Durable;

#endif
