package dev.wattle.host.component;

import dev.wattle.host.component.binary.ComponentShape;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.host.component.binary.InstanceShape;
import dev.wattle.host.component.binary.TypeNames;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The world of a component as WIT text: the world, then its interfaces by package. What the binary does not
/// keep (its own package, comments) is not there; names of types are, where it exports them.
final class WitPrinter {
    private final WitTypeNames names;
    private final StringBuilder world = new StringBuilder();
    private final SequencedMap<String, SequencedMap<String, WitInterface>> packages = new LinkedHashMap<>();
    private final WitInterface root;

    private WitPrinter(TypeNames names) {
        this.names = new WitTypeNames(names);
        this.root = new WitInterface(this.names, "");
    }

    static String print(ComponentShape shape, TypeNames names) {
        WitPrinter printer = new WitPrinter(names);
        shape.imports().forEach((name, entity) -> printer.item("import", name, entity));
        printer.world.append(printer.root.types("  "));
        printer.root.clearTypes();
        shape.exports().forEach((name, entity) -> printer.item("export", name, entity));
        return printer.text();
    }

    private void item(String direction, String name, Entity entity) {
        switch (entity) {
            case Entity.OfInstance(InstanceShape shape) -> instance(direction, name, shape);
            case Entity.OfFunction(FunctionType type) -> function(direction, name, type);
            case Entity.OfValueType _, Entity.OfResource _ -> root.add(name, entity);
            case Entity.OfComponent _, Entity.OfValue _, Entity.OfModule _ ->
                world.append("  ").append(WitInterface.unspoken(direction + " " + name, entity));
            case Entity.OfFunctionType _, Entity.OfInstanceType _, Entity.OfComponentType _ -> {}
        }
    }

    private void function(String direction, String name, FunctionType type) {
        if (name.startsWith("[")) {
            root.add(name, new Entity.OfFunction(type));
        } else {
            world.append("  ")
                    .append(direction)
                    .append(' ')
                    .append(WitTypeNames.label(name))
                    .append(": ");
            world.append(root.function(type)).append(";\n");
        }
    }

    private void instance(String direction, String name, InstanceShape shape) {
        Optional<InterfaceName> full = InterfaceName.tryParse(name);
        world.append("  ").append(direction).append(' ');
        if (full.isEmpty()) {
            WitInterface inline = new WitInterface(names, name);
            shape.exports().forEach(inline::add);
            world.append(WitTypeNames.label(name))
                    .append(": interface {\n")
                    .append(inline.body("    "))
                    .append("  }\n");
            return;
        }
        world.append(name).append(";\n");
        WitInterface text = packages.computeIfAbsent(WitTypeNames.packageOf(full.get()), _ -> new LinkedHashMap<>())
                .computeIfAbsent(full.get().interfaceName(), _ -> new WitInterface(names, name));
        shape.exports().forEach(text::add);
    }

    private String text() {
        StringBuilder text = new StringBuilder("package root:component;\n\nworld root {\n");
        text.append(world).append(root.types("  ")).append("}\n");
        for (Map.Entry<String, SequencedMap<String, WitInterface>> one : packages.entrySet()) {
            text.append("\npackage ").append(one.getKey()).append(" {\n");
            String separator = "";
            for (Map.Entry<String, WitInterface> inner : one.getValue().entrySet()) {
                text.append(separator)
                        .append("  interface ")
                        .append(WitTypeNames.label(inner.getKey()))
                        .append(" {\n");
                text.append(inner.getValue().body("    ")).append("  }\n");
                separator = "\n";
            }
            text.append("}\n");
        }
        return text.toString();
    }
}
