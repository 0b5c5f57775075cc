package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.CoreTypeSyntax.Composite;
import dev.wattle.host.component.binary.CoreTypeSyntax.CoreExternSyntax;
import dev.wattle.host.component.binary.CoreTypeSyntax.Group;
import dev.wattle.host.component.binary.CoreTypeSyntax.ModuleDeclaration;
import dev.wattle.host.component.binary.CoreTypeSyntax.ModuleSyntax;
import dev.wattle.host.component.binary.CoreTypeSyntax.SubType;
import dev.wattle.host.component.binary.CoreTypeSyntax.ValueSyntax;
import dev.wattle.host.component.binary.ModuleShape.ImportName;
import dev.wattle.host.engine.CoreType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// The rules for core types: appends them to the core type index space of a scope.
///
/// @spec Binary.md `core:type`; core "Validation"
final class CoreTypeRules {
    /// Pages of 64 KiB that an `i32` can address.
    private static final long MAX_MEMORY_PAGES = 1 << 16;

    private final Scope scope;
    private final Work work;

    CoreTypeRules(Scope scope, Work work) {
        this.scope = scope;
        this.work = work;
    }

    void define(CoreTypeSyntax syntax) {
        switch (syntax) {
            case Group(List<SubType> types) -> group(types);
            case ModuleSyntax(List<ModuleDeclaration> declarations) ->
                scope.coreTypes.add(new CoreTypeEntry.OfModule(module(declarations)));
        }
    }

    private void group(List<SubType> types) {
        int end = scope.coreTypes.size() + types.size();
        for (SubType type : types) {
            work.spend(1 + type.supertypes().size());
            CoreTypeEntry entry = entry(type, end);
            if (type.supertypes().size() > 1) {
                throw Failures.invalid(type.offset(), "a core type has more than one supertype");
            }
            for (int supertype : type.supertypes()) {
                if (!scope.coreType(supertype, type.offset()).opensTo(entry)) {
                    throw Failures.invalid(type.offset(), "core type " + supertype + " is no supertype for this one");
                }
            }
            scope.coreTypes.add(entry);
        }
    }

    private CoreTypeEntry entry(SubType type, int end) {
        return switch (type.composite()) {
            case Composite.FunctionSyntax(var parameters, var results, boolean shared) ->
                new CoreTypeEntry.OfFunction(
                        new CoreType.Function(
                                values(type.offset(), parameters, end), values(type.offset(), results, end)),
                        type.open(),
                        shared);
            case Composite.StructSyntax(var fields) -> {
                List<CoreType.Value> _ = values(type.offset(), fields, end);
                yield new CoreTypeEntry.OfStruct(type.open());
            }
            case Composite.ArraySyntax(var element) -> {
                CoreType.Value _ = value(type.offset(), element, end);
                yield new CoreTypeEntry.OfArray(type.open());
            }
        };
    }

    private List<CoreType.Value> values(long offset, List<ValueSyntax> values, int end) {
        work.spend(values.size());
        return values.stream().map(value -> value(offset, value, end)).toList();
    }

    /// @param end first index of a core type that may not be referred to
    private CoreType.Value value(long offset, ValueSyntax value, int end) {
        int index = value.index();
        if (index >= end) {
            throw Failures.invalid(offset, "there is no core type " + index);
        }
        if (index >= 0
                && index < scope.coreTypes.size()
                && scope.coreTypes.get(index) instanceof CoreTypeEntry.OfModule) {
            throw Failures.invalid(offset, "core type " + index + " is a module type");
        }
        return value.kind();
    }

    private ModuleShape module(List<ModuleDeclaration> declarations) {
        Scope inner = Scope.moduleType(scope);
        CoreTypeRules rules = new CoreTypeRules(inner, work);
        SequencedMap<ImportName, CoreType> imports = new LinkedHashMap<>();
        SequencedMap<String, CoreType> exports = new LinkedHashMap<>();
        for (ModuleDeclaration declaration : declarations) {
            work.spend(1);
            switch (declaration) {
                case ModuleDeclaration.TypeDeclaration(long _, CoreTypeSyntax type) -> rules.define(type);
                case ModuleDeclaration.OuterType alias -> rules.alias(alias);
                case ModuleDeclaration.ImportDeclaration(long at, String module, String name, var type) ->
                    ModuleShape.addImport(at, imports, new ImportName(module, name), rules.external(at, type));
                case ModuleDeclaration.ExportDeclaration(long at, String name, var type) -> {
                    if (exports.put(name, rules.external(at, type)) != null) {
                        throw Failures.invalid(at, "the export name '" + name + "' is already defined");
                    }
                }
            }
        }
        return new ModuleShape(imports, exports);
    }

    private void alias(ModuleDeclaration.OuterType alias) {
        Scope target = scope.outer(alias.count(), alias.offset());
        CoreTypeEntry entry = target.coreType(alias.index(), alias.offset());
        if (entry instanceof CoreTypeEntry.OfModule) {
            throw Failures.invalid(alias.offset(), "a module type cannot be aliased into a module type");
        }
        scope.coreTypes.add(entry);
    }

    CoreType external(long offset, CoreExternSyntax syntax) {
        int end = scope.coreTypes.size();
        return switch (syntax) {
            case CoreExternSyntax.OfFunction(int type) -> scope.coreFunctionType(type, offset);
            case CoreExternSyntax.OfTable(var element, long minimum, OptionalLong maximum) -> {
                checkLimits(offset, "table", minimum, maximum, 0xFFFF_FFFFL);
                CoreType.Value value = value(offset, element, end);
                requireReference(offset, value);
                yield new CoreType.Table(value, minimum, maximum);
            }
            case CoreExternSyntax.OfMemory(long minimum, OptionalLong maximum, boolean shared) -> {
                checkLimits(offset, "memory", minimum, maximum, MAX_MEMORY_PAGES);
                if (shared && maximum.isEmpty()) {
                    throw Failures.invalid(offset, "a shared memory has no maximum");
                }
                yield new CoreType.Memory(minimum, maximum, shared);
            }
            case CoreExternSyntax.OfGlobal(var value, boolean mutable) ->
                new CoreType.Global(value(offset, value, end), mutable);
            case CoreExternSyntax.OfTag(int type) -> {
                CoreType.Function function = scope.coreFunctionType(type, offset);
                if (!function.results().isEmpty()) {
                    throw Failures.invalid(offset, "a tag has results");
                }
                yield new CoreType.Tag(function);
            }
        };
    }

    private static void requireReference(long offset, CoreType.Value value) {
        boolean reference = switch (value) {
            case I32, I64, F32, F64, V128 -> false;
            case FUNCREF, EXTERNREF, EXNREF, OTHERREF -> true;
        };
        if (!reference) {
            throw Failures.malformed(offset, "a table has elements that are no references");
        }
    }

    private static void checkLimits(long offset, String what, long minimum, OptionalLong maximum, long most) {
        if (minimum > most || maximum.orElse(0) > most) {
            throw Failures.invalid(offset, what + " size must be at most " + most);
        }
        if (maximum.isPresent() && maximum.getAsLong() < minimum) {
            throw Failures.invalid(offset, "the minimum size of a " + what + " is greater than its maximum");
        }
    }
}
