package dev.wattle.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where `wasm-tools` refuses what the specification allows, or what its features, as we name them, leave out.
final class KnownDifference {
    private static final List<String> WORDS = List.of(
            // The types of core modules may have subtypes and any reference; that our engine has none does not matter.
            "gc proposal must be enabled to use subtypes",
            "heap types not supported without the gc feature",
            // Values have a section in the specification, empty or not.
            "malformed section id: 12",
            // The pinned specification has this option.
            "this was historically accepted as `cancellable`",
            // A resource that is exported twice may be hidden by one of the exports.
            "ascribed type of export is not compatible with item's type resource types are not the same");

    /// Only upper and lower case do not count when names are compared, and hyphens do.
    private static final Pattern CONFLICT =
            Pattern.compile("name `([^`]*)` conflicts with previous (?:name|import|export) `([^`]*)`");

    private KnownDifference() {}

    /// Do we accept something for good reason, of which it says this?
    static boolean explains(String words) {
        String line = words.replaceAll("\\s+", " ");
        return WORDS.stream().anyMatch(line::contains) || isHyphen(line);
    }

    private static boolean isHyphen(String line) {
        var matcher = CONFLICT.matcher(line);
        if (!matcher.find()) {
            return false;
        }
        String one = matcher.group(1).toLowerCase(Locale.ROOT);
        String other = matcher.group(2).toLowerCase(Locale.ROOT);
        return !one.equals(other) && one.replace("-", "").equals(other.replace("-", ""));
    }
}
