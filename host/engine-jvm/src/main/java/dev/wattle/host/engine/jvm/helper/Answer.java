package dev.wattle.host.engine.jvm.helper;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a helper says.
sealed interface Answer {
    int MAGIC = 0x57_41_4E_53;

    /// The class files of the function, by their names with dots.
    record Compiled(Map<String, byte[]> classes) implements Answer {}

    /// It cannot be done.
    record Refused(String why) implements Answer {}

    default void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        switch (this) {
            case Compiled compiled -> {
                out.writeInt(compiled.classes().size());
                for (var each : compiled.classes().entrySet()) {
                    out.writeUTF(each.getKey());
                    out.writeInt(each.getValue().length);
                    out.write(each.getValue());
                }
            }
            case Refused refused -> {
                out.writeInt(-1);
                out.writeUTF(refused.why());
            }
        }
        out.flush();
    }

    /// @param maxBytes of all classes together; the other side may not keep to it
    static Answer read(DataInputStream in, long maxBytes) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not an answer");
        }
        int count = in.readInt();
        if (count < 0) {
            return new Refused(in.readUTF());
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        long left = maxBytes;
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            int length = in.readInt();
            left -= length;
            if (length < 0 || left < 0) {
                throw new IOException("too long");
            }
            byte[] content = new byte[length];
            in.readFully(content);
            classes.put(name, content);
        }
        return new Compiled(classes);
    }
}
