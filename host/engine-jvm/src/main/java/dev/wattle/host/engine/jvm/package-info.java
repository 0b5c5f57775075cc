/// Our engine: core modules compiled to JVM bytecode, one function at a time, when it is first called.
///
/// Here: the engine, its modules, instances, linking and the boundary between host and guest. `binary` reads
/// modules, `code` makes classes, `runtime` is what those classes call.
///
/// May depend on: the engine contract and the JDK. Start reading at `JvmEngine`, and at `DESIGN.md` of this module.
@NullMarked
package dev.wattle.host.engine.jvm;

import org.jspecify.annotations.NullMarked;
