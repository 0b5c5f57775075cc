package dev.wattle.spec;

/// What a script gives as `(ref.extern N)`: an object of the host, equal to any other of that number.
record HostReference(long number) {}
