package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.binary.WasmModule.Locals;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the code section: one body after the other, each checked by the same [BodyValidator].
///
/// @spec core binary format, code section
final class CodeSection {
    private final ModuleContext context;

    private final @Nullable BodyFacts known;

    /// @param known what is known of the bodies, which are valid then
    CodeSection(ModuleContext context, @Nullable BodyFacts known) {
        this.context = context;
        this.known = known;
    }

    void read(Input input) {
        int at = input.position();
        context.codeStart = at;
        int count = input.count("functions", context.limits.functions());
        if (count != context.functions.size() - context.importedFunctions) {
            throw inconsistent(at);
        }
        if (known != null && known.bodies() != count) {
            throw contradicted(at);
        }
        var validator = new BodyValidator(context);
        for (int i = 0; i < count; i++) {
            body(input, validator, context.importedFunctions + i);
        }
    }

    private void body(Input input, BodyValidator validator, int function) {
        int sectionEnd = input.end();
        int size = input.count("bytes of a function", context.limits.bodyBytes());
        int end = input.position() + size;
        input.window(input.position(), end);
        try {
            context.bodies.add(known == null ? validator.read(input, function) : known(input, validator, function));
            if (input.hasRemaining()) {
                throw Input.malformed("section size mismatch: bytes after the end of a function", input.position());
            }
        } catch (ModuleException e) {
            throw new ModuleException(e.code(), e.getMessage() + " in function " + function, e.offset());
        }
        input.window(end, sectionEnd);
    }

    private Body known(Input input, BodyValidator validator, int function) {
        List<Locals> locals = validator.locals(input, function);
        int index = function - context.importedFunctions;
        Body body = Objects.requireNonNull(known).body(index, input, locals);
        if (body == null) {
            throw contradicted(input.position());
        }
        return body;
    }

    private static IllegalArgumentException contradicted(int at) {
        return new IllegalArgumentException("what is known is of another binary, at offset " + at);
    }

    /// Function section and code section contradict each other.
    static ModuleException inconsistent(int at) {
        return Input.malformed("function and code section have inconsistent lengths", at);
    }
}
