# What the scripts that build large guests share: packages of Python and of npm below `OUT`, and what is fresh there.
# Sourced by bash; expects `OUT`, the folder that everything goes to, which is never committed, and `SCRIPT`, the file that
# sources it.

readonly JCO_VERSION=1.25.2
readonly COMPONENTIZE_JS_VERSION=0.19.3
readonly COMPONENTIZE_QJS_VERSION=0.4.5
readonly COMPONENTIZE_PY_VERSION=0.25.1
readonly WASMTIME_VERSION=50.0.1
readonly WASM_TOOLS_VERSION=1.262.0
readonly WIT_BINDGEN_VERSION=0.63.0

say() { printf 'guests: %s\n' "$*" >&2; }

python_package() {
    local name=$1 version=$2
    [[ -e $OUT/python/.$name-$version ]] && return
    python3 -m pip install --quiet --no-deps --upgrade --target "$OUT/python" "$name==$version" >&2 &&
        touch "$OUT/python/.$name-$version"
}

# Not by its script: with each package pip makes the folder of scripts anew.
componentize_py() {
    python_package componentize-py "$COMPONENTIZE_PY_VERSION" &&
        PYTHONPATH=$OUT/python python3 -c 'import sys; from componentize_py import script; sys.exit(script())' "$@" >&2
}

node_packages() {
    local complete=$OUT/npm/.complete-$JCO_VERSION-$COMPONENTIZE_JS_VERSION-$COMPONENTIZE_QJS_VERSION
    [[ -e $complete ]] && return
    mkdir -p "$OUT/npm"
    printf '{ "private": true }\n' >"$OUT/npm/package.json"
    (cd "$OUT/npm" && npm install --silent --no-audit --no-fund --save-exact \
        "@bytecodealliance/jco@$JCO_VERSION" "@bytecodealliance/componentize-js@$COMPONENTIZE_JS_VERSION" \
        "componentize-qjs@$COMPONENTIZE_QJS_VERSION") >&2 &&
        touch "$complete"
}

# fresh PART FILE…: does the output of PART belong to these files?
inputs() { cat -- "$SCRIPT" "${BASH_SOURCE[0]}" "$@" | sha256sum | cut -d' ' -f1; }
fresh() { [[ $(cat "$OUT/.$1" 2>/dev/null) == $(inputs "${@:2}") ]]; }
built() { inputs "${@:2}" >"$OUT/.$1"; }

# build_parts PART…: each by its function build_PART; ends with 1 when one could not be had, and builds the others all the
# same.
build_parts() {
    local part status=0
    mkdir -p "$OUT"
    for part in "$@"; do
        if ! "build_${part//-/_}"; then
            say "could not be had: $part"
            status=1
        fi
    done
    exit "$status"
}
