package dev.wattle.host.engine.jvm.binary;

/// What follows an opcode, and where [BodyReader] puts it.
public enum Immediate {
    /// Nothing.
    NONE,
    /// The type of a block: `BodyReader.blockType()`.
    BLOCK_TYPE,
    /// A block's type and what it catches: `blockType()` and `catches()`.
    CATCHES,
    /// How many labels out: `index()`.
    LABEL,
    /// Labels, the default last: `labels()`.
    LABELS,
    /// A function's index: `index()`.
    FUNCTION,
    /// A type's index, then a table's: `index()` and `secondIndex()`.
    TYPE_TABLE,
    /// A type's index: `index()`.
    TYPE,
    /// A tag's index: `index()`.
    TAG,
    /// The type of a `select`: `valueType()`.
    TYPES,
    /// A local's index: `index()`.
    LOCAL,
    /// A global's index: `index()`.
    GLOBAL,
    /// A table's index: `index()`.
    TABLE,
    /// The table that is written, then the one that is read: `index()` and `secondIndex()`.
    TABLE_TABLE,
    /// An element segment's index: `index()`.
    ELEMENTS,
    /// An element segment's index, then a table's: `index()` and `secondIndex()`.
    ELEMENTS_TABLE,
    /// A memory's index: `index()`.
    MEMORY,
    /// The memory that is written, then the one that is read: `index()` and `secondIndex()`.
    MEMORY_MEMORY,
    /// A data segment's index: `index()`.
    DATA,
    /// A data segment's index, then a memory's: `index()` and `secondIndex()`.
    DATA_MEMORY,
    /// A memory's index, an offset and an alignment: `index()`, `memoryOffset()` and `alignment()`.
    MEMORY_ARGUMENT,
    /// A memory argument, then a lane: `lane()`.
    MEMORY_LANE,
    /// A lane: `lane()`.
    LANE,
    /// Sixteen lanes, the first in the lowest byte of `bits()`, the ninth in that of `highBits()`.
    SHUFFLE,
    /// A number: `(int) bits()`.
    I32,
    /// A number: `bits()`.
    I64,
    /// The bits of a float: `(int) bits()`.
    F32,
    /// The bits of a double: `bits()`.
    F64,
    /// A vector: `bits()` is its low half, `highBits()` its high half.
    V128,
    /// What a null reference would point to: `heapType()`.
    HEAP_TYPE
}
