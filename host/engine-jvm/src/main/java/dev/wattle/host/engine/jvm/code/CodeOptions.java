package dev.wattle.host.engine.jvm.code;

/// How code is made.
///
/// @param eager whether all functions are compiled at once, not each when it is first called
/// @param maxMethodBytes a function with more bytecode than this is cut into chunks
/// @param chunkBytes how much a chunk has, roughly
/// @param maxStatementBytes after so much bytecode, operands are taken off the JVM's stack, so that code can be
/// cut
/// @param polls whether code looks, in loops and where functions begin, if it has to stop
/// @param cards whether stores mark the cards of memories
public record CodeOptions(
        boolean eager, int maxMethodBytes, int chunkBytes, int maxStatementBytes, boolean polls, boolean cards) {
    /// HotSpot compiles no larger method.
    public static final int MAX_COMPILED_BYTES = 8000;

    /// Larger chunks run into budgets of HotSpot's compilers.
    private static final int CHUNK_BYTES = 1500;

    /// Of statements, few are longer; a chunk can then be near its size.
    private static final int STATEMENT_BYTES = 400;

    /// Each function when it is first called.
    public static final CodeOptions LAZY =
            new CodeOptions(false, MAX_COMPILED_BYTES, CHUNK_BYTES, STATEMENT_BYTES, true, false);

    /// All functions at once.
    public static final CodeOptions EAGER = LAZY.eagerly();

    /// Everything in tiny chunks: for tests.
    public static final CodeOptions SPLIT = new CodeOptions(false, 0, 1, 1, true, false);

    /// Everything in chunks of a few statements, which have several entries and exits: for tests.
    public static final CodeOptions CHUNKS = new CodeOptions(false, 0, 100, 80, true, false);

    public CodeOptions eagerly() {
        return new CodeOptions(true, maxMethodBytes, chunkBytes, maxStatementBytes, polls, cards);
    }

    public CodeOptions withCards(boolean marked) {
        return new CodeOptions(eager, maxMethodBytes, chunkBytes, maxStatementBytes, polls, marked);
    }

    public CodeOptions withPolls(boolean looking) {
        return new CodeOptions(eager, maxMethodBytes, chunkBytes, maxStatementBytes, looking, cards);
    }

    /// Part of the key under which classes are kept. Not the record's own, for which the JVM makes classes, at each
    /// start.
    @Override
    public String toString() {
        return "CodeOptions[eager=" + eager + ", maxMethodBytes=" + maxMethodBytes + ", chunkBytes=" + chunkBytes
                + ", maxStatementBytes=" + maxStatementBytes + ", polls=" + polls + ", cards=" + cards + "]";
    }
}
