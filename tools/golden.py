#!/usr/bin/python3
"""Compares generated texts with the copies kept in test/golden, so that a change is seen in review.

    golden.py [--accept] MADE KEPT      MADE: <build>/defs/golden
"""
import difflib
import pathlib
import sys


def main(arguments):
    accept = "--accept" in arguments
    made, kept = (pathlib.Path(a) for a in arguments if a != "--accept")
    names = sorted({p.name for folder in (made, kept) for p in folder.iterdir()
                    if p.suffix in (".txt", ".conf")})
    failed = False
    print(f"1..{len(names)}")
    for number, name in enumerate(names, 1):
        texts = [(folder / name).read_text() if (folder / name).exists() else "" for folder in
                 (kept, made)]
        if accept and texts[1]:
            (kept / name).write_text(texts[1])
        elif accept:
            (kept / name).unlink()
        good = accept or texts[0] == texts[1]
        failed = failed or not good
        print(f"{'ok' if good else 'not ok'} {number} - golden {name}")
        if not good:
            lines = difflib.unified_diff(*(t.splitlines() for t in texts), f"test/golden/{name}",
                                         f"made/{name}", lineterm="")
            print("\n".join("# " + line for line in lines))
    if failed:
        print("# if the change is meant: make golden, and review the diff")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
