package guest;

/** Core values as bits, in order. */
final class Flat {
    final long[] bits = new long[64];
    int at;

    long next() {
        return bits[at++];
    }

    void add(long value) {
        bits[at++] = value;
    }
}
