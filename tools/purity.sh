#!/bin/bash
# Proves that the deciding layers are pure: no clock, no allocation, no I/O, no hidden state.
#
#     purity.sh [--self-test] BUILD
#
# BUILD has static libraries built with -Db_staticpic=false and without fortify, since both add symbols and
# sections of their own (tools/check.py makes one).  Two facts are read from the object files of core and wire:
# which symbols they leave undefined, and whether anything lies in .data or .bss.  What they borrow from
# base and defs is followed into those libraries and judged by the same list.
set -euo pipefail

ALLOWED='memcpy|memset|memmove|memcmp|memchr|strlen|strcmp|strncmp|assert_failed|__stack_chk_fail'
ALLOWED+='|__memcpy_chk|_GLOBAL_OFFSET_TABLE_|pb_[a-z0-9_]+'

# The undefined symbols of an archive that are defined neither in it nor in the libraries it may borrow
# from; a borrowed function must be one that borrows nothing impure itself.
impure_symbols() {
    local archive=$1 lenders=("${@:2}")
    awk -v allowed="^($ALLOWED)\$" '
        # "object:  U name" or "object: 0000 T name"; members of lenders are told apart by their path
        NF < 2 { next }
        {
            split($1, place, ":"); member = place[1] ":" place[2]
            type = $(NF - 1); name = $NF
            own = index($1, archive) == 1
            if (type == "U") uses[member] = uses[member] " " name
            else if (type ~ /[TRDBVWCi]/) defined[name] = member
            if (own) mine[member] = 1
        }
        END {
            for (member in mine) queue[++last] = member
            while (++first <= last) {
                member = queue[first]
                if (seen[member]++) continue
                count = split(uses[member], names, " ")
                for (i = 1; i <= count; i++) {
                    name = names[i]
                    if (name ~ allowed) continue
                    if (name in defined) queue[++last] = defined[name]
                    else print member " needs " name
                }
            }
        }' archive="$archive" < <(nm -A "$archive" "${lenders[@]}" 2>/dev/null)
}

# Objects with writable state of their own.
stateful_objects() {
    size -A "$1" 2>/dev/null | awk '
        / :$|\(ex / { object = $1 }
        $1 ~ /^\.(data|bss|tdata|tbss)(\..*)?$/ && $1 !~ /^\.data\.rel\.ro/ && $2 > 0 {
            print object " has " $2 " bytes in " $1
        }'
}

# nanopb allocates for pointer fields and calls back for unbounded ones; Debian builds it with malloc.
unbounded_fields() {
    grep -HnE '^ *X\(a, *(POINTER|CALLBACK),' "$1" || true
}

check_schema() {
    local found
    found=$(unbounded_fields "$1")
    if [[ -n $found ]]; then
        printf '%s\n' "$found" | sed 's/^/# /'
        return 1
    fi
}

check_archive() {
    local found
    found=$(impure_symbols "$@"; stateful_objects "$1")
    if [[ -n $found ]]; then
        printf '%s\n' "$found" | sed 's/^/# /'
        return 1
    fi
}

number=0
failed=0
report() { # result, claim
    number=$((number + 1))
    if [[ $1 == 0 ]]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        failed=1
    fi
}

# A call of time() two functions away, a static counter: each must be seen, and a pure object not.
self_test() {
    local work result
    work=$(mktemp -d)
    trap 'rm -rf "$work"' RETURN
    cd "$work"
    echo 'int pure(int x); int pure(int x) { return x + 1; }' >pure.c
    echo 'long lend(void); long time(long *); long lend(void) { return time(0); }' >lend.c
    echo 'long lend(void); long ask(void); long ask(void) { return lend(); }' >clock.c
    echo 'int count(void); static int n; int count(void) { return ++n; }' >state.c
    for source in *.c; do
        cc -O1 -fno-pic -fno-builtin -c "$source"
        ar rcs "lib${source%.c}.a" "${source%.c}.o"
    done
    result=0; check_archive libpure.a liblend.a >/dev/null || result=1
    report $result "purity lets a pure object pass"
    result=1; check_archive liblend.a >/dev/null || result=0
    report $result "purity sees a call of time()"
    result=1; check_archive libclock.a liblend.a >/dev/null || result=0
    report $result "purity sees a call of time() through a borrowed function"
    result=1; check_archive libstate.a >/dev/null || result=0
    report $result "purity sees a static counter"
    printf 'X(a, STATIC,   SINGULAR, UINT64, epoch, 1) \\\nX(a, POINTER,  SINGULAR, BYTES, text, 2)\n' >bad.h
    result=1; check_schema bad.h >/dev/null || result=0
    report $result "purity sees a pointer in a schema"
}

if [[ ${1:-} == --self-test ]]; then
    echo 1..5
    self_test
    exit $failed
fi

build=${1:?usage: purity.sh [--self-test] BUILD}
lenders=()
# In this order: each may borrow from those before it.
for library in "$build"/src/base/libmc_base.a "$build"/defs/libmc_defs.a "$build"/src/core/libmc_core.a; do
    [[ -e $library ]] && lenders+=("$library")
done
for layer in core wire; do
    library=$build/src/$layer/libmc_$layer.a
    if [[ -e $library ]]; then
        result=0
        check_archive "$library" "${lenders[@]/$library/}" || result=1
        report $result "purity of $layer"
    fi
done
if [[ -e $build/src/wire/wire.pb.h ]]; then
    result=0
    check_schema "$build/src/wire/wire.pb.h" || result=1
    report $result "purity of the schema"
fi
echo "1..$number"
exit $failed
