package dev.wattle.host.wasi;

/// How a guest ended itself (`wasi:cli/exit`): kept as a state of its sandbox, beside the trap that ends it.
///
/// @param code 0 for success
public record GuestExit(int code) {}
