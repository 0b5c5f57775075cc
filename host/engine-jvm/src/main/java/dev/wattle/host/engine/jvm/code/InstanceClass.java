package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant.Step;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Makes the class of a module's instances: their state as fields.
final class InstanceClass {
    private static final MethodTypeDesc INIT = MethodTypeDesc.of(ConstantDescs.CD_void, Runtime.BINDING);
    private static final ClassDesc FUNCTIONS = Runtime.FUNCTION.arrayType();
    private static final ClassDesc MEMORIES = Runtime.MEMORY.arrayType();
    private static final ClassDesc TABLES = Runtime.TABLE.arrayType();
    private static final ClassDesc CELLS = Runtime.CELL.arrayType();
    private static final ClassDesc TAGS = Runtime.TAG.arrayType();

    /// Fields that one method initializes or looks up: of any of them a few dozen bytes of bytecode.
    private static final int GROUP = 400;

    private final ModuleShape shape;
    private final WasmModule module;
    private final ClassDesc owner;

    InstanceClass(ModuleShape shape) {
        this.shape = shape;
        this.module = shape.module;
        this.owner = shape.instance;
    }

    byte[] make() {
        return Classes.build(owner, type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            type.withSuperclass(Runtime.INSTANCE);
            List<Consumer<CodeBuilder>> steps = new ArrayList<>();
            imports(type, steps);
            memories(type, steps);
            tables(type, steps);
            tags(type, steps);
            globals(type, steps);
            constructor(type, steps);
            memoryMoved(type);
            lookup(type, "imported", shape.importedFunctions(), module.importedFunctions(), this::imported);
            lookup(type, "global", shape.farCells(), module.globals().size(), this::asCell);
        });
    }

    /// Makes the class whose one object makes instances.
    static byte[] makeFactory(ModuleShape shape) {
        ClassDesc factory = shape.instanceFactory;
        return Classes.build(factory, type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            type.withSuperclass(Runtime.INSTANCE_FACTORY);
            type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_PUBLIC, out -> {
                out.aload(0).invokespecial(Runtime.INSTANCE_FACTORY, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
                out.return_();
            });
            type.withMethodBody(
                    "make", MethodTypeDesc.of(Runtime.INSTANCE, Runtime.BINDING), ClassFile.ACC_PUBLIC, out -> {
                        out.new_(shape.instance).dup().aload(1);
                        out.invokespecial(shape.instance, ConstantDescs.INIT_NAME, INIT);
                        out.areturn();
                    });
        });
    }

    private void declare(ClassBuilder type, Member field) {
        type.withField(field.name(), Objects.requireNonNull(field.field()), ClassFile.ACC_PUBLIC);
    }

    private static void field(CodeBuilder out, Member field) {
        out.aload(0);
        out.getfield(field.owner(), field.name(), Objects.requireNonNull(field.field()));
    }

    private static void put(CodeBuilder out, Member field) {
        out.putfield(field.owner(), field.name(), Objects.requireNonNull(field.field()));
    }

    /// Pushes an element of an array of the binding, under it the instance.
    private static void element(CodeBuilder out, String array, ClassDesc type, int index) {
        out.aload(0).aload(1);
        out.invokevirtual(Runtime.BINDING, array, MethodTypeDesc.of(type))
                .loadConstant(index)
                .aaload();
    }

    /// Makes a field for all of an array of the binding when they are too many for a field each.
    ///
    /// @return how many have fields of their own
    private int near(ClassBuilder type, List<Consumer<CodeBuilder>> steps, int count, Member all) {
        if (count > ModuleShape.MAX_FIELDS) {
            declare(type, all);
            steps.add(out -> {
                out.aload(0).aload(1);
                out.invokevirtual(Runtime.BINDING, all.name(), MethodTypeDesc.of(Objects.requireNonNull(all.field())));
                put(out, all);
            });
        }
        return Math.min(count, ModuleShape.MAX_FIELDS);
    }

    private void imports(ClassBuilder type, List<Consumer<CodeBuilder>> steps) {
        int count = near(type, steps, module.importedFunctions(), shape.importedFunctions());
        for (int i = 0; i < count; i++) {
            boolean known = shape.isKnown(i);
            boolean host = shape.importCode(i) instanceof ImportCode.OfHost;
            if (host || !known) {
                declare(type, shape.importedFunction(i)); // of a wired one made when first asked for
            }
            Member field = known ? shape.wired(i) : shape.importedFunction(i);
            if (known) {
                declare(type, field);
            }
            int index = i;
            steps.add(out -> {
                element(out, known ? "wired" : "imports", known ? Runtime.OBJECTS : FUNCTIONS, index);
                if (!host) {
                    out.checkcast(Objects.requireNonNull(field.field()));
                }
                put(out, field);
            });
        }
    }

    /// Pushes the reference to an import.
    private void imported(CodeBuilder out, int function) {
        switch (shape.importCode(function)) {
            case ImportCode.Unknown _ -> field(out, shape.importedFunction(function));
            case ImportCode.OfModule known -> {
                field(out, shape.wired(function));
                out.loadConstant(known.function());
                ScratchCode.invoke(out, Runtime.REFERENCE);
            }
            case ImportCode.OfHost _ -> hostReference(out, function);
        }
    }

    private void hostReference(CodeBuilder out, int function) {
        Member kept = shape.importedFunction(function);
        ClassDesc type = shape.hostImportClass(function);
        Label absent = out.newLabel();
        field(out, kept);
        out.ifnull(absent);
        field(out, kept);
        out.areturn().labelBinding(absent);
        out.aload(0).new_(type).dup().aload(0);
        out.invokespecial(type, ConstantDescs.INIT_NAME, HostImportClass.constructor(shape));
        put(out, kept);
        field(out, kept);
    }

    private void memories(ClassBuilder type, List<Consumer<CodeBuilder>> steps) {
        for (int i = 0; i < module.memories().size(); i++) {
            int index = i;
            declare(type, shape.memory(i));
            declare(type, shape.memoryBytes(i));
            declare(type, shape.memoryCards(i));
            steps.add(out -> {
                element(out, "memories", MEMORIES, index);
                put(out, shape.memory(index));
                for (boolean cards : List.of(false, true)) {
                    out.aload(0);
                    field(out, shape.memory(index));
                    out.invokevirtual(Runtime.MEMORY, cards ? "cards" : "bytes", MethodTypeDesc.of(Runtime.BYTES));
                    put(out, cards ? shape.memoryCards(index) : shape.memoryBytes(index));
                }
            });
        }
    }

    private void tables(ClassBuilder type, List<Consumer<CodeBuilder>> steps) {
        int count = near(type, steps, module.tables().size(), shape.tables());
        for (int i = 0; i < count; i++) {
            int index = i;
            declare(type, shape.table(i));
            steps.add(out -> {
                element(out, "tables", TABLES, index);
                put(out, shape.table(index));
            });
        }
    }

    private void tags(ClassBuilder type, List<Consumer<CodeBuilder>> steps) {
        int count = near(type, steps, module.tags().size(), shape.tags());
        for (int i = 0; i < count; i++) {
            int index = i;
            declare(type, shape.tag(i));
            steps.add(out -> {
                element(out, "tags", TAGS, index);
                put(out, shape.tag(index));
            });
        }
    }

    private void globals(ClassBuilder type, List<Consumer<CodeBuilder>> steps) {
        int count = module.globals().size();
        if (IntStream.range(0, count).anyMatch(shape::isFar)) {
            declare(type, shape.farCells());
            steps.add(out -> {
                out.aload(0).loadConstant(count).anewarray(Runtime.CELL);
                put(out, shape.farCells());
            });
        }
        for (int i = 0; i < count; i++) {
            int index = i;
            if (shape.isFar(i)) {
                while (i + 1 < count && shape.isFar(i + 1)) {
                    i++;
                }
                int end = i + 1;
                steps.add(out -> farCells(out, index, end));
                continue;
            }
            if (!shape.isCell(i)) {
                declare(type, shape.global(i));
                if (Kind.isVector(shape.globalType(i))) {
                    declare(type, shape.globalHigh(i));
                }
                steps.add(out -> initialize(out, index));
                continue;
            }
            declare(type, shape.globalCell(i));
            steps.add(out -> {
                if (index < module.importedGlobals()) {
                    element(out, "globals", CELLS, index);
                    put(out, shape.globalCell(index));
                } else {
                    out.aload(0).new_(Runtime.CELL).dup();
                    out.invokespecial(Runtime.CELL, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
                    put(out, shape.globalCell(index));
                    initializeCell(out, index);
                }
            });
        }
    }

    /// Has the engine make the cells of globals that are far.
    private void farCells(CodeBuilder out, int first, int end) {
        out.aload(0).aload(1);
        field(out, shape.farCells());
        out.loadConstant(first).loadConstant(end);
        out.invokevirtual(
                Runtime.INSTANCE,
                "makeCells",
                MethodTypeDesc.of(
                        ConstantDescs.CD_void, Runtime.BINDING, CELLS, ConstantDescs.CD_int, ConstantDescs.CD_int));
    }

    /// Pushes the cell of a global that has one.
    private void cell(CodeBuilder out, int global) {
        if (shape.isFar(global)) {
            field(out, shape.farCells());
            out.loadConstant(global).aaload();
        } else {
            field(out, shape.globalCell(global));
        }
    }

    private void initialize(CodeBuilder out, int global) {
        out.aload(0);
        constant(out, module.globals().get(global).initial());
        if (Kind.isVector(shape.globalType(global))) {
            int high = out.allocateLocal(TypeKind.LONG);
            out.lstore(high);
            put(out, shape.global(global));
            out.aload(0).lload(high);
            put(out, shape.globalHigh(global));
        } else {
            put(out, shape.global(global));
        }
    }

    private void initializeCell(CodeBuilder out, int global) {
        field(out, shape.globalCell(global));
        constant(out, module.globals().get(global).initial());
        storeCell(out, shape.globalType(global), () -> field(out, shape.globalCell(global)));
    }

    /// Stores a value, which is on the stack above its cell; of a vector, the cell is pushed again.
    private static void storeCell(CodeBuilder out, ValueType type, Runnable again) {
        Kind kind = Kind.of(type);
        if (Kind.isVector(type)) {
            int high = out.allocateLocal(TypeKind.LONG);
            out.lstore(high);
            out.putfield(Runtime.CELL, "word", ConstantDescs.CD_long);
            again.run();
            out.lload(high).putfield(Runtime.CELL, "high", ConstantDescs.CD_long);
        } else if (kind == Kind.REFERENCE) {
            out.putfield(Runtime.CELL, "reference", ConstantDescs.CD_Object);
        } else {
            ScratchCode.toWord(out, kind);
            out.putfield(Runtime.CELL, "word", ConstantDescs.CD_long);
        }
    }

    /// Pushes the value of a constant expression.
    private void constant(CodeBuilder out, Constant expression) {
        for (Step step : expression.steps()) {
            switch (step) {
                case Step.Number(var type, var bits) -> number(out, type, bits);
                case Step.Vector(var low, var high) -> out.loadConstant(low).loadConstant(high);
                case Step.Null _ -> out.aconst_null();
                case Step.Function(var index) ->
                    out.aload(0)
                            .loadConstant(index)
                            .invokevirtual(
                                    Runtime.INSTANCE,
                                    "reference",
                                    MethodTypeDesc.of(Runtime.FUNCTION, ConstantDescs.CD_int));
                case Step.GlobalValue(var index) -> value(out, index);
                case Step.Arithmetic(var type, var operator) -> arithmetic(out, type, operator);
            }
        }
    }

    private static void number(CodeBuilder out, ValueType.Number type, long bits) {
        switch (type) {
            case I32 -> out.loadConstant((int) bits);
            case I64 -> out.loadConstant(bits);
            case F32 -> {
                out.loadConstant((int) bits);
                ScratchCode.invoke(out, Runtime.BITS_FLOAT);
            }
            case F64 -> {
                out.loadConstant(bits);
                ScratchCode.invoke(out, Runtime.BITS_DOUBLE);
            }
            case V128 -> throw new IllegalStateException("a vector is no number");
        }
    }

    private static void arithmetic(CodeBuilder out, ValueType.Number type, char operator) {
        boolean ints = type == ValueType.Number.I32;
        switch (operator) {
            case '+' ->
                out.with(SimpleInstructions.of(
                        ints ? java.lang.classfile.Opcode.IADD : java.lang.classfile.Opcode.LADD));
            case '-' ->
                out.with(SimpleInstructions.of(
                        ints ? java.lang.classfile.Opcode.ISUB : java.lang.classfile.Opcode.LSUB));
            case '*' ->
                out.with(SimpleInstructions.of(
                        ints ? java.lang.classfile.Opcode.IMUL : java.lang.classfile.Opcode.LMUL));
            default -> throw new IllegalStateException("no such operator: " + operator);
        }
    }

    /// Pushes the present value of a global.
    private void value(CodeBuilder out, int global) {
        ValueType type = shape.globalType(global);
        if (!shape.isCell(global)) {
            field(out, shape.global(global));
            if (Kind.isVector(type)) {
                field(out, shape.globalHigh(global));
            }
            return;
        }
        cell(out, global);
        if (Kind.of(type) == Kind.REFERENCE) {
            out.getfield(Runtime.CELL, "reference", ConstantDescs.CD_Object);
            return;
        }
        out.getfield(Runtime.CELL, "word", ConstantDescs.CD_long);
        ScratchCode.fromWord(out, Kind.of(type));
        if (Kind.isVector(type)) {
            cell(out, global);
            out.getfield(Runtime.CELL, "high", ConstantDescs.CD_long);
        }
    }

    private void constructor(ClassBuilder type, List<Consumer<CodeBuilder>> steps) {
        int groups = (steps.size() + GROUP - 1) / GROUP;
        for (int i = 0; i < groups; i++) {
            List<Consumer<CodeBuilder>> group = steps.subList(i * GROUP, Math.min(steps.size(), (i + 1) * GROUP));
            type.withMethodBody("initialize" + i, INIT, ClassFile.ACC_PRIVATE, out -> {
                group.forEach(step -> step.accept(out));
                out.return_();
            });
        }
        type.withMethodBody(ConstantDescs.INIT_NAME, INIT, ClassFile.ACC_PUBLIC, out -> {
            out.aload(0).aload(1).invokespecial(Runtime.INSTANCE, ConstantDescs.INIT_NAME, INIT);
            for (int i = 0; i < groups; i++) {
                out.aload(0).aload(1).invokespecial(owner, "initialize" + i, INIT);
            }
            out.return_();
        });
    }

    private void memoryMoved(ClassBuilder type) {
        MethodTypeDesc moved =
                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, Runtime.BYTES, Runtime.BYTES);
        type.withMethodBody("memoryMoved", moved, ClassFile.ACC_PUBLIC, out -> {
            for (int i = 0; i < module.memories().size(); i++) {
                Label next = out.newLabel();
                out.iload(1).loadConstant(i).if_icmpne(next);
                out.aload(0).aload(2);
                put(out, shape.memoryBytes(i));
                out.aload(0).aload(3);
                put(out, shape.memoryCards(i));
                out.return_().labelBinding(next);
            }
            out.return_();
        });
    }

    /// How a value for an index is pushed.
    @FunctionalInterface
    private interface Push {
        void accept(CodeBuilder out, int index);
    }

    /// A method from an index to an object, cut into groups; those without fields are in an array.
    private void lookup(ClassBuilder type, String name, Member far, int total, Push push) {
        MethodTypeDesc method =
                MethodTypeDesc.of(Objects.requireNonNull(far.field()).componentType(), ConstantDescs.CD_int);
        int count = Math.min(total, ModuleShape.MAX_FIELDS);
        int groups = (count + GROUP - 1) / GROUP;
        for (int i = 0; i < groups; i++) {
            int first = i * GROUP;
            int last = Math.min(count, first + GROUP) - 1;
            type.withMethodBody(
                    name + i,
                    method,
                    ClassFile.ACC_PRIVATE,
                    out -> cases(out, first, last, index -> {
                        push.accept(out, index);
                        out.areturn();
                    }));
        }
        int visible = name.equals("imported") ? ClassFile.ACC_PROTECTED : ClassFile.ACC_PUBLIC;
        type.withMethodBody(name, method, visible, out -> {
            if (groups == 0) {
                out.aconst_null().areturn();
                return;
            }
            if (total > count) {
                Label near = out.newLabel();
                out.iload(1).loadConstant(count).if_icmplt(near);
                field(out, far);
                out.iload(1).aaload().areturn().labelBinding(near);
            }
            out.iload(1).loadConstant(GROUP).idiv().istore(2);
            choose(
                    out,
                    2,
                    0,
                    groups - 1,
                    group -> out.aload(0)
                            .iload(1)
                            .invokespecial(owner, name + group, method)
                            .areturn());
        });
    }

    private static void cases(CodeBuilder out, int first, int last, IntConsumer body) {
        choose(out, 1, first, last, body);
    }

    private static void choose(CodeBuilder out, int slot, int first, int last, IntConsumer body) {
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            cases.add(SwitchCase.of(i, out.newLabel()));
        }
        Label none = out.newLabel();
        out.iload(slot).tableswitch(first, last, none, cases);
        for (SwitchCase each : cases) {
            out.labelBinding(each.target());
            body.accept(each.caseValue());
        }
        out.labelBinding(none).aconst_null().areturn();
    }

    /// Pushes the cell of a global, or a new one with its value.
    private void asCell(CodeBuilder out, int global) {
        if (shape.isCell(global)) {
            cell(out, global);
            return;
        }
        int cell = out.allocateLocal(TypeKind.REFERENCE);
        out.new_(Runtime.CELL).dup().invokespecial(Runtime.CELL, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        out.astore(cell).aload(cell);
        value(out, global);
        storeCell(out, shape.globalType(global), () -> out.aload(cell));
        out.aload(cell);
    }
}
