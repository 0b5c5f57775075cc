package dev.wattle.host.engine.jvm.binary;

/// What a reference points to.
///
/// @spec core `heaptype`
public sealed interface HeapType {
    /// A heap type that needs no definition.
    enum Abstract implements HeapType {
        FUNC,
        NOFUNC,
        EXTERN,
        NOEXTERN,
        EXN,
        NOEXN
    }

    /// A heap type that the module's type section defines.
    record Defined(DefinedType type) implements HeapType {}
}
