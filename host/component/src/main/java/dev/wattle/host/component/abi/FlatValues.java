package dev.wattle.host.component.abi;

import java.util.Arrays;

/// Collects flat core values, each as its bits in a long: 32-bit values zero-extended, floats as their raw
/// bits.
///
/// That is how a variant's payload is joined to a wider core type: with no conversion.
final class FlatValues {
    private long[] values = new long[4];
    private int size;

    void add(long bits) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = bits;
    }

    /// Adds a 32-bit value.
    void add32(long bits) {
        add(bits & 0xFFFF_FFFFL);
    }

    int size() {
        return size;
    }

    /// Pads a variant's payload with zeros.
    void padTo(int newSize) {
        while (size < newSize) {
            add(0);
        }
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
