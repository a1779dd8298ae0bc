# shellcheck shell=bash
# Testing, for ./dev.

passed=0 failed=0 skipped=0

dev_test() {
    local preset=dev
    local -a selection=()
    while (($# > 0)); do
        case $1 in
        --asan | --tsan) preset=${1#--} && shift ;;
        --all) preset=all && shift ;;
        --unit) selection+=(-L unit) && shift ;;
        -R) selection+=(-R "${2:?a regular expression}") && shift 2 ;;
        *) usage_error "test: unknown option '$1'" ;;
        esac
    done
    tools/packages.sh build run test
    [[ " ${selection[*]} " == *" -L unit "* ]] || prepare_servers

    if [[ $preset == all ]]; then
        test_preset dev all "${selection[@]}"
        test_preset asan unit "${selection[@]}" -L unit
        test_preset tsan unit "${selection[@]}" -L unit
    elif [[ " ${selection[*]} " == *" -L unit "* ]]; then
        test_preset "$preset" unit "${selection[@]}"
    else
        test_preset "$preset" all "${selection[@]}"
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    ((failed == 0))
}

# Without servers the live tests skip, visibly; the others are still worth running.
prepare_servers() {
    export DS_TESTBED=${DS_TESTBED:-/var/tmp/dumpstation-testbed}
    # Servers that several tests share end with this process.
    export DS_TEST_OWNER=$$
    tests/servers/testbed setup ||
        echo "dev: the test servers could not be set up; tests that need them will skip" >&2
}

# test_preset PRESET TARGET [ctest options]
test_preset() {
    local preset=$1 target=$2 report=build/$1/tests.xml status=0
    shift 2
    echo "== tests, $preset build"
    if ! build_preset "$preset" "$target"; then
        failed=$((failed + 1))
        return
    fi
    rm -f "$report"
    UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=second_deadlock_stack=1 \
        ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j "$(nproc)" \
        --output-junit "$PWD/$report" "$@" </dev/null || status=$?
    count_results "$report" "$status"
}

# Adds up what ctest reports. A run that failed counts at least one failure, whatever it wrote.
count_results() {
    local report=$1 status=$2 ran=0 bad=0 idle=0
    if [[ -s $report ]]; then
        ran=$(grep -c '<testcase ' "$report" || true)
        bad=$(grep -c '<testcase .* status="fail"' "$report" || true)
        idle=$(grep -cE '<testcase .* status="(notrun|disabled)"' "$report" || true)
    fi
    passed=$((passed + ran - bad - idle))
    skipped=$((skipped + idle))
    ((status == 0 || bad > 0)) || bad=1
    failed=$((failed + bad))
}
