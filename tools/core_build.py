"""The core compiled once more, in another way, and programs of a finished build linked with it.

Everything else of the build is taken as it lies there: a few seconds instead of a build of its own.
"""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARCHIVES = ("sim/libmc_sim.a", "src/agent/libmc_agent.a", "src/wire/libmc_wire.a", "defs/libmc_defs.a",
            "src/base/libmc_base.a")
LIBRARIES = ("-lprotobuf-nanopb", "-lcmocka")


def compile_core(build, folder, flags, changed=None):
    """Objects of src/core in `folder`; `changed` maps a file's name to the text that stands in for it."""
    objects = []
    for source in sorted((ROOT / "src/core").glob("*.c")):
        target = folder / (source.stem + ".o")
        if source.name in (changed or {}):
            (folder / source.name).write_text(changed[source.name])
            source = folder / source.name
        subprocess.run(["gcc", "-std=gnu17", "-g", "-D_GNU_SOURCE", *flags, "-I", ROOT / "src", "-I",
                        ROOT / "defs", "-I", build / "defs", "-c", source, "-o", target], check=True,
                       cwd=folder)
        objects.append(target)
    return objects


def link(build, objects, program, target, flags=()):
    """`program` as the build names it, "sim/mc_sim", with these objects in place of its core."""
    own = sorted((build / (program + ".p")).glob("*.o"))
    if not own:
        raise SystemExit(f"no {program} in {build}: build first")
    subprocess.run(["gcc", *flags, "-o", target, *own, *objects, "-Wl,--start-group",
                    *[build / archive for archive in ARCHIVES], "-Wl,--end-group", *LIBRARIES], check=True)
    return target


def excuses(path):
    """{what: reason} of a file with a line each; "#" begins a comment."""
    found = {}
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            what, _, reason = line.partition(" ")
            if not reason.strip() or what in found:
                raise SystemExit(f"{path}: \"{line}\" has no reason, or is there twice")
            found[what] = reason.strip()
    return found
