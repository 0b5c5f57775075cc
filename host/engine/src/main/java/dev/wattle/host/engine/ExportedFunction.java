package dev.wattle.host.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// A function of whichever instance: looks for the instance's own handle at each call.
final class ExportedFunction {
    private static final MethodHandle FIND = find();

    private ExportedFunction() {}

    static MethodHandle of(CoreModule module, String export) {
        CoreType.Function type = module.exports().stream()
                .filter(candidate -> candidate.name().equals(export))
                .map(CoreModule.CoreExport::type)
                .filter(CoreType.Function.class::isInstance)
                .map(CoreType.Function.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no exported function '" + export + "'"));
        MethodHandle finding = MethodHandles.insertArguments(FIND, 1, export);
        return MethodHandles.filterArguments(MethodHandles.exactInvoker(type.handleType()), 0, finding);
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static MethodHandle function(CoreInstance instance, String export) {
        return ((CoreExtern.Function) instance.export(export)).handle();
    }

    private static MethodHandle find() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            ExportedFunction.class,
                            "function",
                            MethodType.methodType(MethodHandle.class, CoreInstance.class, String.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
