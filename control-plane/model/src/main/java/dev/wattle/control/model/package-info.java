/// What should run and what does: manifests, desired and observed state, and the planner between them.
///
/// Here: reading a manifest with line and column in every complaint, and `plan(desired, observed) → steps`, a
/// pure function. Not here: leadership, detection and the loop (`dev.wattle.control.loop`), messages to hosts
/// (`dev.wattle.control.server`).
///
/// May depend on: `lattice/protocol`, and a YAML parser that no signature shows. Pure: no clock, no randomness,
/// no I/O, no logging. Start reading at the manifest, then the planner.
@NullMarked
package dev.wattle.control.model;

import org.jspecify.annotations.NullMarked;
