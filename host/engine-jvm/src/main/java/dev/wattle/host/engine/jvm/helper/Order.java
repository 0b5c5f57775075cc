package dev.wattle.host.engine.jvm.helper;

import dev.wattle.host.engine.jvm.code.CodeOptions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;

/// What a helper is to compile: all it is told.
///
/// @param function its index
/// @param time after which nobody waits for the answer
/// @param classBytes the most that is taken
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record Order(byte[] module, String digest, CodeOptions options, int function, Duration time, long classBytes) {
    private static final int MAGIC = 0x57_4F_52_44;

    void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(function);
        out.writeLong(time.toMillis());
        out.writeLong(classBytes);
        out.writeUTF(digest);
        out.writeBoolean(options.eager());
        out.writeInt(options.maxMethodBytes());
        out.writeInt(options.chunkBytes());
        out.writeInt(options.maxStatementBytes());
        out.writeBoolean(options.polls());
        out.writeBoolean(options.cards());
        out.writeInt(module.length);
        out.write(module);
        out.flush();
    }

    static Order read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not an order");
        }
        int function = in.readInt();
        Duration time = Duration.ofMillis(in.readLong());
        long classBytes = in.readLong();
        String digest = in.readUTF();
        var options = new CodeOptions(
                in.readBoolean(), in.readInt(), in.readInt(), in.readInt(), in.readBoolean(), in.readBoolean());
        byte[] module = new byte[in.readInt()];
        in.readFully(module);
        return new Order(module, digest, options, function, time, classBytes);
    }
}
