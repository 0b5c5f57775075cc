package dev.wattle.host.engine;

/// A 128-bit vector where it crosses between a guest and the host; little-endian.
///
/// @param low lanes from 0, the bytes 0..7
/// @param high the bytes 8..15
public record V128(long low, long high) {}
