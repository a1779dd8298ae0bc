# shellcheck shell=bash
# What all parts of the testbed share: speaking, users, ports, processes.

die() {
    echo "testbed: $*" >&2
    exit 1
}

# Servers refuse to run as root; whoever is not root is good enough already.
as_server_user() {
    if ((EUID == 0)); then
        setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
    else
        "$@"
    fi
}

give_to_server_user() {
    ((EUID != 0)) || chown -R postgres: "$@"
}

# Makes DIR and lets the server user reach it. Search permission is added to temporary
# directories only: nobody's home is opened for a test.
make_reachable() {
    local dir=$1 parent=$1
    mkdir -p "$dir"
    chmod 755 "$dir"
    while ! as_server_user test -x "$dir"; do
        parent=${parent%/*}
        case $parent in
        /tmp/?* | /var/tmp/?* | "$testbed"/?* | "${TMPDIR:-/tmp}"/?*) chmod o+x "$parent" ;;
        *)
            rmdir --ignore-fail-on-non-empty "$dir"
            die "$dir cannot be searched by the server user; use a directory under /tmp"
            ;;
        esac
    done
}

# Prints a TCP port of 127.0.0.1 that nothing listens on. Below the range from which the
# kernel picks, so that no outgoing connection takes it before the server does.
free_port() {
    local port
    for _ in {1..200}; do
        port=$((20000 + SRANDOM % 12000))
        if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    die "found no free port"
}

# Prints when process PID started, nothing if it is gone or only waits to be reaped. Together
# with the id this names a process for good: ids are used again, such pairs are not.
process_birth() {
    local stat
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
    local -a field
    read -ra field <<<"${stat##*) }"
    [[ ${field[0]} == Z || ${field[0]} == X ]] || echo "${field[19]}"
}

# wait_until SECONDS COMMAND...
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}

is_gone() {
    [[ -z $(process_birth "$1") ]]
}

# end_process PID SIGNAL SECONDS: asks, waits, and in the end insists.
end_process() {
    kill "-$2" "$1" 2>/dev/null || return 0
    wait_until "$3" is_gone "$1" || kill -KILL "$1" 2>/dev/null || true
    wait_until 10 is_gone "$1" || die "process $1 does not end"
}

# start_watchdog KIND DIR OWNER: from now on the server in DIR ends with process OWNER.
# It is started before the server, so that no moment is left in which nobody watches.
start_watchdog() {
    [[ -n $3 ]] || return 0
    [[ -n $(process_birth "$3") ]] || die "the owner, process $3, does not exist"
    dismiss_watchdog "$2"
    setsid "$here/testbed" watch "$1" "$2" "$3" "$$" </dev/null >/dev/null 2>&1 &
    echo $! >"$2/watchdog"
}

dismiss_watchdog() {
    rm -f "$1/watchdog"
}

# Runs in the background until the owner is gone, or until DIR/watchdog names another. An
# owner may die while its server is being started: then the starter is let finish first.
watch_owner() {
    local kind=$1 dir=$2 owner=$3 starter=$4 birth
    birth=$(process_birth "$owner")
    wait_until 5 test -s "$dir/watchdog" || exit 0
    while [[ -n $birth && $(process_birth "$owner") == "$birth" ]]; do
        is_watchdog_of "$dir" || exit 0
        sleep 0.5
    done
    wait_until 120 is_gone "$starter" || true
    is_watchdog_of "$dir" || exit 0
    "${kind}_stop" "$dir"
}

is_watchdog_of() {
    [[ $(cat "$1/watchdog" 2>/dev/null) == "$$" ]]
}
