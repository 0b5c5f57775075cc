package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.DefinedType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function type as the JVM sees it.
final class Signature {
    /// The JVM allows 255 slots; the receiver takes one, a method handle may take another.
    static final int MAX_SLOTS = 250;

    static final String PACKAGE = "wattle.signature";

    final DefinedType type;
    final List<ValueType> parameters;
    final List<ValueType> results;

    /// Whether all arguments travel in the scratch area.
    final boolean scratched;

    /// What a JVM call of it returns; null for nothing.
    final @Nullable Kind result;

    /// `call` of the signature class.
    final MethodTypeDesc call;

    final ClassDesc signatureClass;

    private final List<ClassDesc> jvmParameters;
    private @Nullable MethodTypeDesc body;

    Signature(DefinedType type) {
        this.type = type;
        this.parameters = type.function().parameters();
        this.results = type.function().results();
        List<ClassDesc> descriptors = new ArrayList<>();
        int slots = 0;
        for (ValueType parameter : parameters) {
            Kind kind = Kind.of(parameter);
            for (int i = Kind.isVector(parameter) ? 2 : 1; i > 0; i--) {
                descriptors.add(kind.descriptor);
                slots += kind.slots();
            }
        }
        scratched = slots > MAX_SLOTS;
        jvmParameters = scratched ? List.of() : List.copyOf(descriptors);
        result = results.isEmpty() ? null : Kind.of(results.getFirst());
        call = MethodTypeDesc.of(returned(), jvmParameters);
        signatureClass = ClassDesc.of(PACKAGE, className(type));
    }

    static String className(DefinedType type) {
        return "S_" + type.id();
    }

    private ClassDesc returned() {
        return result == null ? ConstantDescs.CD_void : result.descriptor;
    }

    /// The static method with the code of a function of that module.
    MethodTypeDesc body(ClassDesc instance) {
        MethodTypeDesc known = body;
        if (known == null) {
            List<ClassDesc> all = new ArrayList<>(jvmParameters);
            all.add(instance);
            known = MethodTypeDesc.of(returned(), all);
            body = known;
        }
        return known;
    }

    /// Whether the caller finds all of the result in what the call returns.
    boolean isSimple() {
        return results.isEmpty() || (results.size() == 1 && !Kind.isVector(results.getFirst()));
    }
}
