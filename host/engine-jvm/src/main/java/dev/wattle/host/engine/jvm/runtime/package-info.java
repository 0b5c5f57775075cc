/// What generated code is made of and calls: instances, memories, tables, references, exceptions, and the
/// instructions that are more than one of the JVM's.
///
/// Public because generated classes live in other class loaders; for nobody else. Not here: linking, and anything
/// that knows how code is made.
///
/// May depend on: the engine contract and the JDK. Start reading at `Instance`.
@NullMarked
package dev.wattle.host.engine.jvm.runtime;

import org.jspecify.annotations.NullMarked;
