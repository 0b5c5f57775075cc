package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.JavaValues;
import dev.wattle.host.component.code.LiftCode.Flat;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Code that lifts to and lowers from Java's own types, without a [WitValue]: numbers, bools, chars (as code
/// points), strings and byte lists. Where Java has a `WitValue`, it is the code of types that does it.
/// [JavaForm] says which types fit.
final class JavaCode {
    private static final int CX = CallCode.CX;
    private static final ClassDesc VALUES = Names.of(JavaValues.class);
    private static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();

    private final CallCode calls;

    JavaCode(CallCode calls) {
        this.calls = calls;
    }

    /// Does lifting or lowering need a context? Numbers alone, which are not spilled, need none.
    static boolean needsContext(FlatSignature signature, MethodType java) {
        return signature.spilledParameters() != null
                || signature.resultSpilled()
                || !java.returnType().isPrimitive()
                || java.parameterList().stream().anyMatch(each -> !each.isPrimitive());
    }

    /// The locals of parameters of these types, from that one on.
    static int[] locals(MethodType java, int first) {
        int[] locals = new int[java.parameterCount()];
        int local = first;
        for (int index = 0; index < locals.length; index++) {
            locals[index] = local;
            local += TypeKind.from(java.parameterType(index)).slotSize();
        }
        return locals;
    }

    static CodeBuilder load(CodeBuilder out, Class<?> java, int local) {
        return out.loadLocal(TypeKind.from(java).asLoadable(), local);
    }

    /// From the stack into a new local.
    static int keep(CodeBuilder out, Class<?> java) {
        TypeKind kind = TypeKind.from(java).asLoadable();
        int local = out.allocateLocal(kind);
        out.storeLocal(kind, local);
        return local;
    }

    /// Leaves the parameters of a lowered function, as Java has them, in locals.
    int[] liftParameters(CodeBuilder out, FlatSignature signature, List<Flat> flats, MethodType java) {
        int[] locals = new int[java.parameterCount()];
        TypeNode tuple = signature.spilledParameters();
        int address = tuple == null ? CallOptions.NONE : CallCode.spilled(out, tuple, flats.getFirst()::load);
        int at = 0;
        for (int index = 0; index < locals.length; index++) {
            TypeNode node = signature.parameters().get(index);
            Class<?> type = java.parameterType(index);
            if (tuple == null) {
                lift(out, node, type, flats.subList(at, at + node.flat.size()));
                at += node.flat.size();
            } else {
                int offset = tuple.offsets()[index];
                load(
                        out,
                        node,
                        type,
                        each -> each.lload(address).loadConstant((long) offset).ladd());
            }
            locals[index] = keep(out, type);
        }
        return locals;
    }

    /// Lowers the arguments of a lifted function, which are in locals, into flat values.
    List<Flat> lowerArguments(CodeBuilder out, FlatSignature signature, int[] arguments, MethodType java) {
        TypeNode tuple = signature.spilledParameters();
        if (tuple == null) {
            List<Flat> flats = GuestCode.locals(out, signature);
            int at = 0;
            for (int index = 0; index < arguments.length; index++) {
                TypeNode node = signature.parameters().get(index);
                lower(out, node, java.parameterType(index), arguments[index], flats.subList(at, at + node.flat.size()));
                at += node.flat.size();
            }
            return flats;
        }
        int address = out.allocateLocal(TypeKind.LONG);
        GuestCode.allocate(out, tuple).lstore(address);
        for (int index = 0; index < arguments.length; index++) {
            int offset = tuple.offsets()[index];
            store(
                    out,
                    signature.parameters().get(index),
                    java.parameterType(index),
                    arguments[index],
                    each -> each.lload(address).loadConstant((long) offset).ladd());
        }
        int pointer = out.allocateLocal(TypeKind.INT);
        out.lload(address).l2i().istore(pointer);
        return List.of(new Flat(pointer, CoreType.Value.I32));
    }

    private static void values(CodeBuilder out, String name, ClassDesc result, ClassDesc... parameters) {
        out.invokestatic(VALUES, name, MethodTypeDesc.of(result, parameters));
    }

    /// Leaves Java's value on the stack.
    void lift(CodeBuilder out, TypeNode node, Class<?> java, List<Flat> flats) {
        if (java == WitValue.class) {
            calls.lifting.lift(out, node, flats);
            return;
        }
        if (!java.isPrimitive()) {
            out.aload(CX);
            flats.get(0).load(out);
            flats.get(1).load(out);
            boolean text = java == String.class;
            values(
                    out,
                    text ? "liftString" : "liftBytes",
                    text ? ConstantDescs.CD_String : BYTES,
                    Names.CX,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int);
            return;
        }
        flats.getFirst().load(out);
        liftNumber(out, (Primitive) node.type, java);
    }

    private static void liftNumber(CodeBuilder out, Primitive type, Class<?> java) {
        switch (type) {
            case BOOL -> values(out, "liftBool", ConstantDescs.CD_boolean, ConstantDescs.CD_int);
            case CHAR -> values(out, "liftChar", ConstantDescs.CD_int, ConstantDescs.CD_int);
            case F32 -> values(out, "canonical", ConstantDescs.CD_float, ConstantDescs.CD_float);
            case F64 -> values(out, "canonical", ConstantDescs.CD_double, ConstantDescs.CD_double);
            case S64, U64 -> {}
            case S32 -> widen(out, java);
            case U32 -> {
                if (java == long.class) {
                    out.i2l().loadConstant(0xFFFF_FFFFL).land();
                }
            }
            case S16 -> widen(out.i2s(), java);
            case U16 -> widen(java == short.class ? out.i2s() : out.i2c(), java);
            case S8 -> widen(out.i2b(), java);
            case U8 ->
                widen(java == byte.class ? out.i2b() : out.loadConstant(0xFF).iand(), java);
            case STRING -> throw new IllegalStateException("no number");
        }
    }

    private static void widen(CodeBuilder out, Class<?> java) {
        if (java == long.class) {
            out.i2l();
        }
    }

    /// The same out of memory.
    void load(CodeBuilder out, TypeNode node, Class<?> java, Consumer<CodeBuilder> address) {
        if (java == WitValue.class) {
            calls.lifting.load(out, node, address);
            return;
        }
        int offset = 0;
        List<Flat> flats = new ArrayList<>();
        for (CoreType.Value type : node.flat) {
            Flat flat = new Flat(out.allocateLocal(Names.kind(type)), type);
            int behind = offset;
            loadFlat(
                    out,
                    node.flat.size() == 1 ? node.size : Integer.BYTES,
                    address.andThen(here -> here.loadConstant((long) behind).ladd()));
            fromBits(out, type);
            out.storeLocal(Names.kind(type), flat.local());
            flats.add(flat);
            offset += Integer.BYTES;
        }
        lift(out, node, java, flats);
    }

    private static void loadFlat(CodeBuilder out, int size, Consumer<CodeBuilder> address) {
        if (size == Long.BYTES) {
            address.accept(out.aload(CX));
            values(out, "load64", ConstantDescs.CD_long, Names.CX, ConstantDescs.CD_long);
        } else {
            LiftCode.loadInt(out, size, address);
        }
    }

    private static void fromBits(CodeBuilder out, CoreType.Value type) {
        switch (type) {
            case F32 -> LiftCode.narrow(out, CoreType.Value.I32, CoreType.Value.F32);
            case F64 -> LiftCode.narrow(out, CoreType.Value.I64, CoreType.Value.F64);
            default -> {}
        }
    }

    /// Goes to the label when Java's value, in a local, has no counterpart.
    void check(CodeBuilder out, TypeNode node, Class<?> java, int value, Label unfit) {
        if (java == WitValue.class) {
            calls.checks.check(out, node, value);
            out.ifeq(unfit);
        } else if (java == String.class) {
            values(out.aload(value), "isString", ConstantDescs.CD_boolean, ConstantDescs.CD_String);
            out.ifeq(unfit);
        } else if (java == byte[].class) {
            values(out.aload(value), "isBytes", ConstantDescs.CD_boolean, BYTES);
            out.ifeq(unfit);
        } else {
            checkNumber(out, (Primitive) node.type, java, value, unfit);
        }
    }

    private static void checkNumber(CodeBuilder out, Primitive type, Class<?> java, int value, Label unfit) {
        if (type == Primitive.CHAR) {
            values(out.iload(value), "isChar", ConstantDescs.CD_boolean, ConstantDescs.CD_int);
            out.ifeq(unfit);
            return;
        }
        int bits = switch (type) {
            case S8, U8 -> Byte.SIZE;
            case S16, U16 -> Short.SIZE;
            case S32, U32 -> Integer.SIZE;
            default -> Long.SIZE;
        };
        if (bits == sizeOf(java)) {
            return;
        }
        boolean signed = type == Primitive.S8 || type == Primitive.S16 || type == Primitive.S32;
        out.loadLocal(TypeKind.from(java).asLoadable(), value);
        if (java != long.class) {
            out.i2l();
        }
        long least = signed ? -1L << (bits - 1) : 0L;
        out.loadConstant(least).loadConstant(least + (1L << bits) - 1);
        values(
                out,
                "isIn",
                ConstantDescs.CD_boolean,
                ConstantDescs.CD_long,
                ConstantDescs.CD_long,
                ConstantDescs.CD_long);
        out.ifeq(unfit);
    }

    private static int sizeOf(Class<?> java) {
        return switch (TypeKind.from(java)) {
            case BYTE -> Byte.SIZE;
            case SHORT -> Short.SIZE;
            case INT -> Integer.SIZE;
            default -> Long.SIZE;
        };
    }

    /// Lowers Java's value, in a local, into flat ones.
    void lower(CodeBuilder out, TypeNode node, Class<?> java, int value, List<Flat> flats) {
        if (java == WitValue.class) {
            calls.lowering.lower(out, node, value, flats);
        } else if (java.isPrimitive()) {
            lowerNumber(out, (Primitive) node.type, java, value);
            LowerCode.set(out, node.flat.getFirst(), flats.getFirst());
        } else {
            lowerRange(out, java, value);
            LowerCode.setRange(out, flats);
        }
    }

    private static void lowerRange(CodeBuilder out, Class<?> java, int value) {
        boolean text = java == String.class;
        out.aload(CX).aload(value);
        values(
                out,
                text ? "lowerString" : "lowerBytes",
                ConstantDescs.CD_long,
                Names.CX,
                text ? ConstantDescs.CD_String : BYTES);
    }

    private static void lowerNumber(CodeBuilder out, Primitive type, Class<?> java, int value) {
        out.loadLocal(TypeKind.from(java).asLoadable(), value);
        if (java == long.class && type != Primitive.S64 && type != Primitive.U64) {
            out.l2i();
        }
        switch (type) {
            case F32 -> values(out, "canonical", ConstantDescs.CD_float, ConstantDescs.CD_float);
            case F64 -> values(out, "canonical", ConstantDescs.CD_double, ConstantDescs.CD_double);
            case U8 -> out.loadConstant(0xFF).iand();
            case U16 -> out.i2c();
            default -> {}
        }
    }

    /// The same into memory.
    void store(CodeBuilder out, TypeNode node, Class<?> java, int value, Consumer<CodeBuilder> address) {
        if (java == WitValue.class) {
            calls.storing.store(out, node, value, address);
            return;
        }
        out.aload(CX);
        if (!java.isPrimitive()) {
            lowerRange(out, java, value);
            address.accept(out);
            StoreCode.lowering(
                    out, "storeRange", ConstantDescs.CD_void, Names.CX, ConstantDescs.CD_long, ConstantDescs.CD_long);
            return;
        }
        lowerNumber(out, (Primitive) node.type, java, value);
        LowerCode.toBits(out, node.flat.getFirst());
        if (node.size == Long.BYTES) {
            address.accept(out);
            values(out, "store64", ConstantDescs.CD_void, Names.CX, ConstantDescs.CD_long, ConstantDescs.CD_long);
        } else {
            StoreCode.storeInt(out, node.size, address);
        }
    }
}
