# `wattle test`: runs one ring of tests and ends with `N passed, N failed, N skipped`, alone on the last line of stdout.
# Sourced by the launcher, after build/common.sh, with java_home set.

test_usage() {
  cat <<'END'
Usage: wattle test [--fast] [--engine jvm | endive]
       wattle test --drill | --bench [NAME] [--readme] | --fuzz [--minutes N | --case N | --batch N | --components N]
       wattle test --interop [NAME]
       wattle test --core DIR [--engine jvm | endive] [--mode lazy | eager | split | disk] [--verbose]
       wattle test --spec DIR [--layer generated | interpreter] [the options of --core]

  (no flag)        what CI runs: unit, contract and suite tests, and the end-to-end tests
  --fast           only what needs no processes and little time, without the checks of the sources
  --drill          failover drills with real processes; recorded in benchmarks/RESULTS.md
  --bench [NAME]   benchmarks, all or one; recorded in benchmarks/RESULTS.md, with --readme in the README too
  --fuzz           generated modules on our engine and on others, and damaged ones before our decoder and another one, for
                   an hour or --minutes N; recorded in benchmarks/RESULTS.md. --case N, --batch N and --components N (of
                   damaged components) repeat one of each
  --interop [NAME] builds guests in many languages of one test world, or one of them, has them called by us and by wasmtime
                   and compares the answers; recorded in benchmarks/RESULTS.md
  --core DIR       the core suite of WebAssembly, or any folder of .wast files; DIR is relative to where you are
  --spec DIR       the reference suite of the Component Model, or any folder of .wast files, with all folders below
  --layer NAME     what answers the calls of components: code that is generated for their types (unless said otherwise),
                   or the interpreter of types that this is tested against
  --engine NAME    which engine runs the guests (jvm, unless said otherwise)
  --mode MODE      how the engine jvm compiles: functions when they are first called (lazy, unless said otherwise), all at
                   once (eager), with every function cut into tiny chunks (split), or not at all, because classes are
                   loaded that a first run left on disk (disk)
  --verbose        all failures of a file, not only the first ones
  --help           this text

Progress goes to stderr. The last line on stdout is `N passed, N failed, N skipped`; the exit code is 1 when something
failed, 2 for wrong usage and where there is no file to run. WATTLE_SEED=N repeats a run whose generators started from that seed.
END
}

run_tests() {
  local ring=full name="" readme="" engine=jvm seed
  case "${1:-}" in
    "") ;;
    --help | -h) test_usage; return 0 ;;
    --fast | --drill) ring=${1#--}; shift ;;
    --bench)
      ring=bench; shift
      case "${1:-}" in "" | -*) ;; *) name=$1; shift ;; esac
      if [ "${1:-}" = --readme ]; then readme=$1; shift; fi ;;
    --fuzz)
      ring=fuzz; shift
      case "${1:-}" in --minutes | --case | --batch | --components) name=$1; readme=${2:-}; shift "$(($# < 2 ? 1 : 2))" ;; esac
      case "$name:$readme" in : | --*:[0-9]*) ;; *) say "$name needs a number"; return 2 ;; esac
      case "$readme" in *[!0-9]*) say "$name $readme is not a number"; return 2 ;; esac ;;
    --interop)
      ring=interop; shift
      case "${1:-}" in "" | -*) ;; *) name=$1; shift ;; esac ;;
    --core | --spec) run_suite "$@"; return ;;
  esac
  if [ "${1:-}" = --engine ] && { [ "$ring" = full ] || [ "$ring" = fast ]; }; then
    engine=${2:-}
    case "$engine" in jvm | endive) shift 2 ;; *) say "no engine '$engine': there are jvm and endive"; return 2 ;; esac
  fi
  if [ "$#" -gt 0 ]; then
    say "unknown argument: $1"
    test_usage >&2
    return 2
  fi
  seed=${WATTLE_SEED:-$((RANDOM * 32768 + RANDOM))}
  case "$seed" in *[!0-9]*) say "WATTLE_SEED=$seed is not a number"; return 2 ;; esac
  take_build_lock
  rm -rf "$home"/*/target/ring-results "$home"/*/*/target/ring-results
  case "$ring" in
    bench) run_bench "$seed" "$name" "$readme" ;;
    fuzz) run_fuzz "$seed" "$name" "$readme" ;;
    interop) run_interop "$seed" "$name" ;;
    *) run_maven_ring "$ring" "$seed" "$engine" ;;
  esac
}

run_maven_ring() {
  local ring=$1 seed=$2 engine=$3 status=0 log="$home/.wattle/test.log" inputs
  local options=(-fae -Dmaven.test.failure.ignore=true "-Dwattle.seed=$seed" "-Dwattle.engine=$engine")
  case "$ring" in
    # The checks of style and of nulls belong to the full ring.
    fast) options+=(-Dquick) ;;
    full) options+=(-DexcludedGroups=drill,bench) ;;
    drill) options+=(-DexcludedGroups= -Dgroups=drill -Dquick -pl chaos-tests -am) ;;
  esac
  rm -rf "$home"/*/target/surefire-reports "$home"/*/*/target/surefire-reports
  [ "$ring" != full ] || prepare_suites
  inputs=$(hash_inputs)
  say "ring $ring, seed $seed; the output goes to .wattle/test.log"
  run_maven "$log" "testing" "${options[@]}" verify || status=$?
  [ "$status" -eq 0 ] || show_errors "$log"
  # What was tested is what the next `wattle` runs, unless a source changed meanwhile.
  if [ "$status" -eq 0 ] && [ "$inputs" = "$(hash_inputs)" ]; then keep_distribution "$inputs"; fi
  report surefire "$ring" "$seed" "$status"
}

# What the suites of the full ring need; without it they are skipped, and say so.
prepare_suites() {
  [ -d "$home/../shared/spec/core" ] || say "SKIPPING the core suite: there is no $home/../shared/spec/core"
  [ -d "$home/../shared/spec/component-model" ] ||
    say "SKIPPING the Component Model's suite: there is no $home/../shared/spec/component-model"
  provide_wasm_tools || say "SKIPPING both reference suites and the comparison of validators, for want of wasm-tools"
  provide_node || say "going on without a node of today: the comparison of engines covers less, or nothing"
}

# Runs a suite, with all of "$@", and ends with its counts.
run_suite() {
  local log="$home/.wattle/suite-build.log"
  require_suite "$1" "${2:-}" || return 2
  take_build_lock
  provide_wasm_tools || { printf '0 passed, 1 failed, 0 skipped\n'; return 1; }
  say "building the suite's runner; the output goes to .wattle/suite-build.log"
  if ! run_maven "$log" "building" -Dquick -DskipTests -pl spec-tests -am package; then
    show_errors "$log"
    printf '0 passed, 1 failed, 0 skipped\n'
    return 1
  fi
  exec "$java_home/bin/java" -ea -XX:-DontCompileHugeMethods --enable-native-access=ALL-UNNAMED "-Dwattle.home=$home" \
    -cp "$home/spec-tests/target/classes:$(cat "$home/spec-tests/target/class-path.txt")" dev.wattle.spec.SpecMain "$@" < /dev/null
}

# Says so before anything is built.
require_suite() {
  local file option=$1 folder=$2
  case "$folder" in
    "" | -*) say "give the folder of the suite: wattle test $option DIR"; return 1 ;;
  esac
  [ -d "$folder" ] || { say "$folder is not a folder: give the folder that holds the suite's .wast files"; return 1; }
  if [ "$option" = --core ]; then
    for file in "$folder"/*.wast; do [ ! -e "$file" ] || return 0; done
  else
    [ -z "$(find -L "$folder" -name '*.wast' -print -quit 2> /dev/null)" ] || return 0
  fi
  say "there is no .wast file in $folder: give the folder that holds the suite's files"
  return 1
}

run_bench() {
  local seed=$1 name=$2 readme=$3 status=0 log="$home/.wattle/bench-build.log"
  local output="$home/.wattle/bench.out"
  say "building the benchmarks; the output goes to .wattle/bench-build.log"
  if ! run_maven "$log" "building" -Dquick -DskipTests -pl benchmarks -am package; then
    show_errors "$log"
    printf '0 passed, 1 failed, 0 skipped\n'
    return 1
  fi
  # What is measured starts as hosts do.
  say "rehearsing"
  rehearse_hosts "$home/cli/target/dist" < /dev/null > "$home/.wattle/rehearsal.log" 2>&1 9>&- ||
    say "going on without a rehearsal; its output is in .wattle/rehearsal.log"
  trap 'exit 130' INT
  WATTLE_DIST="$home/cli/target/dist" "$java_home/bin/java" -ea -XX:-DontCompileHugeMethods --enable-native-access=ALL-UNNAMED \
    "-Dwattle.home=$home" "-Dwattle.seed=$seed" "-Dwattle.ring.results=$home/benchmarks/target/ring-results" \
    -cp "$(bench_class_path)" dev.wattle.benchmarks.Bench ${name:+"$name"} ${readme:+"$readme"} < /dev/null 9>&- | tee "$output"
  status=${PIPESTATUS[0]}
  trap - INT
  # The next build replaces the jars of which these are.
  rm -f "$home/cli/target/dist/hosts.aot"
  report bench "bench${name:+ $name}" "$seed" "$status"
}

# Runs the fuzzers; only a whole run of them is recorded.
run_fuzz() {
  local seed=$1 option=$2 number=$3 status=0 ring=fuzz log="$home/.wattle/fuzz-build.log"
  local output="$home/.wattle/fuzz.out"
  provide_wasm_tools || say "going on without wasm-tools: less is compared"
  provide_node || say "going on without a node of today: less is compared"
  say "building the fuzzers; the output goes to .wattle/fuzz-build.log"
  if ! run_maven "$log" "building" -Dquick -DskipTests -pl fuzz-tests -am package; then
    show_errors "$log"
    printf '0 passed, 1 failed, 0 skipped\n'
    return 1
  fi
  say "fuzzing, seed $seed"
  trap 'exit 130' INT
  "$java_home/bin/java" -ea "@$home/build/hot-options" -XX:-DontCompileHugeMethods --enable-native-access=ALL-UNNAMED \
    "-Dwattle.home=$home" "-Dwattle.seed=$seed" "-Dwattle.ring.results=$home/fuzz-tests/target/ring-results" \
    -cp "$home/fuzz-tests/target/classes:$(cat "$home/fuzz-tests/target/class-path.txt")" dev.wattle.fuzz.FuzzMain \
    ${option:+"$option"} ${number:+"$number"} < /dev/null 9>&- > "$output" || status=$?
  trap - INT
  case "$option" in --case | --batch | --components) ring="fuzz $option" ;; esac
  report fuzz "$ring" "$seed" "$status"
}

# Builds what can be built of the guests, and compares our answers with wasmtime's.
run_interop() {
  local seed=$1 name=$2 status=0 log="$home/.wattle/interop-build.log"
  local output="$home/.wattle/interop.out"
  say "building the comparison; the output goes to .wattle/interop-build.log"
  if ! run_maven "$log" "building" -Dquick -DskipTests -pl interop-tests -am package; then
    show_errors "$log"
    printf '0 passed, 1 failed, 0 skipped\n'
    return 1
  fi
  provide_wasm_tools || say "going on without wasm-tools: fewer guests can be built"
  say "comparing, seed $seed"
  trap 'exit 130' INT
  "$java_home/bin/java" -ea -XX:-DontCompileHugeMethods --enable-native-access=ALL-UNNAMED "-Dwattle.home=$home" \
    "-Dwattle.seed=$seed" "-Dwattle.ring.results=$home/interop-tests/target/ring-results" \
    -cp "$home/interop-tests/target/classes:$(cat "$home/interop-tests/target/class-path.txt")" dev.wattle.interop.InteropMain \
    ${name:+"$name"} < /dev/null 9>&- > "$output" || status=$?
  trap - INT
  report interop "interop${name:+ $name}" "$seed" "$status"
}

bench_class_path() {
  printf '%s/benchmarks/target/classes:' "$home"
  cat "$home/benchmarks/target/class-path.txt"
}

# Counts, names the failures, writes benchmarks/RESULTS.md for the rings that are recorded, and prints the last line.
report() {
  "$java_home/bin/java" "${quick_start[@]}" "$home/build/TestReport.java" "$home" "$@"
}
