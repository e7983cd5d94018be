#!/usr/bin/python3
"""Each check of tidy.py is fed a violation and must see it, and a clean file and must not."""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True
import tidy  # noqa: E402

HEAD = "/* A file. */\n"
LONG = "int f(void)\n{\n" + "    ;\n" * 70 + "}\n"
MESSAGES = '[retired]\nids = ["MCA01001"]\n'
MESSAGE = '[[message]]\nid = "{}"\nname = "{}"\n'
FIT = MESSAGE.format("MCA01002", "here") + 'params = ["v:str", "w:str"]\n'
PARAM = '[[param]]\nname = "{}"\n'

# check, files, what the complaint must contain (None: no complaint)
CASES = [
    ("layers", {"src/core/a.c": '#include "sys/loop.h"\n'}, "core must not include sys/loop.h"),
    ("layers", {"src/base/a.c": '#include "messages.h"\n'}, "base must not include messages.h"),
    ("layers", {"src/conf/a.c": '#include "core/node.h"\n'}, "conf must not include core/node.h"),
    ("layers", {"src/conf/a.c": '#include "core/types.h"\n'}, None),
    ("layers", {"src/agent/a.c": '#include "core/node.h"\n'}, None),
    ("cycles", {"src/core/a.h": '#include "core/b.h"\n', "src/core/b.h": '#include "core/a.h"\n'},
     "include cycle"),
    ("cycles", {"src/core/a.h": '#include "core/b.h"\n', "src/core/b.h": "\n"}, None),
    ("function-length", {"src/core/a.c": LONG}, "f() has 72 lines"),
    ("function-length", {"src/core/a.c": "int f(void)\n{\n" + "    ;\n" * 68 + "}\n"}, None),
    ("function-length", {"src/core/a.c": "\n" * 901}, "lines in one file"),
    ("banned-calls", {"src/sys/a.c": "int x = atoi(text);\n"}, "atoi() is banned"),
    ("banned-calls", {"src/sys/a.c": "uv_timer_start(&t);\n"}, "uv_timer_start() is banned"),
    ("banned-calls", {"src/sys/a.c": "/* not atoi(text) */ f(\"atoi(x)\"); log->system(1);\n"}, None),
    ("outside-calls", {"src/core/a.c": "x = time(NULL);\n"}, "time() in layer core"),
    ("outside-calls", {"src/agent/a.c": "write(1, x, 2);\n"}, "write() in layer agent"),
    ("outside-calls", {"src/sys/a.c": "x = time(NULL);\n"}, None),
    ("outside-calls", {"src/agent/a.c": "port->write(port, x);\n"}, None),
    ("outside-calls", {"src/core/a.c": "static void bind(int x)\n{\n}\nbind(1);\n"}, None),
    ("checkers-outside", {"sim/check_1_x.c": "agent_status(a, 1, &s);\n"}, "agent_status() in a checker"),
    ("checkers-outside", {"sim/check_1_x.c": "actor_agent(1);\n", "sim/swarm.c": "agent_status(a, 1, &s);\n"}, None),
    ("unfinished", {"src/core/a.c": "/* TO" "DO */\n"}, "TO" "DO"),
    ("opening-comment", {"src/core/a.c": "int x;\n"}, "no opening comment"),
    ("messages-unique", {"defs/messages.toml": MESSAGES + MESSAGE.format("MCA01001", "a")}, "retired"),
    ("messages-unique", {"defs/messages.toml": MESSAGES + MESSAGE.format("MCA01002", "a")
                         + MESSAGE.format("MCA01002", "b")}, "used twice"),
    ("messages-unique", {"defs/messages.toml": MESSAGES + MESSAGE.format("MCA01002", "a")}, None),
    ("messages-used", {"defs/messages.toml": MESSAGES + MESSAGE.format("MCA01002", "gone")},
     "gone is never said"),
    ("messages-used", {"defs/messages.toml": MESSAGES + MESSAGE.format("MCA01002", "here"),
                       "src/core/a.c": "x = msg_here();\n"}, None),
    ("messages-fit", {"defs/messages.toml": MESSAGES + FIT, "src/core/a.c": 'x = msg_here(f(1, 2), a ? "b" : "' + 64 * "x" + '"\n "'
                      + 64 * "x" + '");\n'}, "src/core/a.c:2: here cuts"),
    ("messages-fit", {"defs/messages.toml": MESSAGES + FIT, "src/core/a.c": 'x = msg_here("' + 128 * "x" + '", "a");\n'},
     "(128 of 127)"),
    ("messages-fit", {"defs/messages.toml": MESSAGES + FIT, "src/core/a.c": 'x = msg_here("' + 127 * "x" + '", "a");\n'}, None),
    ("messages-fit", {"defs/messages.toml": MESSAGES + FIT.replace("w:str", "w:text"), "src/core/a.c": 'x = msg_here(b, "'
                      + 381 * "x" + '");\n'}, None),
    ("messages-fit", {"defs/messages.toml": MESSAGES + FIT.replace("w:str", "w:text"), "src/core/a.c": 'x = msg_here(b, "'
                      + 382 * "x" + '");\n'}, "(382 of 381)"),
    ("params-used", {"defs/params.toml": PARAM.format("port")}, "port is never read"),
    ("params-used", {"defs/params.toml": PARAM.format("port"), "src/sys/a.c": "x = s->port;\n"}, None),
    ("tests-named", {"src/core/README.md": "`test_a_is_b` and `test_gone[1]`\n", "test/integration/test_x.py": "def test_a_is_b(x):\n"},
     "no test test_gone"),
    ("tests-named", {"src/core/README.md": "`test_a_is_b[1]`, `test_x.py`\n", "test/integration/test_x.py": "def test_a_is_b(x):\n"}, None),
    ("format", {"src/core/a.c": "int   x ;\n"}, "not as clang-format"),
    ("format", {"src/core/a.c": "int x;\n"}, None),
]


def complaints_of(check, files):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        style = pathlib.Path(__file__).resolve().parent.parent / ".clang-format"
        (root / ".clang-format").write_text(style.read_text())
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            bare = check == "opening-comment" or path.suffix == ".toml"
            path.write_text(text if bare else HEAD + text)
        return tidy.CHECKS[check][0](tidy.Tree(root))


def main():
    failed = False
    print(f"1..{len(CASES) + 1}")
    for number, (check, files, wanted) in enumerate(CASES, 1):
        got = complaints_of(check, files)
        good = any(wanted in text for text in got) if wanted else not got
        failed = failed or not good
        claim = "sees" if wanted else "lets pass"
        print(f"{'ok' if good else 'not ok'} {number} - tidy {check} {claim} {sorted(files)[-1]}")
        if not good:
            print(f"# wanted {wanted!r}, got {got!r}")
    untested = set(tidy.CHECKS) - {check for check, _, wanted in CASES if wanted}
    print(f"{'not ok' if untested else 'ok'} {len(CASES) + 1} - every check has a violation {untested or ''}")
    return 1 if failed or untested else 0


if __name__ == "__main__":
    sys.exit(main())
