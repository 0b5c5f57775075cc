package dev.wattle.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/// The walls between packages, as rules. Each is a function of the packages it is about, so that a test can
/// hold it against classes that are known to break it.
final class Walls {
    /// Packages of pure code: what they decide depends on their arguments alone.
    static final String[] PURE = {
        "dev.wattle.wit..",
        "dev.wattle.lattice.protocol..",
        "dev.wattle.lattice.agent..",
        "dev.wattle.host.component..",
        "dev.wattle.control.model..",
        "dev.wattle.control.loop.."
    };

    /// Calls that read a clock or make something up.
    private static final Set<String> IMPURE_CALLS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Math.random",
            "java.lang.Thread.sleep",
            "java.util.UUID.randomUUID");

    /// Types of input, output, clocks and randomness. A path or an address as a value is no I/O.
    private static final Set<String> IMPURE_TYPES = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.RandomAccessFile",
            "java.nio.file.Files",
            "java.security.SecureRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.locks.LockSupport");

    private static final Set<String> NETWORK_VALUES =
            Set.of("java.net.URI", "java.net.URISyntaxException", "java.net.URLDecoder", "java.net.URLEncoder");

    private Walls() {}

    static ArchRule only(String owner, String library) {
        return onlyIn(library, owner);
    }

    static ArchRule onlyIn(String library, String... owners) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(owners)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }

    static ArchRule noArrow(String from, String to, String... exempt) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .and()
                .resideOutsideOfPackages(exempt)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(to)
                .allowEmptyShould(true);
    }

    static ArchRule noImpureCalls(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callCodeUnitWhere(describe("it reads a clock or makes something up", Walls::isImpure));
    }

    static ArchRule noInputOrOutput(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "do input or output, or log",
                        type -> IMPURE_TYPES.contains(type.getName())
                                || (type.getPackageName().equals("java.net")
                                        && !NETWORK_VALUES.contains(type.getName()))
                                || type.getPackageName().startsWith("java.nio.channels")
                                || type.getPackageName().startsWith("org.slf4j")));
    }

    static ArchRule noThreadLocal(String packages) {
        return noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class);
    }

    private static boolean isImpure(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        var owner = target.getOwner().getName();
        var withoutArguments = target.getRawParameterTypes().isEmpty();
        return switch (target.getName()) {
            case "now" -> owner.startsWith("java.time.") && withoutArguments;
            case "<init>" ->
                (owner.equals("java.util.Random") || owner.equals("java.util.SplittableRandom")) && withoutArguments;
            case "systemUTC", "systemDefaultZone", "system" -> owner.equals("java.time.Clock");
            default -> IMPURE_CALLS.contains(owner + "." + target.getName());
        };
    }
}
