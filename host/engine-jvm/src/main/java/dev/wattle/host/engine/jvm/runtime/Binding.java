package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.GuestControl;
import org.jspecify.annotations.Nullable;

/// All that a new instance is given: the one argument of a generated instance class's constructor, which copies
/// what it needs into fields and keeps the rest of this alive by nothing.
///
/// @param control who may stop it
/// @param scratch of the sandbox
/// @param functions of the module
/// @param segments of the module
/// @param imports one for each imported function, each of the signature class of the import's type; null for
///     those that are in `wired`
/// @param wired one for each imported function of which the code knows what it is: the instance that has it, or
///     the host's first argument; null for others, and shorter when there are none
/// @param memories by memory index, imported and made
/// @param tables by table index, imported and made
/// @param globals the imported ones only; the constructor makes the others and gives them their values
/// @param tags by tag index, imported and made
@SuppressWarnings("ArrayRecordComponent") // copied into fields at once, and compared by nobody
public record Binding(
        GuestControl control,
        Scratch scratch,
        Instance.Functions functions,
        Segments segments,
        @Nullable FunctionReference[] imports,
        @Nullable Object[] wired,
        Memory[] memories,
        Table[] tables,
        GlobalCell[] globals,
        Tag[] tags) {}
