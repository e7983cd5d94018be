#!/usr/bin/python3
"""Rules about the source that no compiler knows, each a check that can be run by its name.

    tidy.py [--root DIR] [--tap] [check ...]

A check is a function from a Tree to a list of complaints.  tools/test_tidy.py feeds each of them a
violation and sees it caught.
"""
import pathlib
import re
import subprocess
import sys
import tomllib

CODE_FOLDERS = ("src", "defs", "sim", "test", "ext", "bench")
FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 900

# Who may include whom (ARCHITECTURE.md).  Generated headers and defs count as "defs", a layer just above
# base that holds only tables.
LAYERS = {
    "base": set(),
    "archive": {"base"},
    "ext": {"base", "archive"},
    "defs": {"base"},
    "core": {"base", "defs"},
    "wire": {"base", "defs", "core"},
    "conf": {"base", "defs", "core/types.h", "core/limits.h"},
    "view": {"base", "defs", "core"},
    "plan": {"base", "defs", "core"},
    "port": {"base", "defs", "core"},
    "agent": {"base", "defs", "core", "wire", "conf", "view", "plan", "port"},
    "mirror": {"base", "archive", "defs", "core/types.h", "sys"},
    "sys": {"base", "archive", "defs", "port", "core"},
    "backup": {"base", "defs", "core", "conf", "plan", "view", "wire", "port", "sys/link.h", "sys/pg_control.h",
               "sys/pg_file.h", "sys/pg_history.h", "sys/pg_process.h", "sys/pg_receipt.h",
               "sys/pg_setup.h"},
    "cli": {"base", "defs", "core", "wire", "conf", "view", "plan", "port", "sys", "backup/server_store.h"},
    "main": {"base", "defs", "core", "wire", "conf", "view", "plan", "port", "agent", "sys", "cli",
             "backup", "archive", "mirror"},
    "sim": {"base", "defs", "core", "wire", "conf", "view", "plan", "port", "agent"},
}
GENERATED = {"messages.h", "settings.h", "commands.h", "boundaries.h", "log_entry.h",
             "command_line.h", "param_table.h", "status_words.h", "word_table.h"}

BANNED = ["atoi", "atol", "atoll", "strtol", "strtoul", "strtoll", "strtoull", "strtod", "sprintf",
          "vsprintf", "strcpy", "strcat", "strncpy", "strncat", "gets", "system", "popen", "sleep",
          "usleep", "nanosleep", "setjmp", "longjmp", "uv_now", "uv_timer_init", "uv_timer_start",
          "uv_sleep", "syslog", "vsyslog", "openlog", "alloca", "tmpnam", "mktemp"]
# Clocks, randomness and I/O: only where the outside world is.
OUTSIDE = ["time", "gettimeofday", "clock_gettime", "rand", "random", "srand", "getrandom", "open",
           "openat", "fopen", "read", "write", "close", "socket", "connect", "bind", "listen", "accept",
           "send", "recv", "fork", "execv", "execve", "kill", "fsync", "rename", "unlink", "mkdir",
           "printf", "fprintf", "puts", "getenv"]
# sim and test stand in for the world; assert.c tells nobody but standard error why a process ends.
OUTSIDE_LAYERS = {"sys", "cli", "main", "backup", "archive", "mirror", "sim", "test", "bench", "ext"}
OUTSIDE_FILES = {"src/base/assert.c"}


class Tree:
    """The files under inspection, with comments and literals blanked where code is searched."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.files = {}
        for folder in CODE_FOLDERS:
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in (".c", ".h") and path.is_file():
                    self.files[path.relative_to(self.root).as_posix()] = path.read_text(
                        errors="replace")
        self.code = {name: blank(text) for name, text in self.files.items()}

    def layer(self, name):
        parts = name.split("/")
        return parts[1] if parts[0] == "src" else parts[0]


def blank(text):
    """The text with comments, strings and character constants blanked; lines and columns stay."""
    pattern = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def includes(tree, name):
    """(line, included) of every #include "..."."""
    for number, line in enumerate(tree.files[name].split("\n"), 1):
        match = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if match:
            yield number, match.group(1)


def check_layers(tree):
    """A layer includes only the layers below it."""
    complaints = []
    for name in tree.files:
        layer = tree.layer(name)
        if layer not in LAYERS:
            continue
        allowed = LAYERS[layer]
        for number, included in includes(tree, name):
            if included in GENERATED:
                target = "defs"
            elif "/" in included:
                target = included.split("/")[0]
            else:
                continue  # beside the file, or generated in its own folder
            if target in LAYERS and target != layer and target not in allowed | {layer} and (
                    included not in allowed):
                complaints.append(f"{name}:{number}: {layer} must not include {included}")
    return complaints


def check_cycles(tree):
    """No header includes itself by way of others."""
    graph = {}
    for name in tree.files:
        targets = []
        for _, included in includes(tree, name):
            for candidate in (f"src/{included}", included,
                              f"{name.rsplit('/', 1)[0]}/{included}", f"defs/{included}"):
                if candidate in tree.files:
                    targets.append(candidate)
                    break
        graph[name] = targets
    complaints, done = [], set()

    def visit(name, path):
        if name in path:
            complaints.append("include cycle: " + " -> ".join(path[path.index(name):] + [name]))
        elif name not in done:
            for target in graph[name]:
                visit(target, path + [name])
            done.add(name)

    for name in graph:
        visit(name, [])
    return complaints


def functions(code):
    """(first line, lines, name) of every function: a brace in column 1 opens it, one closes it."""
    for match in re.finditer(r"^\{\n(.*?)^\}", code, re.S | re.M):
        head = code[:match.start()].rstrip().rsplit("\n\n", 1)[-1]
        names = re.findall(r"(\w+)\s*\(", head)
        yield (line_of(code, match.start()), match.group().count("\n") + 1,
               names[0] if names else "?")


def check_function_length(tree):
    """A function has at most 70 lines, a file at most 900."""
    complaints = []
    for name, code in tree.code.items():
        for line, length, function in functions(code):
            if length > FUNCTION_LINES_MAX:
                complaints.append(f"{name}:{line}: {function}() has {length} lines")
        if code.count("\n") > FILE_LINES_MAX:
            complaints.append(f"{name}: {code.count(chr(10))} lines in one file")
    return complaints


def calls(tree, name, words):
    pattern = re.compile(r"(?<![\w.>])(" + "|".join(words) + r")\s*\(")
    for match in pattern.finditer(tree.code[name]):
        # A declaration or definition of a member of that name is not a call: "(*write)(".
        yield line_of(tree.code[name], match.start()), match.group(1)


def check_banned_calls(tree):
    """Functions that nobody here calls."""
    return [f"{name}:{line}: {call}() is banned" for name in tree.files
            for line, call in calls(tree, name, BANNED)]


def check_outside_calls(tree):
    """Clocks, randomness and I/O only in sys, cli, main and backup."""
    complaints = []
    for name, code in tree.code.items():
        if tree.layer(name) in OUTSIDE_LAYERS or name in OUTSIDE_FILES:
            continue
        own = set(re.findall(r"^static [\w *]*?\b(\w+)\(", code, re.M))
        complaints += [f"{name}:{line}: {call}() in layer {tree.layer(name)}"
                       for line, call in calls(tree, name, OUTSIDE) if call not in own]
    return complaints


def check_checkers_outside(tree):
    """The simulator's checkers ask no member what it believes."""
    return [f"{name}:{line}: {call}() in a checker" for name in tree.files
            if re.match(r"sim/check_\d", name)
            for line, call in calls(tree, name, (r"agent_\w+", r"node_\w+", r"arbiter_\w+", r"participant_\w+"))]


def check_unfinished(tree):
    """Nothing unfinished on main."""
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3))
    return [f"{name}:{line_of(text, match.start())}: {match.group()}" for name, text in
            tree.files.items() for match in re.finditer(rf"\b({marks})\b", text)]


def check_opening_comment(tree):
    """Every file says what its job is before anything else."""
    return [f"{name}:1: no opening comment" for name, text in tree.files.items()
            if not text.startswith("/*")]


def check_messages_used(tree):
    """Every message of the catalog is said somewhere."""
    path = tree.root / "defs/messages.toml"
    if not path.exists():
        return []
    code = "\n".join(text for name, text in tree.code.items() if name.startswith(("src/", "sim/")))
    used = set(re.findall(r"\bmsg_(\w+)\b", code)) | {
        word.lower() for word in re.findall(r"\bMSG_(\w+)\b", code)}
    return [f"defs/messages.toml: {m['id']} {m['name']} is never said"
            for m in tomllib.loads(path.read_text())["message"]
            if not m.get("later") and m["name"] not in used]


def check_messages_unique(tree):
    """No message id or name is used twice or taken from the retired ones."""
    path = tree.root / "defs/messages.toml"
    if not path.exists():
        return []
    data = tomllib.loads(path.read_text())
    seen, complaints = set(data.get("retired", {}).get("ids", [])), []
    for message in data["message"]:
        for key in (message["id"], message["name"]):
            if key in seen:
                complaints.append(f"defs/messages.toml: {key} is used twice or retired")
            seen.add(key)
    return complaints


def arguments_of(text, start):
    """The arguments of the call whose parenthesis opens before `start`, as they are written."""
    depth, found, at = 1, [""], start
    for piece in re.finditer(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|.", text[start:start + 4000], re.S):
        word = piece.group()
        depth += (word in "([{") - (word in ")]}") if len(word) == 1 else 0
        if depth == 0:
            return found
        if word == "," and depth == 1:
            found.append("")
        elif not word.startswith("/*"):
            found[-1] += word
    return found


def literals(argument):
    """The strings in it, each put together of its parts."""
    for match in re.finditer(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*', argument):
        yield "".join(part[1:-1] for part in re.findall(r'"(?:\\.|[^"\\\n])*"', match.group())).replace("\\", "")


def check_messages_fit(tree):
    """No text that is written down here is cut by the message that it is put into."""
    path = tree.root / "defs/messages.toml"
    if not path.exists():
        return []
    kinds = {m["name"]: [p.split(":")[1] for p in m.get("params", [])]
             for m in tomllib.loads(path.read_text())["message"]}
    size, slots = 127, 4    # log_entry.h
    complaints = []
    for name, text in tree.files.items():
        for call in re.finditer(r"\bmsg_(\w+)\(", text if name.startswith("src/") else ""):
            for n, (kind, argument) in enumerate(zip(kinds.get(call.group(1), []), arguments_of(text, call.end()))):
                most = size * (slots - n) if kind == "text" else size
                complaints += [f"{name}:{line_of(text, call.start())}: {call.group(1)} cuts \"{said}\" ({len(said)} of {most})"
                               for said in literals(argument) if len(said) > most]
    return complaints


def check_params_used(tree):
    """Every parameter that is said to work is read somewhere."""
    path = tree.root / "defs/params.toml"
    if not path.exists():
        return []
    code = "\n".join(text for name, text in tree.code.items() if name.startswith("src/"))
    return [f"defs/params.toml: {p['name']} is never read"
            for p in tomllib.loads(path.read_text())["param"]
            if not p.get("later") and not re.search(rf"(\.|->){p['name']}\b", code)]


def check_tests_named(tree):
    """A test that a document names is there: `test_...`, a function of test/integration."""
    known = set()
    for path in (tree.root / "test").rglob("*.py"):
        known.update(re.findall(r"^def (test_\w+)\(", path.read_text(errors="replace"), re.M))
    complaints = []
    for path in sorted([*tree.root.glob("*.md"), *(tree.root / "src").rglob("*.md")]):
        text = path.read_text(errors="replace")
        for match in re.finditer(r"`(test_\w+)(?:\[[^\]`]*\])?`", text):
            if match.group(1) not in known:
                complaints.append(f"{path.relative_to(tree.root).as_posix()}:{line_of(text, match.start())}: there is no test "
                                  f"{match.group(1)}")
    return complaints


def check_format(tree):
    """Layout is what clang-format says."""
    names = [str(tree.root / name) for name in tree.files]
    if not names:
        return []
    done = subprocess.run(["clang-format-14", "--style=file", "--dry-run", "--ferror-limit=1", *names],
                          capture_output=True, text=True)
    found = dict.fromkeys(re.findall(r"^(\S+?:\d+):\d+: (?:warning|error)", done.stderr, re.M))
    prefix = str(tree.root) + "/"
    return [f"{place.removeprefix(prefix)}: not as clang-format would have it" for place in found]


# A parameter may be there for files written for the original: a warning.
CHECKS = {
    "layers": (check_layers, "error"),
    "cycles": (check_cycles, "error"),
    "function-length": (check_function_length, "error"),
    "banned-calls": (check_banned_calls, "error"),
    "outside-calls": (check_outside_calls, "error"),
    "checkers-outside": (check_checkers_outside, "error"),
    "unfinished": (check_unfinished, "error"),
    "opening-comment": (check_opening_comment, "error"),
    "messages-unique": (check_messages_unique, "error"),
    "messages-used": (check_messages_used, "error"),
    "messages-fit": (check_messages_fit, "error"),
    "params-used": (check_params_used, "warning"),
    "tests-named": (check_tests_named, "error"),
    "format": (check_format, "error"),
}


def main(arguments):
    root, tap, names = pathlib.Path(__file__).resolve().parent.parent, False, []
    while arguments:
        argument = arguments.pop(0)
        if argument == "--root":
            root = pathlib.Path(arguments.pop(0))
        elif argument == "--tap":
            tap = True
        elif argument in CHECKS:
            names.append(argument)
        else:
            sys.exit(__doc__ + "\nchecks: " + " ".join(CHECKS))
    tree, failed = Tree(root), False
    names = names or list(CHECKS)
    if tap:
        print(f"1..{len(names)}")
    for number, name in enumerate(names, 1):
        check, weight = CHECKS[name]
        complaints = check(tree)
        bad = bool(complaints) and weight == "error"
        failed = failed or bad
        if tap:
            print(f"{'not ok' if bad else 'ok'} {number} - tidy {name}")
        for complaint in complaints:
            print(f"{'# ' if tap else ''}{weight}: {complaint}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
