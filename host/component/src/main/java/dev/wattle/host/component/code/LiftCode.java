package dev.wattle.host.component.code;

import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Code that lifts values: a method `lift` for each type that has parts, out of flat values, and a method
/// `load`, out of memory. Both have the lifting's context first.
///
/// @spec CanonicalABI.md `lift_flat`, `load`
final class LiftCode {
    private static final int CX = 0;
    private static final int POINTER = 1;

    /// `List.of` takes up to so many elements one by one.
    private static final int MAX_LISTED = 10;

    private static final ClassDesc VALUES = Names.VALUE.arrayType();

    private static final MethodTypeDesc LOAD = MethodTypeDesc.of(Names.VALUE, Names.CX, ConstantDescs.CD_long);

    private final GeneratedClass target;
    private final LabelConstants labels;

    LiftCode(GeneratedClass target, LabelConstants labels) {
        this.target = target;
        this.labels = labels;
    }

    /// A local variable that holds a flat value.
    record Flat(int local, CoreType.Value type) {
        void load(CodeBuilder out) {
            out.loadLocal(Names.kind(type), local);
        }
    }

    /// The parameters of a method, from that local on.
    static List<Flat> flats(List<CoreType.Value> types, int first) {
        List<Flat> flats = new ArrayList<>();
        int local = first;
        for (CoreType.Value type : types) {
            flats.add(new Flat(local, type));
            local += Names.kind(type).slotSize();
        }
        return flats;
    }

    /// Leaves the value on the stack. The flats may be wider than the type's own, where they belong to a
    /// variant.
    void lift(CodeBuilder out, TypeNode node, List<Flat> flats) {
        out.aload(CX);
        for (int index = 0; index < node.flat.size(); index++) {
            flats.get(index).load(out);
            narrow(out, flats.get(index).type(), node.flat.get(index));
        }
        switch (node.type) {
            case WitType.Primitive primitive -> lifting(out, "lift" + Names.suffix(primitive), Names.VALUE, node.flat);
            case WitType.OwnType _ -> handle(out, "liftOwn", node.resource);
            case WitType.BorrowType _ -> handle(out, "liftBorrow", node.resource);
            case WitType.FlagsType _ -> flags(out, node);
            case WitType.EnumType _ -> enumeration(out, node);
            case WitType.ListType(var element)
            when element == WitType.Primitive.U8 -> lifting(out, "liftBytes", Names.VALUE, node.flat);
            case WitType.ListType _, WitType.RecordType _, WitType.TupleType _ -> call(out, node);
            case WitType.VariantType _, WitType.OptionType _, WitType.ResultType _ -> call(out, node);
            case WitType.FixedListType _, WitType.MapType _ -> call(out, node);
            case WitType.StreamType _, WitType.FutureType _, WitType.ErrorContextType _ -> throw unsupported(node);
        }
    }

    private static IllegalStateException unsupported(TypeNode node) {
        return new IllegalStateException("left to the interpreter: " + node.type);
    }

    /// A value that was joined with those of other cases, as its own case has it.
    static void narrow(CodeBuilder out, CoreType.Value from, CoreType.Value to) {
        if (from == to) {
            return;
        }
        if (from == CoreType.Value.I64 && to != CoreType.Value.F64) {
            out.l2i();
        }
        if (to == CoreType.Value.F32) {
            out.invokestatic(
                    ConstantDescs.CD_Float,
                    "intBitsToFloat",
                    MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int));
        } else if (to == CoreType.Value.F64) {
            out.invokestatic(
                    ConstantDescs.CD_Double,
                    "longBitsToDouble",
                    MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_long));
        }
    }

    private static MethodTypeDesc withFlats(List<CoreType.Value> flat) {
        List<ClassDesc> parameters = new ArrayList<>();
        parameters.add(Names.CX);
        flat.forEach(each -> parameters.add(Names.core(each)));
        return MethodTypeDesc.of(Names.VALUE, parameters);
    }

    private static void lifting(CodeBuilder out, String name, ClassDesc result, List<CoreType.Value> flat) {
        out.invokestatic(Names.LIFTING, name, withFlats(flat).changeReturnType(result));
    }

    private static void handle(CodeBuilder out, String name, int resource) {
        out.loadConstant(resource);
        lifting(out, name, Names.VALUE, List.of(CoreType.Value.I32, CoreType.Value.I32));
    }

    private void flags(CodeBuilder out, TypeNode node) {
        labels.load(out, node)
                .invokestatic(
                        Names.LIFTING,
                        "liftFlags",
                        MethodTypeDesc.of(Names.VALUE, Names.CX, ConstantDescs.CD_int, Names.LABELS));
    }

    private void enumeration(CodeBuilder out, TypeNode node) {
        labels.load(out, node)
                .loadConstant(node.parts.size())
                .invokestatic(
                        Names.LIFTING,
                        "liftEnum",
                        MethodTypeDesc.of(
                                Names.VALUE, Names.CX, ConstantDescs.CD_int, Names.LABELS, ConstantDescs.CD_int));
    }

    private void call(CodeBuilder out, TypeNode node) {
        String name = "lift" + node.id;
        if (!target.has(name)) {
            target.method(name, withFlats(node.flat), body -> liftBody(body, node));
        }
        target.call(out, name, withFlats(node.flat));
    }

    private void liftBody(CodeBuilder out, TypeNode node) {
        List<Flat> flats = flats(node.flat, CX + 1);
        switch (node.type) {
            case WitType.ListType _ -> listBody(out, node);
            case WitType.MapType _ -> {
                lift(out, node.part(0), flats);
                map(out);
            }
            case WitType.FixedListType(var element, int length) -> {
                chargeFields(out, length);
                list(out, length, inOrder(out, _ -> node.part(0), flats));
                out.invokestatic(
                        Names.LIFTING,
                        element == WitType.Primitive.U8 ? "fixedBytes" : "fixedList",
                        MethodTypeDesc.of(Names.VALUE, Names.LIST));
            }
            case WitType.RecordType _, WitType.TupleType _ -> fieldsBody(out, node, inOrder(out, node::part, flats));
            default ->
                variantBody(
                        out,
                        node,
                        () -> flats.getFirst().load(out),
                        part -> lift(out, part, flats.subList(1, 1 + part.flat.size())));
        }
        out.areturn();
    }

    /// Lifts parts one after the other.
    FieldSource inOrder(CodeBuilder out, IntFunction<TypeNode> parts, List<Flat> flats) {
        return new FieldSource() {
            private int at;

            @Override
            public void field(int index) {
                TypeNode part = parts.apply(index);
                lift(out, part, flats.subList(at, at + part.flat.size()));
                at += part.flat.size();
            }
        };
    }

    private static void map(CodeBuilder out) {
        out.invokestatic(Names.LIFTING, "map", MethodTypeDesc.of(Names.VALUE, Names.VALUE));
    }

    /// Leaves the value at an address on the stack.
    ///
    /// @param address leaves the address, a long, on the stack
    void load(CodeBuilder out, TypeNode node, Consumer<CodeBuilder> address) {
        switch (node.type) {
            case WitType.Primitive primitive -> {
                address.accept(out.aload(CX));
                out.invokestatic(Names.LIFTING, "load" + Names.suffix(primitive), LOAD);
            }
            case WitType.OwnType _, WitType.BorrowType _, WitType.FlagsType _, WitType.EnumType _ ->
                loadNumber(out, node, address);
            case WitType.ListType _,
                    WitType.FixedListType _,
                    WitType.MapType _,
                    WitType.RecordType _,
                    WitType.TupleType _,
                    WitType.VariantType _,
                    WitType.OptionType _,
                    WitType.ResultType _ -> {
                String name = "load" + node.id;
                if (!target.has(name)) {
                    target.method(name, LOAD, body -> loadBody(body, node));
                }
                address.accept(out.aload(CX));
                target.call(out, name, LOAD);
            }
            case WitType.StreamType _, WitType.FutureType _, WitType.ErrorContextType _ -> throw unsupported(node);
        }
    }

    /// Types that are one number, in memory as well as flat.
    private void loadNumber(CodeBuilder out, TypeNode node, Consumer<CodeBuilder> address) {
        int local = out.allocateLocal(TypeKind.INT);
        int size = node.type instanceof WitType.EnumType ? node.tagSize() : node.size;
        loadInt(out, size, address);
        out.istore(local);
        lift(out, node, List.of(new Flat(local, CoreType.Value.I32)));
    }

    static void loadInt(CodeBuilder out, int size, Consumer<CodeBuilder> address) {
        address.accept(out.aload(CX));
        out.invokestatic(
                Names.LIFTING,
                "load" + size * Byte.SIZE,
                MethodTypeDesc.of(ConstantDescs.CD_int, Names.CX, ConstantDescs.CD_long));
    }

    private static Consumer<CodeBuilder> behind(int offset) {
        return out -> {
            out.lload(POINTER);
            if (offset != 0) {
                out.loadConstant((long) offset).ladd();
            }
        };
    }

    private void loadBody(CodeBuilder out, TypeNode node) {
        switch (node.type) {
            case WitType.ListType _ -> {
                int begin = out.allocateLocal(TypeKind.INT);
                int length = out.allocateLocal(TypeKind.INT);
                loadInt(out, Integer.BYTES, behind(0));
                out.istore(begin);
                loadInt(out, Integer.BYTES, behind(Integer.BYTES));
                out.istore(length);
                lift(out, node, List.of(new Flat(begin, CoreType.Value.I32), new Flat(length, CoreType.Value.I32)));
            }
            case WitType.MapType _ -> {
                load(out, node.part(0), behind(0));
                map(out);
            }
            case WitType.FixedListType(var element, int length) -> fixedListBody(out, node, element, length);
            case WitType.RecordType _, WitType.TupleType _ -> {
                int[] offsets = node.offsets();
                fieldsBody(out, node, index -> load(out, node.part(index), behind(offsets[index])));
            }
            default -> {
                Consumer<CodeBuilder> payload = behind(node.payloadOffset());
                variantBody(out, node, () -> loadInt(out, node.tagSize(), behind(0)), part -> load(out, part, payload));
            }
        }
        out.areturn();
    }

    /// Leaves a field's value on the stack. Asked once for each field, in order.
    @FunctionalInterface
    interface FieldSource {
        void field(int index);
    }

    private static void fieldsBody(CodeBuilder out, TypeNode node, FieldSource source) {
        int count = node.parts.size();
        chargeFields(out, count);
        list(out, count, source);
        out.invokestatic(
                Names.LIFTING,
                node.type instanceof WitType.TupleType ? "tuple" : "record",
                MethodTypeDesc.of(Names.VALUE, Names.LIST));
    }

    /// Counts what a record or a tuple takes.
    static void chargeFields(CodeBuilder out, int count) {
        out.aload(CX)
                .loadConstant(count)
                .invokestatic(
                        Names.LIFTING,
                        "chargeFields",
                        MethodTypeDesc.of(ConstantDescs.CD_void, Names.CX, ConstantDescs.CD_int));
    }

    /// Leaves an immutable list of values on the stack.
    static void list(CodeBuilder out, int count, FieldSource source) {
        if (count <= MAX_LISTED) {
            for (int index = 0; index < count; index++) {
                source.field(index);
            }
            List<ClassDesc> parameters = java.util.Collections.nCopies(count, ConstantDescs.CD_Object);
            out.invokestatic(Names.LIST, "of", MethodTypeDesc.of(Names.LIST, parameters), true);
            return;
        }
        int array = out.allocateLocal(TypeKind.REFERENCE);
        out.loadConstant(count).anewarray(Names.VALUE).astore(array);
        for (int index = 0; index < count; index++) {
            out.aload(array).loadConstant(index);
            source.field(index);
            out.aastore();
        }
        out.aload(array)
                .invokestatic(
                        Names.LIST, "of", MethodTypeDesc.of(Names.LIST, ConstantDescs.CD_Object.arrayType()), true);
    }

    /// @param discriminant leaves the number of the case on the stack
    /// @param payload leaves a payload's value on the stack
    private void variantBody(CodeBuilder out, TypeNode node, Runnable discriminant, Consumer<TypeNode> payload) {
        int index = out.allocateLocal(TypeKind.INT);
        out.aload(CX);
        discriminant.run();
        out.loadConstant(node.parts.size())
                .invokestatic(
                        Names.LIFTING,
                        "caseIndex",
                        MethodTypeDesc.of(ConstantDescs.CD_int, Names.CX, ConstantDescs.CD_int, ConstantDescs.CD_int))
                .istore(index);
        CaseSwitch cases = new CaseSwitch(out, node);
        cases.begin(out.iload(index));
        for (int number = 0; number < node.parts.size(); number++) {
            if (node.parts.get(number) != null) {
                cases.bind(number);
                payload.accept(node.part(number));
                variant(out, node, number);
                out.areturn();
            }
        }
        cases.bindPlain();
        labels.load(out, node)
                .iload(index)
                .invokestatic(
                        Names.LIFTING, "plain", MethodTypeDesc.of(Names.VALUE, Names.LABELS, ConstantDescs.CD_int));
    }

    /// Makes the value of a case of the payload on the stack.
    private void variant(CodeBuilder out, TypeNode node, int number) {
        switch (node.type) {
            case WitType.OptionType _ ->
                out.invokestatic(Names.LIFTING, "some", MethodTypeDesc.of(Names.VALUE, Names.VALUE));
            case WitType.ResultType _ ->
                out.loadConstant(number == 0 ? 1 : 0)
                        .invokestatic(
                                Names.LIFTING,
                                "result",
                                MethodTypeDesc.of(Names.VALUE, Names.VALUE, ConstantDescs.CD_boolean));
            default ->
                labels.load(out, node)
                        .loadConstant(number)
                        .invokestatic(
                                Names.LIFTING,
                                "variant",
                                MethodTypeDesc.of(Names.VALUE, Names.VALUE, Names.LABELS, ConstantDescs.CD_int));
        }
    }

    /// Parameters of the method: an address and a length.
    private void listBody(CodeBuilder out, TypeNode node) {
        TypeNode element = node.part(0);
        int elements = out.allocateLocal(TypeKind.REFERENCE);
        int at = out.allocateLocal(TypeKind.LONG);
        out.aload(CX)
                .iload(CX + 1)
                .iload(CX + 2)
                .loadConstant(element.size)
                .loadConstant(element.alignment)
                .invokestatic(
                        Names.LIFTING,
                        "beginList",
                        MethodTypeDesc.of(
                                VALUES,
                                Names.CX,
                                ConstantDescs.CD_int,
                                ConstantDescs.CD_int,
                                ConstantDescs.CD_int,
                                ConstantDescs.CD_int))
                .astore(elements);
        out.iload(CX + 1).i2l().loadConstant(0xFFFF_FFFFL).land().lstore(at);
        loadElements(out, element, elements, at);
    }

    /// Parameters of the method: an address.
    private void fixedListBody(CodeBuilder out, TypeNode node, WitType element, int length) {
        out.aload(CX);
        if (element == WitType.Primitive.U8) {
            out.lload(POINTER)
                    .loadConstant(length)
                    .invokestatic(
                            Names.LIFTING,
                            "loadFixedBytes",
                            MethodTypeDesc.of(Names.VALUE, Names.CX, ConstantDescs.CD_long, ConstantDescs.CD_int));
            return;
        }
        int elements = out.allocateLocal(TypeKind.REFERENCE);
        int at = out.allocateLocal(TypeKind.LONG);
        out.loadConstant(length)
                .invokestatic(
                        Names.LIFTING, "beginFixedList", MethodTypeDesc.of(VALUES, Names.CX, ConstantDescs.CD_int))
                .astore(elements);
        out.lload(POINTER).lstore(at);
        loadElements(out, node.part(0), elements, at);
    }

    /// Fills an array from memory, and leaves the list of it on the stack.
    private void loadElements(CodeBuilder out, TypeNode element, int elements, int at) {
        int index = out.allocateLocal(TypeKind.INT);
        out.iconst_0().istore(index);
        Label loop = out.newBoundLabel();
        Label done = out.newLabel();
        out.iload(index).aload(elements).arraylength().if_icmpge(done);
        out.aload(elements).iload(index);
        load(out, element, address -> address.lload(at));
        out.aastore();
        out.lload(at).loadConstant((long) element.size).ladd().lstore(at);
        out.iinc(index, 1).goto_(loop).labelBinding(done);
        out.aload(elements).invokestatic(Names.LIFTING, "list", MethodTypeDesc.of(Names.VALUE, VALUES));
    }
}
