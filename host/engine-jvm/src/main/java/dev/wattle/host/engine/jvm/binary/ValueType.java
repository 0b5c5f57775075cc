package dev.wattle.host.engine.jvm.binary;

/// The type of an operand, a local, a global, a parameter or a result.
///
/// @spec core `valtype`
public sealed interface ValueType {
    /// Numbers and vectors.
    @SuppressWarnings("AvoidCommonTypeNames") // the spec's word, imported where it is used
    enum Number implements ValueType {
        I32,
        I64,
        F32,
        F64,
        V128
    }

    /// A reference; equal to another when both parts are.
    record Reference(boolean nullable, HeapType heap) implements ValueType {
        public static final Reference FUNCREF = new Reference(true, HeapType.Abstract.FUNC);
        public static final Reference EXTERNREF = new Reference(true, HeapType.Abstract.EXTERN);
        public static final Reference EXNREF = new Reference(true, HeapType.Abstract.EXN);
    }
}
