package dev.wattle.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The kernels do what they say, and their committed binaries belong to the committed sources.
final class KernelsTest {
    private static final Path KERNELS = Path.of(System.getProperty("wattle.home", ".."), "benchmarks/kernels");
    private static final Path PREBUILT = KERNELS.resolve("prebuilt");
    private static final Engine ENGINE = Engines.create();

    /// What a committed binary may weigh.
    private static final long MAX_BINARY_BYTES = 300_000;

    /// The numbers of sha256, sieve, vm and matmul were computed in another language from the same definitions;
    /// lz compares what it unpacks itself; the others are what three engines agree on.
    @ParameterizedTest
    @CsvSource({
        "fib, 15, 610",
        "sha256, 2, 7356494580984422224",
        "matmul, 2, -5643980291783823379",
        "sieve, 2, -6135284732244216784",
        "qsort, 2, -3720577391995775843",
        "vm, 100, 1896280819827202479",
        "json, 2, 4463984448561080442",
        "lz, 2, 8713416371366455512",
        "regex, 1, -1564392171711069235",
        "sandbox, 5, 156",
        "page, 3, 1042"
    })
    void a_kernel_comes_to_its_result(String kernel, int argument, long result) throws Throwable {
        CoreModule module = ENGINE.compile(Files.readAllBytes(PREBUILT.resolve(kernel + ".wasm")));
        var control = new GuestControl();
        try (var instance = module.instantiate(List.of(), CoreLimits.DEFAULTS, control)) {
            var run = ((CoreExtern.Function) instance.export("run")).handle();
            control.enter();
            long answer = (long) run.invokeExact(argument);
            control.exit();
            assertThat(answer).isEqualTo(result);
        }
    }

    @Test
    void the_binaries_belong_to_the_sources() throws IOException {
        var listed = new TreeMap<String, String>();
        for (String line : Files.readAllLines(PREBUILT.resolve("inputs.sha256"))) {
            String[] words = line.split(" ");
            listed.put(words[0], words[1]);
        }
        assertThat(listed.remove("inputs"))
                .as("sources of the kernels changed: run benchmarks/kernels/build and commit the result")
                .isEqualTo(inputsHash());
        var found = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(PREBUILT)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".wasm")).toList()) {
                assertThat(file.toFile().length()).as(file.toString()).isLessThan(MAX_BINARY_BYTES);
                found.put(file.getFileName().toString(), sha256(Files.readAllBytes(file)));
            }
        }
        assertThat(found).isEqualTo(listed);
    }

    /// The recipe is that of `benchmarks/kernels/build`.
    private static String inputsHash() throws IOException {
        var lines = new TreeSet<byte[]>(Arrays::compareUnsigned);
        for (String input : List.of("src", "examples", "text", "c", "build", "Cargo.toml", "Cargo.lock")) {
            try (Stream<Path> files = Files.walk(KERNELS.resolve(input))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = KERNELS.relativize(file).toString().replace('\\', '/');
                    lines.add((sha256(Files.readAllBytes(file)) + "  " + name + "\n").getBytes(UTF_8));
                }
            }
        }
        MessageDigest digest = digest();
        lines.forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
