/// Tests of the loop, with a world that obeys a clock of its own.
@NullMarked
package dev.wattle.control.loop;

import org.jspecify.annotations.NullMarked;
