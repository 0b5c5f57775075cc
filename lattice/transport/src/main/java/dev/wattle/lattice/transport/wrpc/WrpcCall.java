package dev.wattle.lattice.transport.wrpc;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A call to make.
///
/// @param subject the invocation subject
/// @param headers source id, link name and the like; deadline and marks are added
/// @param params all encoded parameters
/// @param hasResults does the function have results? When it has, a peer's empty answer is a failure
public record WrpcCall(String subject, SortedMap<String, String> headers, ByteString params, boolean hasResults) {
    public WrpcCall {
        Objects.requireNonNull(subject, "subject");
        headers = headers.isEmpty() ? WrpcWire.NO_HEADERS : Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        Objects.requireNonNull(params, "params");
    }
}
