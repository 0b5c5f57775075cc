package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.code.LiftCode.Flat;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.IntFunction;

/// Code that lowers values into flat values, which are local variables: a method returns no more than one. So
/// it is one piece of code, whatever parts a type has; types with many are left to the interpreter, see
/// [#fits].
///
/// @spec CanonicalABI.md `lower_flat`
final class LowerCode {
    /// So that the method is one that compilers still take: at most some 40 bytes for each.
    private static final int MAX_NODES = 150;

    private static final int CX = 0;

    private final StoreCode memory;

    LowerCode(StoreCode memory) {
        this.memory = memory;
    }

    /// Is code made that lowers values of these types into flat ones?
    static boolean fits(List<TypeNode> types) {
        int[] left = {MAX_NODES};
        return types.stream().allMatch(type -> fits(type, left));
    }

    private static boolean fits(TypeNode node, int[] left) {
        if (--left[0] < 0) {
            return false;
        }
        return switch (node.type) {
            case WitType.ListType _, WitType.MapType _, WitType.EnumType _ -> true;
            case WitType.FixedListType(var _, int length) -> {
                boolean all = length <= CanonicalAbi.MAX_FLAT_PARAMS;
                for (int index = 0; all && index < length; index++) {
                    all = fits(node.part(0), left);
                }
                yield all;
            }
            default -> node.parts.stream().allMatch(part -> part == null || fits(part, left));
        };
    }

    /// Lowers the value that is in a local into others. Those may be wider than the type's own, where they
    /// belong to a variant.
    void lower(CodeBuilder out, TypeNode node, int value, List<Flat> flats) {
        switch (node.type) {
            case WitType.Primitive primitive -> primitive(out, primitive, value, flats);
            case WitType.OwnType _, WitType.BorrowType _, WitType.FlagsType _, WitType.EnumType _ -> {
                memory.number(out, node, value);
                set(out, CoreType.Value.I32, flats.getFirst());
            }
            case WitType.ListType _, WitType.MapType _ -> {
                memory.list(out, node, value);
                setRange(out, flats);
            }
            case WitType.RecordType _, WitType.TupleType _ ->
                parts(out, node.parts.size(), node::part, "fields", value, flats);
            case WitType.FixedListType(var _, int length) ->
                parts(out, length, _ -> node.part(0), "fixedElements", value, flats);
            default -> variant(out, node, value, flats);
        }
    }

    private static void primitive(CodeBuilder out, WitType.Primitive primitive, int value, List<Flat> flats) {
        if (primitive == WitType.Primitive.STRING) {
            out.aload(CX).aload(value).invokestatic(Names.LOWERING, "lowerString", StoreCode.RANGE);
            setRange(out, flats);
            return;
        }
        String form = switch (primitive) {
            case BOOL, F32, F64, CHAR -> Names.suffix(primitive);
            case S8, U8, S16, U16, S32, U32 -> "Int";
            case S64, U64 -> "Long";
            case STRING -> throw new IllegalStateException("two values");
        };
        CoreType.Value type = switch (primitive) {
            case F32 -> CoreType.Value.F32;
            case F64 -> CoreType.Value.F64;
            case S64, U64 -> CoreType.Value.I64;
            default -> CoreType.Value.I32;
        };
        StoreCode.lowering(out.aload(value), "lower" + form, Names.core(type), Names.VALUE);
        set(out, type, flats.getFirst());
    }

    /// From the stack into a local, as bits where that is wider.
    static void set(CodeBuilder out, CoreType.Value from, Flat flat) {
        CoreType.Value to = flat.type();
        if (from != to) {
            toBits(out, from);
            if (to == CoreType.Value.I64 && from != CoreType.Value.F64) {
                out.i2l().loadConstant(0xFFFF_FFFFL).land();
            }
        }
        out.storeLocal(Names.kind(to), flat.local());
    }

    /// A floating-point number on the stack as its bits.
    static void toBits(CodeBuilder out, CoreType.Value type) {
        switch (type) {
            case F32 ->
                out.invokestatic(
                        ConstantDescs.CD_Float,
                        "floatToRawIntBits",
                        MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_float));
            case F64 ->
                out.invokestatic(
                        ConstantDescs.CD_Double,
                        "doubleToRawLongBits",
                        MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_double));
            default -> {}
        }
    }

    /// An address and a length, from a long on the stack.
    static void setRange(CodeBuilder out, List<Flat> flats) {
        int range = out.allocateLocal(TypeKind.LONG);
        out.lstore(range).lload(range).l2i();
        set(out, CoreType.Value.I32, flats.get(0));
        out.lload(range).loadConstant(Integer.SIZE).lushr().l2i();
        set(out, CoreType.Value.I32, flats.get(1));
    }

    private void parts(
            CodeBuilder out, int count, IntFunction<TypeNode> nodes, String method, int value, List<Flat> flats) {
        int fields = out.allocateLocal(TypeKind.REFERENCE);
        int field = out.allocateLocal(TypeKind.REFERENCE);
        StoreCode.lowering(out.aload(value), method, Names.LIST, Names.VALUE);
        out.astore(fields);
        int at = 0;
        for (int index = 0; index < count; index++) {
            TypeNode part = nodes.apply(index);
            CheckCode.element(out.aload(fields).loadConstant(index)).astore(field);
            lower(out, part, field, flats.subList(at, at + part.flat.size()));
            at += part.flat.size();
        }
    }

    private void variant(CodeBuilder out, TypeNode node, int value, List<Flat> flats) {
        int index = out.allocateLocal(TypeKind.INT);
        int payload = out.allocateLocal(TypeKind.REFERENCE);
        memory.number(out, node, value);
        out.istore(index).iload(index);
        set(out, CoreType.Value.I32, flats.getFirst());
        List<Flat> payloads = flats.subList(1, node.flat.size());
        payloads.forEach(each -> zero(out, each));
        Label done = out.newLabel();
        CaseSwitch cases = new CaseSwitch(out, node);
        cases.begin(out.iload(index));
        for (int number = 0; number < node.parts.size(); number++) {
            if (node.parts.get(number) != null) {
                cases.bind(number);
                StoreCode.payload(out, value).astore(payload);
                TypeNode part = node.part(number);
                lower(out, part, payload, payloads.subList(0, part.flat.size()));
                out.goto_(done);
            }
        }
        cases.bindPlain();
        out.labelBinding(done);
    }

    /// What pads a case.
    static void zero(CodeBuilder out, Flat flat) {
        switch (flat.type()) {
            case I64 -> out.lconst_0();
            case F32 -> out.fconst_0();
            case F64 -> out.dconst_0();
            default -> out.iconst_0();
        }
        out.storeLocal(Names.kind(flat.type()), flat.local());
    }
}
