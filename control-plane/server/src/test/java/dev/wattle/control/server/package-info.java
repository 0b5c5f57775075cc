/// Tests of a whole control plane over a transport.
@NullMarked
package dev.wattle.control.server;

import org.jspecify.annotations.NullMarked;
