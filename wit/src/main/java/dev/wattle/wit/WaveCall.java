package dev.wattle.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A call as a person writes it: `cyber:math/operations#add(2, 40)`, or `add(2, 40)` for a function at the root
/// of a world.
///
/// The arguments can only be read when the function's type is known: [#arguments] does it then, and its errors
/// count columns in the whole text.
///
/// @param interfaceName the interface as it was written, such as `wasi:clocks/wall-clock@0.2.6`
/// @param function the function's name in the interface: `add`, `[method]counter.next`
/// @param source the whole text
/// @param argumentsStart where the text behind the opening parenthesis begins
public record WaveCall(Optional<String> interfaceName, String function, String source, int argumentsStart) {
    private static final String LABEL = "[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*";
    private static final Pattern PLAIN_INTERFACE = Pattern.compile(LABEL);
    private static final Pattern FUNCTION = Pattern.compile(
            "%?" + LABEL + "|\\[constructor\\]" + LABEL + "|\\[(?:method|static)\\]" + LABEL + "\\." + LABEL);

    /// Splits a call into names and arguments.
    ///
    /// @throws WaveException when the text has another shape
    public static WaveCall parse(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            throw new WaveException(
                    WaveException.Code.UNEXPECTED,
                    text.length(),
                    "expected '(' and the arguments, as in interface#function(1, \"two\")");
        }
        int hash = text.lastIndexOf('#', open);
        Optional<String> interfaceName = hash < 0
                ? Optional.empty()
                : Optional.of(text.substring(0, hash).strip());
        interfaceName.ifPresent(WaveCall::requireInterface);
        String function = text.substring(hash + 1, open).strip();
        if (!FUNCTION.matcher(function).matches()) {
            throw new WaveException(
                    WaveException.Code.UNEXPECTED,
                    hash + 1,
                    "expected a function's name, as in add(…), interface#add(…) or"
                            + " interface#[method]resource.name(…)");
        }
        return new WaveCall(interfaceName, function.startsWith("%") ? function.substring(1) : function, text, open + 1);
    }

    private static void requireInterface(String name) {
        if (InterfaceName.tryParse(name).isEmpty()
                && !PLAIN_INTERFACE.matcher(name).matches()) {
            throw new WaveException(
                    WaveException.Code.UNEXPECTED,
                    0,
                    "expected an interface's name, as in namespace:package/interface@1.2.3#function(…)");
        }
    }

    /// Writes a call, so that [#parse] and [#arguments] read it back.
    ///
    /// @param interfaceName none for a function at the root of a world
    /// @throws IllegalArgumentException when the arguments do not fit the type, or have no text
    public static String print(
            Optional<String> interfaceName, String function, FunctionType type, List<WitValue> arguments) {
        Values.checkArguments(type, arguments);
        List<String> texts = new ArrayList<>(arguments.size());
        for (int index = 0; index < arguments.size(); index++) {
            texts.add(Wave.print(type.parameters().get(index).type(), arguments.get(index)));
        }
        String start = interfaceName.map(name -> name + "#").orElse("") + function;
        return start + "(" + String.join(", ", texts) + ")";
    }

    /// Reads the arguments. Options at the end may be left out.
    ///
    /// @throws WaveException when they do not fit
    public List<WitValue> arguments(FunctionType type) {
        WaveParser parser = new WaveParser(new WaveLexer(source, argumentsStart));
        List<WitValue> arguments = new ArrayList<>();
        for (FunctionType.Parameter parameter : type.parameters()) {
            if (parser.at(')')) {
                arguments.add(omitted(parser, parameter, type));
            } else {
                arguments.add(parser.value(parameter.type()));
                parser.comma(')');
            }
        }
        if (!parser.at(')')) {
            throw parser.unexpected("')' after %d arguments of %s".formatted(arguments.size(), WitText.print(type)));
        }
        parser.take(')');
        parser.end();
        return arguments;
    }

    private static WitValue omitted(WaveParser parser, FunctionType.Parameter parameter, FunctionType type) {
        if (parameter.type() instanceof WitType.OptionType) {
            return WitValue.none();
        }
        throw parser.missing("the argument '" + parameter.name() + "' of " + WitText.print(type));
    }
}
