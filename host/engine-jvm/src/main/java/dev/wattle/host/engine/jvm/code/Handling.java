package dev.wattle.host.engine.jvm.code;

import org.jspecify.annotations.Nullable;

/// How a `try_table` that catches something handles exceptions, while its body is translated.
///
/// Code belongs to the innermost one around it alone, which hands on what it does not catch. So a function with
/// thousands of them, one in another, has a table of handlers as long as it has code.
final class Handling {
    /// The one around it.
    final @Nullable Handling outer;

    /// Where the JVM's handler is.
    final Target handler;

    /// Where an inner one goes with what it does not catch, which is then in [#caught].
    final Target dispatch;

    final Variable caught;

    /// Where the code begins that belongs to it, since the last inner one ended.
    Target start;

    Handling(@Nullable Handling outer, Target handler, Target dispatch, Variable caught, Target start) {
        this.outer = outer;
        this.handler = handler;
        this.dispatch = dispatch;
        this.caught = caught;
        this.start = start;
    }
}
