package dev.wattle.host.engine;

import java.lang.invoke.MethodType;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The type of a core import or export.
///
/// @spec core `externtype`
public sealed interface CoreType {
    /// A value type of core WebAssembly.
    enum Value {
        I32,
        I64,
        F32,
        F64,
        V128,
        FUNCREF,
        EXTERNREF,
        EXNREF,
        /// A reference of any other type, such as `(ref $t)`: told apart by the engine, when it links.
        OTHERREF;

        /// What a value of this type is in a handle.
        Class<?> handleType() {
            return switch (this) {
                case I32 -> int.class;
                case I64 -> long.class;
                case F32 -> float.class;
                case F64 -> double.class;
                case V128 -> dev.wattle.host.engine.V128.class;
                case FUNCREF, EXTERNREF, EXNREF, OTHERREF -> Object.class;
            };
        }
    }

    /// A function type.
    record Function(List<Value> parameters, List<Value> results) implements CoreType {
        public Function {
            parameters = List.copyOf(parameters);
            results = List.copyOf(results);
        }

        /// Not the record's own, for which the JVM makes code at each start: functions are compared when the first
        /// guest is linked.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Function same && parameters.equals(same.parameters) && results.equals(same.results);
        }

        @Override
        public int hashCode() {
            return 31 * parameters.hashCode() + results.hashCode();
        }

        /// The exact type of a handle to such a function, as [CoreExtern.Function#handle()] describes it.
        public MethodType handleType() {
            Class<?> result = switch (results.size()) {
                case 0 -> void.class;
                case 1 -> results.getFirst().handleType();
                default -> Object[].class;
            };
            return MethodType.methodType(
                    result, parameters.stream().<Class<?>>map(Value::handleType).toList());
        }
    }

    /// A table of `element` with limits in elements.
    record Table(Value element, long minimum, OptionalLong maximum) implements CoreType {}

    /// A memory with limits in pages of 64 KiB.
    ///
    /// @param shared by threads; no engine makes one
    record Memory(long minimumPages, OptionalLong maximumPages, boolean shared) implements CoreType {
        /// A memory that is not shared.
        public Memory(long minimumPages, OptionalLong maximumPages) {
            this(minimumPages, maximumPages, false);
        }
    }

    /// A global.
    record Global(Value value, boolean mutable) implements CoreType {}

    /// An exception tag.
    record Tag(Function function) implements CoreType {}
}
