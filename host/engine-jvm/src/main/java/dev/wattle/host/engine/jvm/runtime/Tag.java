package dev.wattle.host.engine.jvm.runtime;

/// What an exception is thrown and caught by: equal to itself only. Its type is known to whoever links.
public final class Tag {}
