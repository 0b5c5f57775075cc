package dev.wattle.host.engine.jvm.store;

import static dev.wattle.host.engine.Wasm.I32;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wasm;
import dev.wattle.host.engine.jvm.JvmEngine;
import dev.wattle.host.engine.jvm.JvmOptions;
import dev.wattle.host.engine.jvm.binary.ModuleDecoder;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.code.ClassSource;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import dev.wattle.host.engine.jvm.code.CodeServices;
import dev.wattle.host.engine.jvm.code.ModuleCode;
import dev.wattle.host.engine.jvm.code.Signatures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Modules whose classes come from a folder.
final class KeptClassesTest {
    private static final int[] ONE = {I32};
    private static final int CLASS_FILE_MAGIC = 0xCAFEBABE;
    private static final int ADD = 0x6A;
    private static final int CALL = 0x10;
    private static final String DIGEST = "0123456789abcdef";

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("classes");
    }

    /// Two functions, of which the first calls the second.
    private static byte[] module() {
        return new Wasm()
                .exported("outer", ONE, ONE, localGet(0), CALL, 1, i32(1), ADD)
                .exported("inner", ONE, ONE, localGet(0), i32(10), ADD)
                .build();
    }

    private static int call(JvmEngine engine) throws Throwable {
        CoreModule module = engine.compile(module());
        try (CoreInstance instance = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl())) {
            return (int)
                    ((CoreExtern.Function) instance.export("outer")).handle().invokeExact(5);
        }
    }

    private JvmEngine engine() {
        return new JvmEngine(JvmOptions.DEFAULTS.withClassFolder(folder()));
    }

    /// How many functions were compiled to run the module's own.
    private static long compiled(ClassStore store, CodeOptions options) {
        ClassSource source = store.source(DIGEST, options);
        var services = new CodeServices(
                source, CodeServices.NONE.large(), CodeServices.NONE.ahead(), CodeServices.NONE.limits());
        var code = new ModuleCode(
                ModuleDecoder.decode(module(), ModuleLimits.DEFAULTS),
                DIGEST,
                options,
                new Signatures(),
                services,
                List.of());
        code.compile(0);
        code.compile(1);
        store.flush();
        return code.report().functions();
    }

    private ClassStore store(String identity) {
        return ClassStore.open(folder(), 1 << 20, Optional.of(identity)).orElseThrow();
    }

    @Test
    void the_second_run_compiles_nothing() {
        assertThat(compiled(store("a"), CodeOptions.LAZY)).isEqualTo(2);
        assertThat(compiled(store("a"), CodeOptions.LAZY)).isZero();
        assertThat(compiled(store("a"), CodeOptions.LAZY.withCards(true))).isEqualTo(2);
        assertThat(compiled(store("a"), CodeOptions.EAGER)).isZero();
    }

    @Test
    void another_version_of_the_engine_or_the_jdk_compiles_again() {
        assertThat(compiled(store("a"), CodeOptions.LAZY)).isEqualTo(2);
        assertThat(compiled(store("b"), CodeOptions.LAZY)).isEqualTo(2);
        assertThat(compiled(store("a"), CodeOptions.LAZY)).isZero();
    }

    private static int firstClass(byte[] pack) {
        var bytes = ByteBuffer.wrap(pack);
        int at = 0;
        while (bytes.getInt(at) != CLASS_FILE_MAGIC) {
            at++;
        }
        return at;
    }

    @Test
    void whatever_is_damaged_is_compiled_again() throws IOException {
        compiled(store("a"), CodeOptions.LAZY);
        Path pack = folder().resolve(StoreKey.of("a", DIGEST, CodeOptions.LAZY).fileName());
        byte[] whole = Files.readAllBytes(pack);
        for (int at : new int[] {0, 8, 40, 50, firstClass(whole) + 20}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(pack, damaged);
            assertThat(compiled(store("a"), CodeOptions.LAZY)).as("byte %d", at).isPositive();
            assertThat(compiled(store("a"), CodeOptions.LAZY)).isZero();
        }
    }

    @Test
    void a_guest_runs_the_same_from_the_folder() throws Throwable {
        JvmEngine first = engine();
        assertThat(call(first)).isEqualTo(16);
        first.flushClasses();
        assertThat(folder()).isNotEmptyDirectory();
        assertThat(call(engine())).isEqualTo(16);
    }

    @Test
    void an_engine_refuses_a_folder_that_others_can_change() throws IOException {
        Files.createDirectory(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatIllegalArgumentException().isThrownBy(this::engine).withMessageContaining("by others");
    }

    @Test
    void a_folder_that_cannot_be_made_is_a_note() throws Throwable {
        Path file = Files.createFile(temporary.resolve("file"));
        var engine = new JvmEngine(JvmOptions.DEFAULTS.withClassFolder(file.resolve("classes")));
        assertThat(call(engine)).isEqualTo(16);
        assertThat(engine.compile(module()).notes()).singleElement().asString().contains("are not kept");
    }

    @Test
    void the_identity_changes_with_any_class_of_the_engine() throws IOException {
        Path classes = Files.createDirectories(temporary.resolve("dev/wattle/host/engine/jvm"));
        Path one = Files.write(classes.resolve("One.class"), new byte[] {1, 2, 3});
        String before = EngineIdentity.of(List.of(temporary));
        Files.write(temporary.resolve("Other.class"), new byte[] {1});
        assertThat(EngineIdentity.of(List.of(temporary))).isEqualTo(before);
        Files.write(one, new byte[] {1, 2, 4});
        assertThat(EngineIdentity.of(List.of(temporary)))
                .isNotEqualTo(before)
                .contains(String.valueOf(Runtime.version()));
    }

    @Test
    void this_engine_has_an_identity() {
        assertThat(EngineIdentity.own()).isPresent();
    }
}
