package dev.wattle.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How an answer is written.
enum OutputFormat {
    TEXT,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads one, in any case.
    static final class Reader implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String value) {
            for (OutputFormat format : values()) {
                if (format.toString().equalsIgnoreCase(value)) {
                    return format;
                }
            }
            throw new TypeConversionException("'" + value + "' is no format of output; there are text and json");
        }
    }

    /// What these arguments ask for, also where they are no valid command: an error has to be written too.
    static OutputFormat wantedBy(List<String> arguments) {
        OutputFormat wanted = TEXT;
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            if (argument.equals("--")) {
                break;
            }
            boolean separate = argument.equals("-o") || argument.equals("--output");
            String value = separate && index + 1 < arguments.size() ? arguments.get(index + 1) : attached(argument);
            if (value.equalsIgnoreCase("json")) {
                wanted = JSON;
            } else if (value.equalsIgnoreCase("text")) {
                wanted = TEXT;
            }
        }
        return wanted;
    }

    private static String attached(String argument) {
        if (argument.startsWith("--output=")) {
            return argument.substring("--output=".length());
        }
        if (argument.startsWith("-o")) {
            return argument.substring(argument.startsWith("-o=") ? 3 : 2);
        }
        return "";
    }
}
