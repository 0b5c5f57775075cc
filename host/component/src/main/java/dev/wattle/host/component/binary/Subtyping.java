package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreModule;
import java.util.Set;

/// Does what a host supplies fit what a component imports?
///
/// @spec Explainer.md "Type Checking"
public final class Subtyping {
    private Subtyping() {}

    /// @param name of the import, for messages
    /// @throws dev.wattle.host.component.ComponentException when the module is no subtype of what is wanted
    public static void requireModule(String name, ModuleShape wanted, CoreModule supplied) {
        CoreMatching.require(-1, name, wanted, ModuleShape.of(-1, supplied), new Work());
    }

    /// Does what one component exports fit what another imports?
    ///
    /// @param name of the import, for messages
    /// @param importer what the resources stand for that the importer is supplied with
    /// @param exporter likewise, and what those stand for that the exporter makes
    /// @throws dev.wattle.host.component.ComponentException when it is no subtype of what is wanted
    public static void require(
            String name, Entity wanted, Substitution importer, Entity supplied, Substitution exporter) {
        new Matching(-1, Set.of(), importer, new Work()).require(name, wanted, exporter.apply(supplied));
    }

    /// @param name of the import, for messages
    /// @param resources what the resources stand for that the component which imports it was supplied with
    /// @throws dev.wattle.host.component.ComponentException when the component is no subtype of what is wanted
    public static void requireComponent(
            String name, ComponentShape wanted, ComponentShape supplied, Substitution resources) {
        new Matching(-1, Set.of(), resources, new Work())
                .require(name, new Entity.OfComponent(wanted), new Entity.OfComponent(supplied));
    }
}
