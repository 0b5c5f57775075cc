package dev.wattle.fuzz;

import dev.wattle.fuzz.Program.Signature;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The smallest modules that need a feature: whoever takes one has it.
final class FeatureProbe {
    private FeatureProbe() {}

    static Map<Feature, byte[]> modules() {
        var modules = new EnumMap<Feature, byte[]>(Feature.class);
        for (Feature feature : Feature.values()) {
            modules.put(feature, module(feature).encode());
        }
        return modules;
    }

    private static Program module(Feature feature) {
        return switch (feature) {
            case SIGN_EXTENSION -> code(Code.drop(Code.apply("i32.extend8_s", Code.i32(0))));
            case SATURATING -> code(Code.drop(Code.apply("i32.trunc_sat_f32_s", Code.f32(0))));
            case REFERENCES -> code(Code.drop(Code.nullOf(Type.EXTERNREF)));
            case BLOCK_PARAMETERS ->
                code(new Expression(
                        Code.LOOP,
                        new Bytes().signed(1).toArray(),
                        List.of(Code.i32(0)),
                        List.of(List.of(Expression.of(Code.DROP, List.of()))),
                        List.of()));
            case TAIL_CALLS -> code(Expression.of(Code.RETURN_CALL, new Bytes().unsigned(0), List.of()));
            case EXCEPTIONS ->
                code(new Expression(Code.TRY_TABLE, new byte[] {0x40, 0}, List.of(), List.of(List.of()), List.of()));
            case EXCEPTION_REFERENCES -> code(Expression.of(Code.THROW_REF, List.of(), Code.nullOf(Type.EXNREF)));
            case SIMD -> code(Code.drop(Code.v128(0, 0)));
            case TYPED_REFERENCES ->
                code(Code.drop(Expression.of(Code.REF_AS_NON_NULL, List.of(Type.FUNCREF), Code.nullOf(Type.FUNCREF))));
            case RELAXED_SIMD -> code(Code.drop(Code.apply("i8x16.relaxed_swizzle", Code.v128(0, 0), Code.v128(0, 0))));
            case MULTI_MEMORY ->
                program(List.of(new Program.Memory(0, 0), new Program.Memory(0, 0)), List.of(), List.of());
            case EXTENDED_CONSTANTS ->
                program(
                        List.of(),
                        List.of(new Program.Global(Type.I32, false, Code.apply("i32.add", Code.i32(1), Code.i32(2)))),
                        List.of());
        };
    }

    private static Program code(Expression... body) {
        return program(List.of(), List.of(), List.of(new Program.Function(0, List.of(), List.of(body))));
    }

    private static Program program(
            List<Program.Memory> memories, List<Program.Global> globals, List<Program.Function> functions) {
        return new Program(
                List.of(new Signature(List.of(), List.of()), new Signature(List.of(Type.I32), List.of())),
                List.of(),
                functions,
                List.of(),
                memories,
                List.of(),
                globals,
                List.of(),
                List.of(),
                List.of());
    }
}
