package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.V128;
import dev.wattle.spec.Command.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptReaderTest {
    @TempDir
    private Path folder;

    private List<Command> read(String commands) throws IOException {
        Path json = Files.writeString(
                folder.resolve("script.json"), "{\"source_filename\":\"a.wast\",\"commands\":[" + commands + "]}");
        return ScriptReader.read(json, Set.of("refused.wat"));
    }

    private Action.Invoke invokeWith(String argument) throws IOException {
        var command = read("{\"type\":\"action\",\"line\":1,\"action\":{\"type\":\"invoke\",\"field\":\"f\",\"args\":["
                        + argument + "]}}")
                .getFirst();
        return (Action.Invoke) ((Command.Perform) command).action();
    }

    private Pattern expected(String pattern) throws IOException {
        var command = read("{\"type\":\"assert_return\",\"line\":1,\"action\":{\"type\":\"get\",\"field\":\"f\"},"
                        + "\"expected\":[" + pattern + "]}")
                .getFirst();
        return ((Command.AssertReturn) command).expected().getFirst();
    }

    @Test
    void modules_and_names_are_read() throws IOException {
        assertThat(read("""
                {"type":"module","line":1,"name":"M","filename":"a.wasm","module_type":"binary"},
                {"type":"module","line":2,"filename":"b.wat","binary_filename":"b.wasm","module_type":"text"},
                {"type":"module_definition","line":3,"filename":"c.wasm","module_type":"binary"},
                {"type":"module_instance","line":4,"instance":"I","module":"M"},
                {"type":"register","line":5,"as":"x","name":"M"},
                {"type":"thread","line":6}"""))
                .containsExactly(
                        new Command.Module(1, Optional.of("M"), "a.wasm"),
                        new Command.Module(2, Optional.empty(), "b.wasm"),
                        new Command.Definition(3, Optional.empty(), "c.wasm"),
                        new Command.Instantiate(4, Optional.of("I"), Optional.of("M")),
                        new Command.Register(5, "x", Optional.of("M")),
                        new Command.Unknown(6, "thread"));
    }

    @Test
    void a_malformed_text_is_told_from_a_malformed_binary() throws IOException {
        assertThat(read("""
                {"type":"assert_malformed","line":1,"filename":"a.wasm","module_type":"binary","text":"why"},
                {"type":"assert_malformed","line":2,"filename":"refused.wat","module_type":"text","text":"why"},
                {"type":"assert_malformed","line":3,"filename":"fine.wat","module_type":"text","text":"why"}"""))
                .containsExactly(
                        new Command.AssertMalformed(1, "a.wasm", "why"),
                        new Command.AssertMalformedText(2, "refused.wat", true),
                        new Command.AssertMalformedText(3, "fine.wat", false));
        assertThat(ScriptReader.malformedTexts(folder.resolve("script.json")))
                .containsExactly("refused.wat", "fine.wat");
    }

    @Test
    void arguments_are_what_the_engines_contract_wants() throws IOException {
        assertThat(invokeWith("{\"type\":\"i32\",\"value\":\"4294967295\"}").arguments())
                .containsExactly(-1);
        assertThat(invokeWith("{\"type\":\"i64\",\"value\":\"-2\"}").arguments())
                .containsExactly(-2L);
        assertThat(invokeWith("{\"type\":\"f32\",\"value\":\"1065353216\"}").arguments())
                .containsExactly(1f);
        assertThat(invokeWith("{\"type\":\"f64\",\"value\":\"4607182418800017408\"}")
                        .arguments())
                .containsExactly(1d);
        assertThat(invokeWith("{\"type\":\"externref\",\"value\":\"3\"}").arguments())
                .containsExactly(new HostReference(3));
        assertThat(invokeWith("{\"type\":\"funcref\",\"value\":\"null\"}").arguments())
                .containsExactly((Object) null);
        assertThat(invokeWith("{\"type\":\"v128\",\"lane_type\":\"i32\",\"value\":[\"1\",\"-1\",\"3\",\"4\"]}")
                        .arguments())
                .containsExactly(new V128(0xFFFF_FFFF_0000_0001L, 0x0000_0004_0000_0003L));
    }

    @Test
    void expectations_are_read_by_type() throws IOException {
        assertThat(expected("{\"type\":\"f32\",\"value\":\"nan:canonical\"}")).isEqualTo(new Pattern.Nan32(true));
        assertThat(expected("{\"type\":\"f64\",\"value\":\"nan:arithmetic\"}")).isEqualTo(new Pattern.Nan64(false));
        assertThat(expected("{\"type\":\"f32\",\"value\":\"3\"}")).isEqualTo(new Pattern.F32(3));
        assertThat(expected("{\"type\":\"refnull\"}")).isEqualTo(new Pattern.Null());
        assertThat(expected("{\"type\":\"exnref\",\"value\":\"null\"}")).isEqualTo(new Pattern.Null());
        assertThat(expected("{\"type\":\"funcref\"}")).isEqualTo(new Pattern.NotNull());
        assertThat(expected("{\"type\":\"externref\",\"value\":\"5\"}")).isEqualTo(new Pattern.Host(5));
        assertThat(expected("{\"type\":\"v128\",\"lane_type\":\"i64\",\"value\":[\"1\",\"2\"]}"))
                .isEqualTo(new Pattern.Vector(64, List.of(new Pattern.I64(1), new Pattern.I64(2))));
        assertThat(expected("{\"type\":\"either\",\"values\":[{\"type\":\"i32\",\"value\":\"1\"}]}"))
                .isEqualTo(new Pattern.Either(List.of(new Pattern.I32(1))));
    }
}
