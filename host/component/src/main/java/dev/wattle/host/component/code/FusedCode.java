package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.Subtask;
import dev.wattle.host.component.abi.Task;
import dev.wattle.host.component.code.CallOptions.CoreCallee;
import dev.wattle.host.component.code.LiftCode.Flat;
import dev.wattle.host.component.code.MoveCode.End;
import dev.wattle.host.component.code.MoveCode.Passage;
import dev.wattle.host.component.code.MoveCode.Place;
import dev.wattle.host.component.code.MoveCode.Scopes;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Code of functions that one guest lifts and another lowers: `(Context, flat parameters…) → flat result`. They move
/// the arguments, call the core function, and move its result.
///
/// What the specification lifts first and lowers then is done value by value: where two faults come together, this
/// may find the other one first.
///
/// @spec CanonicalABI.md `canon_lower`, `canon_lift`
final class FusedCode {
    static final ClassDesc SUBTASK = Names.of(Subtask.class);
    static final ClassDesc TASK = Names.of(Task.class);
    private static final ClassDesc MOVES = ClassDesc.of("dev.wattle.host.component.code.Moves");
    private static final int FIRST = 1;

    private final GeneratedClass target;
    private final TypeNodes nodes;

    FusedCode(GeneratedClass target, TypeNodes nodes) {
        this.target = target;
        this.nodes = nodes;
    }

    /// One function, from both sides.
    ///
    /// @param method what it is called in the class; other functions have other names
    /// @param caller the slot of the instance that lowers it
    /// @param callee the slot of the instance that lifts it
    /// @param function what it lifts
    record Site(
            String method,
            FunctionType type,
            int caller,
            CallOptions lowered,
            int callee,
            CallOptions lifted,
            CoreCallee function) {}

    /// Is code made for functions of that type?
    static boolean accepts(FunctionType type) {
        TypeNodes nodes = new TypeNodes(_ -> 0);
        return TypeNodes.accepts(type)
                && LowerCode.fits(type.parameters().stream()
                        .map(each -> nodes.node(each.type()))
                        .toList())
                && LowerCode.fits(type.result().stream().map(nodes::node).toList());
    }

    /// Adds the method.
    void add(Site site) {
        FlatSignature lowered = FlatSignature.of(site.type(), CanonicalAbi.Context.LOWER, nodes);
        FlatSignature lifted = FlatSignature.of(site.type(), CanonicalAbi.Context.LIFT, nodes);
        target.method(
                site.method(),
                lowered.descriptor(ContextCode.CONTEXT),
                out -> new Body(out, site, lowered, lifted).add());
    }

    /// One body while it is made.
    private final class Body {
        private final CodeBuilder out;
        private final Site site;
        private final FlatSignature lowered;
        private final FlatSignature lifted;
        private final List<Flat> given;
        private final Passage there;
        private final Passage back;

        Body(CodeBuilder out, Site site, FlatSignature lowered, FlatSignature lifted) {
            this.out = out;
            this.site = site;
            this.lowered = lowered;
            this.lifted = lifted;
            this.given = LiftCode.flats(lowered.core().parameters(), FIRST);
            End caller = End.of(site.caller(), site.lowered());
            End callee = End.of(site.callee(), site.lifted());
            this.there = new Passage("$" + site.method(), caller, callee);
            this.back = new Passage("$" + site.method() + "$back", callee, caller);
        }

        void add() {
            int caller = CallCode.state(out, site.caller());
            int callee = CallCode.state(out, site.callee());
            CallCode.onState(out, caller, "requireMayLeave", CallCode.NOTHING);
            boolean borrows = lowered.borrows();
            Scopes scopes = borrows
                    ? new Scopes(CallCode.scope(out, Subtask.class), CallCode.scope(out, Task.class))
                    : Scopes.NONE;
            MethodTypeDesc crossing = MethodTypeDesc.of(ConstantDescs.CD_void, ContextCode.STATE);
            out.aload(callee).aload(caller).invokevirtual(ContextCode.STATE, "enterFrom", crossing);
            List<Flat> arguments = arguments(scopes);
            int result = call(arguments);
            int answer = answer(result, borrows, scopes);
            CoreType.Value type = lifted.flatResult();
            postReturn(
                    out,
                    target,
                    site.lifted(),
                    lifted,
                    callee,
                    type == null ? List.of() : List.of(new Flat(result, type)));
            out.aload(callee).aload(caller).invokevirtual(ContextCode.STATE, "leaveTo", crossing);
            if (borrows) {
                CallCode.deliver(out, scopes.subtask());
            }
            HostCode.returnFlat(out, lowered, answer);
        }

        private List<Flat> arguments(Scopes scopes) {
            List<Flat> flats = GuestCode.locals(out, lifted);
            var moves = new MoveCode(target, there);
            TypeNode tuple = lowered.spilledParameters();
            if (tuple != null) {
                int from = MoveCode.memory(out, there.from());
                int to = MoveCode.memory(out, there.to());
                int source = spilled(from, given.getFirst(), tuple);
                moves.allocate(out, tuple.alignment, each -> each.loadConstant(tuple.size))
                        .istore(flats.getFirst().local());
                int sink = out.allocateLocal(TypeKind.LONG);
                out.iload(flats.getFirst().local())
                        .i2l()
                        .loadConstant(0xFFFF_FFFFL)
                        .land()
                        .lstore(sink);
                moves.move(out, tuple, new Place.Memory(from, source, 0), new Place.Memory(to, sink, 0), scopes);
                return flats;
            }
            int at = 0;
            for (TypeNode parameter : lowered.parameters()) {
                int end = at + parameter.flat.size();
                moves.move(
                        out,
                        parameter,
                        new Place.Locals(given.subList(at, end)),
                        new Place.Locals(flats.subList(at, end)),
                        scopes);
                at = end;
            }
            return flats;
        }

        /// Checks an address; leaves it in a local, as a long.
        private int spilled(int memory, Flat pointer, TypeNode node) {
            int address = out.allocateLocal(TypeKind.LONG);
            out.aload(memory);
            pointer.load(out);
            out.loadConstant(node.size)
                    .loadConstant(node.alignment)
                    .invokestatic(
                            MOVES,
                            "requireSpilled",
                            MethodTypeDesc.of(
                                    ConstantDescs.CD_long,
                                    ContextCode.MEMORY,
                                    ConstantDescs.CD_int,
                                    ConstantDescs.CD_int,
                                    ConstantDescs.CD_int))
                    .lstore(address);
            return address;
        }

        /// The local with the flat result, when there is one.
        private int call(List<Flat> arguments) {
            CoreType.Value type = lifted.flatResult();
            ContextCode.instance(
                    target.load(out, site.function().handle()), site.function().instance());
            arguments.forEach(each -> each.load(out));
            out.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", lifted.descriptor(ContextCode.INSTANCE));
            if (type == null) {
                return CallOptions.NONE;
            }
            int local = out.allocateLocal(Names.kind(type));
            out.storeLocal(Names.kind(type), local);
            return local;
        }

        /// Moves the result; the local with what the caller gets, when that is flat.
        private int answer(int result, boolean borrows, Scopes scopes) {
            TypeNode node = lowered.result();
            if (node != null && lifted.resultSpilled()) {
                int from = MoveCode.memory(out, back.from());
                int source = spilled(from, new Flat(result, CoreType.Value.I32), node);
                requireNoBorrows(borrows, scopes);
                int to = MoveCode.memory(out, back.to());
                int sink = spilled(to, given.getLast(), node);
                new MoveCode(target, back)
                        .move(out, node, new Place.Memory(from, source, 0), new Place.Memory(to, sink, 0), Scopes.NONE);
                return CallOptions.NONE;
            }
            requireNoBorrows(borrows, scopes);
            if (node == null) {
                return CallOptions.NONE;
            }
            CoreType.Value type = node.flat.getFirst();
            Flat answer = new Flat(out.allocateLocal(Names.kind(type)), type);
            new MoveCode(target, back)
                    .move(
                            out,
                            node,
                            new Place.Locals(List.of(new Flat(result, type))),
                            new Place.Locals(List.of(answer)),
                            Scopes.NONE);
            return answer.local();
        }

        private void requireNoBorrows(boolean borrows, Scopes scopes) {
            if (borrows) {
                CallCode.requireNoBorrows(out, scopes.task());
            }
        }
    }

    /// Runs the post-return when there is one.
    static void postReturn(
            CodeBuilder out,
            GeneratedClass target,
            CallOptions options,
            FlatSignature signature,
            int state,
            List<Flat> result) {
        CoreCallee postReturn = options.postReturn();
        if (postReturn == null) {
            return;
        }
        CallCode.onState(out, state, "forbidLeaving", CallCode.NOTHING);
        ContextCode.instance(target.load(out, postReturn.handle()), postReturn.instance());
        result.forEach(each -> each.load(out));
        out.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", signature.postReturn(ContextCode.INSTANCE));
        CallCode.onState(out, state, "allowLeaving", CallCode.NOTHING);
    }
}
