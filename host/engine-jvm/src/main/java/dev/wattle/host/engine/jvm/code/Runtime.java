package dev.wattle.host.engine.jvm.code;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// The classes of `runtime` and what generated code uses of them.
@SuppressWarnings("AvoidCommonTypeNames") // the package whose classes it names; the JDK's is not used here
final class Runtime {
    private static final String PACKAGE = "dev.wattle.host.engine.jvm.runtime";

    static final ClassDesc INSTANCE = ClassDesc.of(PACKAGE, "Instance");
    static final ClassDesc INSTANCE_FACTORY = ClassDesc.of(PACKAGE, "InstanceFactory");
    static final ClassDesc FUNCTION = ClassDesc.of(PACKAGE, "FunctionReference");
    static final ClassDesc SCRATCH = ClassDesc.of(PACKAGE, "Scratch");
    static final ClassDesc BINDING = ClassDesc.of(PACKAGE, "Binding");
    static final ClassDesc MEMORY = ClassDesc.of(PACKAGE, "Memory");
    static final ClassDesc TABLE = ClassDesc.of(PACKAGE, "Table");
    static final ClassDesc TAG = ClassDesc.of(PACKAGE, "Tag");
    static final ClassDesc CELL = ClassDesc.of(PACKAGE, "GlobalCell");
    static final ClassDesc EXCEPTION = ClassDesc.of(PACKAGE, "WasmException");
    static final ClassDesc NUMERIC = ClassDesc.of(PACKAGE, "Numeric");
    static final ClassDesc MEMORY_ACCESS = ClassDesc.of(PACKAGE, "MemoryAccess");
    static final ClassDesc SUPPORT = ClassDesc.of(PACKAGE, "Support");
    static final ClassDesc FRAME = ClassDesc.of(PACKAGE, "Frame");
    static final ClassDesc CONTROL = ClassDesc.of("dev.wattle.host.engine", "GuestControl");
    static final ClassDesc VECTOR = ClassDesc.of("dev.wattle.host.engine", "V128");
    static final ClassDesc TRAP = ClassDesc.of("dev.wattle.host.engine", "Trap");
    static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();
    static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();
    static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();

    static final Member OWN_SCRATCH = Member.get(INSTANCE, "scratch", SCRATCH);
    static final Member WORDS = Member.get(SCRATCH, "words", LONGS);
    static final Member REFERENCES = Member.get(SCRATCH, "references", OBJECTS);
    static final Member PENDING = Member.get(SCRATCH, "pending", FUNCTION);
    static final Member OWN_CONTROL = Member.get(INSTANCE, "control", CONTROL);
    static final Member SIGNAL = Member.get(CONTROL, "signal", ConstantDescs.CD_int);
    static final Member POLL = Member.callStatic(SUPPORT, "poll", ConstantDescs.CD_int, INSTANCE);
    static final Member DRIVE = Member.callStatic(SUPPORT, "drive", ConstantDescs.CD_void, INSTANCE);
    static final Member UNREACHABLE = Member.callStatic(SUPPORT, "unreachable", TRAP);
    static final Member NON_NULL =
            Member.callStatic(SUPPORT, "nonNull", ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    static final Member REFERENCE = Member.call(INSTANCE, "reference", FUNCTION, ConstantDescs.CD_int);
    static final Member GLOBAL = Member.call(INSTANCE, "global", CELL, ConstantDescs.CD_int);

    static final Member WORD = Member.get(CELL, "word", ConstantDescs.CD_long);
    static final Member HIGH = Member.get(CELL, "high", ConstantDescs.CD_long);
    static final Member CELL_REFERENCE = Member.get(CELL, "reference", ConstantDescs.CD_Object);

    static final Member FLOAT_BITS = Member.callStatic(
            ConstantDescs.CD_Float, "floatToRawIntBits", ConstantDescs.CD_int, ConstantDescs.CD_float);
    static final Member BITS_FLOAT =
            Member.callStatic(ConstantDescs.CD_Float, "intBitsToFloat", ConstantDescs.CD_float, ConstantDescs.CD_int);
    static final Member DOUBLE_BITS = Member.callStatic(
            ConstantDescs.CD_Double, "doubleToRawLongBits", ConstantDescs.CD_long, ConstantDescs.CD_double);
    static final Member BITS_DOUBLE = Member.callStatic(
            ConstantDescs.CD_Double, "longBitsToDouble", ConstantDescs.CD_double, ConstantDescs.CD_long);

    static Member put(Member get) {
        return Member.put(get.owner(), get.name(), java.util.Objects.requireNonNull(get.field()));
    }

    static Member constructor(ClassDesc owner, ClassDesc... parameters) {
        return new Member(
                java.lang.classfile.Opcode.INVOKESPECIAL,
                owner,
                ConstantDescs.INIT_NAME,
                MethodTypeDesc.of(ConstantDescs.CD_void, parameters),
                null);
    }

    private Runtime() {}
}
