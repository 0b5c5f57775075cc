package dev.wattle.lattice.agent;

import dev.wattle.lattice.protocol.ComponentSpec;
import dev.wattle.lattice.protocol.ConfigData;
import dev.wattle.lattice.protocol.LatticeName;

/// The stores that all hosts of a lattice share.
public enum Bucket {
    /// Links and image references, by source.
    LATTICE_DATA,
    /// Named configuration.
    CONFIG_DATA;

    /// Its name in JetStream.
    public String nameIn(LatticeName lattice) {
        return switch (this) {
            case LATTICE_DATA -> ComponentSpec.bucket(lattice);
            case CONFIG_DATA -> ConfigData.bucket(lattice);
        };
    }
}
