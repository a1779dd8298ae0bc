# shellcheck shell=bash
# PostgreSQL programs from other Debian suites. They are unpacked beside the system with all
# the libraries they need, never installed, and patched to use those libraries.

# fetch_foreign_tools MAJOR SUITE...: from the first suite that has it.
fetch_foreign_tools() {
    local major=$1 root=$testbed/roots/$1 suite
    [[ ! -e $root/.ready ]] || return 0
    for suite in "${@:2}"; do
        echo "testbed: fetching PostgreSQL $major from Debian $suite" >&2
        rm -rf "$root"
        unpack_with_libraries "$suite" "$root" "postgresql-$major" || continue
        own_loader "$root" "$root/usr/lib/postgresql/$major/bin" || return 1
        chmod 755 "$testbed/roots" "$root"
        touch "$root/.ready"
        return
    done
    echo "testbed: PostgreSQL $major is not to be had from Debian ${*:2}" >&2
    return 1
}

unpack_with_libraries() {
    local suite=$1 root=$2 package=$3 state=$testbed/apt/$1 list
    prepare_apt "$suite" "$state" || return 1
    foreign_apt "$state" -qq update || return 1
    list=$(foreign_apt "$state" -q -s --no-install-recommends install "$package" |
        awk '/^Inst /{gsub("[()]", ""); print $2 "=" $3}' | grep -Ev "$not_needed") || return 1
    mkdir -p "$root" "$state/debs"
    # shellcheck disable=SC2086 # one word per package
    (cd "$state/debs" && foreign_apt "$state" -qq download $list) || return 1
    local deb
    for deb in "$state"/debs/*.deb; do
        dpkg-deb --extract "$deb" "$root" || return 1
    done
    rm -rf "$state"
    merge_usr "$root"
    # The compiler of expressions needs all of LLVM; without its module it is simply off.
    rm -f "$root"/usr/lib/postgresql/*/lib/llvmjit.so
}

# Part of the dependencies, but no program of PostgreSQL loads them.
not_needed='^(adduser|coreutils|debconf|dpkg|init-system-helpers|libllvm|libperl|locales|login)'
not_needed+='|^(passwd|perl|systemd|tar|ucf|util-linux)'

# An apt of its own for SUITE, from the mirror this machine uses for its own Debian packages.
prepare_apt() {
    local suite=$1 state=$2 mirror
    # shellcheck disable=SC2016 # apt fills these in
    mirror=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' \
        'Created-By: Packages' | sed -n '/^Debian|Debian|/{s/.*|//p;q}')
    [[ -n $mirror ]] || {
        echo "testbed: apt on this machine knows no Debian mirror; run apt-get update" >&2
        return 1
    }
    rm -rf "$state"
    mkdir -p "$state"/{lists/partial,cache/archives/partial,parts}
    : >"$state/status"
    local keys=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [signed-by=$keys] $mirror $suite main" >"$state/sources.list"
}

foreign_apt() {
    local state=$1
    shift
    apt-get -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts="$state/parts" \
        -o Dir::State::lists="$state/lists" -o Dir::State::status="$state/status" \
        -o Dir::Cache="$state/cache" -o Acquire::Languages=none \
        -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User="$(id -un)" "$@"
}

# Older suites still have /lib beside /usr/lib; one tree is enough.
merge_usr() {
    local root=$1 lib
    for lib in lib lib64; do
        [[ ! -L $root/$lib ]] || continue
        mkdir -p "$root/usr/$lib"
        if [[ -d $root/$lib ]]; then
            cp -a "$root/$lib/." "$root/usr/$lib/"
            rm -rf "${root:?}/$lib"
        fi
        ln -s "usr/$lib" "$root/$lib"
    done
}

# Programs of a newer Debian need its C library, and that one needs its own loader: both are
# written into the programs, because a search path in the environment would break their children.
own_loader() {
    local root=$1 bin=$2 libraries=$1/usr/lib/x86_64-linux-gnu loader program
    loader=$libraries/ld-linux-x86-64.so.2
    [[ -e $loader ]] || loader=$root/usr/lib64/ld-linux-x86-64.so.2
    for program in "$bin"/*; do
        if [[ ! -L $program ]] && patchelf --print-interpreter "$program" >/dev/null 2>&1; then
            patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" \
                "$program" || return 1
        fi
    done
}
