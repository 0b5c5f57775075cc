package dev.wattle.fuzz;

import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.jvm.JvmEngine;
import dev.wattle.host.engine.jvm.JvmOptions;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The engines that a fuzzer compares: ours in its modes, and the others that are here.
final class Lineup implements AutoCloseable {
    private static final Set<Feature> OF_ENDIVE = EnumSet.of(
            Feature.SIGN_EXTENSION,
            Feature.SATURATING,
            Feature.REFERENCES,
            Feature.BLOCK_PARAMETERS,
            Feature.EXCEPTIONS,
            Feature.EXTENDED_CONSTANTS);

    /// Often enough for all compilers of the JVM, which hurry with modules of that name: see `build/hot-options`.
    private static final int HOT_RUNS = 200;

    private final List<Runner> subjects;
    private final List<Runner> others;

    private Lineup(List<Runner> subjects, List<Runner> others) {
        this.subjects = subjects;
        this.others = others;
    }

    /// Nothing at all, before something is opened.
    static Lineup empty() {
        return new Lineup(List.of(), List.of());
    }

    /// Everything that is here; says so when node is not.
    static Lineup open() {
        var others = new ArrayList<Runner>();
        others.add(new EngineRunner("endive-interpreter", Engines.named("endive-interpreter"), OF_ENDIVE, 1));
        NodeRunner.open()
                .ifPresentOrElse(
                        node -> {
                            var lacking = EnumSet.allOf(Feature.class);
                            lacking.removeAll(node.features());
                            if (!lacking.isEmpty()) {
                                System.err.println("NODE IS TOO OLD: modules with any of " + lacking
                                        + " are compared with nothing");
                            }
                            others.add(node);
                        },
                        () -> System.err.println("NODE IS NOT HERE: engines are compared with nothing. Put node on"
                                + " the PATH, or name it in WATTLE_NODE."));
        return new Lineup(ours(), others);
    }

    /// Our engine in its modes. Each case runs twice in each, the second time wired and on memory from
    /// the pool; in the last one often, until HotSpot has compiled it.
    private static List<Runner> ours() {
        var lazy = JvmOptions.DEFAULTS;
        return List.of(
                subject("lazy", lazy),
                subject("eager", lazy.withCode(CodeOptions.EAGER)),
                subject("split", lazy.withCode(CodeOptions.SPLIT)),
                subject("cards", lazy.withCards(JvmOptions.Cards.ALWAYS)),
                subject("chunks, no cards", lazy.withCode(CodeOptions.CHUNKS).withCards(JvmOptions.Cards.NEVER)),
                subject("hot", lazy, HOT_RUNS));
    }

    private static Runner subject(String mode, JvmOptions options) {
        return subject(mode, options, 2);
    }

    private static Runner subject(String mode, JvmOptions options, int runs) {
        return new EngineRunner("jvm, " + mode, new JvmEngine(options), EnumSet.allOf(Feature.class), runs);
    }

    boolean withNode() {
        return others.stream().anyMatch(NodeRunner.class::isInstance);
    }

    List<Runner> subjects() {
        return subjects;
    }

    /// The other engines that have all of these, the most trusted one last; none where node is not among them,
    /// since Endive alone goes wrong too often to judge.
    List<Runner> others(Set<Feature> features) {
        var able = others.stream()
                .filter(other -> other.features().containsAll(features))
                .toList();
        return able.stream().anyMatch(NodeRunner.class::isInstance) ? able : List.of();
    }

    @Override
    public void close() {
        others.forEach(Runner::close);
        subjects.forEach(Runner::close);
    }
}
