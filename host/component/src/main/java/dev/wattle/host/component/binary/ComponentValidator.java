package dev.wattle.host.component.binary;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.binary.TypeSyntax.ComponentSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FunctionSyntax;
import dev.wattle.host.component.binary.TypeSyntax.InstanceSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ResourceSyntax;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Definitions to typed steps: resolves all indices and checks what the supported part of the Component Model
/// demands.
///
/// @spec Explainer.md "Type Checking", Binary.md notes
public final class ComponentValidator {
    /// What validation asks of whoever compiles core modules.
    @FunctionalInterface
    public interface Modules {
        /// The compiled module whose bytes these are.
        CoreModule compile(Definition.CoreModuleBytes bytes);

        /// A core module of our own.
        ///
        /// @param offset of what needs it
        default CoreModule compile(byte[] module, long offset) {
            throw Failures.unsupported(offset, "what needs a core module of ours is");
        }

        /// The bytes themselves; none when there is nobody to read what cannot be compiled.
        default byte[] bytes(Definition.CoreModuleBytes bytes) {
            return new byte[0];
        }
    }

    private final Modules modules;
    private final FeatureGate features;
    private final TypeNames names;
    private final Work work;
    private final Scope scope;
    private final CoreRules coreRules;
    private final CanonRules canonRules;
    private final BuiltinRules builtinRules;
    private final ValueRules valueRules;
    private final ExternRules externRules;
    private final List<Step> steps = new ArrayList<>();
    private final SequencedMap<String, Entity> imports = new LinkedHashMap<>();
    private final SequencedMap<String, Entity> exports = new LinkedHashMap<>();
    private final NameRules importNames = new NameRules("the imports");
    private final Visibility visibility;
    private final NameRules exportNames = new NameRules("the exports");

    private ComponentValidator(
            Modules modules, FeatureGate features, TypeNames names, Work work, @Nullable Scope parent) {
        this.modules = modules;
        this.features = features;
        this.names = names;
        this.work = work;
        this.scope = Scope.component(parent);
        this.coreRules = new CoreRules(scope, work);
        this.canonRules = new CanonRules(scope, features, work);
        this.builtinRules = new BuiltinRules(scope, features, work);
        this.valueRules = new ValueRules(scope, work);
        this.visibility = new Visibility(scope, work);
        this.externRules = new ExternRules(names, work);
    }

    /// Validates a whole file.
    ///
    /// @param names learns the names of types
    /// @throws dev.wattle.host.component.ComponentException with the offset of the definition that is wrong
    public static ValidComponent validate(
            ComponentDefinition component, Modules modules, FeatureGate features, TypeNames names) {
        ValidComponent valid = new ComponentValidator(modules, features, names, new Work(), null).validate(component);
        features.check();
        return valid;
    }

    private ValidComponent validate(ComponentDefinition component) {
        for (Definition definition : component.definitions()) {
            work.at(definition.offset());
            work.spend(1);
            validate(definition);
        }
        scope.requireAllConsumed(component.offset());
        Set<ResourceType> defined = ExternRules.definedResources(exports, scope.boundResources, work);
        return new ValidComponent(
                ComponentShape.of(component.offset(), imports, exports, scope.boundResources, defined), steps);
    }

    private void validate(Definition definition) {
        switch (definition) {
            case Definition.CoreModuleBytes bytes -> define(bytes);
            case Definition.CoreInstantiate instantiate -> steps.add(coreRules.instantiate(instantiate));
            case Definition.CoreInlineInstance inline -> steps.add(coreRules.bundle(inline));
            case Definition.AliasCoreExport alias -> steps.add(coreRules.alias(alias));
            case Definition.NestedComponent(long _, ComponentDefinition nested) -> {
                ValidComponent valid = new ComponentValidator(modules, features, names, work, scope).validate(nested);
                scope.components.add(valid.shape());
                steps.add(new Step.DefineComponent(valid));
            }
            case Definition.Instantiate instantiate -> instantiate(instantiate);
            case Definition.InlineInstance inline -> bundle(inline);
            case Definition.AliasExport alias -> alias(alias);
            case Definition.AliasOuter alias -> alias(alias);
            case Definition.CoreTypeDefinition(long _, CoreTypeSyntax type) ->
                new CoreTypeRules(scope, work).define(type);
            case Definition.TypeDefinition type -> type(type);
            case Definition.Lift lift -> steps.add(canonRules.lift(lift));
            case Definition.Lower lower -> steps.add(canonRules.lower(lower));
            case Definition.BuiltinCanon(long offset, Builtin.ThreadNewIndirect thread) -> {
                Step _ = builtinRules.step(offset, thread);
                steps.add(new Step.NewThreadFunction(modules.compile(ThreadStarter.module(), offset), thread.table()));
            }
            case Definition.BuiltinCanon(long offset, Builtin builtin) -> steps.add(builtinRules.step(offset, builtin));
            case Definition.ResourceCanon canon -> steps.add(canonRules.resource(canon));
            case Definition.ValueDefinition(long offset, var type, Literal literal) ->
                steps.add(valueRules.define(offset, type, literal));
            case Definition.Start start -> steps.add(valueRules.start(start));
            case Definition.Import one -> take(one);
            case Definition.Export one -> give(one);
            case Definition.ExportDeclaration one ->
                throw Failures.invalid(one.offset(), "a declaration outside of an instance type");
        }
    }

    private void define(Definition.CoreModuleBytes bytes) {
        try {
            CoreModule module = modules.compile(bytes);
            work.spend(1 + module.imports().size() + module.exports().size());
            scope.coreModules.add(ModuleShape.of(bytes.offset(), module));
            steps.add(new Step.DefineModule(module));
        } catch (ComponentException e) {
            if (e.code() != Code.UNSUPPORTED) {
                throw e;
            }
            scope.coreModules.add(
                    CoreModuleHeader.read(modules.bytes(bytes), work).orElseThrow(() -> e));
            features.refuse(e);
        }
    }

    private void type(Definition.TypeDefinition definition) {
        long offset = definition.offset();
        switch (definition.type()) {
            case ResourceSyntax syntax -> steps.add(canonRules.define(offset, syntax, new ResourceType("resource")));
            case InstanceSyntax syntax ->
                scope.types.add(new DeclaratorBuilder(externRules, names, work, scope).instanceType(offset, syntax));
            case ComponentSyntax syntax ->
                scope.types.add(new DeclaratorBuilder(externRules, names, work, scope).componentType(offset, syntax));
            case FunctionSyntax syntax ->
                scope.types.add(new TypeEntry.OfFunction(new TypeBuilder(scope, offset).function(syntax)));
            case TypeSyntax syntax ->
                scope.types.add(new TypeEntry.OfValue(new TypeBuilder(scope, offset).value(syntax)));
        }
    }

    private void instantiate(Definition.Instantiate definition) {
        long offset = definition.offset();
        ComponentShape component = Scope.at(scope.components, definition.component(), Sort.COMPONENT, offset);
        Map<String, Step.Item> arguments = items(definition.arguments(), "argument");
        Substitution bindings = new Substitution(names, work);
        Matching matching = new Matching(offset, component.importedResources(), bindings, work);
        component.imports().forEach((name, wanted) -> {
            Step.Item supplied = arguments.get(name);
            if (supplied == null) {
                throw Failures.invalid(
                        offset,
                        "the import '" + name + "' of component " + definition.component() + " is not supplied");
            }
            matching.require(name, wanted, supplied.entity());
        });
        InstanceShape shape = ExternRules.freshen(offset, component, bindings, work);
        scope.instances.add(shape);
        steps.add(new Step.InstantiateComponent(definition.component(), List.copyOf(arguments.values()), shape));
    }

    private void bundle(Definition.InlineInstance definition) {
        NameRules rules = NameRules.ofBundle();
        SequencedMap<String, Entity> shape = new LinkedHashMap<>();
        Map<String, Step.Item> items = items(definition.exports(), "export");
        items.forEach((name, item) -> {
            rules.add(definition.offset(), name, item.entity());
            shape.put(name, item.entity());
        });
        scope.instances.add(InstanceShape.of(definition.offset(), shape));
        steps.add(new Step.Bundle(List.copyOf(items.values())));
    }

    private Map<String, Step.Item> items(List<Definition.Argument> arguments, String role) {
        Map<String, Step.Item> items = new LinkedHashMap<>();
        for (Definition.Argument argument : arguments) {
            Entity entity = scope.entity(argument.sort(), argument.index(), argument.offset());
            Step.Item item = new Step.Item(argument.name(), argument.index(), entity);
            if (items.put(argument.name(), item) != null) {
                throw Failures.invalid(
                        argument.offset(), "the " + role + " '" + argument.name() + "' stands there twice");
            }
        }
        return items;
    }

    private void alias(Definition.AliasExport alias) {
        Entity entity = externRules.exported(scope, alias);
        scope.add(entity);
        if (alias.sort() != Sort.TYPE) {
            steps.add(new Step.AliasExport(entity, alias.instance(), alias.name()));
        }
    }

    private void alias(Definition.AliasOuter alias) {
        Scope target = scope.outer(alias.count(), alias.offset());
        switch (alias.sort()) {
            case TYPE, CORE_TYPE -> externRules.addOuter(scope, alias);
            case COMPONENT ->
                scope.components.add(Scope.at(target.components, alias.index(), alias.sort(), alias.offset()));
            case CORE_MODULE ->
                scope.coreModules.add(Scope.at(target.coreModules, alias.index(), alias.sort(), alias.offset()));
            case CORE_FUNCTION,
                    CORE_TABLE,
                    CORE_MEMORY,
                    CORE_GLOBAL,
                    CORE_TAG,
                    CORE_INSTANCE,
                    FUNCTION,
                    VALUE,
                    INSTANCE ->
                throw Failures.invalid(alias.offset(), "a " + alias.sort().words() + " is no target of an outer alias");
        }
        if (alias.sort() == Sort.COMPONENT || alias.sort() == Sort.CORE_MODULE) {
            steps.add(new Step.AliasOuter(alias.sort(), alias.count(), alias.index()));
        }
    }

    private void take(Definition.Import definition) {
        Entity entity = externRules.declared(
                scope, definition.offset(), definition.name(), definition.type(), scope.boundResources);
        importNames.add(definition.offset(), definition.name(), entity);
        visibility.addImport(
                definition.offset(), definition.name(), entity, definition.type() instanceof ExternSyntax.OfResource);
        imports.put(definition.name(), entity);
        steps.add(new Step.TakeImport(definition.name(), entity));
    }

    private void give(Definition.Export definition) {
        long offset = definition.offset();
        Entity actual = scope.entity(definition.sort(), definition.index(), offset);
        Entity shown = actual;
        if (definition.type().isPresent()) {
            shown = externRules.ascribed(
                    scope, offset, definition.name(), definition.type().get(), actual);
        } else if (actual instanceof Entity.OfValueType(SizedType sized)) {
            shown = new Entity.OfValueType(sized.with(names.named(sized.type())));
        }
        exportNames.add(offset, definition.name(), shown);
        boolean fresh = definition.type().orElse(null) instanceof ExternSyntax.OfResource;
        valueRules.requireExportable(offset, definition.name(), shown);
        visibility.addExport(offset, definition.name(), shown, fresh);
        scope.addExported(shown);
        exports.put(definition.name(), shown);
        steps.add(new Step.GiveExport(new Step.Item(definition.name(), definition.index(), actual), shown));
    }
}
