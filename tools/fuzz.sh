# shellcheck shell=bash
# Fuzzing, for ./dev: every reader of foreign bytes for a while, under address and undefined
# behaviour sanitizers. What was found lies in build/fuzz/found, what was learned in build/fuzz/corpus.

dev_fuzz() {
    local seconds=${1:-60} fuzzer name status=0
    [[ $seconds =~ ^[0-9]+$ ]] || usage_error "fuzz: '$seconds' is not a number of seconds"
    tools/packages.sh build
    build_preset fuzz
    for fuzzer in build/fuzz/fuzzers/ds_fuzz_*; do
        name=${fuzzer##*/ds_fuzz_}
        mkdir -p "build/fuzz/corpus/$name" build/fuzz/found
        echo "== $name"
        "$fuzzer" -max_total_time="$seconds" -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
            -artifact_prefix="build/fuzz/found/$name-" "build/fuzz/corpus/$name" \
            > "build/fuzz/$name.log" 2>&1 || status=1
        grep -E '^(SUMMARY|stat::number_of_executed_units)|ERROR' "build/fuzz/$name.log" || true
    done
    return "$status"
}
