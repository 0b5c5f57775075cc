package dev.wattle.interop;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a host was asked, in order: `[["values#pass-u8", ["7"]], …]`. One thread.
final class HostLog {
    private static final String PACKAGE = "wattle:test/";

    private ArrayNode entries = JsonNodeFactory.instance.arrayNode();

    void called(String interfaceName, String function, FunctionType type, List<WitValue> arguments) {
        List<WitType> types =
                type.parameters().stream().map(FunctionType.Parameter::type).toList();
        entry(interfaceName.replace(PACKAGE, "") + "#" + function, ValueJson.row(arguments, types));
    }

    void dropped(int counter) {
        entry("drop", JsonNodeFactory.instance.arrayNode().add("counter " + counter));
    }

    /// All since the last time.
    ArrayNode take() {
        ArrayNode taken = entries;
        entries = JsonNodeFactory.instance.arrayNode();
        return taken;
    }

    private void entry(String what, ArrayNode arguments) {
        entries.add(JsonNodeFactory.instance.arrayNode().add(what).add(arguments));
    }
}
