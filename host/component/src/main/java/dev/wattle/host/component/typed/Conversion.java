package dev.wattle.host.component.typed;

import dev.wattle.wit.WitValue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns values of one Java type into values of one WIT type, and back. Made when something is bound;
/// immutable.
interface Conversion {
    /// @throws IllegalArgumentException when the Java value has no place in the WIT type: too large, null
    WitValue toWit(@Nullable Object value);

    @Nullable
    Object toJava(WitValue value);

    /// Two functions, for values that are never null.
    static Conversion of(Function<Object, WitValue> toWit, Function<WitValue, Object> toJava) {
        return new Conversion() {
            @Override
            public WitValue toWit(@Nullable Object value) {
                if (value == null) {
                    throw new IllegalArgumentException("null has no place in WIT: an option is an Optional");
                }
                return toWit.apply(value);
            }

            @Override
            public Object toJava(WitValue value) {
                return toJava.apply(value);
            }
        };
    }
}
