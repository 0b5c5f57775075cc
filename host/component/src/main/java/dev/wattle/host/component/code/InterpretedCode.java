package dev.wattle.host.component.code;

import dev.wattle.host.engine.CoreType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Code for functions that none was generated for: it asks the interpreter, in each context.
public final class InterpretedCode {
    private static final MethodHandle FIND = find();

    private InterpretedCode() {}

    /// `(Context, parameters…) → result`
    public static MethodHandle lowered(CoreType.Function type, int function) {
        MethodHandle finding = MethodHandles.insertArguments(FIND, 1, function);
        return MethodHandles.filterArguments(MethodHandles.exactInvoker(type.handleType()), 0, finding);
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static MethodHandle lowered(Context context, int function) {
        return context.interpreter().lowered(context, function);
    }

    private static MethodHandle find() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            InterpretedCode.class,
                            "lowered",
                            MethodType.methodType(MethodHandle.class, Context.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
