#!/usr/bin/env python3
"""Holds a file system, or every process of a group, still: until told to let go, and never longer than SECONDS.

  hold.py disk MOUNTPOINT SECONDS       the file system takes no write (FIFREEZE)
  hold.py group FOLDER SECONDS          no process of the control group runs (cgroup.freeze)

A writer to a frozen file system does not even die by SIGKILL, so nothing may be left frozen: this process lets go
when its time is over or its standard input ends, which it does when the storm dies, too.
"""
import fcntl
import os
import select
import signal
import sys

FIFREEZE, FITHAW = 0xC0045877, 0xC0045878


def disk(mountpoint, order):
    fd = os.open(mountpoint, os.O_RDONLY)
    try:
        fcntl.ioctl(fd, order, 0)
    finally:
        os.close(fd)


def group(folder, word):
    with open(os.path.join(folder, "cgroup.freeze"), "w") as f:
        f.write(word)


def main():
    kind, place, seconds = sys.argv[1:]
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    change, still, free = {"disk": (disk, FIFREEZE, FITHAW), "group": (group, "1", "0")}[kind]
    change(place, still)
    try:
        os.write(1, b"held\n")
        select.select([0], [], [], float(seconds))
    finally:
        change(place, free)


if __name__ == "__main__":
    main()
