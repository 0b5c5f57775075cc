package dev.wattle.provider.http.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/// Closes a connection on which no whole request head comes in time. Used on the connection's event loop
/// alone.
final class ConnectionGuard {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final HttpConnection connection;
    private final Duration timeout;
    private long timer = NONE;
    private int active;
    private boolean closing;

    ConnectionGuard(Vertx vertx, HttpConnection connection, Duration timeout) {
        this.vertx = vertx;
        this.connection = connection;
        this.timeout = timeout;
        arm();
    }

    /// A head is here.
    void begin() {
        active++;
        cancel();
    }

    /// Its answer is out.
    void end() {
        active--;
        if (active == 0) {
            arm();
        }
    }

    /// Serves no more requests, and closes after a moment in which what the client still sends is thrown away:
    /// a connection closed at once would take the last answer with it.
    void closeSoon() {
        closing = true;
        vertx.setTimer(Limits.LINGER.toMillis(), _ -> connection.close());
    }

    boolean isClosing() {
        return closing;
    }

    /// The connection is gone.
    void cancel() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }

    private void arm() {
        cancel();
        timer = vertx.setTimer(timeout.toMillis(), _ -> connection.close());
    }
}
