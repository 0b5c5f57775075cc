package dev.wattle.host.component;

import dev.wattle.host.component.binary.TypeNames;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitText;
import dev.wattle.wit.WitType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which interface named which type first, and how names are written.
final class WitTypeNames {
    /// A type is a name of a name of a name …: no tool makes more, and a loop of names must end.
    private static final int MAX_CHAIN = 100;

    /// A name in an interface; the interface "" is the world itself.
    record Named(String interfaceName, String name) {}

    private final TypeNames aliases;
    private final IdentityHashMap<WitType, Named> types = new IdentityHashMap<>();
    private final Map<ResourceType, Named> resources = new HashMap<>();

    WitTypeNames(TypeNames aliases) {
        this.aliases = aliases;
    }

    /// Who named the resource before; null, and from now on `named`, when nobody did.
    @Nullable
    Named claim(ResourceType type, Named named) {
        return resources.putIfAbsent(type, named);
    }

    /// Who named the type, or the type that it is another name for, before; null when nobody did. The name is
    /// kept.
    @Nullable
    Named claim(WitType type, Named named) {
        if (type instanceof WitType.Primitive) {
            return null;
        }
        Named first = types.get(type);
        WitType next = aliases.aliased(type);
        for (int step = 0; first == null && next != null && step < MAX_CHAIN; step++) {
            first = types.get(next);
            next = aliases.aliased(next);
        }
        types.putIfAbsent(type, named);
        return first;
    }

    /// A label, escaped when it is a word of WIT.
    static String label(String name) {
        return WitText.identifier(name);
    }

    /// `wasi:io@0.2.0`.
    static String packageOf(InterfaceName name) {
        return name.namespace() + ":" + name.packageName()
                + name.version().map(version -> "@" + version).orElse("");
    }

    /// How `other` is written inside of `scope`: by its last part in the same package.
    static String reference(String scope, String other) {
        InterfaceName name = InterfaceName.tryParse(other).orElse(null);
        InterfaceName from = InterfaceName.tryParse(scope).orElse(null);
        return name != null && from != null && packageOf(name).equals(packageOf(from))
                ? label(name.interfaceName())
                : other;
    }
}
