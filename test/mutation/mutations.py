"""Takes one rule out at a time, and sees that the checkers notice.

    mutations.py BUILD [NAME ...]                        proves every mutation of mutations.toml, as TAP
    mutations.py BUILD find [--from N] [--seeds M] NAME ...    looks for a seed, shortens it, and keeps both
    mutations.py BUILD table                             writes the table of README.md

BUILD is a finished build directory. Only the files that mention MC_MUTATE_<NAME> are compiled again, and linked with
the libraries that lie there. A mutation counts as caught when the run of its seed, and its shortened story, end with a
violation of I1 to I4, and both hold under the true rules: else a checker that fires wrongly would count as one that
sees. What the simulator cannot reach says in mutations.toml why, and who sees it instead.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEEDS = HERE / "seeds.txt"
README = HERE / "README.md"
FEW = 750  # seeds before plots alone are tried
CHUNK = 250  # seeds of one process: what an assertion ends is not the whole search
CASES = 4  # of a mutation that the simulator sees: by seed and by story, and that both hold under the true rules
ARCHIVES = ("sim/libmc_sim.a", "src/agent/libmc_agent.a", "src/core/libmc_core.a", "src/wire/libmc_wire.a",
            "defs/libmc_defs.a", "src/base/libmc_base.a")
SAFETY = re.compile(r"(I[1-4]): (.*)")


def table():
    """The mutations by name, in the order of the file."""
    with open(HERE / "mutations.toml", "rb") as file:
        return {entry["name"]: entry for entry in tomllib.load(file)["mutation"]}


def seeds():
    """What was found: name -> (seed, invariant)."""
    found = {}
    for line in SEEDS.read_text().splitlines() if SEEDS.exists() else []:
        if line and not line.startswith("#"):
            name, seed, invariant = line.split()
            found[name] = (int(seed), invariant)
    return found


def keep_seed(name, seed, invariant):
    found = seeds() | {name: (seed, invariant)}
    lines = [f"{name} {found[name][0]} {found[name][1]}" for name in table() if name in found]
    SEEDS.write_text("# Written by mutations.py: mutation, seed, and the invariant that its run violates.\n" +
                     "\n".join(lines) + "\n")


def sources_of(name):
    """The files that the mutation changes."""
    paths = [path for folder in ("src/core", "src/agent", "src/base", "sim") for path in sorted((ROOT / folder).glob("*.c"))]
    return [path for path in paths if re.search(r"\bMC_MUTATE_%s\b" % name, path.read_text())]


class Mutant:
    """The objects of one mutation, and the programs linked with them."""

    def __init__(self, build, name, folder):
        self.build, self.name, self.folder = build, name, folder
        self.objects = []

    def compile(self):
        include = ["-I", ROOT / "src", "-I", ROOT, "-I", ROOT / "defs", "-I", self.build / "defs"]
        sources = sources_of(self.name) if self.name else []
        for source in sources:
            target = self.folder / (source.stem + ".o")
            command = ["cc", "-std=gnu17", "-O2", "-w", "-D_GNU_SOURCE", "-DMC_MUTATE_" + self.name, *include, "-c",
                       source, "-o", target]
            if subprocess.run(command).returncode != 0:
                return False
            self.objects.append(target)
        return bool(sources) or not self.name

    def link(self, program, libraries):
        target = self.folder / program.replace("/", "_")
        if target.exists():
            return target
        # A program's own object gives way to the mutated one of the same file.
        own = [path for path in sorted((self.build / (program + ".p")).glob("*.o"))]
        archives = [self.build / path for path in ARCHIVES if (self.build / path).exists()]
        command = ["cc", "-o", target, *own, *self.objects, "-Wl,--start-group", *archives, "-Wl,--end-group",
                   *libraries]
        return target if subprocess.run(command).returncode == 0 else None

    def simulator(self):
        return self.link("sim/mc_sim", ["-lprotobuf-nanopb"])


def output_of(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          timeout=300)
    return done.returncode, done.stdout


def violation(text):
    """The first violation of I1 to I4 in what the simulator says, or None."""
    for line in text.splitlines():
        if line.startswith(("not ok", "# I")) and (match := SAFETY.search(line)):
            return match.group(1), match.group(2)
    return None


def plays(simulator, story):
    return violation(output_of([simulator, "--claims", story])[1])


def complaint_of(command):
    """What is wrong in a run of the simulator, whatever invariant or claim it is; None: nothing."""
    status, said = output_of(command)
    wrong = [line for line in said.splitlines() if line.startswith(("not ok", "# I", "# line"))]
    return None if status == 0 and not wrong else " ".join(wrong) or f"ended with status {status}: {said[-500:]}"


def fails_truly(true, seed):
    """What is wrong in that seed's run in the simulator with the true rules, I5 and I6 included; None: nothing."""
    return complaint_of([true, "--seeds", str(seed), "1"])


def story_fails_truly(true, story):
    return complaint_of([true, "--claims", story])


def watcher_fails(mutant, build, watcher):
    """Whether "story NAME", "unit NAME", "property" or "model CASE" fails; None when it could not be built."""
    kind, _, what = watcher.partition(" ")
    if kind == "model":
        # The model breaks the same rule by a switch of its own: its case is good when it has found a counterexample.
        return output_of([sys.executable, ROOT / "model/run.py", what])[0] == 0
    if kind == "story":
        program = mutant.simulator()
        command = [program, "--claims", ROOT / "test/story" / (what + ".story")]
    elif kind == "unit":
        program = mutant.link("test/unit/test_" + what, ["-lcmocka", "-lprotobuf-nanopb"])
        command = [program]
    else:
        program = mutant.link("test/property/property_register", ["-lcmocka", "-lprotobuf-nanopb"])
        command = [program]
    if program is None:
        return None
    status, said = output_of(command)
    return "could not begin" not in said and (status == 1 or "FAILED" in said)


def rule_of(entry):
    """A switch that is in the simulator alone takes out no rule of the product."""
    only_there = all(path.parent == ROOT / "sim" for path in sources_of(entry["name"]))
    return entry["rule"] + (", by the simulated client alone: it tests the checker, no rule of the product" if only_there else "")


def markdown():
    """What is taken out, and where it is found."""
    found = seeds()
    lines = ["| mutation | rule | what is done instead | what that endangers | from | seed | found by |",
             "|---|---|---|---|---|---|---|"]
    for name, entry in table().items():
        seed, invariant = found.get(name, ("", ""))
        by = [invariant] if invariant else []
        lines.append(f"| {name} | {rule_of(entry)} | {entry['breaks']} | {entry['protects']} | {entry['from']} | {seed} | "
                     f"{', '.join(by + entry.get('seen_by', []))} |")
    hard = [(name, entry["unreachable"]) for name, entry in table().items() if "unreachable" in entry]
    lines += ["", "No run that is drawn from a kept seed shows these, for the reason that is given:", ""] if hard else []
    lines += [f"* {name}: {why}" for name, why in hard]
    return "\n".join(lines) + "\n"


def readme_with_table():
    head, mark, _ = README.read_text().partition("## The table\n")
    return head + mark + "\n" + markdown()


class Tap:
    def __init__(self):
        self.count = self.caught = self.missed = 0

    def tell(self, good, text, said=""):
        self.count += 1
        print(f"{'' if good else 'not '}ok {self.count} - {text}", flush=True)
        if not good and said:
            print("# " + said.replace("\n", "\n# "), flush=True)


def prove_seed(tap, mutant, entry, found, true):
    """By its seed and by its story, in the simulator; under the true rules both hold."""
    name = entry["name"]
    story = HERE / (name.lower() + ".story")
    simulator = mutant.simulator()
    if name not in found or not story.exists() or simulator is None:
        tap.tell(False, f"{name}: a seed and a story are kept", f"mutations.py BUILD find {name}")
        return False
    seed, invariant = found[name]
    by_seed = violation(hunt(simulator, seed, 1) or "")
    by_story = plays(simulator, story)
    as_kept = by_seed is not None and by_seed[0] == invariant
    tap.tell(as_kept, f"{name} is found by seed {seed}: {invariant} ({entry['breaks']})", str(by_seed))
    tap.tell(by_story is not None, f"{name} is found by {story.name}: {by_story[0] if by_story else 'nothing'}")
    controls = {f"seed {seed}": fails_truly(true, seed), story.name: story_fails_truly(true, story)}
    for what, wrong in controls.items():
        tap.tell(wrong is None, f"{name}: {what} holds under the true rules", str(wrong))
    return as_kept and by_story is not None and not any(controls.values())


def prove(build, names, only_tap):
    tap, found, entries = Tap(), seeds(), table()
    wanted = [entries[name] for name in names or entries]
    cases = [(CASES if "unreachable" not in entry else 0) + len(entry.get("seen_by", [])) for entry in wanted]
    print(f"1..{sum(cases) + 1}", flush=True)
    tap.tell(README.read_text() == readme_with_table(), "the table of README.md is true", "mutations.py BUILD table")
    for entry, cases_of in zip(wanted, cases):
        before, good = tap.count, True
        with tempfile.TemporaryDirectory() as folder:
            mutant = Mutant(build, entry["name"], pathlib.Path(folder))
            good = mutant.compile()
            if good and "unreachable" not in entry:
                good = prove_seed(tap, mutant, entry, found, build / "sim/mc_sim")
            for watcher in entry.get("seen_by", []) if mutant.objects else []:
                fails = watcher_fails(mutant, build, watcher)
                good = bool(fails) and good
                tap.tell(bool(fails), f"{entry['name']} is seen by {watcher} ({entry['breaks']})")
        while tap.count < before + cases_of:
            tap.tell(False, f"{entry['name']} could be built")
        tap.caught, tap.missed = tap.caught + bool(good), tap.missed + (not good)
    hard = sum("unreachable" in entry for entry in wanted)
    print(f"# {len(wanted) - hard} are the simulator's, {hard} are beyond its reach and seen by others")
    print(f"{'# ' if only_tap else ''}{tap.caught} caught, {tap.missed} missed")
    return 1 if tap.missed else 0


def hunt(simulator, first, count, how="--hunt"):
    """What the simulator says of the first of these seeds that violates I1 to I4; None: of none."""
    said = subprocess.run([simulator, how, str(first), str(count)], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, errors="replace").stdout
    return said if violation(said) else None


def search(simulator, first, count):
    """A seed whose run violates I1 to I4, with the invariant: the first, or soon that of the first plot."""
    parts = [(start, "--hunt") for start in range(first, first + min(count, FEW), CHUNK)]
    parts += [(start, "--hunt-plots") for start in range(first + FEW, first + count, 10 * CHUNK)]
    parts += [(start, "--hunt") for start in range(first + FEW, first + count, CHUNK)]
    for start, how in parts:
        said = hunt(simulator, start, min(CHUNK * (10 if how == "--hunt-plots" else 1), first + count - start), how)
        if said is not None:
            seed = int(re.search(r"not ok - seed (\d+)", said).group(1))
            return seed, *violation(said)
    return None


def search_own(true, simulator, first, count):
    """The first whose run holds under the true rules."""
    end = first + count
    while (hit := search(simulator, first, end - first)) is not None:
        wrong = fails_truly(true, hit[0])
        if wrong is None:
            return hit
        print(f"THE TRUE RULES FAIL: seed {hit[0]}: {wrong}", flush=True)
        first = hit[0] + 1
    return None


def story_of(simulator, seed):
    """The seed's run as the lines of a story."""
    lines = hunt(simulator, seed, 1).partition("not ok - ")[0].splitlines()
    kept = [line for line in lines if line and not line.startswith(("lasts ", "settles "))]
    return kept + ["lasts 100", "never lost"]


def shorten(simulator, true, lines, path):
    """Leaves out what is not needed for the violation: halves first, then single faults. None: no story violates anything, or
    the true rules fail in it, too. `path` is overwritten."""
    def holds(candidate):
        path.write_text("\n".join(candidate) + "\n")
        return plays(simulator, path) is not None and story_fails_truly(true, path) is None

    if not holds(lines):
        return None
    size = max(1, sum(line.startswith("at ") for line in lines) // 2)
    while size >= 1:
        at = 0
        while at < len(lines):
            chunk = lines[at:at + size]
            candidate = lines[:at] + lines[at + size:]
            if all(line.startswith("at ") for line in chunk) and chunk and holds(candidate):
                lines = candidate
            else:
                at += 1
        size //= 2
    for lasts in (5, 10, 20, 30, 45, 60, 100):
        candidate = [f"lasts {lasts}" if line.startswith("lasts ") else line for line in lines]
        if not any(late(line, lasts) for line in lines) and holds(candidate):
            return candidate
    return lines


def late(line, seconds):
    """A fault that the story would not live to see."""
    return line.startswith("at ") and float(line.split()[1]) >= seconds


def find_story(simulator, true, first, count, path):
    """((seed, invariant, what is said), lines of the story); (None, what is missing)."""
    hit = search_own(true, simulator, first, count)
    if hit is None:
        return None, f"nothing in seeds {first} to {first + count - 1}"
    lines = shorten(simulator, true, story_of(simulator, hit[0]), path)
    if lines is None:
        return None, f"the run of seed {hit[0]}, told as a story, violates nothing, or under the true rules, too"
    return hit, lines


def find_one(build, entry, first, count):
    """Keeps a seed and its story, both or none of them."""
    name, true = entry["name"], build / "sim/mc_sim"
    with tempfile.TemporaryDirectory() as folder:
        mutant = Mutant(build, name, pathlib.Path(folder))
        simulator = mutant.simulator() if mutant.compile() else None
        if simulator is None:
            print(f"{name}: could not be built")
            return False
        hit, lines = find_story(simulator, true, first, count, pathlib.Path(folder) / "candidate.story")
        if hit is None:
            print(f"{name}: {lines}", flush=True)
            return False
    seed, invariant, text = hit
    print(f"{name}: seed {seed}: {invariant}: {text}", flush=True)
    keep_seed(name, seed, invariant)
    (HERE / (name.lower() + ".story")).write_text(f"# Without {entry['rule']}: {entry['breaks']}.\n" + "\n".join(lines) + "\n")
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("names", nargs="*", metavar="[find] NAME")
    parser.add_argument("--from", dest="first", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=100_000)
    parser.add_argument("--tap", action="store_true", help="the sum at the end is a comment, too")
    arguments = parser.parse_intermixed_args()
    build = arguments.build.resolve()
    if arguments.names == ["table"]:
        README.write_text(readme_with_table())
        return 0
    if arguments.names[:1] != ["find"]:
        return prove(build, arguments.names, arguments.tap)
    entries = table()
    found = [find_one(build, entries[name], arguments.first, arguments.seeds)
             for name in arguments.names[1:] or [n for n, e in entries.items() if "unreachable" not in e]]
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
