package dev.wattle.interop;

import dev.wattle.host.component.ComponentType;
import dev.wattle.host.component.ExternType;
import dev.wattle.wit.FunctionType;
import java.util.SequencedMap;

/// The names of the test world, `components/wit/wattle-test.wit`.
final class TestWorld {
    static final String TYPES = "wattle:test/types";
    static final String VALUES = "wattle:test/values";
    static final String COUNTERS = "wattle:test/counters";
    static final String FAULTS = "wattle:test/faults";
    static final String REFUSAL = "wattle:test/refusal";
    static final String REFUSE = "refuse";
    /// Exported at the root.
    static final String ANSWER = "answer";
    /// Imported at the root.
    static final String ASK = "ask";

    static final String COUNTER = "counter";
    static final String NEW = "[constructor]counter";
    static final String INCREMENT = "[method]counter.increment";
    static final String VALUE = "[method]counter.value";
    static final String MERGE = "[static]counter.merge";
    static final String LIVE = "[static]counter.live";

    private TestWorld() {}

    /// The functions of an interface that a component of this world exports.
    static SequencedMap<String, FunctionType> exported(ComponentType type, String interfaceName) {
        return switch (type.exports().get(interfaceName)) {
            case ExternType.InterfaceItem item -> item.functions();
            case null, default -> throw new IllegalArgumentException("no interface " + interfaceName + " is exported");
        };
    }

    /// The type of `answer`, and of `ask`.
    static FunctionType answer(ComponentType type) {
        return switch (type.exports().get(ANSWER)) {
            case ExternType.FunctionItem item -> item.type();
            case null, default -> throw new IllegalArgumentException("no function " + ANSWER + " is exported");
        };
    }
}
