package dev.wattle.host.component.code;

import dev.wattle.wit.WitType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Code that checks whether values fit: a method `check` for each type that has parts, which answers a boolean.
/// It has a context first, for resource types.
final class CheckCode {
    private static final int CX = 0;
    private static final int VALUE = 1;
    private static final MethodTypeDesc CHECK = MethodTypeDesc.of(ConstantDescs.CD_boolean, Names.CX, Names.VALUE);

    private final GeneratedClass target;
    private final LabelConstants labels;

    CheckCode(GeneratedClass target, LabelConstants labels) {
        this.target = target;
        this.labels = labels;
    }

    /// Leaves on the stack whether the value that is in that local fits.
    void check(CodeBuilder out, TypeNode node, int value) {
        switch (node.type) {
            case WitType.Primitive primitive -> primitive(out.aload(value), primitive);
            case WitType.FlagsType _ -> {
                labels.load(out.aload(value), node);
                checks(out, "isFlags", ConstantDescs.CD_boolean, Names.VALUE, Names.LABELS);
            }
            case WitType.OwnType _ -> resource(out, value, node.resource);
            case WitType.BorrowType _ -> resource(out, value, node.resource);
            case WitType.ListType(var element)
            when element == WitType.Primitive.U8 ->
                checks(out.aload(value), "isBytes", ConstantDescs.CD_boolean, Names.VALUE);
            case WitType.FixedListType(var element, int length)
            when element == WitType.Primitive.U8 -> {
                out.aload(value).loadConstant(length);
                checks(out, "isFixedBytes", ConstantDescs.CD_boolean, Names.VALUE, ConstantDescs.CD_int);
            }
            default -> {
                String name = "check" + node.id;
                if (!target.has(name)) {
                    target.method(name, CHECK, body -> body(body, node));
                }
                target.call(out.aload(CX).aload(value), name, CHECK);
            }
        }
    }

    private static void checks(CodeBuilder out, String name, ClassDesc result, ClassDesc... parameters) {
        out.invokestatic(Names.CHECKS, name, MethodTypeDesc.of(result, parameters));
    }

    private static void primitive(CodeBuilder out, WitType.Primitive primitive) {
        switch (primitive) {
            case BOOL, F32, F64, CHAR, STRING ->
                checks(out, "is" + Names.suffix(primitive), ConstantDescs.CD_boolean, Names.VALUE);
            case S8 -> integer(out, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case U8 -> integer(out, 0, 0xFF);
            case S16 -> integer(out, Short.MIN_VALUE, Short.MAX_VALUE);
            case U16 -> integer(out, 0, 0xFFFF);
            case S32 -> integer(out, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case U32 -> integer(out, 0, 0xFFFF_FFFFL);
            case S64, U64 -> integer(out, Long.MIN_VALUE, Long.MAX_VALUE);
        }
    }

    private static void integer(CodeBuilder out, long smallest, long largest) {
        out.loadConstant(smallest).loadConstant(largest);
        checks(out, "isInt", ConstantDescs.CD_boolean, Names.VALUE, ConstantDescs.CD_long, ConstantDescs.CD_long);
    }

    private static void resource(CodeBuilder out, int value, int resource) {
        out.aload(CX).aload(value).loadConstant(resource);
        checks(out, "isResource", ConstantDescs.CD_boolean, Names.CX, Names.VALUE, ConstantDescs.CD_int);
    }

    private void body(CodeBuilder out, TypeNode node) {
        Label unfit = out.newLabel();
        switch (node.type) {
            case WitType.ListType _ -> {
                checks(out.aload(VALUE), "listElements", Names.LIST, Names.VALUE);
                elementsBody(out, node.part(0), unfit);
            }
            case WitType.FixedListType(var _, int length) -> {
                out.aload(VALUE).loadConstant(length);
                checks(out, "fixedElements", Names.LIST, Names.VALUE, ConstantDescs.CD_int);
                elementsBody(out, node.part(0), unfit);
            }
            case WitType.MapType _ -> {
                checks(out.aload(VALUE), "mapKeys", Names.LIST, Names.VALUE);
                elementsBody(out, node.part(0).part(0).part(0), unfit);
                checks(out.aload(VALUE), "mapValues", Names.LIST, Names.VALUE);
                elementsBody(out, node.part(0).part(0).part(1), unfit);
            }
            case WitType.RecordType _ -> fieldsBody(out, node, "recordFields", unfit);
            case WitType.TupleType _ -> fieldsBody(out, node, "tupleElements", unfit);
            case WitType.VariantType _ -> variantBody(out, node, "variantCase", unfit);
            case WitType.EnumType _ -> variantBody(out, node, "enumCase", unfit);
            case WitType.OptionType _ -> variantBody(out, node, "optionCase", unfit);
            case WitType.ResultType _ -> variantBody(out, node, "resultCase", unfit);
            default -> throw new IllegalStateException("without parts: " + node.type);
        }
        out.iconst_1().ireturn().labelBinding(unfit).iconst_0().ireturn();
    }

    private void fieldsBody(CodeBuilder out, TypeNode node, String parts, Label unfit) {
        int fields = out.allocateLocal(TypeKind.REFERENCE);
        int field = out.allocateLocal(TypeKind.REFERENCE);
        out.aload(VALUE).loadConstant(node.parts.size());
        checks(out, parts, Names.LIST, Names.VALUE, ConstantDescs.CD_int);
        out.astore(fields).aload(fields).ifnull(unfit);
        for (int index = 0; index < node.parts.size(); index++) {
            element(out.aload(fields).loadConstant(index)).astore(field);
            check(out, node.part(index), field);
            out.ifeq(unfit);
        }
    }

    /// The element of a list at an index, both on the stack.
    static CodeBuilder element(CodeBuilder out) {
        return out.invokeinterface(Names.LIST, "get", MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_int))
                .checkcast(Names.VALUE);
    }

    /// Checks the elements of the list on the stack; null does not fit.
    private void elementsBody(CodeBuilder out, TypeNode node, Label unfit) {
        int elements = out.allocateLocal(TypeKind.REFERENCE);
        int element = out.allocateLocal(TypeKind.REFERENCE);
        out.astore(elements).aload(elements).ifnull(unfit);
        forEach(out, elements, each -> {
            element(each).astore(element);
            check(out, node, element);
            out.ifeq(unfit);
        });
    }

    /// A loop over the list that is in that local.
    ///
    /// @param body finds the list and the index on the stack
    static void forEach(CodeBuilder out, int list, java.util.function.Consumer<CodeBuilder> body) {
        int index = out.allocateLocal(TypeKind.INT);
        int count = out.allocateLocal(TypeKind.INT);
        out.aload(list)
                .invokeinterface(Names.LIST, "size", MethodTypeDesc.of(ConstantDescs.CD_int))
                .istore(count);
        out.iconst_0().istore(index);
        Label loop = out.newBoundLabel();
        Label done = out.newLabel();
        out.iload(index).iload(count).if_icmpge(done);
        body.accept(out.aload(list).iload(index));
        out.iinc(index, 1).goto_(loop).labelBinding(done);
    }

    private void variantBody(CodeBuilder out, TypeNode node, String caseOf, Label unfit) {
        int index = out.allocateLocal(TypeKind.INT);
        int payload = out.allocateLocal(TypeKind.REFERENCE);
        labels.load(out.aload(VALUE), node);
        checks(out, caseOf, ConstantDescs.CD_int, Names.VALUE, Names.LABELS);
        out.istore(index).iload(index).iflt(unfit);
        CaseSwitch cases = new CaseSwitch(out, node);
        cases.begin(out.iload(index));
        for (int number = 0; number < node.parts.size(); number++) {
            if (node.parts.get(number) != null) {
                cases.bind(number);
                StoreCode.payload(out, VALUE).astore(payload);
                check(out, node.part(number), payload);
                out.ireturn();
            }
        }
        cases.bindPlain();
    }
}
