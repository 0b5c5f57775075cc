/// What the tests of every module share.
///
/// Here: waiting for a state (`Eventually`) and seeded generators whose seed is printed when a test fails
/// (`Gen`). Not here: fakes that know one module's types; they live in that module's test folder.
///
/// May depend on: JUnit and AssertJ, and on no module of ours. Only test code may depend on it.
/// Start reading at `Eventually`.
@NullMarked
package dev.wattle.testkit;

import org.jspecify.annotations.NullMarked;
