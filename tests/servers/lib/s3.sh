# shellcheck shell=bash
# An S3 server: Ceph's gateway on one monitor and one store in memory, all below DIR.
# Starting it where it already runs only prints its line again, so tests may share one.

s3_access_key=DSTESTACCESSKEY00000
s3_secret_key=dstestsecretkeydstestsecretkey0000000000

s3_start() {
    local dir
    dir=$(readlink -m "${1:?directory}")
    shift
    local owner=''
    local -a settings=()
    while (($# > 0)); do
        case $1 in
        --owner) owner=$2 && shift 2 ;;
        --set) settings+=("$2") && shift 2 ;;
        *) die "s3 start: unknown option $1" ;;
        esac
    done
    command -v radosgw >/dev/null || die "radosgw is not installed; run 'testbed setup' first"

    mkdir -p "$dir"
    exec 8<"$dir"
    flock 8
    if [[ -z $(s3_pid "$dir" rgw) ]]; then
        s3_stop "$dir"
        start_watchdog s3 "$dir" "$owner" 8<&-
        s3_configure
        { s3_launch 8<&- >"$dir/start.log" 2>&1; } || {
            tail -n 20 "$dir/start.log" >&2
            s3_stop "$dir"
            die "the S3 server does not start in $dir"
        }
    fi
    echo "http://127.0.0.1:$(cat "$dir/port") $s3_access_key $s3_secret_key"
}

# The next functions are chapters of s3_start and use its variables.

s3_configure() {
    rm -rf "${dir:?}"/{mon,osd,run,keyring,monmap}
    mkdir -p "$dir"/{mon,osd,run}
    free_port >"$dir/port"
    local monitor fsid classes first
    monitor=$(free_port)
    first=$(free_port)
    fsid=$(cat /proc/sys/kernel/random/uuid)
    classes=$(find /usr/lib -maxdepth 2 -name rados-classes | head -n 1)
    sed -e "s|@DIR@|$dir|g; s|@PORT@|$(cat "$dir/port")|; s|@MONITOR@|$monitor|; s|@FSID@|$fsid|" \
        -e "s|@FIRST@|$first|; s|@LAST@|$((first + 100))|; s|@CLASSES@|$classes|" \
        "$here/ceph.conf.in" >"$dir/ceph.conf"
    printf '%s\n' ${settings[@]+"${settings[@]}"} >>"$dir/ceph.conf"
    monmaptool --create --addv a "[v2:127.0.0.1:$monitor]" --fsid "$fsid" "$dir/monmap" >/dev/null
    s3_make_keys
}

s3_make_keys() {
    local key=("$dir/keyring" --gen-key)
    ceph-authtool --create-keyring "${key[@]}" -n mon. --cap mon 'allow *' >/dev/null
    ceph-authtool "${key[@]}" -n client.admin \
        --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
    ceph-authtool "${key[@]}" -n client.rgw \
        --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
    ceph-authtool "${key[@]}" -n osd.0 --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
}

# Each step needs the one before it: monitor, store, user, gateway.
s3_launch() {
    local conf=(-c "$dir/ceph.conf") osd
    osd=$(cat /proc/sys/kernel/random/uuid)
    ceph-mon "${conf[@]}" -i a --mkfs --monmap "$dir/monmap" --keyring "$dir/keyring" || return 1
    s3_daemon mon ceph-mon "${conf[@]}" -i a -f
    wait_until 60 timeout 20 ceph "${conf[@]}" osd new "$osd" || return 1
    ceph-osd "${conf[@]}" -i 0 --mkfs --osd-uuid "$osd" || return 1
    s3_daemon osd ceph-osd "${conf[@]}" -i 0 -f
    timeout 20 ceph "${conf[@]}" osd crush add osd.0 1.0 host=h root=default || return 1
    wait_until 60 s3_store_is_up || return 1
    radosgw-admin "${conf[@]}" -n client.rgw user create --uid=dumpstation \
        --display-name=DumpStation --access-key="$s3_access_key" \
        --secret-key="$s3_secret_key" || return 1
    s3_daemon rgw radosgw "${conf[@]}" -n client.rgw -f
    wait_until 60 curl -sf -o /dev/null "http://127.0.0.1:$(cat "$dir/port")/"
}

s3_daemon() {
    local name=$1
    shift
    setsid "$@" </dev/null >"$dir/$name.out" 2>&1 &
    echo "$!" >"$dir/$name.id"
}

s3_store_is_up() {
    timeout 20 ceph "${conf[@]}" osd stat | grep -q '1 up'
}

# Prints the process id of the daemon NAME that runs in DIR, nothing if none does.
s3_pid() {
    local pid
    { read -r pid <"$1/$2.id"; } 2>/dev/null || return 0
    if tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "-c $1/ceph.conf "; then
        echo "$pid"
    fi
}

# Everything it kept was in memory, so nothing is lost by not asking politely.
s3_stop() {
    local dir name pid
    dir=$(readlink -m "${1:?directory}")
    dismiss_watchdog "$dir"
    for name in rgw osd mon; do
        pid=$(s3_pid "$dir" "$name")
        [[ -z $pid ]] || end_process "$pid" KILL 5
        rm -f "$dir/$name.id"
    done
}
