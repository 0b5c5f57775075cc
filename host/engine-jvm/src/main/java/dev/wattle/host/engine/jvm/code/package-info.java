/// From a valid module to JVM classes.
///
/// Here: the translation of bodies, splitting, the classes of functions, signatures and instances, and the
/// class loaders that make them when they are first needed. Not here: what generated code calls when it runs.
///
/// May depend on: `binary`, `runtime` and the JDK. Start reading at `ModuleCode`, and at `DESIGN.md` of this
/// module.
@NullMarked
package dev.wattle.host.engine.jvm.code;

import org.jspecify.annotations.NullMarked;
