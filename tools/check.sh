# shellcheck shell=bash
# Checking and formatting, for ./dev.

dev_check() {
    local scope=changed
    case ${1:-} in
    '') ;;
    --all) scope=all ;;
    *) usage_error "check: unknown option '$1'" ;;
    esac
    tools/packages.sh build test check
    local -a broken=()
    check_step format check_format
    check_step includes check_includes
    check_step scripts check_scripts
    check_step lint check_lint "$scope"
    ((${#broken[@]} == 0)) || {
        echo "check: not good: ${broken[*]}" >&2
        return 1
    }
    echo "check: all good"
}

dev_fmt() {
    tools/packages.sh check
    # shellcheck disable=SC2046 # our file names have no spaces
    clang-format-19 -i -- $(cpp_files)
}

# check_step NAME COMMAND...: tells how it went and remembers what was not good.
check_step() {
    local name=$1 since=$SECONDS
    shift
    if "$@"; then
        echo "check: $name good ($((SECONDS - since)) s)"
    else
        broken+=("$name")
    fi
}

# Our C++ files: those under version control and the new ones that will be.
cpp_files() {
    git ls-files --cached --others --exclude-standard --deduplicate -- \
        'src/*.cpp' 'src/*.hpp' 'tests/*.cpp' 'tests/*.hpp' | existing
}

existing() {
    local file
    while read -r file; do
        [[ ! -f $file ]] || echo "$file"
    done
}

check_format() {
    local file status=0
    while read -r file; do
        clang-format-19 --dry-run -Werror "$file" >/dev/null 2>&1 && continue
        echo "$file: not formatted (./dev fmt does it)"
        status=1
    done < <(cpp_files)
    return "$status"
}

check_includes() {
    python3 tests/house/include_direction.py --self-test && python3 tests/house/include_direction.py
}

check_scripts() {
    local -a scripts
    mapfile -t scripts < <(git ls-files --cached --others --exclude-standard | existing |
        xargs -d '\n' grep -lE -m 1 '^#!(/bin/|/usr/bin/env )(ba)?sh$')
    shellcheck --external-sources --check-sourced --source-path SCRIPTDIR "${scripts[@]}"
}

# One clang-tidy per processor; it needs to know how each file is compiled.
check_lint() {
    local -a files
    mapfile -t files < <(lint_files "$1")
    ((${#files[@]} > 0)) || return 0
    quietly cmake --preset dev || return 1
    printf '%s\n' "${files[@]}" | xargs -d '\n' -n 1 -P "$(nproc)" \
        clang-tidy-19 -p build/dev --quiet 2> >(grep -v ' warnings\? generated' >&2)
}

# The sources to lint: all, or those that changed since the commit before the last. A changed
# header is linted with the source of its name.
lint_files() {
    if [[ $1 == changed ]] && git rev-parse -q --verify HEAD~ >/dev/null; then
        {
            git diff --name-only HEAD~ -- src tests
            git ls-files --others --exclude-standard -- src tests
        } | sed -n 's/\.[ch]pp$/.cpp/p' | sort -u | existing
    else
        cpp_files | grep '\.cpp$' || true
    fi
}
