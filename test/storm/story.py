"""A storm told to the simulator: its faults in the words of sim/story_faults.c, as far as these go.

In a fault's words "{}" is who is struck, of several each in turn, "{server2}" the member of that name; a line with
"{each}" is told once for every member that is not struck.
"""
import os
import re
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
AFTER = 20.0        # s of quiet at the end
OPERATOR = "at 0.000 attend 2 -f"       # the simulator's own: where ours copied, theirs may be the primary


def lines_max():
    with open(os.path.join(ROOT, "sim/story.h")) as f:
        return int(re.search(r"STORY_LINES_MAX = (\d+)", f.read()).group(1))


class Story:
    def __init__(self, clock, shape=(2, 1), quorum=0):
        self.clock, self.quorum = clock, quorum
        self.servers, self.arbiters = "abcdefg"[:shape[0]], "wxyz"[:shape[1]]
        self.letters = {"server%d" % (i + 1): letter for i, letter in enumerate(self.servers)}
        self.letters.update({"arbiter%d" % (i + 1): letter for i, letter in enumerate(self.arbiters)})
        self.lines = []                     # (when, words)
        self.lock = threading.Lock()

    def __call__(self, words, *members):
        struck = [self.letters[m.name] for m in members]
        others = [letter for letter in self.letters.values() if letter not in struck]
        with self.lock:
            for each in others if "{each}" in words else [None]:
                self.lines.append((self.clock(), words.format(*struck, each=each, **self.letters)))

    def text(self, primary_at, until):
        """The last faults before `until`, as many as a story holds, after what the primary was then."""
        told = sorted(line for line in self.lines if line[0] <= until)
        said = [i for i, (_, words) in enumerate(told) if not words.startswith("#")]
        room = lines_max() - 1              # beside the operator
        told = told[said[-room]:] if len(said) > room else told
        zero = told[0][0] - 0.5 if told else until
        text = ["servers " + " ".join(self.servers)] + ["arbiters " + " ".join(self.arbiters)] * bool(self.arbiters)
        text += ["eligible %d" % (len(self.servers) - 1)] + ["quorum %d" % self.quorum] * bool(self.quorum)
        text += ["primary %s" % self.letters[primary_at(zero)], "automatic on", "begins switchable", OPERATOR]
        for when, words in told:
            text.append(words if words.startswith("#") else "at %.3f %s" % (when - zero, words))
        text += ["lasts %d" % (until - zero + AFTER), "never lost", "never two acknowledging"]
        return "\n".join(text) + "\n"
