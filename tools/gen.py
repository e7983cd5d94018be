#!/usr/bin/python3
"""Turns what the product declares about itself (defs/*.toml) into C, samples, help texts and guides.

    gen.py DEFS OUT       writes messages.[ch] settings.[ch] commands.[ch] status_words.[ch] boundaries.h and
                          golden/* to OUT

Everything that is wrong with a declaration is found here, with the name of the entry, before a compiler
sees it.  The generated C holds only data and typed wrappers; the code that walks the tables is written by
hand (defs/log_entry.c, defs/command_line.c, src/conf).
"""
import pathlib
import re
import sys
import textwrap
import tomllib

SEVERITIES = ["INFO", "LOG", "NOTICE", "WARNING", "ERROR", "FATAL", "PANIC"]
MESSAGE_PARAMS = {
    "str": "const char *",
    "text": "const char *",    # longer: it goes on in the arguments that are left, so it comes last
    "int": "int64_t ",
    "millis": "Millis ",
    "lsn": "uint64_t ",
    "epoch": "uint64_t ",
}
MESSAGE_PARAMS_MAX = 4
TIME_UNITS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
SIZE_UNITS = {"B": 1, "kB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
TEXT_TYPES = {"string", "path", "name"}
FILES = {"server": "Settings", "arbiter": "ArbiterSettings"}
BANNER = "/* Made from defs/%s by tools/gen.py: change that file, not this one. */\n"


def fail(text):
    sys.exit(f"gen.py: {text}")


def need(condition, text):
    if not condition:
        fail(text)


def quote(text):
    """A C string literal."""
    need(text.isascii(), f"not ASCII: {text!r}")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def quote_or_null(text):
    return quote(text) if text else "NULL"


def camel(name):
    return "".join(word.capitalize() for word in re.split(r"[_-]", name))


def upper(name):
    return re.sub(r"[^A-Za-z0-9]", "_", name).upper()


def wrap(text, width=92, indent=""):
    return textwrap.fill(" ".join(text.split()), width, initial_indent=indent,
                         subsequent_indent=indent, break_long_words=False,
                         break_on_hyphens=False)


def check_keys(entry, what, required, optional=()):
    for key in required:
        need(key in entry, f"{what}: {key} is missing")
    for key in entry:
        need(key in required or key in optional, f"{what}: unknown key {key}")


# ---- messages -------------------------------------------------------------------------------------


def load_messages(path):
    data = tomllib.loads(path.read_text())
    messages = data["message"]
    seen = {"id": set(data["retired"]["ids"]), "name": set()}
    for message in messages:
        what = f"{path.name}: {message.get('id', message.get('name'))}"
        check_keys(message, what, ["id", "name", "severity", "text", "explanation", "action"],
                   ["params", "detail", "hint", "later"])
        need(re.fullmatch(r"(MC[AR]|PGX)\d{5}", message["id"]), f"{what}: malformed id")
        for key in seen:
            need(message[key] not in seen[key], f"{what}: {key} {message[key]} is used twice")
            seen[key].add(message[key])
        need(message["severity"] in SEVERITIES, f"{what}: unknown severity")
        message["params"] = [tuple(p.split(":")) for p in message.get("params", [])]
        names = [name for name, _ in message["params"]]
        need(len(names) <= MESSAGE_PARAMS_MAX, f"{what}: too many params")
        used = set()
        for key in ("text", "detail", "hint"):
            text = message.get(key, "")
            need(not text.endswith("."), f"{what}: {key} ends with a full stop")
            for name in re.findall(r"\{(\w+)\}", text):
                need(name in names, f"{what}: {{{name}}} is no param")
                used.add(name)
        need(used == set(names), f"{what}: unused params {set(names) - used}")
        for i, (_, kind) in enumerate(message["params"]):
            need(kind in MESSAGE_PARAMS, f"{what}: unknown type {kind}")
            need(kind != "text" or i + 1 == len(names), f"{what}: a text comes last")
    return messages


def message_template(message, key):
    """The text with {name} turned into the number of the argument, or of all that a text goes over."""
    numbers = {name: range(i, MESSAGE_PARAMS_MAX if kind == "text" else i + 1)
               for i, (name, kind) in enumerate(message["params"])}
    text = message.get(key, "")
    return re.sub(r"\{(\w+)\}", lambda m: "".join("{%d}" % i for i in numbers[m.group(1)]), text)


def message_slots(message):
    return MESSAGE_PARAMS_MAX if ("text" in [kind for _, kind in message["params"]]) else len(message["params"])


def message_function(message):
    params = ", ".join(f"{MESSAGE_PARAMS[kind]}{name}" for name, kind in message["params"])
    lines = [f"/* {message['severity']}: {message['text']} ({message['id']}) */",
             f"static inline LogEntry msg_{message['name']}({params or 'void'})", "{",
             f"    LogEntry entry = {{.id = MSG_{upper(message['name'])}}};"]
    for i, (name, kind) in enumerate(message["params"]):
        setter = "uint" if kind == "epoch" else kind
        lines.append(f"    message_set_{setter}(&entry, {i}, {name});")
    return "\n".join(lines + ["    return entry;", "}", ""])


def emit_messages_h(messages):
    enum = "\n".join(f"    MSG_{upper(m['name'])}," for m in messages)
    functions = "\n".join(message_function(m) for m in messages)
    return f"""{BANNER % 'messages.toml'}#ifndef MESSAGES_H
#define MESSAGES_H

enum MessageId {{
{enum}
    MESSAGE_COUNT,
}};

#include "log_entry.h"

{functions}
#endif
"""


def emit_messages_c(messages):
    rows = []
    for m in messages:
        rows.append(f"""    [MSG_{upper(m['name'])}] = {{
        .id = {quote(m['id'])}, .name = {quote(m['name'])},
        .severity = SEVERITY_{m['severity']}, .params = {len(m['params'])}, .slots = {message_slots(m)},
        .text = {quote(message_template(m, 'text'))},
        .detail = {quote_or_null(message_template(m, 'detail'))},
        .hint = {quote_or_null(message_template(m, 'hint'))},
        .explanation = {quote(m['explanation'])},
        .action = {quote(m['action'])},
        .guide = {quote(m['text'])},
    }},""")
    return (BANNER % "messages.toml" + '#include "messages.h"\n\n#include <stddef.h>\n\n'
            + "const int message_count = MESSAGE_COUNT;\n\n"
            + "const MessageInfo message_catalog[] = {\n" + "\n".join(rows) + "\n};\n")


def emit_message_guide(messages):
    parts = ["Messages\n========\n"]
    for m in sorted(messages, key=lambda m: m["id"]):
        parts.append(f"{m['id']}  {m['severity']}\n")
        for key in ("text", "detail", "hint"):
            if m.get(key):
                parts.append(f"    {key + ':':8}{m[key]}\n")
        parts.append(wrap(m["explanation"], indent="    ") + "\n")
        parts.append(wrap("What to do: " + m["action"], indent="    ") + "\n\n")
    return "".join(parts)


# ---- parameters -----------------------------------------------------------------------------------


def load_params(path):
    data = tomllib.loads(path.read_text())
    seen = set()
    for p in data["param"]:
        what = f"{path.name}: {p.get('name')}"
        check_keys(p, what, ["name", "files", "type", "apply", "doc", "example"],
                   ["unit", "default", "range", "words", "size", "required", "aliases", "later",
                    "computed"])
        for file in p["files"]:
            need(file in FILES, f"{what}: unknown file {file}")
            for name in [p["name"], *p.get("aliases", [])]:
                need((file, name) not in seen, f"{what}: {name} is declared twice")
                seen.add((file, name))
        need(p["apply"] in ("start", "reload"), f"{what}: apply is start or reload")
        need(p.get("required") or "default" in p, f"{what}: neither required nor a default")
        load_value_domain(p, what)
    return data


def load_value_domain(p, what):
    """Adds min, max and value, as the numbers that C will compare."""
    kind = p["type"]
    units = {"time": TIME_UNITS, "size": SIZE_UNITS}.get(kind)
    if units:
        need(p.get("unit") in units, f"{what}: unknown unit")
    if kind in ("int", "time", "size"):
        p["min"], p["max"] = (to_number(p, bound, what) for bound in p["range"])
        p["value"] = 0 if p.get("computed") or p.get("required") else to_number(p, p["default"], what)
        if not p.get("computed") and not p.get("required"):
            need(p["min"] <= p["value"] <= p["max"], f"{what}: default out of range")
    elif kind == "enum":
        need(p.get("default") in p["words"], f"{what}: default is none of the words")
    elif kind == "bool":
        need(p.get("default") in ("on", "off"), f"{what}: default is on or off")
    else:
        need(kind in TEXT_TYPES, f"{what}: unknown type {kind}")
        need(p.get("size", 0) > 0, f"{what}: size is missing")


def to_number(p, text, what):
    """What the parser in src/conf makes of a number with or without a unit."""
    match = re.fullmatch(r"(-?\d+)([A-Za-z]*)", str(text))
    need(match, f"{what}: {text!r} is not a number")
    number, unit = int(match.group(1)), match.group(2)
    if p["type"] == "int":
        need(not unit, f"{what}: {text!r} has a unit")
        return number
    units = TIME_UNITS if p["type"] == "time" else SIZE_UNITS
    return number * units[unit or p["unit"]]


def params_of(params, file):
    return [p for p in params if file in p["files"]]


def field(p):
    kind, name = p["type"], p["name"]
    if kind == "bool":
        return f"    bool {name};"
    if kind == "enum":
        return f"    {camel(name)} {name};"
    if kind in TEXT_TYPES:
        return f"    char {name}[{p['size']} + 1];"
    ctype = {"time": "Millis", "int": "int64_t", "size": "int64_t"}[kind]
    note = " /* bytes */" if kind == "size" else ""
    return f"    {ctype} {name};{note}"


def emit_settings_h(params):
    enums = []
    for p in params:
        if p["type"] == "enum":
            words = "\n".join(f"    {upper(p['name'])}_{upper(word)}," for word in p["words"])
            enums.append(f"typedef enum {camel(p['name'])} {{\n{words}\n}} {camel(p['name'])};\n")
    structs = []
    for file, struct in FILES.items():
        fields = "\n".join(field(p) for p in params_of(params, file))
        structs.append(f"typedef struct {struct} {{\n{fields}\n}} {struct};\n")
    return f"""{BANNER % 'params.toml'}#ifndef SETTINGS_H
#define SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/time.h"
#include "param_table.h"

{chr(10).join(enums)}
{chr(10).join(structs)}
/* The rows of each file, in the order of its sample, and the settings before a file is read. */
extern const ParamTable server_params;
extern const ParamTable arbiter_params;
extern const Settings settings_default;
extern const ArbiterSettings arbiter_settings_default;

#endif
"""


def default_value(p):
    kind = p["type"]
    if kind == "bool":
        return "true" if p.get("default") == "on" else "false"
    if kind == "enum":
        return f"{upper(p['name'])}_{upper(p['default'])}"
    if kind in TEXT_TYPES:
        return quote(p.get("default", ""))
    return f"INT64_C({p['value']})"


def param_row(p, struct, name):
    kind = p["type"]
    words = f"words_{p['name']}" if kind == "enum" else "NULL"
    limits = ""
    if kind in ("int", "time", "size"):
        units = {"time": TIME_UNITS, "size": SIZE_UNITS}.get(kind, {None: 1})
        limits = (f"\n     .min = INT64_C({p['min']}), .max = INT64_C({p['max']}),"
                  f" .factor = INT64_C({units[p.get('unit')]}),")
    flags = "".join(f" .{flag} = true," for flag, on in (
        ("required", p.get("required")), ("reload", p["apply"] == "reload"),
        ("later", p.get("later"))) if on)
    return (f"    {{.name = {quote(name)}, .field = {quote(p['name'])}, .type = PARAM_{upper(kind)},"
            f"{limits}\n     .unit = {quote_or_null(p.get('unit'))}, .words = {words},"
            f" .offset = offsetof({struct}, {p['name']}),"
            f" .size = sizeof((({struct} *)0)->{p['name']}),{flags}}},")


def emit_settings_c(params):
    out = [BANNER % "params.toml", '#include "settings.h"\n\n#include <stddef.h>\n']
    for p in params:
        if p["type"] == "enum":
            words = ", ".join(quote(word) for word in p["words"])
            out.append(f"static const char *const words_{p['name']}[] = {{{words}, NULL}};")
    for file, struct in FILES.items():
        rows = []
        for p in params_of(params, file):
            rows += [param_row(p, struct, name) for name in [p["name"], *p.get("aliases", [])]]
        defaults = "\n".join(f"    .{p['name']} = {default_value(p)}," for p in params_of(params, file))
        prefix = "" if file == "server" else file + "_"
        out.append(f"\nstatic const ParamInfo {file}_rows[] = {{\n" + "\n".join(rows) + "\n};\n")
        out.append(f"const ParamTable {file}_params = {{{file}_rows, {len(rows)}}};\n")
        out.append(f"const {struct} {prefix}settings_default = {{\n{defaults}\n}};")
    return "\n".join(out) + "\n"


def range_text(p):
    if p["type"] == "bool":
        return "on, off"
    if p["type"] == "enum":
        return ", ".join(p["words"])
    if p["type"] in TEXT_TYPES:
        return f"up to {p['size']} characters"
    return f"{p['range'][0]} to {p['range'][1]}" + (f", in {p['unit']} when no unit is written"
                                                    if p.get("unit") else "")


def sample_value(p, text):
    return f"'{text}'" if p["type"] in TEXT_TYPES else text


def emit_sample(params, file, title):
    """A settings file in which every parameter stands with its default, switched off by a comment."""
    out = [wrap(title, 98, "# ") + "\n#\n"
           "# A line is  name = value;  text stands in single quotes;  # starts a comment.  A time may\n"
           "# have a unit: ms, s, min, h, d;  a size: B, kB, MB, GB, TB."]
    for p in params_of(params, file):
        out.append("\n" + wrap(p["doc"], 98, "# "))
        facts = range_text(p) + ("; takes effect at a reload" if p["apply"] == "reload"
                                 else "; takes effect at a start")
        if p.get("later"):
            facts += "; accepted, its function comes with a later version"
        out.append(wrap(facts, 98, "# "))
        value = p["example"] if p.get("required") or p.get("computed") else p["default"]
        out.append(f"#{p['name']} = {sample_value(p, value)}")
    return "\n".join(out) + "\n"


def emit_network_sample(columns):
    out = [wrap("network.conf: who belongs to the cluster, and where each is reached. The same file on "
                "every host, arbitration servers too. One line per server; columns are separated by "
                "blanks, # starts a comment.", 98, "# "), "#"]
    for column in columns:
        out.append(wrap(f"{column['name']}: {column['doc']}", 98, "#   "))
    out.append("#\n#" + "  ".join(c["name"] for c in columns))
    out += ["#" + line for line in ("server1 192.0.2.100,192.0.3.100 27540,27541 server",
                                    "server2 192.0.2.110,192.0.3.110 27540,27541 server",
                                    "arbiter 192.0.3.120 27541 arbiter")]
    return "\n".join(out) + "\n"


def boundary_rows(p, file):
    """Each limit from both sides: (text of the line, whether it is accepted)."""
    rows = []
    if p["type"] in ("int", "time", "size"):
        unit = {"int": "", "time": "ms", "size": "B"}[p["type"]]
        for value, accepted in ((p["min"], 1), (p["min"] - 1, 0), (p["max"], 1), (p["max"] + 1, 0)):
            rows.append((f"{p['name']} = {value}{unit}", accepted))
    elif p["type"] == "enum":
        rows = [(f"{p['name']} = {word}", word != "nonsense") for word in [*p["words"], "nonsense"]]
    elif p["type"] == "bool":
        rows = [(f"{p['name']} = {word}", ok) for word, ok in (("on", 1), ("off", 1), ("maybe", 0))]
    else:
        start = "/" if p["type"] == "path" else "x"
        for length, accepted in ((p["size"], 1), (p["size"] + 1, 0)):
            rows.append((f"{p['name']} = '{start}{'x' * (length - 1)}'", accepted))
    return [f"    {{BOUNDARY_{file.upper()}, {quote(p['name'])}, {quote(text)}, {'true' if ok else 'false'}}},"
            for text, ok in rows]


def emit_boundaries(params):
    rows = [row for file in FILES for p in params_of(params, file) for row in boundary_rows(p, file)]
    return BANNER % "params.toml" + "\n".join(rows) + "\n"


# ---- commands -------------------------------------------------------------------------------------


def load_commands(path):
    data = tomllib.loads(path.read_text())
    options = {}
    for option in data["option"]:
        check_keys(option, f"{path.name}: {option.get('name')}", ["name", "doc"],
                   ["short", "long", "argument", "repeat"])
        need(option.get("short") or option.get("long"), f"{option['name']}: neither short nor long")
        options[option["name"]] = option
    programs = {program["name"] for program in data["program"]}
    for mode in data["mode"]:
        what = f"{path.name}: {mode.get('program')} {mode.get('name')}"
        check_keys(mode, what, ["program", "name", "since", "syntax", "doc", "exits"],
                   ["refused", "operand"])
        need(mode["program"] in programs, f"{what}: unknown program")
        need(mode["since"] in ("now", "later"), f"{what}: since is now or later")
        for status in mode["exits"]:
            need(str(status) in data["exit"], f"{what}: unknown exit status {status}")
        # The syntax names the options; "|" inside brackets makes them exclude each other.
        mode["options"], mode["exclusive"] = [], []
        for group in mode["syntax"]:
            words = [word.strip() for word in group.strip("[]").removesuffix("...").split("|")]
            for word in words:
                need(word in options, f"{what}: unknown option {word}")
            mode["options"] += words
            if len(words) > 1:
                mode["exclusive"].append(words)
        # What somebody may look for here, and the way that there is instead.
        need(len(mode.get("refused", {})) <= 1, f"{what}: one refused option at most")
        for name in mode.get("refused", {}):
            need(name in options and name not in mode["options"], f"{what}: not to be refused: {name}")
            need(options[name].get("long"), f"{what}: {name} has no long name")
    return data, options


def flag_text(option, short_first=True):
    flags = ([f"-{option['short']}"] if option.get("short") else []) + (
        [f"--{option['long']}"] if option.get("long") else [])
    argument = f" {option['argument']}" if option.get("argument") else ""
    return (flags[0] if short_first else ", ".join(flags)) + argument


def synopsis(mode, options):
    out = [mode["program"]] + ([mode["name"]] if mode["name"] != mode["program"] else [])
    for group in mode["syntax"]:
        words = group.strip("[]").removesuffix("...").split("|")
        text = " | ".join(flag_text(options[word.strip()]) for word in words)
        dots = " ..." if group.endswith("...") else ""
        out.append((f"[{text}]" if group.startswith("[") else text) + dots)
    if mode.get("operand"):
        word = mode["operand"].removesuffix("...")
        out.append(f"{word} ..." if mode["operand"].endswith("...") else f"[{word}]")
    return out


def mode_help(mode, options, exits):
    lines, line = [], "   "
    for word in synopsis(mode, options):
        if len(line) + 1 + len(word) > 96:
            lines.append(line)
            line = "       "
        line += " " + word
    title = " ".join(dict.fromkeys([mode["program"], mode["name"]]))
    out = [wrap(f"{title}: {mode['doc']}"), "", "usage:", *[s[2:] for s in lines + [line]], "",
           "options:"]
    for name in mode["options"]:
        doc = textwrap.wrap(options[name]["doc"], 68, break_on_hyphens=False)
        flags = flag_text(options[name], short_first=False)
        if len(flags) > 22:
            out.append(f"  {flags}")
            flags = ""
        out.append(f"  {flags:<24}{doc[0]}")
        out += [" " * 26 + more for more in doc[1:]]
    out.append(f"  {'--help':<24}print this text")
    out += ["", "exit status:"] + [f"  {status}  {exits[str(status)]}" for status in mode["exits"]]
    return "\n".join(out) + "\n"


def program_help(program, modes):
    out = [wrap(f"{program['name']}: {program['doc']}"), "", "usage:",
           f"  {program['name']} mode [options]", "", "modes:"]
    for mode in modes:
        doc = textwrap.wrap(mode["doc"], 74, break_on_hyphens=False)
        out.append(f"  {mode['name']:<18}{doc[0]}")
        out += [" " * 20 + more for more in doc[1:]]
    out += ["", f"{program['name']} mode --help explains one of them; --version prints the version."]
    return "\n".join(out) + "\n"


def shown_modes(data):
    return [mode for mode in data["mode"] if mode["since"] == "now"]


def operands_max(mode):
    operand = mode.get("operand", "")
    return "COMMAND_OPERANDS_MAX" if operand.endswith("...") else 1 if operand else 0


def refused_text(mode):
    return "".join(f" .refused = OPTION_{upper(name)},\n     .refused_hint = {quote(hint)},"
                   for name, hint in mode.get("refused", {}).items())


def mode_enum(mode):
    parts = [mode["program"]] + ([mode["name"]] if mode["name"] != mode["program"] else [])
    return "MODE_" + upper("_".join(parts))


def emit_commands_h(data, options):
    programs = "\n".join(f"    PROGRAM_{upper(p['name'])}," for p in data["program"])
    modes = "\n".join(f"    {mode_enum(m)}," for m in shown_modes(data))
    names = "\n".join(f"    OPTION_{upper(name)}," for name in options)
    exits = "\n".join(f"    EXIT_{upper(word)} = {status}," for word, status in data["exit_word"].items())
    return f"""{BANNER % 'commands.toml'}#ifndef COMMANDS_H
#define COMMANDS_H

enum ProgramId {{
{programs}
    PROGRAM_COUNT,
}};

enum ModeId {{
{modes}
    MODE_COUNT,
}};

enum OptionId {{
{names}
    OPTION_COUNT,
}};

enum ExitStatus {{
{exits}
}};

#include "command_line.h"

#endif
"""


def emit_commands_c(data, options):
    out = [BANNER % "commands.toml", '#include "commands.h"\n\n#include <stddef.h>\n',
           "const OptionInfo command_options[OPTION_COUNT] = {"]
    for name, option in options.items():
        short = f"'{option['short']}'" if option.get("short") else "0"
        out.append(f"    [OPTION_{upper(name)}] = {{.short_name = {short},"
                   f" .long_name = {quote_or_null(option.get('long'))},"
                   f" .argument = {quote_or_null(option.get('argument'))},"
                   f" .repeat = {'true' if option.get('repeat') else 'false'}}},")
    out.append("};\n\nconst ModeInfo command_modes[MODE_COUNT] = {")
    for mode in shown_modes(data):
        mask = " | ".join(f"UINT64_C(1) << OPTION_{upper(o)}" for o in mode["options"])
        groups = ", ".join(" | ".join(f"UINT64_C(1) << OPTION_{upper(o)}" for o in group)
                           for group in mode["exclusive"])
        required = " | ".join(f"UINT64_C(1) << OPTION_{upper(g.removesuffix('...'))}"
                              for g in mode["syntax"] if not g.startswith("["))
        out.append(f"    [{mode_enum(mode)}] = {{.program = PROGRAM_{upper(mode['program'])},"
                   f" .name = {quote(mode['name'])},\n     .options = {mask},\n"
                   f"     .required = {required or '0'}, .exclusive = {{{groups or '0'}}},\n"
                   f"     .operands = {operands_max(mode)},{refused_text(mode)}\n"
                   f"     .help = {quote(mode_help(mode, options, data['exit']))}}},")
    out.append("};\n\nconst ProgramInfo command_programs[PROGRAM_COUNT] = {")
    for program in data["program"]:
        modes = [m for m in shown_modes(data) if m["program"] == program["name"]]
        single = len(modes) == 1 and modes[0]["name"] == program["name"]
        text = mode_help(modes[0], options, data["exit"]) if single else program_help(program, modes)
        out.append(f"    [PROGRAM_{upper(program['name'])}] = {{.name = {quote(program['name'])},"
                   f" .single = {'true' if single else 'false'}, .environment ="
                   f" {quote_or_null(program.get('environment'))},\n     .help = {quote(text)}}},")
    return "\n".join(out) + "\n};\n"


def golden_commands(data, options):
    texts = {}
    for program in data["program"]:
        modes = [m for m in shown_modes(data) if m["program"] == program["name"]]
        if not (len(modes) == 1 and modes[0]["name"] == program["name"]):
            texts[f"help_{program['name']}.txt"] = program_help(program, modes)
    for mode in shown_modes(data):
        name = "_".join(dict.fromkeys([mode["program"], mode["name"]]))
        texts[f"help_{name}.txt"] = mode_help(mode, options, data["exit"])
    return texts


# ---- words of status, causes, rules ---------------------------------------------------------------


def load_words(path):
    data = tomllib.loads(path.read_text())
    keys = {"word": ["name", "word", "of", "text", "action"], "cause": ["name", "text", "next"],
            "rule": ["id", "causes", "text"]}
    for kind, required in keys.items():
        seen = set()
        for entry in data[kind]:
            what = f"{path.name}: {kind} {entry.get(required[0])}"
            check_keys(entry, what, required)
            need(entry[required[0]] not in seen, f"{what} is declared twice")
            seen.add(entry[required[0]])
    causes = {cause["name"] for cause in data["cause"]}
    for rule in data["rule"]:
        for cause in rule["causes"]:
            need(cause in causes, f"{path.name}: rule {rule['id']}: unknown cause {cause}")
    return data


def emit_words_h(data):
    enum = "\n".join(f"    WORD_{upper(w['name'])}," for w in data["word"])
    return f"""{BANNER % 'words.toml'}#ifndef STATUS_WORDS_H
#define STATUS_WORDS_H

enum WordId {{
{enum}
    WORD_COUNT,
}};

#include "word_table.h"

#endif
"""


def emit_words_c(data):
    out = [BANNER % "words.toml" + '#include "status_words.h"\n', "const WordInfo word_catalog[] = {"]
    for w in data["word"]:
        out.append(f"    [WORD_{upper(w['name'])}] = {{.word = {quote(w['word'])}, .of = {quote(w['of'])},\n"
                   f"     .text = {quote(w['text'])},\n     .action = {quote(w['action'])}}},")
    out.append("};\nconst int word_count = WORD_COUNT;\n\nconst CauseInfo cause_catalog[] = {")
    for c in data["cause"]:
        out.append(f"    {{.name = {quote(c['name'])}, .text = {quote(c['text'])},\n"
                   f"     .next = {quote(c['next'])}}},")
    out.append(f"}};\nconst int cause_count = {len(data['cause'])};\n\nconst RuleInfo rule_catalog[] = {{")
    for r in data["rule"]:
        out.append(f"    {{.id = {quote(r['id'])}, .causes = {quote(' '.join(r['causes']))},\n"
                   f"     .text = {quote(r['text'])}}},")
    return "\n".join(out) + f"\n}};\nconst int rule_count = {len(data['rule'])};\n"


# ---- the whole ------------------------------------------------------------------------------------


def generate(defs):
    messages = load_messages(defs / "messages.toml")
    params_data = load_params(defs / "params.toml")
    params = params_data["param"]
    commands, options = load_commands(defs / "commands.toml")
    words = load_words(defs / "words.toml")
    golden = {
        "messages.txt": emit_message_guide(messages),
        "network.conf": emit_network_sample(params_data["column"]),
        "server.conf": emit_sample(params, "server", params_data["title"]["server"]),
        "arbitration.conf": emit_sample(params, "arbiter", params_data["title"]["arbiter"]),
        **golden_commands(commands, options),
    }
    samples = "".join(f"const char sample_{name}[] = {quote(golden[file])};\n"
                      for name, file in (("network", "network.conf"), ("server", "server.conf"),
                                         ("arbiter", "arbitration.conf")))
    return {
        "messages.h": emit_messages_h(messages),
        "messages.c": emit_messages_c(messages),
        "settings.h": emit_settings_h(params),
        "settings.c": emit_settings_c(params) + "\n" + samples,
        "boundaries.h": emit_boundaries(params),
        "commands.h": emit_commands_h(commands, options),
        "commands.c": emit_commands_c(commands, options),
        "status_words.h": emit_words_h(words),
        "status_words.c": emit_words_c(words),
        **{f"golden/{name}": text for name, text in golden.items()},
    }


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[2])
    for name, text in generate(pathlib.Path(sys.argv[1])).items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


if __name__ == "__main__":
    main()
