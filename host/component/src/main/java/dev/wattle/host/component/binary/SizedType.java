package dev.wattle.host.component.binary;

import dev.wattle.wit.WitType;

/// A value type and how large it is as a tree. Types share their parts, so few bytes can describe a huge tree:
/// whoever walks one relies on these limits.
///
/// @param size nodes of the tree
/// @param depth of the tree
/// @param element bytes of one value
/// @param borrows does it mention a borrow anywhere?
public record SizedType(WitType type, int size, int depth, ElementSize element, boolean borrows) {
    /// Nodes of one type. The largest type of WASI has 150.
    static final int MAX_SIZE = 1 << 16;

    /// Depth of one type: keeps recursion far from the stack's end.
    static final int MAX_DEPTH = 100;

    /// A type of the same structure in place of this one.
    SizedType with(WitType other) {
        return new SizedType(other, size, depth, element, borrows);
    }
}
