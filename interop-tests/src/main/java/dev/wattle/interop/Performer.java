package dev.wattle.interop;

import java.io.IOException;

/// Whoever takes the steps: a runtime with a guest, or the rules themselves. One thread.
interface Performer extends AutoCloseable {
    /// @throws IOException when a runtime in another process cannot be reached
    Outcome perform(Step step) throws IOException;

    /// Does the call again and again, with nothing kept of it, and answers how long each took; NaN when one
    /// trapped.
    ///
    /// @throws IOException when a runtime in another process cannot be reached
    double nanosPerCall(Step.Call call, int times) throws IOException;

    @Override
    void close() throws IOException;
}
