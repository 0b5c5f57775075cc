package dev.wattle.lattice.protocol;

/// A span of time as people and wasmCloud's clients read it: `1day 2h 3m 4s`.
final class Uptime {
    /// A year of 365.25 days and a month of a twelfth of it, as the clients' own formatter counts them.
    private static final long YEAR_SECONDS = 31_557_600;

    private static final long MONTH_SECONDS = 2_630_016;
    private static final long DAY_SECONDS = 86_400;

    private Uptime() {}

    static String human(long seconds) {
        if (seconds <= 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long withinYear = seconds % YEAR_SECONDS;
        long withinMonth = withinYear % MONTH_SECONDS;
        long withinDay = withinMonth % DAY_SECONDS;
        append(text, seconds / YEAR_SECONDS, "year", true);
        append(text, withinYear / MONTH_SECONDS, "month", true);
        append(text, withinMonth / DAY_SECONDS, "day", true);
        append(text, withinDay / 3600, "h", false);
        append(text, withinDay % 3600 / 60, "m", false);
        append(text, withinDay % 60, "s", false);
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit, boolean plural) {
        if (amount == 0) {
            return;
        }
        text.append(text.isEmpty() ? "" : " ").append(amount).append(unit);
        if (plural && amount > 1) {
            text.append('s');
        }
    }
}
