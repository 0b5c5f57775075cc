package dev.wattle.host.component;

import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.abi.PreparedType;
import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.host.component.binary.Builtin;
import dev.wattle.host.component.binary.Definition.ResourceBuiltin;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How an instance of a linked component is made: nested components are unfolded, names and indices have become
/// slots of
/// arrays. Made once, run for every sandbox. Immutable.
///
/// @param steps in the order in which they run
/// @param exports by name, no more than the component's type shows
/// @param resources what the resource types in signatures stand for
record Plan(
        Sizes sizes,
        List<PlanStep> steps,
        SequencedMap<String, Export> exports,
        Map<ResourceType, Resource> resources) {
    /// Are there functions that may block? Generated code has no tasks; the interpreter has.
    boolean needsTasks() {
        return steps.stream().anyMatch(step -> switch (step) {
            case PlanStep.BuiltinCall _, PlanStep.NewThread _ -> true;
            case PlanStep.Lift lift ->
                lift.options().async() || lift.signature().type().type().async();
            case PlanStep.Lower lower ->
                lower.options().async() || lower.signature().type().type().async();
            case PlanStep.NewState _,
                    PlanStep.NewCoreInstance _,
                    PlanStep.Extract _,
                    PlanStep.NewResource _,
                    PlanStep.ResourceCall _ -> false;
        });
    }

    /// No slot: an option that is not given.
    static final int NONE = -1;

    /// How many slots of each kind an instance needs.
    record Sizes(int states, int coreInstances, int externs, int lifted, int resources) {}

    /// What an instance exports under one name. Types of values are nothing at run time.
    sealed interface Export {
        record OfFunction(Function function) implements Export {}

        record OfInstance(SequencedMap<String, Export> exports) implements Export {}

        record OfResource(Resource resource) implements Export {}

        record OfModule(CoreModule module) implements Export {}

        record OfComponent(PlanItem.OfComponent component) implements Export {}

        record OfType() implements Export {}
    }

    /// Where a component function comes from.
    sealed interface Function {
        /// A lifted one, by its slot.
        record Lifted(int slot) implements Function {}

        /// An import, passed on or called.
        ///
        /// @param name for messages
        record Imported(String name, FunctionType type, HostFunction function, CanonicalFunction callee)
                implements Function {}
    }

    /// What a resource type stands for.
    sealed interface Resource {
        /// One that the component defines, by its slot.
        record Guest(int slot) implements Resource {}

        /// One of the host.
        record Host(HostResource resource) implements Resource {}
    }

    /// `canonopt*` in slots.
    record Options(StringEncoding encoding, int memory, int realloc, int postReturn, boolean async, int callback) {
        /// Only a memory.
        static Options ofMemory(int memory) {
            return new Options(StringEncoding.UTF8, memory, NONE, NONE, false, NONE);
        }
    }

    /// A component function's type.
    ///
    /// @param fresh it mentions resources of the component's own, which are new types in each instance
    record Signature(PreparedType type, boolean fresh) {}

    /// One step.
    sealed interface PlanStep {
        /// The state of a component instance.
        record NewState(int state, int parent) implements PlanStep {}

        /// A core instance. `imports` are slots of externs; nobody compares steps, and nobody writes the array.
        @SuppressWarnings("ArrayRecordComponent")
        record NewCoreInstance(int state, CoreModule module, int[] imports, int instance) implements PlanStep {}

        /// An export of a core instance, into a slot of externs.
        record Extract(int instance, String name, int extern) implements PlanStep {}

        /// A resource type, in the place of the one that stands for it in signatures.
        record NewResource(int state, ResourceType standIn, int destructor, int resource) implements PlanStep {}

        /// A lifted function.
        record Lift(int state, Signature signature, int callee, Options options, int lifted) implements PlanStep {}

        /// A lowered function, into a slot of externs.
        record Lower(int state, Signature signature, Function callee, Options options, int extern)
                implements PlanStep {}

        /// A resource built-in, into a slot of externs.
        record ResourceCall(int state, ResourceBuiltin builtin, Resource resource, int extern) implements PlanStep {}

        /// `thread.new-indirect`, into a slot of externs. `get` and `call` are exports of an instance of
        /// the module
        /// that calls functions of a table.
        record NewThread(int state, int get, int call, int extern) implements PlanStep {}

        /// Any other built-in, into a slot of externs.
        ///
        /// @param type the stream or future that it is about, or the result of `task.return`
        record BuiltinCall(int state, Builtin builtin, Optional<WitType> type, Options options, int extern)
                implements PlanStep {}
    }
}
