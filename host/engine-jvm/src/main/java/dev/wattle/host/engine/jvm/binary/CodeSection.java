package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.ModuleException;

/// Reads the code section: one body after the other, each checked by the same [BodyValidator].
///
/// @spec core binary format, code section
final class CodeSection {
    private final ModuleContext context;

    CodeSection(ModuleContext context) {
        this.context = context;
    }

    void read(Input input) {
        int at = input.position();
        context.codeStart = at;
        int count = input.count("functions", context.limits.functions());
        if (count != context.functions.size() - context.importedFunctions) {
            throw inconsistent(at);
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
            context.bodies.add(validator.read(input, function));
            if (input.hasRemaining()) {
                throw Input.malformed("section size mismatch: bytes after the end of a function", input.position());
            }
        } catch (ModuleException e) {
            throw new ModuleException(e.code(), e.getMessage() + " in function " + function, e.offset());
        }
        input.window(end, sectionEnd);
    }

    /// Function section and code section contradict each other.
    static ModuleException inconsistent(int at) {
        return Input.malformed("function and code section have inconsistent lengths", at);
    }
}
