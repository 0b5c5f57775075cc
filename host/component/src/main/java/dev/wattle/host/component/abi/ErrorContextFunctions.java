package dev.wattle.host.component.abi;

import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_NOTHING;
import static dev.wattle.host.component.abi.CoreFunctions.TWO_I32_TO_I32;
import static dev.wattle.host.component.abi.CoreFunctions.TWO_I32_TO_NOTHING;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;

/// The core functions that guests tell with why something failed.
///
/// @spec CanonicalABI.md `canon error-context.*`
public final class ErrorContextFunctions {
    private static final String ERROR_CONTEXT = "an error-context";

    /// Longer messages are cut off: they live as long as somebody has the handle.
    private static final int MAX_MESSAGE = 1 << 12;

    /// `(pointer, length) -> (i32)`
    public static CoreExtern.Function create(InstanceState instance, CanonicalOptions options) {
        return CoreFunctions.of(instance, TWO_I32_TO_I32, values -> {
            instance.requireMayLeave();
            long mark = instance.markValues();
            LiftLowerContext cx = new LiftLowerContext(options, instance, new Task());
            WitValue.Text text = (WitValue.Text) Strings.loadStringFromRange(cx, values[0], values[1]);
            instance.releaseValues(mark);
            return instance.handles().add(new ErrorContext(new WitValue.ErrorContextValue(cut(text.value()))));
        });
    }

    private static String cut(String message) {
        if (message.length() <= MAX_MESSAGE) {
            return message;
        }
        boolean inPair = Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 1));
        return message.substring(0, inPair ? MAX_MESSAGE - 1 : MAX_MESSAGE);
    }

    /// `(handle, pointer) -> ()`: writes address and length of the message.
    public static CoreExtern.Function debugMessage(InstanceState instance, CanonicalOptions options) {
        return CoreFunctions.of(instance, TWO_I32_TO_NOTHING, values -> {
            instance.requireMayLeave();
            ErrorContext context = instance.handles().get((int) values[0], ErrorContext.class, ERROR_CONTEXT);
            LiftLowerContext cx = new LiftLowerContext(options, instance, new Task());
            LiftLowerContext.requireAligned(values[1], Layout.POINTER_SIZE);
            cx.requireInBounds(values[1], 2 * Layout.POINTER_SIZE);
            WitValue message = new WitValue.Text(context.value().debugMessage());
            Storing.store(cx, message, WitType.Primitive.STRING, values[1]);
            return 0;
        });
    }

    /// `(handle) -> ()`
    public static CoreExtern.Function drop(InstanceState instance) {
        return CoreFunctions.of(instance, I32_TO_NOTHING, values -> {
            instance.requireMayLeave();
            int index = (int) values[0];
            ErrorContext _ = instance.handles().get(index, ErrorContext.class, ERROR_CONTEXT);
            instance.handles().remove(index);
            return 0;
        });
    }

    private ErrorContextFunctions() {}
}
