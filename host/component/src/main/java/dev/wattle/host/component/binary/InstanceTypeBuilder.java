package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.TypeSyntax.FunctionSyntax;
import dev.wattle.host.component.binary.TypeSyntax.InstanceSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ResourceSyntax;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/// Makes an instance type from its declarations, which have index spaces of their own.
///
/// @spec Explainer.md "Declarators"
final class InstanceTypeBuilder {
    private final ExternRules externRules;
    private final TypeNames names;
    private final Work work;
    private final Scope scope;
    private final NameRules exportNames = new NameRules("the exports of the instance type");
    private final SequencedMap<String, Entity> exports = new LinkedHashMap<>();

    InstanceTypeBuilder(ExternRules externRules, TypeNames names, Work work, Scope parent) {
        this.externRules = externRules;
        this.names = names;
        this.work = work;
        this.scope = Scope.instanceType(parent);
    }

    TypeEntry build(long offset, InstanceSyntax syntax) {
        for (Definition declaration : syntax.declarations()) {
            work.spend(1);
            declare(declaration);
        }
        return new TypeEntry.OfInstance(InstanceShape.of(offset, exports), Set.copyOf(scope.boundResources));
    }

    private void declare(Definition declaration) {
        switch (declaration) {
            case Definition.TypeDefinition(long offset, TypeSyntax type) -> scope.types.add(entry(offset, type));
            case Definition.AliasExport alias -> {
                if (alias.sort() != Sort.TYPE && alias.sort() != Sort.INSTANCE) {
                    throw Failures.invalid(
                            alias.offset(),
                            "an instance type cannot alias a " + alias.sort().words());
                }
                scope.add(externRules.exported(scope, alias));
            }
            case Definition.AliasOuter alias -> {
                if (alias.sort() != Sort.TYPE) {
                    throw Failures.invalid(
                            alias.offset(),
                            "an instance type cannot alias a " + alias.sort().words());
                }
                scope.types.add(externRules.outerType(scope, externRules.outer(scope, alias), alias));
            }
            case Definition.ExportDeclaration(long offset, String name, ExternSyntax type) -> {
                Entity entity = externRules.declared(scope, offset, name, type, scope.boundResources);
                exportNames.add(offset, name, entity);
                exports.put(name, entity);
                scope.add(entity);
            }
            case Definition other ->
                throw Failures.malformed(other.offset(), "this definition cannot stand in an instance type");
        }
    }

    private TypeEntry entry(long offset, TypeSyntax syntax) {
        return switch (syntax) {
            case ResourceSyntax _ ->
                throw Failures.invalid(offset, "a resource type cannot be defined in an instance type");
            case InstanceSyntax nested ->
                new InstanceTypeBuilder(externRules, names, work, scope).build(offset, nested);
            case FunctionSyntax function -> new TypeEntry.OfFunction(new TypeBuilder(scope, offset).function(function));
            case TypeSyntax value -> new TypeEntry.OfValue(new TypeBuilder(scope, offset).value(value));
        };
    }
}
