#!/bin/bash
# Everything that bench/backup measures, each part by turns, and its table of medians; nothing is added to any file that is kept.
#
#   interleaved.sh [PART ...]     all parts, or these:
#       backup        full backup, incremental backup and restore, beside pg_basebackup and pgBackRest
#       extra         the same with EXTRA_MB (1000) of rows that compress badly
#       summaries     incremental backup on PostgreSQL 17, by comparing blocks and by WAL summaries
#       archive       archivers: segments per second and processor per segment, beside basic_archive, cp and pgBackRest
#
# ROUNDS (5) is for backup; the others take at most three. BUILD is the build folder. Root; pgBackRest comes by bench/install.sh.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
rounds=${ROUNDS:-5}
few=$((rounds < 3 ? rounds : 3))
build=${BUILD:-$here/../../build}

part() {
    echo "== $1, load $(cut -d' ' -f1-3 /proc/loadavg)"
    case $1 in
        backup) /usr/bin/python3 "$here/backup.py" --build "$build" --rounds "$rounds" ;;
        extra) /usr/bin/python3 "$here/backup.py" --build "$build" --rounds "$few" --extra-mb "${EXTRA_MB:-1000}" ;;
        summaries) /usr/bin/python3 "$here/backup.py" --build "$build" --rounds "$few" --major 17 ;;
        archive) /usr/bin/python3 "$here/archive.py" --build "$build" --rounds "$few" --segments 24 ;;
        *)
            sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
            exit 2
            ;;
    esac
    echo "   $SECONDS s since the beginning"
}

if (($# == 0)); then set -- backup extra summaries archive; fi
for name in "$@"; do part "$name"; done
