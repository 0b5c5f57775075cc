/// Compiling in another process what is too large for this one: [dev.wattle.host.engine.jvm.helper.HelperProcess]
/// starts
/// a JVM with the engine's own classes, whose [dev.wattle.host.engine.jvm.helper.Helper] gets the module on its
/// standard
/// input and answers with class files on its standard output.
@NullMarked
package dev.wattle.host.engine.jvm.helper;

import org.jspecify.annotations.NullMarked;
