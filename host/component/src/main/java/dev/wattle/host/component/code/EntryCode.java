package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.host.component.code.LiftCode.Flat;
import dev.wattle.host.component.code.MoveCode.End;
import dev.wattle.host.component.code.MoveCode.Passage;
import dev.wattle.host.component.code.MoveCode.Place;
import dev.wattle.host.component.code.MoveCode.Scopes;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.lang.classfile.CodeBuilder;
import java.util.List;
import java.util.stream.Stream;

/// Code of lifted functions of numbers alone, which the host calls with their flat values:
/// `(Context, flat parameters…) → flat result`. It allocates nothing.
///
/// @spec CanonicalABI.md `canon_lift`
final class EntryCode {
    private static final int FIRST = 1;

    private final GeneratedClass target;
    private final TypeNodes nodes;

    EntryCode(GeneratedClass target, TypeNodes nodes) {
        this.target = target;
        this.nodes = nodes;
    }

    /// Are there only numbers, booleans and characters, so few that they are flat?
    static boolean accepts(FunctionType type) {
        return !type.async()
                && type.parameters().size() <= CanonicalAbi.MAX_FLAT_PARAMS
                && Stream.concat(
                                type.parameters().stream().map(FunctionType.Parameter::type), type.result().stream())
                        .allMatch(each ->
                                each instanceof WitType.Primitive primitive && primitive != WitType.Primitive.STRING);
    }

    /// Adds the method.
    void add(GuestCode.Site site) {
        FlatSignature signature = FlatSignature.of(site.type(), CanonicalAbi.Context.LIFT, nodes);
        target.method(
                site.method(), signature.descriptor(ContextCode.CONTEXT), out -> body(out, site, signature));
    }

    private void body(CodeBuilder out, GuestCode.Site site, FlatSignature signature) {
        int state = CallCode.state(out, site.state());
        List<Flat> given = LiftCode.flats(signature.core().parameters(), FIRST);
        CoreType.Value type = signature.flatResult();
        List<Flat> answer = type == null ? List.of() : List.of(new Flat(out.allocateLocal(Names.kind(type)), type));
        answer.forEach(each -> LowerCode.zero(out, each));
        End end = new End(site.state(), StringEncoding.UTF8, CallOptions.NONE, null);
        var moves = new MoveCode(target, new Passage("", end, end));
        GuestCode.run(out, state, block -> {
            List<Flat> flats = GuestCode.locals(block, signature);
            for (int i = 0; i < given.size(); i++) {
                move(moves, block, signature.parameters().get(i), given.get(i), flats.get(i));
            }
            ContextCode.instance(target.load(block, site.callee().handle()), site.callee().instance());
            flats.forEach(each -> each.load(block));
            block.invokevirtual(CallCode.HANDLE, "invokeExact", signature.descriptor(ContextCode.INSTANCE));
            answer.forEach(each -> block.storeLocal(Names.kind(each.type()), each.local()));
            FusedCode.postReturn(block, target, site.options(), signature, state, answer);
            if (signature.result() != null) {
                move(moves, block, signature.result(), answer.getFirst(), answer.getFirst());
            }
        });
        answer.forEach(each -> each.load(out));
        if (type == null) {
            out.return_();
        } else {
            out.return_(Names.kind(type));
        }
    }

    private static void move(MoveCode moves, CodeBuilder out, TypeNode node, Flat from, Flat to) {
        moves.move(out, node, new Place.Locals(List.of(from)), new Place.Locals(List.of(to)), Scopes.NONE);
    }
}
