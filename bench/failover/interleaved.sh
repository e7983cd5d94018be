#!/bin/bash
# By turns, so that all meet the same machine, and the table of medians at the end; nothing is added to any file that is kept.
#
#   interleaved.sh faults [REPS] [FAULTS]   the floor and ours, a new cluster each time
#   interleaved.sh f6 [REPS]                a planned switch, idle and under 8 clients of pgbench: the floor, ours, the others
#   interleaved.sh rejoin [REPS]            a killed primary with WAL of its own comes back under that load: how long, and how
#   interleaved.sh recover [REPS]           a power loss of everything, 2 GB: ours and the floor (recover.py)
#
# The others are measured where bench/install.sh has installed them: as often, at most three times. Rows and logs of the runs are in
# /tmp/mcbench. MC_BUILD is the build folder (default: build).
set -euo pipefail
here=$(dirname "$(realpath "$0")")
what=${1:-}
reps=${2:-5}
folder=$(mktemp -d /tmp/interleaved.XXXXXX)
trap 'rm -rf "$folder"' EXIT
others=()
if command -v pg_autoctl >/dev/null; then others+=("pgaf tuned"); fi
if command -v patroni >/dev/null && command -v etcd >/dev/null; then others+=("patroni tuned"); fi

# run SYSTEM SETTING FAULTS REPS MORE...: on one cluster that is made for it
run() {
    /usr/bin/python3 "$here/failover.py" --system "$1" --setting "$2" --faults "$3" --reps "$4" \
        --out "$folder/rows.jsonl" "${@:5}" >&2
}

faults() {
    local fault
    for _ in $(seq "$reps"); do
        for fault in ${1//,/ }; do
            run manual floor "$fault" 1
            run mc default "$fault" 1
        done
    done
    /usr/bin/python3 "$here/report.py" "$folder/rows.jsonl"
}

# Two turns; what is not even falls to the first.
f6() {
    local turn now system setting
    for turn in 1 2; do
        now=$(((reps + 2 - turn) / 2))
        if ((now == 0)); then continue; fi
        for system in "manual floor" "mc default"; do
            read -r system setting <<<"$system"
            run "$system" "$setting" F6 "$now" --settle 2 --loads 0,8
        done
    done
    for system in "${others[@]}"; do
        read -r system setting <<<"$system"
        run "$system" "$setting" F6 $((reps < 3 ? reps : 3)) --settle 2 --loads 0,8
    done
    /usr/bin/python3 "$here/report.py" --matrix "$folder/rows.jsonl"
}

# A way back that takes longer than a minute is not waited for.
rejoin() {
    local system setting
    run mc default F2W $(((reps + 1) / 2)) --loads 8
    for system in "${others[@]}"; do
        read -r system setting <<<"$system"
        run "$system" "$setting" F2W $((reps < 3 ? reps : 3)) --loads 8 --heal-timeout 60
    done
    if ((reps > 1)); then run mc default F2W $((reps / 2)) --loads 8; fi
    run manual floor F2W $((reps < 3 ? reps : 3)) --loads 8
    /usr/bin/python3 "$here/report.py" --rejoin "$folder/rows.jsonl"
}

echo "load before: $(cut -d' ' -f1-3 /proc/loadavg)" >&2
case $what in
    faults) faults "${3:-F1,F2,F3,F4,F5,F7,F8}" ;;
    f6 | rejoin) "$what" ;;
    recover) /usr/bin/python3 "$here/recover.py" --build "${MC_BUILD:-$here/../../build}" --runs "$reps" ;;
    *)
        sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
