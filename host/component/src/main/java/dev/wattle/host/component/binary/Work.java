package dev.wattle.host.component.binary;

/// Counts what validation and planning do, because definitions can refer to one another so that few bytes cause
/// exponential work. One file, one thread.
public final class Work {
    /// Imports, exports, type nodes and steps looked at. Real components need thousands; this many take about a
    /// second.
    static final int MAX_WORK = 20_000_000;

    /// Steps that a copied item counts as: with about 150 bytes each, all copies of a file take 150 MB at most.
    private static final int COPY = 20;

    /// Steps that an instance counts as which is made while planning, with its index spaces: some thousand bytes.
    private static final int INSTANCE = 400;

    /// Characters that are copied in one step.
    private static final int PATH = 64;

    private long left = MAX_WORK;
    private long offset = -1;

    /// What is done from now on is done for the definition that starts there in the file.
    void at(long definition) {
        offset = definition;
    }

    /// Counts a look at something whose path of names was written down for a message that may never be needed.
    ///
    /// @throws dev.wattle.host.component.ComponentException when it is too much
    void spendOn(String path) {
        spend(1 + path.length() / PATH);
    }

    /// Counts an instance that a plan makes.
    ///
    /// @throws dev.wattle.host.component.ComponentException when it is too much
    public void instance() {
        spend(INSTANCE);
    }

    /// Counts items that are copied: what stays in memory is bounded more tightly than what is looked at.
    ///
    /// @throws dev.wattle.host.component.ComponentException when it is too much
    public void copy(int items) {
        spend((1L + items) * COPY);
    }

    /// @throws dev.wattle.host.component.ComponentException when it is too much
    public void spend(long amount) {
        left -= amount;
        if (left < 0) {
            throw Failures.limit(
                    offset, "its definitions multiply: more than " + MAX_WORK + " steps to look at them all");
        }
    }
}
