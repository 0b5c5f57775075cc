package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.Labels;
import dev.wattle.host.component.abi.LiftLowerContext;
import dev.wattle.host.component.abi.ValueChecks;
import dev.wattle.host.component.abi.ValueLifting;
import dev.wattle.host.component.abi.ValueLowering;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.Locale;

/// Names that generated code calls things by.
final class Names {
    static final ClassDesc VALUE = of(WitValue.class);
    static final ClassDesc CX = of(LiftLowerContext.class);
    static final ClassDesc LABELS = of(Labels.class);
    static final ClassDesc LIFTING = of(ValueLifting.class);
    static final ClassDesc LOWERING = of(ValueLowering.class);
    static final ClassDesc CHECKS = of(ValueChecks.class);
    static final ClassDesc LIST = of(List.class);

    private Names() {}

    static ClassDesc of(Class<?> type) {
        return ClassDesc.of(type.getName());
    }

    /// `U8` of `u8`: the end of the names of a primitive type's methods.
    static String suffix(WitType.Primitive primitive) {
        String keyword = primitive.keyword();
        return keyword.substring(0, 1).toUpperCase(Locale.ROOT) + keyword.substring(1);
    }

    static ClassDesc core(CoreType.Value value) {
        return switch (value) {
            case I32 -> ConstantDescs.CD_int;
            case I64 -> ConstantDescs.CD_long;
            case F32 -> ConstantDescs.CD_float;
            case F64 -> ConstantDescs.CD_double;
            case V128, FUNCREF, EXTERNREF, EXNREF, OTHERREF ->
                throw new IllegalArgumentException("never flat: " + value);
        };
    }

    static TypeKind kind(CoreType.Value value) {
        return TypeKind.from(core(value));
    }
}
