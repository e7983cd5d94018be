#!/usr/bin/env python3
"""The first process of a test host: gives it a private /dev, /dev/log and boot id, then reaps.

  hostinit.py LOGFILE RUNDIR BOOTID

Runs inside fresh mount, PID, IPC and network namespaces (mcharness.py). Everything else of the
host is its child or its namespace's: when it is killed, the kernel ends them all, like a power cut.
A tmpfs is mounted over /dev because a /dev/log made in the real one would be the machine's. Lines
that arrive there are appended to LOGFILE, each after its time (CLOCK_MONOTONIC).
"""
import os
import selectors
import signal
import socket
import subprocess
import sys
import time

DEVICES = {"null": 3, "zero": 5, "full": 7, "random": 8, "urandom": 9}


def mount(*argv):
    subprocess.run(("mount",) + argv, check=True)


def make_dev():
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", "/dev")
    os.umask(0)
    for name, minor in DEVICES.items():
        os.mknod("/dev/" + name, 0o20666, os.makedev(1, minor))
    os.mkdir("/dev/shm")
    mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", "/dev/shm")
    os.symlink("/proc/self/fd", "/dev/fd")
    log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    log.bind("/dev/log")
    os.umask(0o022)
    return log


def reap():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def main():
    logfile, rundir, bootid = sys.argv[1:]
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run")
    os.mkdir("/run/postgresql")     # the machine's own is there only where systemd makes it
    mount("--bind", rundir, "/run/postgresql")
    mount("--bind", bootid, "/proc/sys/kernel/random/boot_id")
    log = make_dev()
    log.setblocking(False)
    wake, woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    events = selectors.DefaultSelector()
    events.register(log, selectors.EVENT_READ)
    events.register(wake, selectors.EVENT_READ)
    out = open(logfile, "a", buffering=1)
    print("ready", flush=True)
    while True:
        for key, _ in events.select():
            if key.fd == wake:
                os.read(wake, 4096)
                reap()
                continue
            line = log.recv(65536).decode(errors="replace").rstrip("\n\0")
            out.write("%.6f %s\n" % (time.monotonic(), line.replace("\n", "\\n")))


if __name__ == "__main__":
    main()
