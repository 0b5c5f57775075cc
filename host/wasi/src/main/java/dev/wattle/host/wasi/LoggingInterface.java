package dev.wattle.host.wasi;

import dev.wattle.wit.WitValue;
import java.util.Locale;

/// `wasi:logging/logging`.
final class LoggingInterface {
    /// Shown where a text was cut.
    private static final String ELLIPSIS = "…";

    private LoggingInterface() {}

    static InterfaceTable table(WasiContext context, LineRate rate) {
        return InterfaceTable.builder()
                .does("log", 3, (_, arguments) -> log(context.log(), rate, arguments))
                .build();
    }

    private static void log(GuestLog log, LineRate rate, Arguments arguments) {
        LineRate.Verdict verdict = rate.next();
        if (!verdict.pass()) {
            return;
        }
        if (verdict.droppedBefore() > 0) {
            log.log(GuestLog.Level.WARN, "", verdict.droppedBefore() + " lines dropped: too many in a second");
        }
        String level = ((WitValue.EnumValue) arguments.at(0)).name();
        log.log(GuestLog.Level.valueOf(level.toUpperCase(Locale.ROOT)), cut(arguments.text(1)), cut(arguments.text(2)));
    }

    private static String cut(String text) {
        if (text.length() <= Limits.MAX_LINE_BYTES) {
            return text;
        }
        int end = Limits.MAX_LINE_BYTES;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }
}
