package dev.wattle.host.component.binary;

/// Versions in names.
///
/// @spec Explainer.md `interfaceversion`, "Canonical Interface Name"; semver.org 2.0.0
final class Versions {
    private Versions() {}

    /// `valid semver`: `1.2.3`, `0.2.6-rc.1+build`.
    static boolean isSemver(String version) {
        int plus = version.indexOf('+');
        String build = plus < 0 ? "0" : version.substring(plus + 1);
        String release = plus < 0 ? version : version.substring(0, plus);
        int hyphen = release.indexOf('-');
        String prerelease = hyphen < 0 ? "0" : release.substring(hyphen + 1);
        String core = hyphen < 0 ? release : release.substring(0, hyphen);
        return isCore(core) && areIdentifiers(prerelease, true) && areIdentifiers(build, false);
    }

    /// `canonversion`: `1`, `0.2`, `0.0.3`, `0.0.0`.
    static boolean isCanonical(String version) {
        String last = version.startsWith("0.0.")
                ? version.substring(4)
                : version.startsWith("0.") ? version.substring(2) : version;
        return isNumber(last) && (!last.equals("0") || version.equals("0.0.0"));
    }

    private static boolean isCore(String core) {
        String[] numbers = core.split("\\.", -1);
        return numbers.length == 3 && isNumber(numbers[0]) && isNumber(numbers[1]) && isNumber(numbers[2]);
    }

    private static boolean areIdentifiers(String text, boolean prerelease) {
        for (String identifier : text.split("\\.", -1)) {
            if (!isIdentifier(identifier) || (prerelease && isDigits(identifier) && !isNumber(identifier))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c == '-' || (c < 0x80 && Character.isLetterOrDigit(c)));
    }

    /// Without leading zeros.
    private static boolean isNumber(String text) {
        return isDigits(text) && (text.length() == 1 || text.charAt(0) != '0');
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
