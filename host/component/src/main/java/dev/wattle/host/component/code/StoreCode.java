package dev.wattle.host.component.code;

import dev.wattle.wit.WitType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/// Code that lowers values into memory: a method `store` for each type that has parts, and a method `list`,
/// which makes room for a list and answers where it lies and its length. Both have the lowering's context
/// first.
///
/// @spec CanonicalABI.md `store`
final class StoreCode {
    private static final int CX = 0;
    private static final int VALUE = 1;
    private static final int POINTER = 2;
    private static final MethodTypeDesc STORE =
            MethodTypeDesc.of(ConstantDescs.CD_void, Names.CX, Names.VALUE, ConstantDescs.CD_long);
    static final MethodTypeDesc RANGE = MethodTypeDesc.of(ConstantDescs.CD_long, Names.CX, Names.VALUE);
    private static final MethodTypeDesc STORE_INT =
            MethodTypeDesc.of(ConstantDescs.CD_void, Names.CX, ConstantDescs.CD_int, ConstantDescs.CD_long);

    private final GeneratedClass target;
    private final LabelConstants labels;

    StoreCode(GeneratedClass target, LabelConstants labels) {
        this.target = target;
        this.labels = labels;
    }

    /// Stores the value that is in that local.
    ///
    /// @param address leaves the address, a long, on the stack
    void store(CodeBuilder out, TypeNode node, int value, Consumer<CodeBuilder> address) {
        switch (node.type) {
            case WitType.Primitive primitive -> {
                address.accept(out.aload(CX).aload(value));
                out.invokestatic(Names.LOWERING, "store" + form(primitive), STORE);
            }
            case WitType.OwnType _, WitType.BorrowType _, WitType.FlagsType _, WitType.EnumType _ -> {
                out.aload(CX);
                number(out, node, value);
                storeInt(out, node.size, address);
            }
            case WitType.FixedListType(var element, int _)
            when element == WitType.Primitive.U8 -> {
                address.accept(out.aload(CX).aload(value));
                out.invokestatic(Names.LOWERING, "storeFixedBytes", STORE);
            }
            case WitType.ListType _, WitType.MapType _ -> {
                out.aload(CX);
                list(out, node, value);
                address.accept(out);
                out.invokestatic(
                        Names.LOWERING,
                        "storeRange",
                        MethodTypeDesc.of(
                                ConstantDescs.CD_void, Names.CX, ConstantDescs.CD_long, ConstantDescs.CD_long));
            }
            default -> {
                String name = "store" + node.id;
                if (!target.has(name)) {
                    target.method(name, STORE, body -> body(body, node));
                }
                address.accept(out.aload(CX).aload(value));
                target.call(out, name, STORE);
            }
        }
    }

    /// The end of the name of the method that stores one.
    private static String form(WitType.Primitive primitive) {
        return switch (primitive) {
            case BOOL, F32, F64, CHAR, STRING -> Names.suffix(primitive);
            case S8, U8 -> "Int8";
            case S16, U16 -> "Int16";
            case S32, U32 -> "Int32";
            case S64, U64 -> "Int64";
        };
    }

    static void storeInt(CodeBuilder out, int size, Consumer<CodeBuilder> address) {
        address.accept(out);
        out.invokestatic(Names.LOWERING, "store" + size * Byte.SIZE, STORE_INT);
    }

    static void lowering(CodeBuilder out, String name, ClassDesc result, ClassDesc... parameters) {
        out.invokestatic(Names.LOWERING, name, MethodTypeDesc.of(result, parameters));
    }

    /// Leaves the number that a handle, flags or a case becomes on the stack.
    void number(CodeBuilder out, TypeNode node, int value) {
        switch (node.type) {
            case WitType.OwnType _ -> handle(out, "lowerOwn", value, node.resource);
            case WitType.BorrowType _ -> handle(out, "lowerBorrow", value, node.resource);
            case WitType.FlagsType _ -> {
                labels.load(out.aload(value), node);
                lowering(out, "lowerFlags", ConstantDescs.CD_int, Names.VALUE, Names.LABELS);
            }
            default -> {
                labels.load(out.aload(value), node);
                lowering(out, "lowerCase", ConstantDescs.CD_int, Names.VALUE, Names.LABELS);
            }
        }
    }

    private static void handle(CodeBuilder out, String name, int value, int resource) {
        out.aload(CX).aload(value).loadConstant(resource);
        lowering(out, name, ConstantDescs.CD_int, Names.CX, Names.VALUE, ConstantDescs.CD_int);
    }

    /// Lowers a list; leaves its address and length, in one long, on the stack.
    void list(CodeBuilder out, TypeNode node, int value) {
        if (node.type instanceof WitType.MapType) {
            int entries = out.allocateLocal(TypeKind.REFERENCE);
            lowering(out.aload(value), "entries", Names.VALUE, Names.VALUE);
            list(out.astore(entries), node.part(0), entries);
            return;
        }
        out.aload(CX).aload(value);
        if (node.part(0).type == WitType.Primitive.U8) {
            out.invokestatic(Names.LOWERING, "lowerBytes", RANGE);
            return;
        }
        String name = "list" + node.id;
        if (!target.has(name)) {
            target.method(name, RANGE, body -> listBody(body, node));
        }
        target.call(out, name, RANGE);
    }

    /// Leaves the payload of the value in that local on the stack.
    static CodeBuilder payload(CodeBuilder out, int value) {
        return out.aload(value).invokestatic(Names.LOWERING, "payload", MethodTypeDesc.of(Names.VALUE, Names.VALUE));
    }

    private static Consumer<CodeBuilder> behind(int offset) {
        return out -> {
            out.lload(POINTER);
            if (offset != 0) {
                out.loadConstant((long) offset).ladd();
            }
        };
    }

    private void body(CodeBuilder out, TypeNode node) {
        switch (node.type) {
            case WitType.RecordType _, WitType.TupleType _ -> fieldsBody(out, node);
            case WitType.FixedListType _ -> {
                int elements = elements(out);
                int at = out.allocateLocal(TypeKind.LONG);
                out.lload(POINTER).lstore(at);
                storeElements(out, node.part(0), elements, at);
            }
            case WitType.VariantType _, WitType.OptionType _, WitType.ResultType _ -> variantBody(out, node);
            default -> throw new IllegalStateException("without parts: " + node.type);
        }
        out.return_();
    }

    private void fieldsBody(CodeBuilder out, TypeNode node) {
        int fields = out.allocateLocal(TypeKind.REFERENCE);
        int field = out.allocateLocal(TypeKind.REFERENCE);
        lowering(out.aload(VALUE), "fields", Names.LIST, Names.VALUE);
        out.astore(fields);
        int[] offsets = node.offsets();
        for (int index = 0; index < offsets.length; index++) {
            CheckCode.element(out.aload(fields).loadConstant(index)).astore(field);
            store(out, node.part(index), field, behind(offsets[index]));
        }
    }

    private void variantBody(CodeBuilder out, TypeNode node) {
        int index = out.allocateLocal(TypeKind.INT);
        int payload = out.allocateLocal(TypeKind.REFERENCE);
        number(out, node, VALUE);
        out.istore(index).aload(CX).iload(index);
        storeInt(out, node.tagSize(), behind(0));
        CaseSwitch cases = new CaseSwitch(out, node);
        cases.begin(out.iload(index));
        for (int number = 0; number < node.parts.size(); number++) {
            if (node.parts.get(number) != null) {
                cases.bind(number);
                payload(out, VALUE).astore(payload);
                store(out, node.part(number), payload, behind(node.payloadOffset()));
                out.return_();
            }
        }
        cases.bindPlain();
    }

    private void listBody(CodeBuilder out, TypeNode node) {
        TypeNode element = node.part(0);
        int begin = out.allocateLocal(TypeKind.LONG);
        int at = out.allocateLocal(TypeKind.LONG);
        int elements = elements(out);
        size(out.aload(CX), elements).loadConstant(element.size).loadConstant(element.alignment);
        lowering(
                out,
                "allocateList",
                ConstantDescs.CD_long,
                Names.CX,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int);
        out.lstore(begin).lload(begin).lstore(at);
        storeElements(out, element, elements, at);
        size(out.lload(begin), elements).i2l();
        lowering(out, "range", ConstantDescs.CD_long, ConstantDescs.CD_long, ConstantDescs.CD_long);
        out.lreturn();
    }

    /// The list that the value is, in a local.
    private static int elements(CodeBuilder out) {
        int elements = out.allocateLocal(TypeKind.REFERENCE);
        lowering(out.aload(VALUE), "elements", Names.LIST, Names.VALUE);
        out.astore(elements);
        return elements;
    }

    /// Stores a list from the address on that is in that local.
    private void storeElements(CodeBuilder out, TypeNode element, int elements, int at) {
        int each = out.allocateLocal(TypeKind.REFERENCE);
        CheckCode.forEach(out, elements, body -> {
            CheckCode.element(body).astore(each);
            store(out, element, each, address -> address.lload(at));
            out.lload(at).loadConstant((long) element.size).ladd().lstore(at);
        });
    }

    private static CodeBuilder size(CodeBuilder out, int list) {
        return out.aload(list).invokeinterface(Names.LIST, "size", MethodTypeDesc.of(ConstantDescs.CD_int));
    }
}
