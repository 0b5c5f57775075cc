package dev.wattle.host.engine.jvm.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreModules;
import dev.wattle.host.engine.jvm.binary.ModuleDecoder;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is estimated of a function before there is bytecode decides where it is cut: it must not be too little.
final class NodeSizesTest {
    private static final String DIGEST = "0123456789abcdef";

    /// The arrays of far variables are made where a function begins.
    private static final int ARRAYS_BYTES = 20;

    /// Nothing is cut.
    private static final CodeOptions WHOLE = new CodeOptions(
            false, 60_000, CodeOptions.LAZY.chunkBytes(), CodeOptions.LAZY.maxStatementBytes(), true, true);

    static List<byte[]> modules() {
        return CoreModules.prebuilt();
    }

    private static WasmModule decode(byte[] binary) {
        return ModuleDecoder.decode(binary, ModuleLimits.DEFAULTS);
    }

    /// Of the methods of a class file, by their names.
    private static List<Map.Entry<String, Integer>> lengths(byte[] bytes) {
        List<Map.Entry<String, Integer>> lengths = new ArrayList<>();
        for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
            method.code()
                    .filter(CodeAttribute.class::isInstance)
                    .map(CodeAttribute.class::cast)
                    .ifPresent(code -> lengths.add(Map.entry(method.methodName().stringValue(), code.codeLength())));
        }
        return lengths;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void a_function_has_no_more_bytes_than_its_nodes_say(byte[] binary) {
        WasmModule module = decode(binary);
        var shape = ModuleShape.of(module, DIGEST, WHOLE, List.of());
        for (int function = module.importedFunctions();
                function < module.functions().size();
                function++) {
            int estimate = Translator.translate(shape, function).code.size();
            String name = shape.functionName(function);
            byte[] bytes = FunctionCompiler.compile(module, DIGEST, WHOLE, function)
                    .get(GeneratedClasses.name(shape.functionClass(function)));
            int real = lengths(Objects.requireNonNull(bytes)).stream()
                    .filter(method -> method.getKey().equals(name))
                    .mapToInt(Map.Entry::getValue)
                    .max()
                    .orElseThrow();
            assertThat(real).as("function %d", function).isLessThanOrEqualTo(estimate + ARRAYS_BYTES);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void every_method_is_one_that_the_jvm_compiles(byte[] binary) {
        WasmModule module = decode(binary);
        for (int function = module.importedFunctions();
                function < module.functions().size();
                function++) {
            for (var each : FunctionCompiler.compile(module, DIGEST, CodeOptions.LAZY, function)
                    .entrySet()) {
                assertThat(lengths(each.getValue()))
                        .as("function %d: %s", function, each.getKey())
                        .allSatisfy(method ->
                                assertThat(method.getValue()).isLessThanOrEqualTo(CodeOptions.MAX_COMPILED_BYTES));
            }
        }
    }
}
