#!/bin/bash
# Installs what bench/failover and bench/backup compare with; the product needs none of it.
# No service is started, no cluster is made.
set -euo pipefail

PACKAGES=(
    patroni python3-etcd etcd-server etcd-client
    pgbackrest
    pg-auto-failover-cli postgresql-15-auto-failover
    repmgr postgresql-15-repmgr openssh-server
    pgbackrest
)

if [[ $(id -u) -ne 0 ]]; then
    echo "only root can install packages" >&2
    exit 1
fi
"$(dirname "$0")/../tools/install.sh"

export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
if [[ ! -e /usr/sbin/policy-rc.d ]]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
apt-get update -q
apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 "${PACKAGES[@]}"
