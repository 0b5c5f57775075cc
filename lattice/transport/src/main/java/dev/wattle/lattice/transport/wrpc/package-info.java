/// Calls over a transport, as wRPC has them: parameters to whoever serves a subject, results back to an inbox.
///
/// Here: the handshake, chunks, deadlines, and what becomes of a call that has no answer. Bytes only.
/// Not here: what the bytes mean (`dev.wattle.lattice.protocol.WrpcCodec`), and retries.
///
/// Between two of ours a small call is two messages instead of five: the caller marks its request as whole, and
/// the callee answers with one whole message; a handshake follows only when the answer takes long, so that the
/// caller knows whom to ask whether it still lives. Peers that do not know the mark do what the protocol says.
///
/// May depend on: `dev.wattle.lattice.transport` and `lattice/protocol`.
/// Start reading at `WrpcClient.invoke`.
@NullMarked
package dev.wattle.lattice.transport.wrpc;

import org.jspecify.annotations.NullMarked;
