package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.host.component.abi.StringPassage;
import dev.wattle.host.component.code.CallOptions.CoreCallee;
import dev.wattle.host.component.code.LiftCode.Flat;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Code that moves values of one component instance straight to another: lifts and lowers, without anything between.
/// Flat values go from local variables to others, what lies in memory from one memory to the other.
///
/// Where values are many it is methods of their own: one for each list, and for what is nested in one.
final class MoveCode {
    /// Where the context is, in each method.
    static final int CONTEXT = 0;

    private static final ClassDesc MOVES = ClassDesc.of("dev.wattle.host.component.code.Moves");
    private static final ClassDesc STRINGS = Names.of(StringPassage.class);
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final GeneratedClass target;
    private final Passage passage;

    MoveCode(GeneratedClass target, Passage passage) {
        this.target = target;
        this.passage = passage;
    }

    /// One end of a call.
    ///
    /// @param state the slot of the component instance
    /// @param memory the slot of its memory, or [CallOptions#NONE]
    record End(
            int state,
            StringEncoding encoding,
            int memory,
            @Nullable CoreCallee realloc) {
        static End of(int state, CallOptions options) {
            return new End(state, options.encoding(), options.memory(), options.realloc());
        }
    }

    /// A direction that values go in; it has methods of its own.
    ///
    /// @param name what their names end with
    record Passage(String name, End from, End to) {}

    /// Where a value is, or shall be.
    sealed interface Place {
        /// In local variables, which may be wider than the type's own.
        record Locals(List<Flat> flats) implements Place {
            Locals part(int begin, int size) {
                return new Locals(flats.subList(begin, begin + size));
            }
        }

        /// In memory.
        ///
        /// @param memory the local that holds it
        /// @param address the local that holds a long
        record Memory(int memory, int address, int offset) implements Place {
            Memory behind(int more) {
                return new Memory(memory, address, offset + more);
            }
        }
    }

    /// Who borrows: locals with the caller's subtask and the callee's task, which are there when the type borrows.
    record Scopes(int subtask, int task) {
        static final Scopes NONE = new Scopes(CallOptions.NONE, CallOptions.NONE);
    }

    /// Loads the memory of an end into a local.
    static int memory(CodeBuilder out, End end) {
        int local = out.allocateLocal(TypeKind.REFERENCE);
        if (end.memory() == CallOptions.NONE) {
            out.aconst_null();
        } else {
            ContextCode.memory(out, end.memory());
        }
        out.astore(local);
        return local;
    }

    void move(CodeBuilder out, TypeNode node, Place from, Place to, Scopes scopes) {
        switch (node.type) {
            case WitType.Primitive primitive -> {
                if (primitive == WitType.Primitive.STRING) {
                    string(out, from, to);
                } else {
                    load(out, primitive, from);
                    store(out, primitive, to);
                }
            }
            case WitType.OwnType _ -> own(out, node, from, to);
            case WitType.BorrowType _ -> borrow(out, node, from, to, scopes);
            case WitType.FlagsType(var labels) -> {
                loadInt(out, node.size, from);
                out.loadConstant(labels.size() == Integer.SIZE ? -1 : (1 << labels.size()) - 1)
                        .iand();
                storeInt(out, node.size, to);
            }
            case WitType.EnumType _ -> {
                discriminant(out, node, from);
                storeInt(out, node.tagSize(), to);
            }
            case WitType.ListType _ -> list(out, node, from, to, scopes);
            case WitType.RecordType _, WitType.TupleType _ -> fields(out, node, from, to, scopes);
            case WitType.VariantType _, WitType.OptionType _, WitType.ResultType _ ->
                variant(out, node, from, to, scopes);
            case WitType.MapType _ -> move(out, node.part(0), from, to, scopes);
            case WitType.FixedListType(var _, int length) -> fixedList(out, node, length, from, to, scopes);
            case WitType.StreamType _, WitType.FutureType _, WitType.ErrorContextType _ ->
                throw new IllegalStateException("left to the interpreter: " + node.type);
        }
    }

    private static void moves(CodeBuilder out, String name, ClassDesc result, ClassDesc... parameters) {
        out.invokestatic(MOVES, name, MethodTypeDesc.of(result, parameters));
    }

    private static CodeBuilder address(CodeBuilder out, Place.Memory at) {
        out.aload(at.memory()).lload(at.address());
        return at.offset() == 0 ? out : out.loadConstant((long) at.offset()).ladd();
    }

    private static void read(CodeBuilder out, String name, ClassDesc result, Place.Memory at) {
        address(out, at).invokeinterface(ContextCode.MEMORY, name, MethodTypeDesc.of(result, ConstantDescs.CD_long));
    }

    /// A value on the stack goes to memory.
    private static void write(CodeBuilder out, String name, ClassDesc type, Place.Memory at) {
        int local = out.allocateLocal(TypeKind.from(type).asLoadable());
        out.storeLocal(TypeKind.from(type).asLoadable(), local);
        address(out, at)
                .loadLocal(TypeKind.from(type).asLoadable(), local)
                .invokeinterface(
                        ContextCode.MEMORY,
                        name,
                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long, type));
    }

    private static void take(CodeBuilder out, CoreType.Value type, Place.Locals locals) {
        Flat flat = locals.flats().getFirst();
        flat.load(out);
        LiftCode.narrow(out, flat.type(), type);
    }

    /// Leaves an unsigned number of that many bytes, or the whole flat value, on the stack.
    private static void loadInt(CodeBuilder out, int size, Place from) {
        switch (from) {
            case Place.Locals locals -> take(out, CoreType.Value.I32, locals);
            case Place.Memory at -> {
                switch (size) {
                    case Byte.BYTES -> {
                        read(out, "readByte", ConstantDescs.CD_byte, at);
                        out.loadConstant(0xFF).iand();
                    }
                    case Short.BYTES -> {
                        read(out, "readShort", ConstantDescs.CD_short, at);
                        out.loadConstant(0xFFFF).iand();
                    }
                    default -> read(out, "readInt", ConstantDescs.CD_int, at);
                }
            }
        }
    }

    private static void storeInt(CodeBuilder out, int size, Place to) {
        switch (to) {
            case Place.Locals locals ->
                LowerCode.set(out, CoreType.Value.I32, locals.flats().getFirst());
            case Place.Memory at -> {
                switch (size) {
                    case Byte.BYTES -> write(out.i2b(), "writeByte", ConstantDescs.CD_byte, at);
                    case Short.BYTES -> write(out.i2s(), "writeShort", ConstantDescs.CD_short, at);
                    default -> write(out, "writeInt", ConstantDescs.CD_int, at);
                }
            }
        }
    }

    /// Leaves a number on the stack as its type has it.
    private static void load(CodeBuilder out, WitType.Primitive primitive, Place from) {
        switch (primitive) {
            case BOOL -> {
                loadInt(out, Byte.BYTES, from);
                moves(out, "bool", ConstantDescs.CD_int, ConstantDescs.CD_int);
            }
            case U8 -> {
                loadInt(out, Byte.BYTES, from);
                out.loadConstant(0xFF).iand();
            }
            case S8 -> {
                loadInt(out, Byte.BYTES, from);
                out.i2b();
            }
            case U16 -> {
                loadInt(out, Short.BYTES, from);
                out.loadConstant(0xFFFF).iand();
            }
            case S16 -> {
                loadInt(out, Short.BYTES, from);
                out.i2s();
            }
            case U32, S32 -> loadInt(out, Integer.BYTES, from);
            case CHAR -> {
                loadInt(out, Integer.BYTES, from);
                moves(out, "character", ConstantDescs.CD_int, ConstantDescs.CD_int);
            }
            case U64, S64 -> {
                switch (from) {
                    case Place.Locals locals -> take(out, CoreType.Value.I64, locals);
                    case Place.Memory at -> read(out, "readLong", ConstantDescs.CD_long, at);
                }
            }
            case F32 -> {
                switch (from) {
                    case Place.Locals locals -> take(out, CoreType.Value.F32, locals);
                    case Place.Memory at -> {
                        read(out, "readInt", ConstantDescs.CD_int, at);
                        LiftCode.narrow(out, CoreType.Value.I32, CoreType.Value.F32);
                    }
                }
                moves(out, "canonical", ConstantDescs.CD_float, ConstantDescs.CD_float);
            }
            case F64 -> {
                switch (from) {
                    case Place.Locals locals -> take(out, CoreType.Value.F64, locals);
                    case Place.Memory at -> {
                        read(out, "readLong", ConstantDescs.CD_long, at);
                        LiftCode.narrow(out, CoreType.Value.I64, CoreType.Value.F64);
                    }
                }
                moves(out, "canonical", ConstantDescs.CD_double, ConstantDescs.CD_double);
            }
            case STRING -> throw new IllegalStateException("two values");
        }
    }

    private static void store(CodeBuilder out, WitType.Primitive primitive, Place to) {
        switch (primitive) {
            case BOOL, U8, S8 -> storeInt(out, Byte.BYTES, to);
            case U16, S16 -> storeInt(out, Short.BYTES, to);
            case U32, S32, CHAR -> storeInt(out, Integer.BYTES, to);
            case U64, S64 -> {
                switch (to) {
                    case Place.Locals locals ->
                        LowerCode.set(out, CoreType.Value.I64, locals.flats().getFirst());
                    case Place.Memory at -> write(out, "writeLong", ConstantDescs.CD_long, at);
                }
            }
            case F32 -> {
                switch (to) {
                    case Place.Locals locals ->
                        LowerCode.set(out, CoreType.Value.F32, locals.flats().getFirst());
                    case Place.Memory at -> {
                        out.invokestatic(
                                ConstantDescs.CD_Float,
                                "floatToRawIntBits",
                                MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_float));
                        write(out, "writeInt", ConstantDescs.CD_int, at);
                    }
                }
            }
            case F64 -> {
                switch (to) {
                    case Place.Locals locals ->
                        LowerCode.set(out, CoreType.Value.F64, locals.flats().getFirst());
                    case Place.Memory at -> {
                        out.invokestatic(
                                ConstantDescs.CD_Double,
                                "doubleToRawLongBits",
                                MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_double));
                        write(out, "writeLong", ConstantDescs.CD_long, at);
                    }
                }
            }
            case STRING -> throw new IllegalStateException("two values");
        }
    }

    private void own(CodeBuilder out, TypeNode node, Place from, Place to) {
        ContextCode.state(out, passage.from().state());
        ContextCode.state(out, passage.to().state());
        ContextCode.resource(out, node.resource);
        loadInt(out, Integer.BYTES, from);
        moves(
                out,
                "own",
                ConstantDescs.CD_int,
                ContextCode.STATE,
                ContextCode.STATE,
                ContextCode.RESOURCE,
                ConstantDescs.CD_int);
        storeInt(out, Integer.BYTES, to);
    }

    private void borrow(CodeBuilder out, TypeNode node, Place from, Place to, Scopes scopes) {
        ContextCode.state(out, passage.from().state());
        ContextCode.state(out, passage.to().state());
        ContextCode.resource(out, node.resource);
        loadInt(out, Integer.BYTES, from);
        out.aload(scopes.subtask()).aload(scopes.task());
        moves(
                out,
                "borrow",
                ConstantDescs.CD_int,
                ContextCode.STATE,
                ContextCode.STATE,
                ContextCode.RESOURCE,
                ConstantDescs.CD_int,
                FusedCode.SUBTASK,
                FusedCode.TASK);
        storeInt(out, Integer.BYTES, to);
    }

    private void fields(CodeBuilder out, TypeNode node, Place from, Place to, Scopes scopes) {
        int[] offsets = node.offsets();
        int flat = 0;
        for (int index = 0; index < offsets.length; index++) {
            TypeNode part = node.part(index);
            move(out, part, field(from, part, flat, offsets[index]), field(to, part, flat, offsets[index]), scopes);
            flat += part.flat.size();
        }
    }

    private static Place field(Place whole, TypeNode part, int flat, int offset) {
        return switch (whole) {
            case Place.Locals locals -> locals.part(flat, part.flat.size());
            case Place.Memory at -> at.behind(offset);
        };
    }

    private static void discriminant(CodeBuilder out, TypeNode node, Place from) {
        loadInt(out, node.tagSize(), from);
        out.loadConstant(node.parts.size());
        moves(out, "caseIndex", ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    }

    private void variant(CodeBuilder out, TypeNode node, Place from, Place to, Scopes scopes) {
        int index = out.allocateLocal(TypeKind.INT);
        discriminant(out, node, from);
        out.istore(index).iload(index);
        storeInt(out, node.tagSize(), to);
        if (to instanceof Place.Locals(var flats)) {
            flats.subList(1, node.flat.size()).forEach(each -> LowerCode.zero(out, each));
        }
        Label done = out.newLabel();
        CaseSwitch cases = new CaseSwitch(out, node);
        cases.begin(out.iload(index));
        int offset = node.payloadOffset();
        for (int number = 0; number < node.parts.size(); number++) {
            if (node.parts.get(number) != null) {
                TypeNode part = node.part(number);
                cases.bind(number);
                move(out, part, field(from, part, 1, offset), field(to, part, 1, offset), scopes);
                out.goto_(done);
            }
        }
        cases.bindPlain();
        out.labelBinding(done);
    }

    /// Leaves an address and a length on the stack.
    private static void range(CodeBuilder out, Place from) {
        switch (from) {
            case Place.Locals locals -> {
                take(out, CoreType.Value.I32, locals);
                take(out, CoreType.Value.I32, locals.part(1, 1));
            }
            case Place.Memory at -> {
                read(out, "readInt", ConstantDescs.CD_int, at);
                read(out, "readInt", ConstantDescs.CD_int, at.behind(Integer.BYTES));
            }
        }
    }

    /// An address and a length, as a long on the stack, go where they belong.
    private static void setRange(CodeBuilder out, Place to) {
        switch (to) {
            case Place.Locals(var flats) -> LowerCode.setRange(out, flats);
            case Place.Memory at -> write(out, "writeLong", ConstantDescs.CD_long, at);
        }
    }

    private void string(CodeBuilder out, Place from, Place to) {
        String name = "string" + passage.name();
        MethodTypeDesc type = MethodTypeDesc.of(
                ConstantDescs.CD_long, ContextCode.CONTEXT, ConstantDescs.CD_int, ConstantDescs.CD_int);
        if (!target.has(name)) {
            target.method(name, type, this::stringBody);
        }
        ContextCode.load(out);
        range(out, from);
        target.call(out, name, type);
        setRange(out, to);
    }

    private void stringBody(CodeBuilder out) {
        int pointer = CONTEXT + 1;
        int length = CONTEXT + 2;
        boolean copied =
                passage.from().encoding() == StringEncoding.UTF8 && passage.to().encoding() == StringEncoding.UTF8;
        if (copied) {
            int from = memory(out, passage.from());
            int to = memory(out, passage.to());
            ContextCode.state(out, passage.from().state())
                    .aload(from)
                    .iload(pointer)
                    .iload(length);
            moves(
                    out,
                    "requireUtf8",
                    ConstantDescs.CD_void,
                    ContextCode.STATE,
                    ContextCode.MEMORY,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int);
            int moved = out.allocateLocal(TypeKind.INT);
            allocate(out, 1, each -> each.iload(length)).istore(moved);
            copy(out, to, moved, from, pointer, length);
            packed(out, moved, length);
            return;
        }
        context(out, passage.from());
        context(out, passage.to());
        out.iload(pointer).iload(length);
        out.invokestatic(
                        STRINGS,
                        "move",
                        MethodTypeDesc.of(
                                ConstantDescs.CD_long, Names.CX, Names.CX, ConstantDescs.CD_int, ConstantDescs.CD_int))
                .lreturn();
    }

    /// Leaves the context of lifting or lowering strings at that end on the stack.
    private void context(CodeBuilder out, End end) {
        ContextCode.state(out.new_(Names.CX).dup(), end.state()).aconst_null();
        CallCode.context(out, target, end.encoding(), end.memory(), end.realloc());
    }

    private static void copy(CodeBuilder out, int to, int moved, int from, int pointer, int byteLength) {
        out.aload(to).iload(moved).aload(from).iload(pointer).iload(byteLength);
        moves(
                out,
                "copy",
                ConstantDescs.CD_void,
                ContextCode.MEMORY,
                ConstantDescs.CD_int,
                ContextCode.MEMORY,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int);
    }

    /// Returns an address and a length as one long.
    private static void packed(CodeBuilder out, int pointer, int length) {
        out.iload(pointer).i2l().loadConstant(UNSIGNED).land();
        out.iload(length).i2l().loadConstant(Integer.SIZE).lshl().lor().lreturn();
    }

    /// Has the callee make room; leaves the address, an int, on the stack.
    ///
    /// @param byteLength leaves it on the stack
    CodeBuilder allocate(CodeBuilder out, int alignment, Consumer<CodeBuilder> byteLength) {
        String name = "realloc" + passage.name();
        MethodTypeDesc type = MethodTypeDesc.of(
                ConstantDescs.CD_int, ContextCode.CONTEXT, ConstantDescs.CD_int, ConstantDescs.CD_int);
        if (!target.has(name)) {
            target.method(name, type, this::reallocBody);
        }
        ContextCode.load(out).loadConstant(alignment);
        byteLength.accept(out);
        return target.call(out, name, type);
    }

    private void reallocBody(CodeBuilder out) {
        End end = passage.to();
        CoreCallee realloc = end.realloc();
        if (realloc == null) {
            throw new IllegalStateException("a type needs realloc, and there is none");
        }
        int alignment = CONTEXT + 1;
        int byteLength = CONTEXT + 2;
        int state = CallCode.state(out, end.state());
        int pointer = out.allocateLocal(TypeKind.INT);
        CallCode.onState(out, state, "forbidLeaving", CallCode.NOTHING);
        ContextCode.instance(target.load(out, realloc.handle()), realloc.instance());
        out.iconst_0().iconst_0().iload(alignment).iload(byteLength);
        out.invokevirtual(
                        ConstantDescs.CD_MethodHandle,
                        "invokeExact",
                        MethodTypeDesc.of(
                                ConstantDescs.CD_int,
                                ContextCode.INSTANCE,
                                ConstantDescs.CD_int,
                                ConstantDescs.CD_int,
                                ConstantDescs.CD_int,
                                ConstantDescs.CD_int))
                .istore(pointer);
        CallCode.onState(out, state, "allowLeaving", CallCode.NOTHING);
        ContextCode.memory(out, end.memory()).iload(pointer).iload(alignment).iload(byteLength);
        moves(
                out,
                "requireAllocated",
                ConstantDescs.CD_void,
                ContextCode.MEMORY,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int);
        out.iload(pointer).ireturn();
    }

    private void list(CodeBuilder out, TypeNode node, Place from, Place to, Scopes scopes) {
        String name = "list" + node.id + passage.name();
        boolean borrows = node.borrows();
        MethodTypeDesc type = withScopes(
                MethodTypeDesc.of(
                        ConstantDescs.CD_long, ContextCode.CONTEXT, ConstantDescs.CD_int, ConstantDescs.CD_int),
                borrows);
        if (!target.has(name)) {
            target.method(name, type, body -> listBody(body, node, borrows ? new Scopes(3, 4) : Scopes.NONE));
        }
        ContextCode.load(out);
        range(out, from);
        if (borrows) {
            out.aload(scopes.subtask()).aload(scopes.task());
        }
        target.call(out, name, type);
        setRange(out, to);
    }

    private static MethodTypeDesc withScopes(MethodTypeDesc type, boolean borrows) {
        return borrows ? type.insertParameterTypes(type.parameterCount(), FusedCode.SUBTASK, FusedCode.TASK) : type;
    }

    private void listBody(CodeBuilder out, TypeNode node, Scopes scopes) {
        TypeNode element = node.part(0);
        int pointer = CONTEXT + 1;
        int length = CONTEXT + 2;
        int from = memory(out, passage.from());
        int to = memory(out, passage.to());
        int byteLength = out.allocateLocal(TypeKind.INT);
        int moved = out.allocateLocal(TypeKind.INT);
        ContextCode.state(out, passage.from().state())
                .aload(from)
                .iload(pointer)
                .iload(length);
        out.loadConstant(element.size).loadConstant(element.alignment);
        moves(
                out,
                "requireList",
                ConstantDescs.CD_int,
                ContextCode.STATE,
                ContextCode.MEMORY,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int);
        out.istore(byteLength);
        allocate(out, element.alignment, each -> each.iload(byteLength)).istore(moved);
        if (element.isPlain()) {
            copy(out, to, moved, from, pointer, byteLength);
        } else {
            elements(out, element, new Ends(from, pointer, to, moved), byteLength, scopes);
        }
        packed(out, moved, length);
    }

    private void fixedList(CodeBuilder out, TypeNode node, int length, Place from, Place to, Scopes scopes) {
        TypeNode element = node.part(0);
        if (from instanceof Place.Memory source && to instanceof Place.Memory sink) {
            Ends ends = new Ends(source.memory(), begin(out, source), sink.memory(), begin(out, sink));
            int byteLength = out.allocateLocal(TypeKind.INT);
            out.loadConstant(node.size).istore(byteLength);
            if (element.isPlain()) {
                copy(out, ends.to(), ends.moved(), ends.from(), ends.pointer(), byteLength);
            } else {
                elements(out, element, ends, byteLength, scopes);
            }
            return;
        }
        int flats = element.flat.size();
        for (int index = 0; index < length; index++) {
            int flat = index * flats;
            int offset = index * element.size;
            move(out, element, field(from, element, flat, offset), field(to, element, flat, offset), scopes);
        }
    }

    /// Where something in memory begins, as an int in a local.
    private static int begin(CodeBuilder out, Place.Memory at) {
        int local = out.allocateLocal(TypeKind.INT);
        out.lload(at.address()).l2i().loadConstant(at.offset()).iadd().istore(local);
        return local;
    }

    /// Locals with memories and addresses.
    private record Ends(int from, int pointer, int to, int moved) {}

    private void elements(CodeBuilder out, TypeNode element, Ends ends, int byteLength, Scopes scopes) {
        int source = out.allocateLocal(TypeKind.LONG);
        int sink = out.allocateLocal(TypeKind.LONG);
        int end = out.allocateLocal(TypeKind.LONG);
        out.iload(ends.pointer()).i2l().loadConstant(UNSIGNED).land().lstore(source);
        out.iload(ends.moved()).i2l().loadConstant(UNSIGNED).land().lstore(sink);
        out.lload(source).iload(byteLength).i2l().ladd().lstore(end);
        Label loop = out.newBoundLabel();
        Label done = out.newLabel();
        out.lload(source).lload(end).lcmp().ifge(done);
        ContextCode.sandbox(out).lload(source);
        moves(out, "poll", ConstantDescs.CD_void, ContextCode.SANDBOX, ConstantDescs.CD_long);
        element(out, element, new Place.Memory(ends.from(), source, 0), new Place.Memory(ends.to(), sink, 0), scopes);
        out.lload(source).loadConstant((long) element.size).ladd().lstore(source);
        out.lload(sink).loadConstant((long) element.size).ladd().lstore(sink);
        out.goto_(loop).labelBinding(done);
    }

    /// A method of its own, unless it is a number.
    private void element(CodeBuilder out, TypeNode node, Place.Memory from, Place.Memory to, Scopes scopes) {
        if (node.parts.isEmpty()) {
            move(out, node, from, to, scopes);
            return;
        }
        String name = "move" + node.id + passage.name();
        boolean borrows = node.borrows();
        MethodTypeDesc type = withScopes(
                MethodTypeDesc.of(
                        ConstantDescs.CD_void, ContextCode.CONTEXT, ConstantDescs.CD_long, ConstantDescs.CD_long),
                borrows);
        if (!target.has(name)) {
            target.method(name, type, body -> {
                Scopes own = borrows ? new Scopes(5, 6) : Scopes.NONE;
                int source = memory(body, passage.from());
                int sink = memory(body, passage.to());
                move(body, node, new Place.Memory(source, 1, 0), new Place.Memory(sink, 3, 0), own);
                body.return_();
            });
        }
        ContextCode.load(out).lload(from.address()).lload(to.address());
        if (borrows) {
            out.aload(scopes.subtask()).aload(scopes.task());
        }
        target.call(out, name, type);
    }
}
