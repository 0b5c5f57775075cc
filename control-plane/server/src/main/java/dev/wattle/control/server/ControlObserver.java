package dev.wattle.control.server;

import dev.wattle.control.loop.ControlEffect;

/// Hears what a control plane does, for metrics. Called on its loop's thread; must not block.
public interface ControlObserver {
    /// Hears nothing.
    ControlObserver SILENT = new ControlObserver() {
        @Override
        public void effect(ControlEffect effect) {}

        @Override
        public void handled(String event, long nanos) {}
    };

    /// Something is done.
    void effect(ControlEffect effect);

    /// An event was taken, passes included.
    void handled(String event, long nanos);
}
