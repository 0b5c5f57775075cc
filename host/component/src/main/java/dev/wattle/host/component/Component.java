package dev.wattle.host.component;

import dev.wattle.host.component.binary.ComponentDecoder;
import dev.wattle.host.component.binary.ComponentDefinition;
import dev.wattle.host.component.binary.ComponentShape;
import dev.wattle.host.component.binary.ComponentValidator;
import dev.wattle.host.component.binary.FeatureGate;
import dev.wattle.host.component.binary.TypeNames;
import dev.wattle.host.component.binary.ValidComponent;
import dev.wattle.host.engine.Engine;
import java.util.Objects;
import java.util.Set;

/// A component: decoded, validated and compiled. Immutable; safe for any thread.
///
/// ```java
/// Component component = Component.load(engine, bytes);
/// LinkedComponent linked = component.link(imports);          // once
/// try (Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
///     ComponentFunction add = linked.instantiate(sandbox).function("cyber:math/operations", "add").orElseThrow();
///     add.call(List.of(WitValue.of(2), WitValue.of(40)));    // 42
/// }
/// ```
public final class Component {
    private final PlanItem.OfComponent component;
    private final ComponentType type;
    private final String wit;

    private Component(PlanItem.OfComponent component) {
        ComponentShape shape = component.component().shape();
        this.component = component;
        this.type = WorldType.of(shape);
        this.wit = WitPrinter.print(shape, component.names());
    }

    /// A component that an instance exports.
    static Component exported(PlanItem.OfComponent component) {
        return new Component(component);
    }

    /// What planning needs of it.
    PlanItem.OfComponent item() {
        return component;
    }

    /// Decodes, validates and compiles a component that uses what WASI 0.2 guests use. Does not keep the array.
    ///
    /// @throws ComponentException when the bytes are no component, damaged, invalid, or use a [Feature]
    public static Component load(Engine engine, byte[] binary) {
        return load(engine, binary, Set.of());
    }

    /// Decodes, validates and compiles. Does not keep the array.
    ///
    /// @param features that it may use
    /// @throws ComponentException when the bytes are no component, damaged, invalid, or use a feature that is not
    ///     among `features`
    public static Component load(Engine engine, byte[] binary, Set<Feature> features) {
        Objects.requireNonNull(engine, "engine");
        FeatureGate gate = new FeatureGate(features);
        ComponentDefinition definition = ComponentDecoder.decode(binary, gate);
        TypeNames names = new TypeNames();
        ValidComponent valid = ComponentValidator.validate(definition, new EngineModules(engine, binary), gate, names);
        return new Component(new PlanItem.OfComponent(valid, null, names));
    }

    /// What it imports and exports.
    public ComponentType type() {
        return type;
    }

    /// The same as WIT text.
    public String wit() {
        return wit;
    }

    /// Finds everything that it imports.
    ///
    /// @throws ComponentException with [Code#UNRESOLVED_IMPORT], naming all that is missing
    public LinkedComponent link(ImportSource imports) {
        return link(imports, Layer.GENERATED);
    }

    /// As [#link(ImportSource)] does, with the layer that moves values.
    public LinkedComponent link(ImportSource imports, Layer layer) {
        return new LinkedComponent(new Linker(component.component().shape(), imports).plan(component), type, layer);
    }
}
