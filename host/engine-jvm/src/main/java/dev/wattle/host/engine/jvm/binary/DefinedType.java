package dev.wattle.host.engine.jvm.binary;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A type of the type section, equal to another, of whichever module, when both are at the same place of recursion
/// groups of the same structure. What tells them apart is a digest of that structure, in which references to other
/// groups stand by their digests: comparing costs the same however deep a type is.
///
/// @spec core `deftype`; equality is that of rolled recursive types
public final class DefinedType {
    private final String id;
    private @Nullable FunctionType function;

    /// A type whose function is told later, because it may mention the type itself.
    ///
    /// @param id letters, digits and `_` only: it becomes part of a class's name, the same in every JVM
    DefinedType(String id) {
        this.id = id;
    }

    void define(FunctionType type) {
        if (function != null) {
            throw new IllegalStateException("defined twice: " + id);
        }
        function = type;
    }

    /// Stable and unique to the structure: short and readable for numbers alone (`ij_f` takes i32 and i64 and
    /// gives f32), else a digest of at least 128 bits.
    public String id() {
        return id;
    }

    /// What it defines; only function types get here, others are refused by name when decoding.
    public FunctionType function() {
        return Objects.requireNonNull(function, "the type is still being decoded");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DefinedType type && type.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
