/// Runs reference suites, as their authors publish them, against our engines.
///
/// Here: the reading of a suite's scripts ([ScriptReader], [Command]), their execution against an engine
/// ([CoreSession]), the list of what is out of scope ([NotYet]), the counting, and the command behind
/// `wattle test --core` ([SpecMain]). Not here: the suites themselves, which are read where they lie, and
/// `wasm-tools`, which splits them.
///
/// May depend on: the engine's contract, the engines, Jackson.
/// Start reading at [SuiteRun].
@NullMarked
package dev.wattle.spec;

import org.jspecify.annotations.NullMarked;
