package dev.wattle.host.wasi;

import dev.wattle.wit.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Standard output or error of one sandbox: cuts bytes into lines and hands them to the sink.
final class LineOutput implements AutoCloseable {
    private final GuestOutput sink;
    private final LineRate rate;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineOutput(GuestOutput sink, LineRate rate) {
        this.sink = sink;
        this.rate = rate;
    }

    void accept(ByteString contents) {
        for (int i = 0; i < contents.size(); i++) {
            byte next = contents.at(i);
            if (next == '\n') {
                emit();
                continue;
            }
            if (tooLong(next)) {
                emit();
            }
            line.write(next);
        }
    }

    /// Hands on a last line without an end.
    @Override
    public void close() {
        if (line.size() > 0) {
            emit();
        }
    }

    /// Cuts between characters: not before the second to fourth byte of one.
    private boolean tooLong(byte next) {
        boolean continuation = (next & 0xC0) == 0x80;
        return line.size() >= Limits.MAX_LINE_BYTES + (continuation ? 3 : 0);
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        LineRate.Verdict verdict = rate.next();
        if (!verdict.pass()) {
            return;
        }
        if (verdict.droppedBefore() > 0) {
            sink.line("(" + verdict.droppedBefore() + " lines dropped: more than " + Limits.MAX_LINES_PER_SECOND
                    + " in a second)");
        }
        sink.line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /// A handle on it. Any number may be open; none closes it.
    OutputStreamObject stream() {
        return new Stream(this);
    }

    private static final class Stream extends OutputStreamObject {
        private final LineOutput output;

        Stream(LineOutput output) {
            this.output = output;
        }

        @Override
        void flush() {
            // Lines go on as they end; half of one waits for its other half.
        }

        @Override
        void requireOpen() {
            // Open as long as the sandbox.
        }

        @Override
        void accept(ByteString contents) {
            output.accept(contents);
        }
    }
}
