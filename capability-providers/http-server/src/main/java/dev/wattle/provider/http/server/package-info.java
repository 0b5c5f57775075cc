/// The HTTP server capability, on Vert.x: sockets, limits and routes in, calls to a handler out.
///
/// Here: reading requests and writing answers on event loops; handing each request to a thread that may
/// block. Not here: guests, links and WASI types. No guest ever runs on an event loop.
///
/// May depend on: `capability-providers/api` and Vert.x, which no signature shows. Hosts find it with
/// `ServiceLoader`.
/// Start reading at the provider's factory.
@NullMarked
package dev.wattle.provider.http.server;

import org.jspecify.annotations.NullMarked;
