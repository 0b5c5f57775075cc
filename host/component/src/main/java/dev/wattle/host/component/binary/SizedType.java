package dev.wattle.host.component.binary;

import dev.wattle.wit.WitType;

/// A value type and how large it is as a tree. Types share their parts, so few bytes can describe a huge tree:
/// whoever
/// walks one relies on these limits.
///
/// @param size nodes of the tree
/// @param depth of the tree
public record SizedType(WitType type, int size, int depth) {
    /// Nodes of one type. The largest type of WASI has 150.
    static final int MAX_SIZE = 1 << 16;

    /// Depth of one type: keeps recursion far from the stack's end.
    static final int MAX_DEPTH = 100;
}
