package dev.wattle.spec;

import dev.wattle.host.engine.V128;
import dev.wattle.spec.Command.Action;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what `wasm-tools json-from-wast` writes.
final class ScriptReader {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Set<String> NULLS = Set.of("nullref", "nullfuncref", "nullexnref", "nullexternref", "refnull");

    private ScriptReader() {}

    /// The commands of a script.
    ///
    /// @param json the script, after its conversion
    /// @param refusedTexts the files beside it that hold a text which `wasm-tools` refuses
    static List<Command> read(Path json, Set<String> refusedTexts) {
        var commands = new ArrayList<Command>();
        for (JsonNode node : MAPPER.readTree(json.toFile()).required("commands")) {
            commands.add(command(node, refusedTexts));
        }
        return List.copyOf(commands);
    }

    private static Command command(JsonNode node, Set<String> refusedTexts) {
        int line = node.required("line").asInt();
        String type = node.required("type").asString();
        return switch (type) {
            case "module" -> new Command.Module(line, text(node, "name"), file(node));
            case "module_definition" -> new Command.Definition(line, text(node, "name"), file(node));
            case "module_instance" -> new Command.Instantiate(line, text(node, "instance"), text(node, "module"));
            case "register" -> new Command.Register(line, node.required("as").asString(), text(node, "name"));
            case "action" -> new Command.Perform(line, action(node));
            case "assert_return" -> new Command.AssertReturn(line, action(node), patterns(node.required("expected")));
            case "assert_trap" -> new Command.AssertTrap(line, action(node), reason(node));
            case "assert_exhaustion" -> new Command.AssertExhaustion(line, action(node), reason(node));
            case "assert_exception" -> new Command.AssertException(line, action(node));
            case "assert_invalid" -> new Command.AssertInvalid(line, file(node), reason(node));
            case "assert_malformed" -> malformed(line, node, refusedTexts);
            case "assert_unlinkable" -> new Command.AssertUnlinkable(line, file(node), reason(node));
            case "assert_uninstantiable" -> new Command.AssertUninstantiable(line, file(node), reason(node));
            default -> new Command.Unknown(line, type);
        };
    }

    private static Command malformed(int line, JsonNode node, Set<String> refusedTexts) {
        String file = file(node);
        return isText(node)
                ? new Command.AssertMalformedText(line, file, refusedTexts.contains(file))
                : new Command.AssertMalformed(line, file, reason(node));
    }

    /// The files of texts that are meant to be refused.
    static List<String> malformedTexts(Path json) {
        var files = new ArrayList<String>();
        for (JsonNode node : MAPPER.readTree(json.toFile()).required("commands")) {
            if (node.required("type").asString().equals("assert_malformed") && isText(node)) {
                files.add(file(node));
            }
        }
        return files;
    }

    /// The binaries of all commands, in the order of the script.
    static List<String> files(Path json) {
        var files = new ArrayList<String>();
        for (JsonNode node : MAPPER.readTree(json.toFile()).required("commands")) {
            if (node.has("filename") && !isText(node)) {
                files.add(file(node));
            }
        }
        return files;
    }

    private static boolean isText(JsonNode node) {
        return node.path("module_type").asString("").equals("text") && !node.has("binary_filename");
    }

    /// A quoted module comes with its binary, where it has one.
    private static String file(JsonNode node) {
        return text(node, "binary_filename")
                .orElseGet(() -> node.required("filename").asString());
    }

    private static String reason(JsonNode node) {
        return node.required("text").asString();
    }

    private static Optional<String> text(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key)).map(JsonNode::asString);
    }

    private static Action action(JsonNode command) {
        JsonNode node = command.required("action");
        String field = node.required("field").asString();
        String type = node.required("type").asString();
        return switch (type) {
            case "invoke" -> new Action.Invoke(text(node, "module"), field, arguments(node.required("args")));
            case "get" -> new Action.Get(text(node, "module"), field);
            default -> throw new IllegalArgumentException("an action of type " + type);
        };
    }

    private static List<@Nullable Object> arguments(JsonNode nodes) {
        var arguments = new ArrayList<@Nullable Object>();
        nodes.forEach(node -> arguments.add(argument(node)));
        return arguments;
    }

    private static @Nullable Object argument(JsonNode node) {
        String type = node.required("type").asString();
        if (LiteralReader.reads(type)) {
            return LiteralReader.read(node);
        }
        JsonNode value = node.required("value");
        return switch (type) {
            case "i32" -> bits(value).intValue();
            case "i64" -> bits(value).longValue();
            case "f32" -> Float.intBitsToFloat(bits(value).intValue());
            case "f64" -> Double.longBitsToDouble(bits(value).longValue());
            case "v128" -> vector(laneBits(node), value);
            default -> isNull(value) ? null : new HostReference(bits(value).longValue());
        };
    }

    private static V128 vector(int laneBits, JsonNode lanes) {
        long low = 0;
        long high = 0;
        long mask = laneBits == Long.SIZE ? -1 : (1L << laneBits) - 1;
        for (int i = 0; i < lanes.size(); i++) {
            int from = i * laneBits;
            long lane = bits(lanes.get(i)).longValue() & mask;
            if (from < Long.SIZE) {
                low |= lane << from;
            } else {
                high |= lane << from;
            }
        }
        return new V128(low, high);
    }

    private static List<Pattern> patterns(JsonNode nodes) {
        var patterns = new ArrayList<Pattern>();
        nodes.forEach(node -> patterns.add(pattern(node)));
        return List.copyOf(patterns);
    }

    private static Pattern pattern(JsonNode node) {
        String type = node.required("type").asString();
        return switch (type) {
            case "i32", "i64", "f32", "f64" -> number(type, node.required("value"));
            case "v128" -> lanes(node);
            case "either" -> new Pattern.Either(patterns(node.required("values")));
            default -> LiteralReader.reads(type) ? new Pattern.Value(LiteralReader.read(node)) : reference(type, node);
        };
    }

    private static Pattern reference(String type, JsonNode node) {
        if (NULLS.contains(type)) {
            return new Pattern.Null();
        }
        JsonNode value = node.get("value");
        if (value == null) {
            return new Pattern.NotNull();
        }
        return isNull(value) ? new Pattern.Null() : new Pattern.Host(bits(value).longValue());
    }

    private static Pattern lanes(JsonNode node) {
        String lane = node.required("lane_type").asString();
        String number = lane.equals("i8") || lane.equals("i16") ? "i32" : lane;
        var patterns = new ArrayList<Pattern>();
        node.required("value").forEach(value -> patterns.add(number(number, value)));
        return new Pattern.Vector(laneBits(node), patterns);
    }

    private static Pattern number(String type, JsonNode value) {
        boolean wide = type.endsWith("64");
        return switch (value.asString()) {
            case "nan:canonical" -> wide ? new Pattern.Nan64(true) : new Pattern.Nan32(true);
            case "nan:arithmetic" -> wide ? new Pattern.Nan64(false) : new Pattern.Nan32(false);
            default ->
                switch (type) {
                    case "i32" -> new Pattern.I32(bits(value).intValue());
                    case "i64" -> new Pattern.I64(bits(value).longValue());
                    case "f32" -> new Pattern.F32(bits(value).intValue());
                    case "f64" -> new Pattern.F64(bits(value).longValue());
                    default -> throw new IllegalArgumentException("a number of type " + type);
                };
        };
    }

    private static int laneBits(JsonNode node) {
        return Integer.parseInt(node.required("lane_type").asString().substring(1));
    }

    private static boolean isNull(JsonNode value) {
        return value.asString().equals("null");
    }

    /// Numbers are decimal text, signed or not.
    static BigInteger bits(JsonNode value) {
        return new BigInteger(value.asString());
    }
}
