package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreType;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The subtyping of core types and modules.
///
/// @spec core "Import Matching"; Explainer.md "Type Checking"
final class CoreMatching {
    private CoreMatching() {}

    /// May `supplied` stand where `wanted` does?
    static boolean fits(@Nullable CoreType supplied, CoreType wanted) {
        return switch (wanted) {
            case CoreType.Function function -> function.equals(supplied);
            case CoreType.Global global -> global.equals(supplied);
            case CoreType.Tag tag -> tag.equals(supplied);
            case CoreType.Memory(long minimum, OptionalLong maximum, boolean shared) ->
                supplied instanceof CoreType.Memory(long least, OptionalLong most, boolean alsoShared)
                        && shared == alsoShared
                        && within(least, most, minimum, maximum);
            case CoreType.Table(var element, long minimum, OptionalLong maximum) ->
                supplied instanceof CoreType.Table(var other, long least, OptionalLong most)
                        && element == other
                        && within(least, most, minimum, maximum);
        };
    }

    private static boolean within(long least, OptionalLong most, long minimum, OptionalLong maximum) {
        return least >= minimum && (maximum.isEmpty() || (most.isPresent() && most.getAsLong() <= maximum.getAsLong()));
    }

    /// A module may import less than is wanted, and export more.
    ///
    /// @param name of the module, for messages
    static void require(long offset, String name, ModuleShape wanted, ModuleShape supplied, Work work) {
        work.spend(1 + supplied.imports().size() + wanted.exports().size());
        supplied.imports().forEach((one, type) -> {
            CoreType given = wanted.imports().get(one);
            if (!fits(given, type)) {
                throw Failures.invalid(
                        offset,
                        "the core module '" + name + "' imports " + one + " as a " + CoreText.of(type) + ", and "
                                + (given == null ? "none is to be supplied" : "is supplied a " + CoreText.of(given)));
            }
        });
        wanted.exports().forEach((one, type) -> {
            CoreType given = supplied.exports().get(one);
            if (!fits(given, type)) {
                throw Failures.invalid(
                        offset,
                        "the core module '" + name + "' "
                                + (given == null ? "does not export" : "exports as a " + CoreText.of(given)) + " '"
                                + one + "', which is wanted as a " + CoreText.of(type));
            }
        });
    }
}
