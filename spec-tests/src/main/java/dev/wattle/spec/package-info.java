/// Runs reference suites, as their authors publish them, against our engines.
///
/// Here: the reading of a suite's scripts ([ScriptReader], [Command]), their execution against an engine
/// ([CoreSession]) or `host/component` ([ComponentSession]), the lists of what is out of scope ([NotYet]) and of what
/// is not finished ([Unfinished]), the counting, and the command behind `wattle test --core` and `--spec` ([SpecMain]).
/// Not here: the suites themselves, which are read where they lie, and `wasm-tools`, which splits them.
///
/// May depend on: `host/component`, the engine's contract, the engines, Jackson.
/// Start reading at [SuiteRun].
@NullMarked
package dev.wattle.spec;

import org.jspecify.annotations.NullMarked;
