#!/bin/bash
# A copy command for pgx_dmpall and pgx_rcvall: copies resources with cp, by reflink where the file system can do that.
# What it is called with, and what it may rely on: copy-command.md.
#
# Every generation has a folder of its own in COPY_AREA, and in it for each resource the folder 0, 1, ... in the order of
# the list. On a file system with snapshots, "backup" takes the snapshot and "finalize" copies it away.
set -euo pipefail
shopt -s dotglob nullglob
export LC_ALL=C
area=${COPY_AREA:-/backup/copies}
own=$area/${PGX_COPY_GENERATION:?}

# copy FROM... TO: files come and go while the database works, and what is gone meanwhile is missed by nobody.
copy()
{
    local said
    said=$(cp -a --reflink=auto -- "$@" 2>&1) || ! grep -v ': No such file or directory$' <<< "$said" >&2
}

# What pgx_rcvall puts there itself, and what must not come back: the control file is in the generation, and comes last.
backup()
{
    local number=0 path entry
    while IFS= read -r path; do
        mkdir "$own/$number"
        for entry in "$path"/*; do
            case ${entry##*/} in
            pg_wal | pg_tblspc | pg_replslot | postmaster.pid | postmaster.opts) ;;
            *) copy "$entry" "$own/$number/" ;;
            esac
        done
        rm -f "$own/$number/global/pg_control"
        number=$((number + 1))
    done < "$own/paths"
}

restore()
{
    local from name path entry number
    local -a names paths had
    from=$(< "$1")
    mapfile -t names < "$2"
    mapfile -t paths < "$PGX_COPY_PATHS"
    mapfile -t had < "$from/list"
    for i in "${!names[@]}"; do
        number=
        for n in "${!had[@]}"; do
            if [ "${had[n]}" = "${names[i]}" ]; then number=$n; fi
        done
        if [ -z "$number" ]; then
            echo "there is no copy of ${names[i]} in $from" >&2
            exit 1
        fi
        path=${paths[i]}
        for entry in "$path"/*; do
            case ${entry##*/} in
            mc.interrupted | pg_wal | pg_tblspc | lost+found) ;;
            *) rm -rf -- "$entry" ;;
            esac
        done
        cp -a --reflink=auto -- "$from/$number/"* "$path/"
    done
}

case $1 in
prepare)
    # What belongs to no generation any more: of pruned ones, and of runs that were killed.
    for old in "$area"/*/; do
        old=${old%/}
        [ -e "$PGX_COPY_DESTINATION/${old##*/}/manifest" ] || rm -rf -- "$old"
    done
    mkdir -p "$own"
    cp -- "$3" "$own/list"
    cp -- "$PGX_COPY_PATHS" "$own/paths"
    ;;
backup)
    backup
    ;;
finalize)
    if [ "$PGX_COPY_STATE" = complete ]; then
        sync -f "$own"
        echo "$own" > "$2"
    else
        rm -rf -- "$own"
    fi
    ;;
restore)
    restore "$2" "$3"
    ;;
*)
    exit 2
    ;;
esac
