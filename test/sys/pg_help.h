/* pg_help.h - real PostgreSQL servers for tests: made, run through a PgInstance, removed. */
#ifndef MC_TEST_PG_HELP_H
#define MC_TEST_PG_HELP_H

#include "sys/pg_instance.h"

#include <libpq-fe.h>

/* One server as its agent would hold it. */
typedef struct Server {
    char base[128];
    PgSetup setup;
    PgInstance *instance;
    PostgresPort port;
    Done done; /* the latest */
    int dones;
    InstanceView view;
    int views;
    int gone;
    int names_changed; /* by somebody else */
    int rules_changed; /* and in force */
    int notes;
    MessageId note; /* the latest */
    Millis gone_at;
    uint64_t sequence;
} Server;

/* As root: becomes user postgres, as which PostgreSQL runs. */
void help_become_postgres(void);
Loop *help_loop(void);

/* A program of the PostgreSQL under test: version 15, or that of the folder MC_TEST_PG_BIN. */
const char *help_bin(const char *program);

/* Runs a program to its end; true when its status is 0. The first NULL ends the arguments. */
bool help_run(const char *program, ...);

/* As above; what it printed, cut to the last size - 1 bytes. Its status does not count. */
void help_output(char *ret, size_t size, const char *const *argv);

/* A fresh cluster with the include line, `clone` of another (pg_basebackup), or nothing yet. */
/* The first of two ports of this process's own, below those that the kernel gives away: another build may be tested just now. */
uint16_t help_port(void);
void help_server_make(Server *server, const char *name, MemberId self, uint16_t port);
void help_server_clone(Server *server, const char *name, MemberId self, uint16_t port,
                       const Server *of);
void help_server_attach(Server *server); /* makes the PgInstance */
void help_server_detach(Server *server);
void help_server_remove(Server *server);                /* kills and deletes */
void help_signal_all(const Server *server, int number); /* every process of its directory */

/* Runs the loop until the order's result is there; its milliseconds. */
Millis help_wait(Server *server);
/* Runs the loop until the condition holds; false after `limit`. */
bool help_until(bool (*holds)(void *), void *arg, Millis limit);
void help_spin(Millis duration);

Millis help_start(Server *server, const StartOrder *order);
Millis help_stop(Server *server, StopMode mode, Millis limit);
Millis help_gate(Server *server, Gate gate);
Millis help_names(Server *server, const Names *names, bool from_some);
Millis help_follow(Server *server, const Upstream *upstream);
Millis help_promote(Server *server);

/* A client; `conninfo` is completed with port, user and database. */
PGconn *help_client(const Server *server, bool tcp, const char *database);
bool help_sql(PGconn *client, const char *sql);
void help_text(PGconn *client, const char *sql, char *ret, size_t size);

#endif
