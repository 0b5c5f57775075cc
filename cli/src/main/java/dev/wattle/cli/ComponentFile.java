package dev.wattle.cli;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentType;
import dev.wattle.host.component.ExternType;
import dev.wattle.host.engine.Engines;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WaveCall;
import dev.wattle.wit.WitText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A component that the caller names, and the functions that it exports.
///
/// @param name as the caller wrote it
record ComponentFile(String name, Component component) {
    /// An exported function.
    ///
    /// @param interfaceName nothing at the root of the world
    record Export(Optional<String> interfaceName, String function, FunctionType type) {
        /// `cyber:math/operations#add: func(a: u32, b: u32) -> u32`.
        String signature() {
            return interfaceName.map(text -> text + "#").orElse("") + function + ": " + WitText.print(type);
        }
    }

    /// @throws CommandFailure when it cannot be read or is no component
    static ComponentFile load(Surroundings surroundings, String name) {
        byte[] bytes = InputFile.read("component", name, surroundings.resolve(name));
        try {
            return new ComponentFile(name, Component.load(Engines.create(), bytes));
        } catch (ComponentException refused) {
            throw CommandFailure.failed(name + ": " + refused.getMessage(), refused);
        }
    }

    /// All functions that can be called, in the order of the binary.
    List<Export> functions() {
        List<Export> functions = new ArrayList<>();
        for (Map.Entry<String, ExternType> export : type().exports().entrySet()) {
            switch (export.getValue()) {
                case ExternType.FunctionItem(FunctionType type) ->
                    functions.add(new Export(Optional.empty(), export.getKey(), type));
                case ExternType.InterfaceItem item ->
                    item.functions()
                            .forEach((function, type) ->
                                    functions.add(new Export(Optional.of(export.getKey()), function, type)));
                case ExternType.TypeItem _,
                        ExternType.ResourceItem _,
                        ExternType.ModuleItem _,
                        ExternType.ComponentItem _,
                        ExternType.ValueItem _,
                        ExternType.OtherTypeItem _ -> {}
            }
        }
        return functions;
    }

    private ComponentType type() {
        return component.type();
    }

    /// The function that a call means. An interface may be named without its version where there is one version
    /// of it.
    ///
    /// @throws CommandFailure naming all that is exported
    Export find(WaveCall call) {
        List<Export> candidates = functions().stream()
                .filter(export -> export.function().equals(call.function()))
                .filter(export -> matches(call.interfaceName(), export.interfaceName()))
                .toList();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        if (candidates.isEmpty()) {
            String wanted = call.interfaceName().map(text -> text + "#").orElse("") + call.function();
            throw CommandFailure.usage(name + " exports no function '" + wanted + "'" + listing(functions()));
        }
        throw CommandFailure.usage("several functions of " + name + " match; name the version" + listing(candidates));
    }

    private static boolean matches(Optional<String> wanted, Optional<String> exported) {
        if (wanted.equals(exported)) {
            return true;
        }
        Optional<InterfaceName> left = wanted.flatMap(InterfaceName::tryParse);
        Optional<InterfaceName> right = exported.flatMap(InterfaceName::tryParse);
        return left.isPresent()
                && right.isPresent()
                && left.get().version().isEmpty()
                && left.get().equals(right.get().withoutVersion());
    }

    private static String listing(List<Export> exports) {
        if (exports.isEmpty()) {
            return "; it exports no functions";
        }
        var text = new StringBuilder("; it exports:");
        exports.forEach(export -> text.append("\n  ").append(export.signature()));
        return text.toString();
    }
}
