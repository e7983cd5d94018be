#!/usr/bin/env python3
"""Waits until the storm ends, in whatever way, and removes what it made.

  cleaner.py PID

Standard input is a pipe from the storm with process id PID. First everything is thawed, for nothing that is frozen
can be ended; then the hosts' processes, the mounts, the namespaces, the control groups and the files go.
"""
import contextlib
import glob
import os
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "integration"))
import hold              # noqa: E402
import mcharness         # noqa: E402


def mounts(pid):
    with open("/proc/self/mounts") as f:
        return [line.split()[1] for line in f if line.split()[1].startswith("/tmp/mct%d/" % pid)]


def groups(pid):
    return glob.glob("/sys/fs/cgroup/mct%d-*" % pid) + glob.glob("/sys/fs/cgroup/*/mct%d-*" % pid)


def thaw(pid):
    for mountpoint in mounts(pid):
        with contextlib.suppress(OSError):      # most are not frozen
            hold.disk(mountpoint, hold.FITHAW)
    for folder in groups(pid):
        hold.group(folder, "0")


def end_processes(pid):
    for _ in range(50):
        left = [int(word) for line in mcharness.sh("ip", "netns", "list").stdout.splitlines()
                if line.startswith("mct%d-" % pid)
                for word in mcharness.sh("ip", "netns", "pids", line.split()[0], check=False).stdout.split()]
        if not left:
            return
        for each in left:
            mcharness.send(each, signal.SIGKILL)
        time.sleep(0.1)


def unmount(mountpoint):
    for _ in range(30):
        if subprocess.run(["umount", mountpoint], stderr=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.1)
    subprocess.run(["umount", "--lazy", mountpoint])


def clean(pid):
    thaw(pid)
    end_processes(pid)
    for mountpoint in mounts(pid):
        unmount(mountpoint)
    for _ in range(30):         # whoever was just being started may still write
        mcharness.clean_up_after(pid)
        if not os.path.exists("/tmp/mct%d" % pid):
            break
        time.sleep(0.3)
        end_processes(pid)
    for folder in groups(pid):
        os.rmdir(folder)


def main():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while os.read(0, 4096):
        pass
    clean(int(sys.argv[1]))


if __name__ == "__main__":
    main()
