#!/usr/bin/python3
"""Runs a command with the processor time that others leave:  background.py COMMAND ...

The kernel divides between sessions first (sched_autogroup), and by niceness only within one: the command gets a session
of its own, and both are set to the lowest. What it starts in further sessions is nice, but counts as much as anybody.
"""
import os
import sys

if __name__ == "__main__":
    try:
        os.setsid()
    except PermissionError:
        pass                    # whoever started it has seen to that
    os.nice(19)
    try:
        with open("/proc/self/autogroup", "w") as file:
            file.write("19")
    except OSError:
        pass                    # a kernel without: niceness is all there is
    os.execvp(sys.argv[1], sys.argv[1:])
