package dev.wattle.host.engine.jvm.binary;

import java.util.Arrays;

/// Numbers, the last in the first out.
final class IntStack {
    private int[] values = new int[64];
    private int size;

    void push(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int pop() {
        return values[--size];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }
}
