#!/bin/bash
# The floor and ours by turns, so that both meet the same machine: interleaved.sh [REPS] [FAULTS] [FOLDER]
set -euo pipefail
here=$(dirname "$(realpath "$0")")
reps=${1:-5}
faults=${2:-F1,F2,F3,F4,F5,F7,F8}
folder=${3:-/tmp/mcbench/interleaved}
mkdir -p "$folder"
for _ in $(seq "$reps"); do
    for fault in ${faults//,/ }; do
        /usr/bin/python3 "$here/failover.py" --system manual --setting floor --faults "$fault" --reps 1 \
            --out "$folder/floor.jsonl"
        /usr/bin/python3 "$here/failover.py" --system mc --setting default --faults "$fault" --reps 1 \
            --out "$folder/mc.jsonl"
    done
done
/usr/bin/python3 "$here/report.py" "$folder/floor.jsonl" "$folder/mc.jsonl"
