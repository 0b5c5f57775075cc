/// Puts a provider on the wire: client and server stubs of each capability, and hosting in this JVM or as a
/// process of its own.
///
/// Here: translating between the Java contracts and wRPC calls.
/// Not here: the contracts (`dev.wattle.provider.api`) and any one capability's behaviour.
///
/// May depend on: `capability-providers/api`, `lattice/protocol`, `lattice/transport`. It never sees the host's
/// modules.
/// Start reading at the class that hosts a provider.
@NullMarked
package dev.wattle.provider.sdk;

import org.jspecify.annotations.NullMarked;
