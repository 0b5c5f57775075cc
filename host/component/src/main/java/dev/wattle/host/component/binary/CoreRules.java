package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.Definition.Argument;
import dev.wattle.host.component.binary.ModuleShape.ImportName;
import dev.wattle.host.engine.CoreType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rules for core modules and core instances.
///
/// @spec Binary.md "Instance Definitions"
final class CoreRules {
    private final Scope scope;
    private final Work work;

    CoreRules(Scope scope, Work work) {
        this.scope = scope;
        this.work = work;
    }

    Step instantiate(Definition.CoreInstantiate definition) {
        long offset = definition.offset();
        ModuleShape module = Scope.at(scope.coreModules, definition.module(), Sort.CORE_MODULE, offset);
        Map<String, Integer> arguments = new HashMap<>();
        for (Argument argument : definition.arguments()) {
            Scope.at(scope.coreInstances, argument.index(), Sort.CORE_INSTANCE, argument.offset());
            if (arguments.put(argument.name(), argument.index()) != null) {
                throw Failures.invalid(argument.offset(), "the argument '" + argument.name() + "' stands there twice");
            }
        }
        work.copy(module.imports().size());
        List<Step.CoreImport> imports = new ArrayList<>();
        module.imports()
                .forEach((name, type) -> imports.add(supply(offset, definition.module(), name, type, arguments)));
        scope.coreInstances.add(module.exports());
        return new Step.InstantiateModule(definition.module(), imports);
    }

    private Step.CoreImport supply(
            long offset, int module, ImportName wanted, CoreType type, Map<String, Integer> arguments) {
        Integer instance = arguments.get(wanted.module());
        CoreType supplied =
                instance == null ? null : scope.coreInstances.get(instance).get(wanted.name());
        String which = "core module " + module + " imports " + wanted;
        if (instance == null || supplied == null) {
            throw Failures.invalid(offset, which + ", which is not supplied");
        }
        if (!CoreMatching.fits(supplied, type)) {
            throw Failures.invalid(
                    offset, which + " as a " + CoreText.of(type) + " and is supplied a " + CoreText.of(supplied));
        }
        return new Step.CoreImport(instance, wanted);
    }

    Step bundle(Definition.CoreInlineInstance definition) {
        Map<String, CoreType> exports = new LinkedHashMap<>();
        for (Argument export : definition.exports()) {
            if (exports.put(export.name(), type(export)) != null) {
                throw Failures.invalid(export.offset(), "the export '" + export.name() + "' stands there twice");
            }
        }
        scope.coreInstances.add(exports);
        return new Step.BundleCore(definition.exports());
    }

    private CoreType type(Argument item) {
        long offset = item.offset();
        return switch (item.sort()) {
            case CORE_FUNCTION -> Scope.at(scope.coreFunctions, item.index(), item.sort(), offset);
            case CORE_TABLE -> Scope.at(scope.coreTables, item.index(), item.sort(), offset);
            case CORE_MEMORY -> Scope.at(scope.coreMemories, item.index(), item.sort(), offset);
            case CORE_GLOBAL -> Scope.at(scope.coreGlobals, item.index(), item.sort(), offset);
            case CORE_TAG -> Scope.at(scope.coreTags, item.index(), item.sort(), offset);
            case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNCTION, VALUE, TYPE, COMPONENT, INSTANCE ->
                throw Failures.invalid(
                        offset, "a core instance cannot export a " + item.sort().words());
        };
    }

    Step alias(Definition.AliasCoreExport alias) {
        long offset = alias.offset();
        Map<String, CoreType> instance = Scope.at(scope.coreInstances, alias.instance(), Sort.CORE_INSTANCE, offset);
        CoreType type = instance.get(alias.name());
        if (type == null) {
            throw Failures.invalid(
                    offset, "core instance " + alias.instance() + " has no export '" + alias.name() + "'");
        }
        boolean fits = switch (type) {
            case CoreType.Function function -> alias.sort() == Sort.CORE_FUNCTION && scope.coreFunctions.add(function);
            case CoreType.Table table -> alias.sort() == Sort.CORE_TABLE && scope.coreTables.add(table);
            case CoreType.Memory memory -> alias.sort() == Sort.CORE_MEMORY && scope.coreMemories.add(memory);
            case CoreType.Global global -> alias.sort() == Sort.CORE_GLOBAL && scope.coreGlobals.add(global);
            case CoreType.Tag tag -> alias.sort() == Sort.CORE_TAG && scope.coreTags.add(tag);
        };
        if (!fits) {
            throw Failures.invalid(
                    offset,
                    "the export '" + alias.name() + "' is no " + alias.sort().words());
        }
        return new Step.AliasCoreExport(alias.sort(), alias.instance(), alias.name());
    }
}
