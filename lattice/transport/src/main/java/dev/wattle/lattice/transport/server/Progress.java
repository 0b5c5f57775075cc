package dev.wattle.lattice.transport.server;

/// Takes lines that tell a person what is going on.
@FunctionalInterface
public interface Progress {
    void say(String line);

    /// For those who do not want to know.
    Progress SILENT = _ -> {};
}
