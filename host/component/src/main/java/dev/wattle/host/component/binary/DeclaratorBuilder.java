package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.TypeSyntax.ComponentSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FunctionSyntax;
import dev.wattle.host.component.binary.TypeSyntax.InstanceSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ResourceSyntax;
import dev.wattle.wit.ResourceType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Makes a component or instance type from its declarations, which have index spaces of their own.
///
/// A component type's imports and exports may mention only types that it names; an instance type's are looked at
/// when something is imported or exported with it.
///
/// @spec Explainer.md "Declarators"
final class DeclaratorBuilder {
    private final ExternRules externRules;
    private final TypeNames names;
    private final Work work;
    private final Scope scope;
    private final NameRules importNames = new NameRules("the imports of the component type");
    private final NameRules exportNames = new NameRules("the exports of the type");
    private final Visibility visibility;
    private final SequencedMap<String, Entity> imports = new LinkedHashMap<>();
    private final SequencedMap<String, Entity> exports = new LinkedHashMap<>();
    private final Set<ResourceType> declared = new HashSet<>();

    DeclaratorBuilder(ExternRules externRules, TypeNames names, Work work, Scope parent) {
        this.externRules = externRules;
        this.names = names;
        this.work = work;
        this.scope = Scope.type(parent);
        this.visibility = new Visibility(scope, work);
    }

    TypeEntry.OfInstance instanceType(long offset, InstanceSyntax syntax) {
        declare(syntax.declarations(), false);
        return new TypeEntry.OfInstance(InstanceShape.of(offset, exports), Set.copyOf(declared));
    }

    TypeEntry.OfComponent componentType(long offset, ComponentSyntax syntax) {
        declare(syntax.declarations(), true);
        return new TypeEntry.OfComponent(ComponentShape.of(offset, imports, exports, scope.boundResources, declared));
    }

    private void declare(List<Definition> declarations, boolean component) {
        for (Definition declaration : declarations) {
            work.spend(1);
            declare(declaration, component);
        }
    }

    private void declare(Definition declaration, boolean component) {
        switch (declaration) {
            case Definition.CoreTypeDefinition(long _, CoreTypeSyntax type) ->
                new CoreTypeRules(scope, work).define(type);
            case Definition.TypeDefinition(long offset, TypeSyntax type) -> scope.types.add(entry(offset, type));
            case Definition.AliasExport alias -> {
                requireAliasable(alias.offset(), alias.sort(), Sort.INSTANCE);
                scope.add(externRules.exported(scope, alias));
            }
            case Definition.AliasOuter alias -> {
                requireAliasable(alias.offset(), alias.sort(), Sort.CORE_TYPE);
                externRules.addOuter(scope, alias);
            }
            case Definition.Import(long offset, String name, ExternSyntax type) -> {
                Entity entity = externRules.declared(scope, offset, name, type, scope.boundResources);
                importNames.add(offset, name, entity);
                visibility.addImport(offset, name, entity, type instanceof ExternSyntax.OfResource);
                imports.put(name, entity);
            }
            case Definition.ExportDeclaration(long offset, String name, ExternSyntax type) -> {
                Entity entity = externRules.declared(scope, offset, name, type, declared);
                exportNames.add(offset, name, entity);
                new ValueRules(scope, work).requireExportable(offset, name, entity);
                if (component) {
                    visibility.addExport(offset, name, entity, type instanceof ExternSyntax.OfResource);
                } else {
                    scope.add(entity);
                }
                exports.put(name, entity);
            }
            case Definition other ->
                throw Failures.malformed(
                        other.offset(), "this definition cannot stand in a component or instance type");
        }
    }

    private static void requireAliasable(long offset, Sort sort, Sort besidesTypes) {
        if (sort != Sort.TYPE && sort != besidesTypes) {
            throw Failures.invalid(
                    offset,
                    "an alias of a component or instance type may only refer to a type or " + besidesTypes.words()
                            + ", not a " + sort.words());
        }
    }

    private TypeEntry entry(long offset, TypeSyntax syntax) {
        return switch (syntax) {
            case ResourceSyntax _ ->
                throw Failures.invalid(offset, "resources can only be defined within a concrete component");
            case InstanceSyntax nested ->
                new DeclaratorBuilder(externRules, names, work, scope).instanceType(offset, nested);
            case ComponentSyntax nested ->
                new DeclaratorBuilder(externRules, names, work, scope).componentType(offset, nested);
            case FunctionSyntax function -> new TypeEntry.OfFunction(new TypeBuilder(scope, offset).function(function));
            case TypeSyntax value -> new TypeEntry.OfValue(new TypeBuilder(scope, offset).value(value));
        };
    }
}
