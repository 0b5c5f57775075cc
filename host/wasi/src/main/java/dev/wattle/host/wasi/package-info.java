/// WASI and the other interfaces that guests import, in Java; denied unless granted.
///
/// Here: io, clocks, random, cli, config, logging, http, each over the Component Model's host functions.
/// Not here: sockets of our own; what crosses the host's border goes through `dev.wattle.provider.api`.
///
/// May depend on: `host/component` and `capability-providers/api`.
/// Start reading at the grants.
@NullMarked
package dev.wattle.host.wasi;

import org.jspecify.annotations.NullMarked;
