# What the launcher and the tests' command share: finding a JDK, and running Maven with progress.
# Sourced by bash; expects `home` to be the checkout. Written for bash 3.2 and later.

needed_java=25

# A service manager may leave it out; without it, the shell looks up whose home it is.
[ -n "${HOME:-}" ] || { HOME=$(unset HOME; cd ~ 2>/dev/null && pwd); export HOME; }

# Java reads arguments and the names of files by the locale: one that knows ASCII alone, or is not installed, garbles them.
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || { export LC_ALL=C.UTF-8; } 2>/dev/null

say() { printf 'wattle: %s\n' "$*" >&2; }

# Prints the major version of the JDK in folder $1; fails where there is no JDK.
jdk_major() {
  local line version=""
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    while IFS= read -r line; do
      case "$line" in JAVA_VERSION=*) version=${line#JAVA_VERSION=}; version=${version//\"/} ;; esac
    done < "$1/release"
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  fi
  version=${version#1.}
  version=${version%%[!0-9]*}
  [ -n "$version" ] && printf '%s' "$version"
}

new_enough() {
  local major
  major=$(jdk_major "$1") && [ "$major" -ge "$needed_java" ]
}

# Sets java_home to a JDK that is new enough, or ends with a message.
find_jdk() {
  local candidate path major passed_over=""
  if [ -n "${WATTLE_JAVA_HOME:-}" ]; then
    if new_enough "$WATTLE_JAVA_HOME"; then java_home=$WATTLE_JAVA_HOME; return; fi
    if major=$(jdk_major "$WATTLE_JAVA_HOME"); then
      say "WATTLE_JAVA_HOME=$WATTLE_JAVA_HOME is JDK $major; Wattle needs JDK $needed_java or later."
    else
      say "WATTLE_JAVA_HOME=$WATTLE_JAVA_HOME is not a JDK: it has no bin/java and bin/javac."
    fi
    exit 1
  fi
  if [ -n "${JAVA_HOME:-}" ]; then
    if new_enough "$JAVA_HOME"; then java_home=$JAVA_HOME; return; fi
    if major=$(jdk_major "$JAVA_HOME"); then
      passed_over="JAVA_HOME=$JAVA_HOME was passed over: it is JDK $major."
    else
      passed_over="JAVA_HOME=$JAVA_HOME was passed over: it is not a JDK."
    fi
  fi
  if path=$(command -v java 2>/dev/null); then
    candidate=$(real_path "$path")
    candidate=${candidate%/bin/java}
    if new_enough "$candidate"; then java_home=$candidate; return; fi
  fi
  for candidate in /usr/lib/jvm/* /opt/* /opt/*/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if new_enough "$candidate"; then java_home=$candidate; return; fi
  done
  [ -z "$passed_over" ] || say "$passed_over"
  say "no JDK $needed_java or later was found (looked at WATTLE_JAVA_HOME, JAVA_HOME, java on PATH, and the usual folders)."
  say "Install one, for example from https://adoptium.net, and set WATTLE_JAVA_HOME to its folder."
  exit 1
}

# Follows symbolic links to the file itself, without GNU readlink.
real_path() {
  local file=$1 link folder
  while [ -L "$file" ]; do
    link=$(readlink "$file")
    case "$link" in /*) file=$link ;; *) file=${file%/*}/$link ;; esac
  done
  folder=$(cd -P "$(dirname "$file")" && pwd)
  printf '%s/%s' "${folder%/}" "${file##*/}"
}

# Ends with a message where this user may not write to .wattle, or the disk is full.
require_state_folder() {
  local folder=$home/.wattle reason
  if reason=$( { [ -d "$folder" ] || mkdir -m 700 "$folder"; } 2>&1 && { : >> "$folder/build.lock"; } 2>&1); then return; fi
  say "there is something to build, and $folder cannot be written: ${reason##*: }"
  if [ -e "$folder" ] && [ ! -O "$folder" ]; then
    say "it belongs to another user, and so does what runs here; run wattle as that user, or in a checkout of your own."
  fi
  exit 1
}

# Exports $2, which says where tool $1 is: what it says already, the one that was got before, one on PATH that function $4
# finds new enough, or the pinned one, which function $5 gets. Says why, and fails, where there is none of version $3.
provide_tool() {
  local name=$1 variable=$2 version=$3 is_new=$4 get=$5 kept="$home/.wattle/tools/$1" found
  found=${!variable:-}
  if [ -n "$found" ]; then
    "$found" --version > /dev/null 2>&1 && return
    say "$variable=$found does not run."
    return 1
  fi
  for found in "$kept" "$(command -v "$name" 2>/dev/null)"; do
    if [ -n "$found" ] && "$is_new" "$found"; then export "$variable=$found"; return; fi
  done
  if "$get" "$kept"; then export "$variable=$kept"; return; fi
  say "there is no $name $version or later, and it could not be got. Put it on PATH, or name it in $variable."
  return 1
}

# Takes the lock that keeps two builds of this checkout apart; it is freed when the process ends.
take_build_lock() {
  require_state_folder
  command -v flock >/dev/null 2>&1 || return 0
  exec 9> "$home/.wattle/build.lock"
  flock -n 9 && return
  say "waiting for another build of this checkout"
  flock 9
}

maven_group=""

stop_maven() {
  [ -n "$maven_group" ] || return 0
  kill -TERM -- "-$maven_group" 2>/dev/null
  wait "$maven_group" 2>/dev/null
  # The wrapper may be in the middle of a download, whose children take a moment longer.
  kill -KILL -- "-$maven_group" 2>/dev/null
  maven_group=""
}

stopped_by() {
  stop_maven
  [ ! -t 2 ] || printf '\r\033[K' >&2
  say "stopped; nothing was changed that the next run does not mend"
  exit "$1"
}

# Runs "$@" in a process group of its own, so that Ctrl-C reaches it through us, once, and leaves no child behind.
# The output goes to file $1; what is printed meanwhile is one line that follows it (on a terminal), or a line per module.
followed() {
  local log=$1 title=$2 shown="" now status
  shift 2
  trap 'stopped_by 130' INT
  trap 'stopped_by 143' TERM
  trap 'stopped_by 129' HUP
  set -m
  "$@" < /dev/null > "$log" 2>&1 9>&- &
  maven_group=$!
  set +m
  while kill -0 "$maven_group" 2>/dev/null; do
    now=$(sed -n 's/^\[INFO\] Building \(.*\) 0\.[^ ]* *\(\[[0-9]*\/[0-9]*\]\)$/\2 \1/p' "$log" | tail -n 1)
    if [ "$now" != "$shown" ]; then
      shown=$now
      if [ -t 2 ]; then printf '\r\033[Kwattle: %s %s' "$title" "$now" >&2
      else say "$title $now"; fi
    fi
    sleep 0.2
  done
  wait "$maven_group"
  status=$?
  maven_group=""
  trap - INT TERM HUP
  [ ! -t 2 ] || printf '\r\033[K' >&2
  return "$status"
}

maven() { (cd "$home" && JAVA_HOME=$java_home exec ./mvnw "$@"); }

missing_artifacts='in offline mode|has not been downloaded from it before'
no_network='Unknown host|UnknownHostException|Temporary failure in name resolution|Could not resolve host|Could not transfer|Network is unreachable|Connection refused|Failed to fetch|failed to fetch|unable to resolve host|timed out'

# Runs Maven with "$@" after log and title: offline first, and over the network only where something is missing.
run_maven() {
  local log=$1 title=$2 status
  shift 2
  mkdir -p "${log%/*}"
  if maven_is_here; then
    followed "$log" "$title" maven -o "$@" && return
    status=$?
    grep -qE "$missing_artifacts" "$log" || return "$status"
  fi
  followed "$log" "$title (fetching what it needs)" maven "$@" && return
  status=$?
  if grep -qE "$no_network" "$log"; then
    say "the first build needs the network, and it could not be reached:"
    grep -m 1 -E "$no_network" "$log" >&2
  fi
  return "$status"
}

# Whether the wrapper has the Maven that it wants: without it, even an offline build starts with a download.
maven_is_here() {
  local version
  version=$(sed -n 's/^distributionUrl=.*\/\(apache-maven-[0-9.]*\)-bin.zip$/\1/p' "$home/.mvn/wrapper/maven-wrapper.properties")
  [ -d "${MAVEN_USER_HOME:-$HOME/.m2}/wrapper/dists/$version" ]
}

show_errors() {
  grep -E '^\[ERROR\]|^\[FATAL\]|^(error|curl|wget|mvnw?)' "$1" |
    sed 's/ -> \[Help [0-9]*\]$//' |
    grep -vE '^\[ERROR\] *$|^\[ERROR\] \[Help|re-run Maven|Re-run Maven|For more information|After correcting|mvn <args>' | head -n 30 >&2
  say "the whole output is in $1"
}

# A hash of everything that the distribution is made of; tests and guests are not part of it.
hash_inputs() {
  local sum=sha256sum
  command -v sha256sum >/dev/null 2>&1 || sum="shasum -a 256"
  (
    cd "$home" || exit 1
    find . \( -name target -o -name .git -o -name .wattle -o -name node_modules -o -path ./components -o -path '*/src/test' -o \
      -path ./testkit -o -path ./tidy -o -path ./chaos-tests -o -path ./benchmarks -o -path ./spec-tests -o -path ./fuzz-tests -o -path ./interop-tests \) -prune -o \
      -type f \( -name pom.xml -o -path '*/src/main/*' -o -path './.mvn/*' \) -print0 |
      LC_ALL=C sort -z | xargs -0 $sum | $sum | cut -c 1-16
  )
}

quick_start=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-DontCompileHugeMethods --enable-native-access=ALL-UNNAMED)

# As hosts have them (ProcessCommand): a JVM passes over notes that were taken with another collector.
host_start=(-XX:+UseSerialGC -Xmx512m -Xss2m -XX:ReservedCodeCacheSize=256m -XX:-DontCompileHugeMethods
  -XX:-OmitStackTraceInFastThrow --enable-native-access=ALL-UNNAMED)

# Lets a JVM take notes of what a host does, for the distribution in $1: in hosts.aot, from which its hosts and control
# planes start. They appear whole or not at all; without them, processes start as well, in more time.
rehearse_hosts() (
  umask 077
  folder=$(mktemp -d "${TMPDIR:-/tmp}/wattle-rehearsal.XXXXXX") || exit 1
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 1' INT TERM
  nice -n 19 "$java_home/bin/java" "${host_start[@]}" -XX:AOTCacheOutput="$folder/hosts.aot" \
    -Dlogback.configurationFile=logback-process.xml "-Dwattle.home=$home" "-Dwattle.cwd=$home" \
    "-Dwattle.engine.cache=$folder/classes" -cp "$1/lib/*" dev.wattle.cli.Wattle rehearse --guests components/prebuilt &&
    [ -f "$folder/hosts.aot" ] && cp "$folder/hosts.aot" "$1/hosts.aot.$$" && mv "$1/hosts.aot.$$" "$1/hosts.aot"
)

# Makes .wattle/dist/$1 from what Maven has built. A running lattice may still use an older distribution, so each has
# a folder of its own, complete once it has its name; the newest three are kept.
keep_distribution() {
  local kept="$home/.wattle/dist/$1" fresh="$home/.wattle/dist/.fresh.$$" old
  [ -f "$kept/lib/.complete" ] && return
  rm -rf "$home"/.wattle/dist/.fresh.* "$kept"
  mkdir -p "$fresh" && cp -R "$home/cli/target/dist/lib" "$fresh/lib" && touch "$fresh/lib/.complete" && mv "$fresh" "$kept" || return 1
  # A cache that makes the JVM start in half the time. It is optional: without it, or with another JDK, the JVM goes without.
  "$java_home/bin/java" "${quick_start[@]}" -XX:AOTCacheOutput="$kept/start.aot" -cp "$kept/lib/*" dev.wattle.cli.Wattle --help \
    < /dev/null > "$home/.wattle/aot.log" 2>&1 || rm -f "$kept/start.aot"
  # Hosts need more notes, which take some seconds. Nobody waits for them: whatever starts meanwhile goes without.
  (trap '' HUP; rehearse_hosts "$kept" < /dev/null > "$home/.wattle/rehearsal.log" 2>&1 9>&- &)
  ls -1t "$home/.wattle/dist" | tail -n +4 | while IFS= read -r old; do rm -rf "$home/.wattle/dist/${old:?}"; done
}
