package dev.wattle.host.wasi;

/// `wasi:http/types.outgoing-response`.
final class OutgoingResponse extends OutgoingMessage {
    private int status = 200;

    OutgoingResponse(Fields headers) {
        super("response", headers);
    }

    int status() {
        return status;
    }

    /// False when that is no status.
    boolean setStatus(long code) {
        if (code < 100 || code > 999) {
            return false;
        }
        status = (int) code;
        return true;
    }
}
