# shellcheck shell=bash
# One PostgreSQL server per directory:
#   DIR/data  DIR/server.log  DIR/port  DIR/socketdir  DIR/tls  DIR/watchdog

pg_start() {
    local major=${1:?major version} dir
    dir=$(readlink -m "${2:?directory}")
    shift 2
    local owner='' auth=trust password_file='' build=server tls=no
    local -a settings=()
    while (($# > 0)); do
        case $1 in
        --owner) owner=$2 && shift 2 ;;
        --auth) auth=$2 && shift 2 ;;
        --password-file) password_file=$(readlink -f "$2") && shift 2 ;;
        --set) settings+=("$2") && shift 2 ;;
        --tls) tls=yes && shift ;;
        --full) build=full && shift ;;
        *) die "pg start: unknown option $1" ;;
        esac
    done
    local bin=$testbed/pg/$major/$build/bin
    [[ -x $bin/postgres ]] || die "no PostgreSQL $major ($build) here; run 'testbed setup' first"

    make_reachable "$dir"
    cd /
    start_watchdog pg "$dir" "$owner"
    [[ -e $dir/data/PG_VERSION ]] || pg_create
    pg_configure
    pg_launch
    echo "127.0.0.1 $(cat "$dir/port") $(pg_pid "$dir") $(cat "$dir/socketdir")"
}

# The next functions are chapters of pg_start and use its variables.

pg_create() {
    local -a access=(-A "$auth")
    if [[ -n $password_file ]]; then
        install -m 600 "$password_file" "$dir/password"
        give_to_server_user "$dir/password"
        access+=(--pwfile "$dir/password")
    fi
    mkdir -m 700 "$dir/data"
    give_to_server_user "$dir/data"
    as_server_user "$bin/initdb" -D "$dir/data" -U postgres -E UTF8 --locale=C.UTF-8 --no-sync \
        "${access[@]}" >"$dir/initdb.log" 2>&1 </dev/null || {
        cat "$dir/initdb.log" >&2
        die "initdb of PostgreSQL $major failed"
    }
    rm -f "$dir/password"
    echo "include_if_exists '$dir/testbed.conf'" >>"$dir/data/postgresql.conf"
}

# A socket's path may have 107 bytes, test directories are sometimes longer.
pg_make_socket_dir() {
    local sockets=$dir/socket
    ((${#sockets} < 85)) || sockets=$(mktemp -d /tmp/dspg.XXXXXX)
    mkdir -p "$sockets"
    chmod 755 "$sockets"
    give_to_server_user "$sockets"
    echo "$sockets" >"$dir/socketdir"
}

pg_configure() {
    : >>"$dir/server.log"
    pg_make_socket_dir
    [[ $tls == no || -e $dir/tls ]] || pg_make_certificate
    {
        echo "listen_addresses = '127.0.0.1'"
        echo "unix_socket_directories = '$(cat "$dir/socketdir")'"
        printf '%s\n' "fsync = off" "max_connections = 60" "max_wal_senders = 10"
        printf '%s\n' "wal_level = replica" "timezone = 'UTC'" "log_timezone = 'UTC'"
        [[ ! -e $dir/tls ]] || printf '%s\n' "ssl = on" \
            "ssl_cert_file = '$dir/tls/server.crt'" "ssl_key_file = '$dir/tls/server.key'"
        local setting
        for setting in ${settings[@]+"${settings[@]}"}; do
            echo "${setting%%=*} = '${setting#*=}'"
        done
    } >"$dir/testbed.conf"
    give_to_server_user "$dir/server.log" "$dir/testbed.conf"
}

# A small authority and a certificate of it for localhost and 127.0.0.1.
pg_make_certificate() {
    local tls_dir=$dir/tls
    mkdir "$tls_dir"
    local -a new=(req -x509 -newkey rsa:2048 -nodes -days 30)
    openssl "${new[@]}" -subj "/CN=DumpStation test CA" \
        -keyout "$tls_dir/ca.key" -out "$tls_dir/ca.crt" 2>/dev/null
    openssl "${new[@]}" -subj "/CN=localhost" -CA "$tls_dir/ca.crt" -CAkey "$tls_dir/ca.key" \
        -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -addext "basicConstraints=CA:FALSE" \
        -keyout "$tls_dir/server.key" -out "$tls_dir/server.crt" 2>/dev/null
    chmod 600 "$tls_dir"/*.key
    give_to_server_user "$tls_dir/server.key"
}

# A cluster keeps its port over restarts. For a new one the port is only a good guess until
# the server listens on it.
pg_launch() {
    for _ in {1..5}; do
        [[ -e $dir/port ]] || free_port >"$dir/port"
        if as_server_user "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 60 \
            -o "-p $(cat "$dir/port")" start >"$dir/start.log" 2>&1 </dev/null; then
            return
        fi
        grep -q 'Address already in use' "$dir/server.log" || break
        rm -f "$dir/port"
        : >"$dir/server.log"
    done
    tail -n 20 "$dir/start.log" "$dir/server.log" >&2
    dismiss_watchdog "$dir"
    die "PostgreSQL $major does not start in $dir"
}

# Prints the process id of the server that runs in DIR, nothing if none does.
pg_pid() {
    local pid
    { read -r pid <"$1/data/postmaster.pid"; } 2>/dev/null || return 0
    [[ $(readlink "/proc/$pid/cwd") != "$1/data" ]] || echo "$pid"
}

pg_stop() {
    local dir pid
    dir=$(readlink -m "${1:?directory}")
    pid=$(pg_pid "$dir")
    dismiss_watchdog "$dir"
    if [[ -n $pid ]]; then
        if [[ ${2:-} == --crash ]]; then
            pg_crash "$dir" "$pid"
        else
            end_process "$pid" INT 20
        fi
    fi
    local sockets
    sockets=$(cat "$dir/socketdir" 2>/dev/null) || return 0
    rm -f "$sockets"/.s.PGSQL.*
    [[ $sockets != /tmp/dspg.* ]] || rm -rf "$sockets"
}

# Kills the server and its children before any of them can write another byte.
pg_crash() {
    local dir=$1 pid=$2
    local -a all
    mapfile -t all < <(echo "$pid" && pgrep -P "$pid")
    kill -KILL "${all[@]}" 2>/dev/null || true
    for pid in "${all[@]}"; do
        wait_until 10 is_gone "$pid" || die "process $pid does not end"
    done
    # The dead may wait long for their parent; the next start would take them for a server.
    rm -f "$dir/data/postmaster.pid"
}
