package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.Definition.Start;
import dev.wattle.host.component.binary.Definition.ValueDefinition;
import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;
import java.util.ArrayList;
import java.util.List;

/// Values, and functions that a component calls with them while it is instantiated.
///
/// @spec Binary.md "Start Definitions", "Value Definitions"
final class ValueDecoder {
    private ValueDecoder() {}

    static Definition start(ByteReader reader) {
        int start = reader.position();
        reader.use(Feature.VALUES, start, "a start function");
        int function = reader.readIndex();
        int count = reader.readCount("arguments");
        List<Integer> arguments = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            arguments.add(reader.readIndex());
        }
        return new Start(start, function, arguments, reader.readU32());
    }

    static Definition value(ByteReader reader) {
        int start = reader.position();
        reader.use(Feature.VALUES, start, "a value definition");
        ValueSyntax type = new ValueTypeDecoder(reader).value();
        String name = "the value that starts at byte " + start;
        return new ValueDefinition(start, type, new Literal(reader.slice(reader.readU32(), name)));
    }
}
