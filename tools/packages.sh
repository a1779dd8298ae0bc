#!/usr/bin/env bash
# Installs what is missing from the named sections of tools/packages.txt.
#   tools/packages.sh build run
set -euo pipefail

list=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/packages.txt

main() {
    (($# > 0)) || die "name at least one section of $list"
    local -a missing
    mapfile -t missing < <(only_missing < <(wanted "$@"))
    ((${#missing[@]} > 0)) || return 0
    install_packages "${missing[@]}"
}

die() {
    echo "packages: $*" >&2
    exit 1
}

# Prints the packages of the given sections that this machine should get from Debian.
wanted() {
    local section
    for section in "$@"; do
        grep -qxF "[$section]" "$list" || die "$list has no section [$section]"
    done
    local line name condition
    section=
    while read -r line; do
        case $line in
        '' | '#'*) ;;
        '['*']') section=${line//[\[\]]/} ;;
        *)
            [[ " $* " == *" $section "* ]] || continue
            read -r name condition <<<"$line"
            [[ $condition == unless:* ]] && command -v "${condition#unless:}" >/dev/null && continue
            echo "$name"
            ;;
        esac
    done <"$list"
}

# Reads package names, prints those that are not installed.
only_missing() {
    sort -u | comm -23 - <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' |
        sed -n 's/^installed //p' | sort -u)
}

install_packages() {
    command -v apt-get >/dev/null || die "this is not a Debian system; please install: $*"
    echo "packages: installing $*"
    as_root true || die "need root (or sudo without a password) to install: $*"
    local quiet
    quiet=$(mktemp)
    # shellcheck disable=SC2064 # the name is known now
    trap "allow_services; rm -f '$quiet'" EXIT
    forbid_services
    # One source that cannot be reached must not stop the others: the install decides.
    as_root apt-get update -q >"$quiet" 2>&1 || tail -n 5 "$quiet" >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o Dpkg::Options::=--force-confold "$@" >"$quiet" 2>&1 </dev/null || {
        tail -n 30 "$quiet" >&2
        die "apt-get could not install: $*"
    }
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# While packages are installed nothing may start a daemon or create a database cluster.
policy=/usr/sbin/policy-rc.d
no_cluster=/etc/postgresql-common/createcluster.d/dumpstation-no-cluster.conf
policy_is_ours=false

forbid_services() {
    if [[ ! -e $policy ]]; then
        policy_is_ours=true
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    as_root mkdir -p "${no_cluster%/*}"
    echo 'create_main_cluster = false' | as_root tee "$no_cluster" >/dev/null
}

allow_services() {
    [[ $policy_is_ours == false ]] || as_root rm -f "$policy"
    as_root rm -f "$no_cluster"
}

main "$@"
