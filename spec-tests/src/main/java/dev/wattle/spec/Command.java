package dev.wattle.spec;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One command of a script; each counts as one in a suite's result.
///
/// Files are named as they stand beside the script after its conversion.
sealed interface Command {
    /// Where it stands in the script.
    int line();

    /// A module that is compiled and instantiated, and is the current one from here.
    record Module(int line, Optional<String> name, String file) implements Command {}

    /// A module that is only compiled, for later instances.
    record Definition(int line, Optional<String> name, String file) implements Command {}

    /// An instance of a definition: the last one where no name is given.
    record Instantiate(int line, Optional<String> instance, Optional<String> definition) implements Command {}

    /// Lets later modules import from an instance.
    record Register(int line, String as, Optional<String> name) implements Command {}

    /// An action whose result does not matter.
    record Perform(int line, Action action) implements Command {}

    record AssertReturn(int line, Action action, List<Pattern> expected) implements Command {}

    record AssertTrap(int line, Action action, String reason) implements Command {}

    record AssertExhaustion(int line, Action action, String reason) implements Command {}

    /// The action ends with an exception that no guest catches.
    record AssertException(int line, Action action) implements Command {}

    record AssertInvalid(int line, String file, String reason) implements Command {}

    record AssertMalformed(int line, String file, String reason) implements Command {}

    /// A text that cannot be parsed: a matter between the suite and `wasm-tools`.
    ///
    /// @param refused whether it refuses the text
    record AssertMalformedText(int line, String file, boolean refused) implements Command {}

    record AssertUnlinkable(int line, String file, String reason) implements Command {}

    record AssertUninstantiable(int line, String file, String reason) implements Command {}

    /// A command that this runner does not know.
    record Unknown(int line, String type) implements Command {}

    /// What is done to an export of a named instance, or of the current one.
    sealed interface Action {
        Optional<String> instance();

        String field();

        /// Calls a function; the arguments are as the engine's contract wants them,
        /// or [Literal]s.
        record Invoke(Optional<String> instance, String field, List<@Nullable Object> arguments) implements Action {}

        /// Reads a global.
        record Get(Optional<String> instance, String field) implements Action {}
    }
}
