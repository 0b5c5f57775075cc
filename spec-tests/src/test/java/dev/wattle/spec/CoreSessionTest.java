package dev.wattle.spec;

import static dev.wattle.host.engine.Wasm.I32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wasm;
import dev.wattle.spec.Command.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each kind of command, as it should be and with a wrong expectation: a check that cannot fail is none.
final class CoreSessionTest {
    private static final Optional<String> UNNAMED = Optional.empty();
    private static final int[] ONE = {I32};
    private static final int[] NONE = {};
    private static final Engine ENGINE = Engines.named("endive");

    @TempDir
    private Path folder;

    private CoreSession session;

    @BeforeEach
    void write_the_modules() throws IOException {
        session = new CoreSession(ENGINE, new Spectest(ENGINE), folder, new GuestControl());
        write(
                "good.wasm",
                new Wasm()
                        .exported("same", ONE, ONE, localGet(0))
                        .exported("trap", NONE, NONE, Wasm.UNREACHABLE)
                        .build());
        write("invalid.wasm", new Wasm().exported("same", NONE, ONE).build());
        write("malformed.wasm", new byte[] {0, 'a', 's', 'm', 2, 0, 0, 0});
        write("importing.wasm", importing("spectest", "global_i32"));
        write("unknown.wasm", importing("spectest", "global_i33"));
        write("incompatible.wasm", importing("spectest", "global_i64"));
    }

    @AfterEach
    void close() {
        session.close();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    /// Imports a global of type i32 and exports it as `global`.
    private static byte[] importing(String module, String name) {
        return new Wasm()
                .importGlobal(module, name, I32, false)
                .exportGlobal("global", 0)
                .build();
    }

    private void passes(Command command) {
        assertThat(session.execute(command)).isEqualTo(new Outcome.Passed(command.line()));
    }

    private void fails(Command command, String words) {
        assertThat(session.execute(command))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.what()).contains(words));
    }

    private static Command.Module module(String file) {
        return new Command.Module(1, UNNAMED, file);
    }

    private static Action invoke(String name, Object... arguments) {
        return new Action.Invoke(UNNAMED, name, List.of(arguments));
    }

    @Test
    void a_result_is_compared() {
        passes(module("good.wasm"));
        passes(new Command.AssertReturn(2, invoke("same", 7), List.of(new Pattern.I32(7))));
        fails(new Command.AssertReturn(3, invoke("same", 7), List.of(new Pattern.I32(8))), "i32 7");
        fails(new Command.AssertReturn(4, invoke("same", 7), List.of()), "i32 7");
        fails(new Command.AssertReturn(5, invoke("trap"), List.of()), "UNREACHABLE");
        fails(new Command.AssertReturn(6, invoke("missing"), List.of()), "missing");
        fails(new Command.Perform(7, invoke("trap")), "UNREACHABLE");
    }

    @Test
    void a_trap_is_compared_by_its_reason() {
        passes(module("good.wasm"));
        passes(new Command.AssertTrap(2, invoke("trap"), "unreachable"));
        fails(new Command.AssertTrap(3, invoke("trap"), "integer overflow"), "unreachable");
        fails(new Command.AssertTrap(4, invoke("same", 1), "unreachable"), "went well");
        fails(new Command.AssertExhaustion(5, invoke("trap"), "call stack exhausted"), "unreachable");
        fails(new Command.AssertException(6, invoke("trap")), "unreachable");
    }

    @Test
    void invalid_and_malformed_are_told_apart() {
        passes(new Command.AssertInvalid(1, "invalid.wasm", "type mismatch"));
        passes(new Command.AssertMalformed(2, "malformed.wasm", "unknown binary version"));
        fails(new Command.AssertInvalid(3, "malformed.wasm", "type mismatch"), "MALFORMED");
        fails(new Command.AssertMalformed(4, "invalid.wasm", "unknown binary version"), "INVALID");
        fails(new Command.AssertInvalid(5, "good.wasm", "type mismatch"), "accepted");
        fails(new Command.AssertMalformed(6, "good.wasm", "type mismatch"), "accepted");
        passes(new Command.AssertMalformedText(7, "a.wat", true));
        fails(new Command.AssertMalformedText(8, "a.wat", false), "accepts");
    }

    @Test
    void an_unknown_import_is_told_from_an_incompatible_one() {
        passes(new Command.AssertUnlinkable(1, "unknown.wasm", "unknown import"));
        passes(new Command.AssertUnlinkable(2, "incompatible.wasm", "incompatible import type"));
        fails(new Command.AssertUnlinkable(3, "unknown.wasm", "incompatible import type"), "unknown import");
        fails(new Command.AssertUnlinkable(4, "incompatible.wasm", "unknown import"), "incompatible");
        fails(new Command.AssertUnlinkable(5, "importing.wasm", "unknown import"), "linked");
        fails(new Command.AssertUninstantiable(6, "good.wasm", "unreachable"), "went well");
    }

    @Test
    void globals_are_read_and_instances_registered() {
        passes(new Command.Definition(1, Optional.of("D"), "importing.wasm"));
        passes(new Command.Instantiate(2, Optional.of("I"), Optional.of("D")));
        passes(new Command.AssertReturn(3, new Action.Get(Optional.of("I"), "global"), List.of(new Pattern.I32(666))));
        fails(
                new Command.AssertReturn(4, new Action.Get(Optional.of("I"), "global"), List.of(new Pattern.I32(667))),
                "666");
        passes(new Command.Register(5, "spectest", Optional.of("I")));
        fails(module("importing.wasm"), "unknown import");
        fails(new Command.Register(6, "x", Optional.of("J")), "$J");
    }

    @Test
    void what_depends_on_a_failed_module_fails() {
        passes(module("good.wasm"));
        fails(module("invalid.wasm"), "INVALID");
        fails(new Command.AssertReturn(2, invoke("same", 7), List.of(new Pattern.I32(7))), "could not be made");
    }

    @Test
    void a_command_of_another_kind_fails() {
        fails(new Command.Unknown(1, "thread"), "thread");
    }
}
