package dev.wattle.lattice.transport.wrpc;

import dev.wattle.wit.ByteString;
import java.util.ArrayList;
import java.util.List;

/// Pieces on their way to a whole, up to a limit. Not for several threads.
final class Gathered {
    private final int limit;
    private final List<ByteString> pieces = new ArrayList<>(2);
    private int size;

    Gathered(int limit) {
        this.limit = limit;
    }

    /// False, and nothing is kept, when the whole would be above the limit.
    boolean add(ByteString piece) {
        if (piece.size() > limit - size) {
            pieces.clear();
            return false;
        }
        pieces.add(piece);
        size += piece.size();
        return true;
    }

    int size() {
        return size;
    }

    ByteString whole() {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        byte[] all = new byte[size];
        int at = 0;
        for (ByteString piece : pieces) {
            piece.copyTo(all, at);
            at += piece.size();
        }
        return ByteString.adopt(all);
    }
}
