package dev.wattle.host.component.abi;

import dev.wattle.host.component.Sandbox;

/// What the canonical ABI takes of the host's heap for one sandbox.
///
/// Calls are nested, and so are the lives of values: what is lifted while a guest calls out is gone when that
/// call returns; what the root call answers lives as long as the sandbox. Tables of handles never shrink.
record SandboxHeap(HeapShare values, HeapShare handles) implements AutoCloseable {
    static SandboxHeap of(Sandbox sandbox) {
        return sandbox.state(SandboxHeap.class, () -> {
            var made = new SandboxHeap(new HeapShare(sandbox.budget()), new HeapShare(sandbox.budget()));
            sandbox.own(made);
            return made;
        });
    }

    @Override
    public void close() {
        values.close();
        handles.close();
    }
}
