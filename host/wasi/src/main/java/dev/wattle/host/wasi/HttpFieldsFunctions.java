package dev.wattle.host.wasi;

import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.util.List;

/// The functions of `wasi:http/types.fields`.
final class HttpFieldsFunctions {
    private HttpFieldsFunctions() {}

    static void addTo(InterfaceTable.Builder table) {
        String method = "[method]fields.";
        table.gives("[constructor]fields", 0, (sandbox, _) -> new Fields().give(sandbox, HttpInterfaces.FIELDS))
                .gives("[static]fields.from-list", 1, (sandbox, arguments) -> fromList(sandbox, arguments.list(0)))
                .gives(
                        method + "get",
                        2,
                        (_, arguments) -> values(fields(arguments).values(arguments.text(1))))
                .gives(
                        method + "has",
                        2,
                        (_, arguments) -> WitValue.of(
                                !fields(arguments).values(arguments.text(1)).isEmpty()))
                .gives(
                        method + "set",
                        3,
                        (_, arguments) -> change(() -> fields(arguments)
                                .set(
                                        arguments.text(1),
                                        arguments.list(2).stream()
                                                .map(HttpFieldsFunctions::bytes)
                                                .toList())))
                .gives(
                        method + "delete",
                        2,
                        (_, arguments) -> change(() -> fields(arguments).delete(arguments.text(1))))
                .gives(
                        method + "append",
                        3,
                        (_, arguments) -> change(() -> fields(arguments).append(arguments.text(1), arguments.bytes(2))))
                .gives(method + "entries", 1, (_, arguments) -> entries(fields(arguments)))
                .gives(
                        method + "clone",
                        1,
                        (sandbox, arguments) -> fields(arguments).copy().give(sandbox, HttpInterfaces.FIELDS));
    }

    private static WitValue fromList(Sandbox sandbox, List<WitValue> pairs) {
        var fields = new Fields();
        try {
            for (WitValue pair : pairs) {
                List<WitValue> parts = ((WitValue.TupleValue) pair).elements();
                fields.append(((WitValue.Text) parts.get(0)).value(), bytes(parts.get(1)));
            }
        } catch (Fields.RefusedException refused) {
            return refusal(refused);
        }
        return WitValue.ok(fields.give(sandbox, HttpInterfaces.FIELDS));
    }

    private static WitValue entries(Fields fields) {
        return WitValue.list(fields.entries().stream()
                .map(entry -> WitValue.tuple(WitValue.of(entry.name()), new WitValue.Bytes(entry.value())))
                .toList());
    }

    private static WitValue values(List<ByteString> values) {
        return WitValue.list(values.stream().map(WitValue.Bytes::new).toList());
    }

    private static WitValue change(Runnable work) {
        try {
            work.run();
            return WitValue.ok();
        } catch (Fields.RefusedException refused) {
            return refusal(refused);
        }
    }

    private static WitValue refusal(Fields.RefusedException refused) {
        return WitValue.error(WitValue.variant(refused.label()));
    }

    private static Fields fields(Arguments arguments) {
        return arguments.object(0, Fields.class);
    }

    private static ByteString bytes(WitValue value) {
        return ((WitValue.Bytes) value).bytes();
    }
}
