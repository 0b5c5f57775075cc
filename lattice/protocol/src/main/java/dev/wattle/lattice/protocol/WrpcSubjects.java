package dev.wattle.lattice.protocol;

import dev.wattle.wit.InterfaceName;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The subjects of wRPC over NATS for calls to one target:
/// `{lattice}.{target}.wrpc.0.0.1.{instance}.{function}`.
public record WrpcSubjects(LatticeName lattice, WorkloadId target) {
    private static final String PROTOCOL = "wrpc.0.0.1";

    /// An instance with its version: dots are ordinary separators, wildcards and blanks cannot be.
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9:/@_+-]+(\\.[A-Za-z0-9:/@_+-]+)*");

    private static final Pattern FUNCTION =
            Pattern.compile("(\\[(?:method|static|constructor|async|async method|async static)\\])?"
                    + "([A-Za-z][A-Za-z0-9-]*(?:\\.[A-Za-z][A-Za-z0-9-]*)?)");

    /// Longest function or instance name in a subject: servers refuse subjects of some kilobytes.
    private static final int MAX_NAME_CHARACTERS = 512;

    public WrpcSubjects {
        Objects.requireNonNull(lattice, "lattice");
        Objects.requireNonNull(target, "target");
    }

    /// What all subjects of the target start with; also the queue group in which its servers listen.
    public String prefix() {
        return lattice + "." + target;
    }

    /// The group in which every host that runs the target listens, so that one of them gets each call.
    public String queueGroup() {
        return prefix();
    }

    /// Where a function of an exported interface is called.
    ///
    /// @param function its WIT name; `[method]r.f` and the like become `r.f`
    /// @throws IllegalArgumentException when a name cannot stand in a subject
    public String invocation(InterfaceName instance, String function) {
        return invocation(Optional.of(instance), function);
    }

    /// Where a function at the root of the target's world is called.
    ///
    /// @throws IllegalArgumentException when the name cannot stand in a subject
    public String rootInvocation(String function) {
        return invocation(Optional.empty(), function);
    }

    /// Both of the above.
    public String invocation(Optional<InterfaceName> instance, String function) {
        String start = prefix() + "." + PROTOCOL + ".";
        return start + instance.map(name -> instanceToken(name) + ".").orElse("") + functionToken(function);
    }

    /// Every call to the target, to listen in.
    public String all() {
        return prefix() + ".wrpc.>";
    }

    /// Where results come, given the caller's inbox.
    public static String results(String inbox) {
        return inbox + ".results";
    }

    /// Where the rest of the parameters comes, given the server's inbox.
    public static String parameters(String inbox) {
        return inbox + ".params";
    }

    private static String instanceToken(InterfaceName name) {
        String text = name.toString();
        if (text.length() > MAX_NAME_CHARACTERS || !INSTANCE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "an interface name that cannot stand in a subject: '" + Identifiers.abbreviate(text) + "'");
        }
        return text;
    }

    private static String functionToken(String function) {
        var matcher = FUNCTION.matcher(function);
        if (function.length() > MAX_NAME_CHARACTERS || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "a function name that cannot stand in a subject: '" + Identifiers.abbreviate(function) + "'");
        }
        return matcher.group(2);
    }
}
