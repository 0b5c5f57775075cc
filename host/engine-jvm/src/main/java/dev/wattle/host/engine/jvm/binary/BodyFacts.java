package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.binary.WasmModule.Locals;
import dev.wattle.host.engine.jvm.binary.WasmModule.Traits;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What validating the bodies of a module found out, to be kept beside the module's digest: the same binary need not be
/// validated again, which is most of the work of decoding it.
public final class BodyFacts {
    private static final int INTS_PER_BODY = 6;

    private final IntBuffer facts;

    private BodyFacts(IntBuffer facts) {
        this.facts = facts;
    }

    /// Of a module that was validated.
    public static byte[] of(WasmModule module) {
        var bytes = ByteBuffer.allocate(module.bodies().size() * INTS_PER_BODY * Integer.BYTES);
        for (Body body : module.bodies()) {
            bytes.putInt(body.start());
            bytes.putInt(body.instructions());
            bytes.putInt(body.labels());
            bytes.putInt(body.nesting());
            bytes.putInt(body.operands());
            bytes.putInt(number(body.traits()));
        }
        return bytes.array();
    }

    /// What [#of] gave for the same binary, engine and limits.
    public static BodyFacts read(byte[] bytes) {
        return new BodyFacts(ByteBuffer.wrap(bytes).asIntBuffer());
    }

    int bodies() {
        return facts.capacity() / INTS_PER_BODY;
    }

    /// The body that starts there and ends at the end of the input; null when it is not the one that is meant.
    @Nullable
    Body body(int index, Input input, List<Locals> locals) {
        int at = index * INTS_PER_BODY;
        if (facts.get(at) != input.position()) {
            return null;
        }
        var body = new Body(
                input.position(),
                input.end(),
                locals,
                facts.get(at + 1),
                facts.get(at + 2),
                facts.get(at + 3),
                facts.get(at + 4),
                traits(facts.get(at + 5)));
        input.seek(input.end());
        return body;
    }

    private static int number(Traits traits) {
        return (traits.loops() ? 1 : 0)
                | (traits.calls() ? 2 : 0)
                | (traits.tailCalls() ? 4 : 0)
                | (traits.catches() ? 8 : 0);
    }

    private static Traits traits(int number) {
        return BodyValidator.TRAITS[number & BodyValidator.TRAITS.length - 1];
    }
}
