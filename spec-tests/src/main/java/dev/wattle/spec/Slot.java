package dev.wattle.spec;

/// What a name of a script stands for: something, or why there is nothing.
sealed interface Slot<T> {
    /// What there is.
    ///
    /// @throws Mismatch when it is missing
    /// @throws UnsupportedException when it needs what is not supported
    T take();

    record Present<T>(T value) implements Slot<T> {
        @Override
        public T take() {
            return value;
        }
    }

    /// It should be there, and is not: a failure of its own came before.
    record Missing<T>(String why) implements Slot<T> {
        @Override
        public T take() {
            throw new Mismatch(why);
        }
    }

    /// What it needs is not supported.
    record Lacking<T>(String why) implements Slot<T> {
        @Override
        public T take() {
            throw new UnsupportedException(why);
        }
    }
}
