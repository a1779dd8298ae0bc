# shellcheck shell=bash
# Building, for ./dev. One build directory per preset: build/dev, build/release, …

build_release() {
    build_preset release
    local program
    for program in build/release/dumpstation build/release/src/app/dumpstation; do
        [[ -x $program ]] || continue
        ln -sfn "${program#build/}" build/dumpstation
        return
    done
    echo "dev: the release build made no program 'dumpstation'" >&2
    return 1
}

# build_preset PRESET [TARGET]: configures when that is due. An up-to-date build takes no time.
build_preset() {
    local preset=$1 target=${2:-all}
    if [[ ! build/$preset/build.ninja -nt CMakePresets.json ]]; then
        quietly cmake --preset "$preset" || return 1
    fi
    cmake --build --preset "$preset" --target "$target" -- -j "$(nproc)"
}

# Runs a command and shows what it said only if it failed.
quietly() {
    local said
    said=$("$@" 2>&1) || {
        printf '%s\n' "$said" >&2
        return 1
    }
}
