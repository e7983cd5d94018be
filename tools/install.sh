#!/bin/bash
# Installs what the build and the tests need on a bare Debian 12; does nothing when all is there.
#
# PostgreSQL's packages make a cluster of their own and start it. That would take a port and confuse
# the tests, so both are switched off before anything is installed. On a machine that already has
# PostgreSQL this script changes no file: it only adds packages.
set -euo pipefail
umask 022

PACKAGES=(
    # compilers and build
    gcc libc6-dev clang clang-14 llvm-14 libclang-rt-14-dev meson ninja-build pkg-config make binutils
    # libraries (house rule: each seen by one folder only)
    libuv1-dev libssl-dev libpq-dev nanopb libnanopb-dev protobuf-compiler python3-protobuf
    libjansson-dev libcmocka-dev libzstd-dev zstd
    # the thing we look after
    postgresql-15 postgresql-client-15 postgresql-contrib postgresql-server-dev-15
    # tests
    python3 python3-pytest python3-pytest-xdist python3-psycopg2 iproute2 nftables procps util-linux psmisc
    mount e2fsprogs faketime
    # the model
    spin
    # style
    clang-format-14 clang-tidy-14
    # manual pages, version control, certificates of the package source
    scdoc git ca-certificates
)

missing_packages() {
    local -A installed=()
    local name status
    while read -r name status; do
        if [[ $status == installed ]]; then
            installed[${name%%:*}]=1
        fi
    done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null)

    for name in "${PACKAGES[@]}"; do
        if [[ -z ${installed[$name]:-} ]]; then
            echo "$name"
        fi
    done
}

# Debian's wrapper creates and starts a cluster "main" unless told otherwise before the installation.
refuse_main_cluster() {
    local file=/etc/postgresql-common/createcluster.conf
    if dpkg-query -W -f '${db:Status-Status}' postgresql-common 2>/dev/null | grep -qx installed; then
        return
    fi
    mkdir -p /etc/postgresql-common
    if [[ ! -e $file ]]; then
        echo 'create_main_cluster = false' >"$file"
    fi
}

# A policy of our own, in place only while packages are configured: no service starts.
refuse_services() {
    if [[ ! -e /usr/sbin/policy-rc.d ]]; then
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
        chmod 755 /usr/sbin/policy-rc.d
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
}

# A fresh machine reads the lists by itself at its first boot, and apt waits for others only when it installs.
update_lists() {
    local try
    for try in {1..10}; do
        if apt-get update -q; then
            return
        fi
        echo "apt-get update failed ($try of 10), again in 5 s" >&2
        sleep 5
    done
    return 1
}

mapfile -t missing < <(missing_packages)
if [[ ${#missing[@]} -eq 0 ]]; then
    exit 0
fi
if [[ $(id -u) -ne 0 ]]; then
    echo "these packages are missing, and only root can install them: ${missing[*]}" >&2
    echo "hint: run tools/install.sh as root once" >&2
    exit 1
fi

echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
refuse_main_cluster
refuse_services

update_lists
# confold: the createcluster.conf above would otherwise be a question to a terminal that is not there.
apt-get install -q -y --no-install-recommends \
    -o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-confdef \
    -o DPkg::Lock::Timeout=300 "${missing[@]}"
