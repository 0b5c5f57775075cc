package dev.wattle.host.component.typed;

import dev.wattle.host.component.ComponentFunction;

/// A guest's function, and how its values are converted; a method's first parameter, the resource, is not among
/// those.
record GuestCall(ComponentFunction function, TypedSignature signature) {}
