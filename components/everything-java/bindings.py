"""Writes the bindings of the test world for TeaVM: python3 bindings.py WIT-AS-JSON OUT-FOLDER.

For each function of `values` an export and an import, and between them its values as Java's objects: lifted by Type, and
lowered again.
"""

import json
import pathlib
import sys

resolve = json.loads(pathlib.Path(sys.argv[1]).read_text())
types = resolve["types"]
JAVA = {"i": "int", "l": "long", "f": "float", "d": "double"}
PRIMITIVES = {"u64": "l", "s64": "l", "f32": "f", "f64": "d"}
MAX_FLAT = 16


def kind(reference):
    return reference if isinstance(reference, str) else types[reference]["kind"]


def cases(node):
    """The payloads of something like a variant, or nothing."""
    if "variant" in node:
        return [case["type"] for case in node["variant"]["cases"]]
    if "option" in node:
        return [None, node["option"]]
    if "result" in node:
        return [node["result"]["ok"], node["result"]["err"]]
    return None


def parts(node):
    """The types inside of a record or tuple, or nothing."""
    if "record" in node:
        return [field["type"] for field in node["record"]["fields"]]
    return node["tuple"]["types"] if "tuple" in node else None


def flat(reference):
    node = kind(reference)
    if isinstance(node, str):
        return "ii" if node == "string" else PRIMITIVES.get(node, "i")
    if "type" in node:
        return flat(node["type"])
    if "list" in node:
        return "ii"
    if parts(node) is not None:
        return "".join(flat(part) for part in parts(node))
    if cases(node) is not None:
        joined = ""
        for payload in cases(node):
            own = flat(payload) if payload is not None else ""
            longest = max(len(own), len(joined))
            joined = "".join(join(joined[i : i + 1], own[i : i + 1]) for i in range(longest))
        return "i" + joined
    return "i"


def join(a, b):
    if not a or not b or a == b:
        return a or b
    return "i" if {a, b} == {"i", "f"} else "l"


def java(reference):
    node = kind(reference)
    if reference is None:
        return "null"
    if isinstance(node, str):
        return "Type." + node.upper()
    if "type" in node:
        return java(node["type"])
    if "list" in node:
        return f"Type.list({java(node['list'])})"
    if "enum" in node:
        return f"Type.enumeration({len(node['enum']['cases'])})"
    if "flags" in node:
        return f"Type.flags({len(node['flags']['flags'])})"
    if parts(node) is not None:
        return "Type.record(" + ", ".join(java(part) for part in parts(node)) + ")"
    return "Type.variant(" + ", ".join("null" if case is None else java(case) for case in cases(node)) + ")"


def bits(letter, name):
    return {"f": f"Float.floatToRawIntBits({name}) & 0xFFFF_FFFFL", "d": f"Double.doubleToRawLongBits({name})"}.get(letter, name)


def core(letter, expression):
    return {
        "i": f"(int) {expression}",
        "f": f"Float.intBitsToFloat((int) {expression})",
        "d": f"Double.longBitsToDouble({expression})",
    }.get(letter, expression)


def function(number, interface, name, item):
    """The text of one function's export, import and post-return."""
    parameters = [parameter["type"] for parameter in item["params"]]
    result = item.get("result")
    signature = "".join(flat(parameter) for parameter in parameters)
    spilled = len(signature) > MAX_FLAT
    answer = flat(result) if result is not None else ""
    in_memory = len(answer) > 1
    own = "i" if spilled else signature
    returns = "int" if in_memory else JAVA.get(answer, "void")
    declared = ", ".join(f"{JAVA[letter]} a{i}" for i, letter in enumerate(own))
    host = declared + (", " if declared else "") + "int result" if in_memory else declared
    # What comes of an import that answers in memory is there, and not returned.
    host_returns = "void" if in_memory else returns
    arguments = [core(letter, f"out.bits[{i}]") for i, letter in enumerate(own)]
    lines = [f'    @Import(name = "{name}", module = "{interface}")', f"    static native {host_returns} host{number}({host});", ""]
    kinds = "Type.record(" + ", ".join(java(parameter) for parameter in parameters) + ")" if parameters else "null"
    lines.append(f"    private static final Type IN{number} = {kinds};")
    lines.append(f"    private static final Type OUT{number} = {java(result) if result is not None else 'null'};")
    lines += ["", f'    @Export(name = "{interface}#{name}")', f"    static {returns} export{number}({declared}) {{", "        try {"]
    body = ["Flat in = new Flat();"] + [f"in.add({bits(letter, f'a{i}')});" for i, letter in enumerate(own)]
    body += ["in.at = 0;", "Flat out = new Flat();"]
    if parameters and spilled:
        body += [f"Object values = IN{number}.load(Address.fromInt((int) in.next()));",
                 f"Address spilled = Host.allocate(IN{number}.size, IN{number}.align);",
                 f"IN{number}.store(spilled, values);", "out.add(spilled.toInt());"]
    elif parameters:
        body += [f"IN{number}.lower(out, IN{number}.lift(in));"]
    if in_memory:
        body += [f"Address answer = Host.allocate(OUT{number}.size, OUT{number}.align);",
                 f"host{number}({', '.join(arguments + ['answer.toInt()'])});",
                 f"Object result = OUT{number}.load(answer);",
                 f"Address given = Host.allocate(OUT{number}.size, OUT{number}.align);",
                 f"OUT{number}.store(given, result);", "return given.toInt();"]
    elif answer:
        body += [f"{returns} result = host{number}({', '.join(arguments)});", "Host.free();", "return result;"]
    else:
        body += [f"host{number}({', '.join(arguments)});", "Host.free();"]
    lines += ["            " + line for line in body]
    lines += ["        } catch (Throwable problem) {", "            Host.trap();"]
    lines += ["            throw problem;"] if answer else []
    lines += ["        }", "    }", ""]
    if in_memory:
        lines += [f'    @Export(name = "cabi_post_{interface}#{name}")', f"    static void post{number}(int result) {{",
                  "        Host.free();", "    }", ""]
    return "\n".join(lines)


def main():
    values = next(item for item in resolve["interfaces"] if item["name"] == "values")
    text = ["package guest;", "", "import org.teavm.interop.Address;", "import org.teavm.interop.Export;",
            "import org.teavm.interop.Import;", "", "/** Written by bindings.py. */", "final class Values {", "    private Values() {}", "", "    static void load() {}", ""]
    for number, (name, item) in enumerate(values["functions"].items()):
        text.append(function(number, "wattle:test/values", name, item))
    text.append("}")
    (pathlib.Path(sys.argv[2]) / "Values.java").write_text("\n".join(text) + "\n")


main()
