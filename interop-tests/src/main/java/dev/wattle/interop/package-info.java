/// Guests that other people's compilers made of one test world, with every type of value and a resource, in
/// both directions: our answers beside what must be answered, and beside another runtime's.
///
/// Here: the calls ([Script], [Step]), the host that the guests call ([TestHost]), who makes the calls
/// ([Performer]: ours, the rules themselves, and wasmtime), the comparison, and the ring `wattle test
/// --interop` ([InteropMain]). Not here: the guests; they are below `components/`, whose README tells how they
/// are built.
///
/// May depend on: `host/component`, `host/wasi`, an engine, Jackson. Start reading at [Comparison].
@NullMarked
package dev.wattle.interop;

import org.jspecify.annotations.NullMarked;
