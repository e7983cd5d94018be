#!/usr/bin/python3
"""Two database servers and an arbiter on this host, a writer, and a primary that is killed.

    demo.py start [--build DIR] [--dir DIR]   make the cluster, kill its primary, count, leave it running
    demo.py stop  [--dir DIR]                 end it and remove it

Everything lives in one directory (/tmp/mc-demo) and listens on loopback only. PostgreSQL refuses to run
as root, so as root the cluster belongs to the user "postgres".
"""

import argparse
import glob
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import psycopg2

DATABASE = "postgres"
BEFORE = 500          # acknowledged commits before the kill
AFTER = 500           # and after it
PROGRAMS = ("mc_ctl", "mc_arb", "mc_agent", "mc_arbiter", "pgx_dmpall", "pgx_rcvall", "pgx_verify", "pgx_filesend",
            "pgx_walcopy", "pgx_walreceive")
SERVERS = ("server1", "server2")


class Failed(Exception):
    """The demo cannot go on; the text says why."""


def say(text=""):
    print(text, flush=True)


class Cluster:
    """Where everything is, and how to run a command there."""

    def __init__(self, directory):
        self.dir = directory
        self.bin = os.path.join(directory, "bin")
        self.plan = os.path.join(directory, "demo.json")
        self.ports = {}
        root = os.getuid() == 0
        self.user = "postgres" if root else pwd.getpwuid(os.getuid()).pw_name
        self.run_as = {"user": "postgres", "group": "postgres", "extra_groups": []} if root else {}
        self.env = {
            "PATH": f"{self.bin}:{postgres_bin()}:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": directory,
            "USER": self.user,
        }

    def mcdir(self, name):
        return os.path.join(self.dir, name, "mc")

    def data(self, name):
        return os.path.join(self.dir, name, "data")

    def run(self, *command, check=True, quiet=True, timeout=120):
        """Runs one command as the owner of the cluster; its output is returned, and shown unless quiet."""
        done = subprocess.run(command, env=self.env, cwd=self.dir, text=True, timeout=timeout,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False, **self.run_as)
        if not quiet and done.stdout:
            say(done.stdout.rstrip("\n"))
        if check and done.returncode != 0:
            raise Failed(f"exit status {done.returncode} of: {' '.join(command)}\n{done.stdout}")
        return done

    def ctl(self, mode, name, *options, **more):
        return self.run(os.path.join(self.bin, "mc_ctl"), mode, "-M", self.mcdir(name),
                        "--local-server", name, *options, **more)

    def arb(self, mode, *options, **more):
        return self.run(os.path.join(self.bin, "mc_arb"), mode, "-M", self.mcdir("arbiter"),
                        *options, **more)

    def status(self, name):
        """The state word and {server: host_role} as `name` sees them."""
        lines = self.ctl("status", name, check=False).stdout.splitlines()
        word = lines[3] if len(lines) > 3 else "unknown"
        roles = {line.split()[0]: line.split()[1] for line in lines[6:]
                 if line.split() and line.split()[0] in SERVERS}
        return word, roles

    def postmaster(self, name):
        with open(os.path.join(self.data(name), "postmaster.pid"), encoding="ascii") as file:
            return int(file.readline())


def postgres_bin():
    for path in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True):
        if os.path.exists(os.path.join(path, "initdb")):
            return path
    raise Failed("no initdb below /usr/lib/postgresql: install postgresql-15")


def free_ports(count):
    """Ports that nobody listens on now, below the range that the kernel hands out by itself."""
    found = []
    for port in range(27540, 32000):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise Failed("no free port between 27540 and 32000")


class Writer(threading.Thread):
    """One client that inserts 1, 2, 3, ... and remembers which commits were acknowledged, and when."""

    def __init__(self, cluster):
        super().__init__(daemon=True)
        self.cluster = cluster
        self.acknowledged = []      # (instant, id)
        self.stopping = threading.Event()

    def connect(self):
        while not self.stopping.is_set():
            for name in SERVERS:
                try:
                    connection = psycopg2.connect(
                        host="127.0.0.1", port=self.cluster.ports[name], dbname=DATABASE,
                        user=self.cluster.user, connect_timeout=2,
                        target_session_attrs="read-write")
                    connection.autocommit = True
                    return connection
                except psycopg2.Error:
                    pass
            time.sleep(0.005)
        return None

    def run(self):
        number = 0
        connection = self.connect()
        while connection and not self.stopping.is_set():
            number += 1
            try:
                with connection.cursor() as cursor:
                    cursor.execute("INSERT INTO demo VALUES (%s)", (number,))
                # A commit that was cancelled while it waited for the standby is a success with a warning.
                if not connection.notices:
                    self.acknowledged.append((time.monotonic(), number))
                connection.notices.clear()
                time.sleep(0.002)
            except psycopg2.Error:
                connection.close()
                connection = self.connect()
        if connection:
            connection.close()

    def wait_for(self, count, limit, what):
        end = time.monotonic() + limit
        while len(self.acknowledged) < count:
            if time.monotonic() > end:
                raise Failed(f"only {len(self.acknowledged)} of {count} commits acknowledged "
                             f"{what} within {limit} s")
            time.sleep(0.02)


def copy_programs(cluster, build):
    """The cluster keeps its own copies: the build folder may be private, or be built anew meanwhile."""
    os.makedirs(cluster.bin)
    for program in PROGRAMS:
        source = os.path.join(build, "src", "main", program)
        if not os.path.exists(source):
            raise Failed(f"{source} is not there: run make first")
        shutil.copy(source, cluster.bin)
        os.chmod(os.path.join(cluster.bin, program), 0o755)


def make_data(cluster, name):
    cluster.run(os.path.join(postgres_bin(), "initdb"), "-D", cluster.data(name), "-A", "trust",
                "-U", cluster.user, "--no-sync", "-E", "UTF8", "--locale", "C.UTF-8")
    configure_data(cluster, name)


def configure_data(cluster, name):
    # What the second of two equal lines says holds, so the copy takes its own port.
    with open(os.path.join(cluster.data(name), "postgresql.conf"), "a", encoding="ascii") as file:
        file.write(f"\nlisten_addresses = '127.0.0.1'\nport = {cluster.ports[name]}\n"
                   f"unix_socket_directories = '{cluster.dir}/{name}'\nshared_buffers = 32MB\n"
                   "max_connections = 40\nlogging_collector = on\n")


def init_server(cluster, name):
    servers = []
    for server in SERVERS:
        servers += ["--server", f"{server}=127.0.0.1:{cluster.ports['mc_' + server]}"]
    key = [] if name == SERVERS[0] else ["--key", f"{cluster.mcdir(SERVERS[0])}/cluster.key"]
    return cluster.run(os.path.join(cluster.bin, "mc_ctl"), "init", "-M", cluster.mcdir(name),
                       "--id", name, "-D", cluster.data(name), *servers,
                       "--arbiter", f"arbiter=127.0.0.1:{cluster.ports['mc_arbiter']}", *key)


def set_log_file(cluster, name, settings):
    """Messages go to the system log; here there may be none, so they go to a file as well."""
    path = os.path.join(cluster.mcdir(name), settings)
    with open(path, encoding="ascii") as file:
        text = file.read()
    with open(path, "w", encoding="ascii") as file:
        file.write(text.replace("#log_file = ''", f"log_file = '{name}.log'"))


def make_cluster(cluster):
    say("1. a database (initdb), and three management directories (mc_ctl init, mc_arb init)")
    make_data(cluster, "server1")
    for name in SERVERS:
        init_server(cluster, name)
        set_log_file(cluster, name, f"{name}.conf")
    cluster.arb("init", "--id", "arbiter", "--from",
                os.path.join(cluster.mcdir("server1"), "arbiter.init"))
    set_log_file(cluster, "arbiter", "arbitration.conf")
    say("2. all three vote, and server1 becomes the primary (mc_arb start, mc_ctl start)")
    cluster.arb("start", quiet=False)
    cluster.ctl("start", "server2", "--mc-only", quiet=False)
    cluster.ctl("start", "server1", "-f", quiet=False)


def make_standby(cluster):
    say("3. a copy of server1 (pg_basebackup) becomes the standby")
    cluster.run(os.path.join(postgres_bin(), "pg_basebackup"), "-h", "127.0.0.1",
                "-p", str(cluster.ports["server1"]), "-U", cluster.user,
                "-D", cluster.data("server2"), "-c", "fast", "--no-sync")
    configure_data(cluster, "server2")
    cluster.ctl("start", "server2", quiet=False)


def wait_for_word(cluster, name, word, limit):
    """The last status seen; scripts of operators wait for the state word in the same way."""
    end = time.monotonic() + limit
    while True:
        seen, roles = cluster.status(name)
        if seen == word or time.monotonic() > end:
            return seen, roles
        time.sleep(0.1)


def outage(acknowledged, killed):
    """The longest time without an acknowledgement, from the last one before the kill on."""
    times = [at for at, _ in acknowledged]
    first = max(i for i, at in enumerate(times) if at <= killed)
    return max(b - a for a, b in zip(times[first:], times[first + 1:]))


def stored_ids(cluster, name):
    connection = psycopg2.connect(host="127.0.0.1", port=cluster.ports[name], dbname=DATABASE,
                                  user=cluster.user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM demo")
        ids = {row[0] for row in cursor.fetchall()}
    connection.close()
    return ids


def create_table(cluster, name):
    connection = psycopg2.connect(host="127.0.0.1", port=cluster.ports[name], dbname=DATABASE,
                                  user=cluster.user)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE demo (id bigint PRIMARY KEY, at timestamptz DEFAULT now())")
    connection.close()


def show_return(cluster, old, new):
    say(f"7. {old}, the former primary")
    end = time.monotonic() + 60
    while True:
        word, _ = cluster.status(new)
        gave_up = "an operator" in cluster.ctl("status", old, check=False).stdout
        if word == "switchable" or gave_up or time.monotonic() > end:
            break
        time.sleep(0.1)
    if word == "switchable":
        say(f"   came back by itself and is a standby again; status at {new}:")
        cluster.ctl("status", new, quiet=False, check=False)
        return
    say(f"   is not a standby again; what {old} says of itself:")
    cluster.ctl("status", old, quiet=False, check=False)


def kill_primary(cluster, writer):
    _, roles = cluster.status("server1")
    old = next((name for name, role in roles.items() if role == "primary"), None)
    if old is None:
        raise Failed("no server says that it is primary")
    new = next(name for name in SERVERS if name != old)
    pid = cluster.postmaster(old)
    say(f"5. kill -9 of the primary's postmaster: {old}, process {pid}")
    killed = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    writer.wait_for(len(writer.acknowledged) + AFTER, 60, "after the kill")
    return old, new, killed


def play(cluster):
    make_cluster(cluster)
    make_standby(cluster)
    word, _ = wait_for_word(cluster, "server1", "switchable", 60)
    say("4. before: a writer runs, and this is mc_ctl status")
    cluster.ctl("status", "server1", quiet=False, check=False)
    if word != "switchable":
        raise Failed(f"the cluster is \"{word}\", not switchable, after 60 s")
    create_table(cluster, "server1")
    writer = Writer(cluster)
    writer.start()
    writer.wait_for(BEFORE, 60, "before the kill")
    old, new, killed = kill_primary(cluster, writer)
    say("6. after: the writer goes on, and this is mc_ctl status")
    cluster.ctl("status", new, quiet=False, check=False)
    show_return(cluster, old, new)
    writer.stopping.set()
    writer.join(10)
    lost = {number for _, number in writer.acknowledged} - stored_ids(cluster, new)
    say()
    say(f"outage_s={outage(writer.acknowledged, killed):.3f} "
        f"acknowledged={len(writer.acknowledged)} lost={len(lost)}")
    return len(lost)


def instructions(cluster):
    one, two = cluster.mcdir("server1"), cluster.mcdir("server2")
    prefix = "runuser -u postgres -- " if os.getuid() == 0 else ""
    say(f"""
The cluster is left running. To play with it:
  {prefix}{cluster.bin}/mc_ctl status -M {one} --local-server server1
  {prefix}{cluster.bin}/mc_ctl status -M {two} --local-server server2 --arbiter
  {prefix}{cluster.bin}/mc_arb status -M {cluster.mcdir('arbiter')}
  psql -h 127.0.0.1 -p {cluster.ports['server1']} -U {cluster.user} {DATABASE}     (server1)
  psql -h 127.0.0.1 -p {cluster.ports['server2']} -U {cluster.user} {DATABASE}     (server2)
  kill -9 $(head -1 {cluster.data('server2')}/postmaster.pid)     (once more, the other way)
To end it and remove {cluster.dir}:
  make demo-stop""")


def processes_of(cluster):
    """Every process that works below the demo's directory or runs a program copied there."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or int(entry) == os.getpid():
            continue
        for link in ("cwd", "exe"):
            try:
                target = os.readlink(f"/proc/{entry}/{link}")
            except OSError:
                continue
            if target.startswith(cluster.dir + "/"):
                found.append(int(entry))
                break
    return found


def end_processes(cluster):
    for name in SERVERS:
        if os.path.exists(os.path.join(cluster.mcdir(name), "network.conf")):
            cluster.ctl("stop", name, "-e", check=False, timeout=30)
    if os.path.exists(os.path.join(cluster.mcdir("arbiter"), "network.conf")):
        cluster.arb("stop", "-e", check=False, timeout=30)
    for _ in range(50):
        left = processes_of(cluster)
        if not left:
            return
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.1)
    raise Failed(f"these processes do not end: {left}")


def stop(cluster):
    if not os.path.isdir(cluster.dir):
        say(f"nothing to stop: {cluster.dir} is not there")
        return 0
    if not os.path.exists(cluster.plan):
        raise Failed(f"{cluster.dir} was not made by this demo; it is left alone")
    end_processes(cluster)
    shutil.rmtree(cluster.dir)
    say(f"stopped, and {cluster.dir} removed")
    return 0


def start(cluster, build):
    if os.path.isdir(cluster.dir):
        stop(cluster)
    os.makedirs(cluster.dir, mode=0o755)
    ports = free_ports(5)
    cluster.ports = dict(zip(("mc_server1", "mc_server2", "mc_arbiter", *SERVERS), ports))
    with open(cluster.plan, "w", encoding="ascii") as file:
        json.dump(cluster.ports, file)
    copy_programs(cluster, build)
    if os.getuid() == 0:
        owner = pwd.getpwnam(cluster.user)
        os.chown(cluster.dir, owner.pw_uid, owner.pw_gid)
    for name in (*SERVERS, "arbiter"):
        cluster.run("/bin/mkdir", "-p", os.path.join(cluster.dir, name))
    lost = play(cluster)
    instructions(cluster)
    return 0 if lost == 0 else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("start", "stop"))
    parser.add_argument("--build", default="build", help="the build folder (default: build)")
    parser.add_argument("--dir", default="/tmp/mc-demo", help="where the cluster lives")
    arguments = parser.parse_args()
    os.umask(0o022)     # what root makes, "postgres" reads
    try:
        cluster = Cluster(os.path.abspath(arguments.dir))
        if arguments.mode == "stop":
            return stop(cluster)
        return start(cluster, os.path.abspath(arguments.build))
    except Failed as failure:
        say(f"demo: {failure}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
