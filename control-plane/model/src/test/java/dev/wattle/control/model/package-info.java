/// Tests of manifests and of the planner.
@NullMarked
package dev.wattle.control.model;

import org.jspecify.annotations.NullMarked;
