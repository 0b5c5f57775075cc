package dev.wattle.control.model;

import dev.wattle.control.model.Plan.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// How an application is, in wadm's words.
///
/// @param message a sentence for people; empty when there is nothing to say
public record AppStatus(Type type, String message, List<ScalerStatus> scalers) {
    public AppStatus {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(message, "message");
        scalers = List.copyOf(scalers);
    }

    /// wadm's states, the one that counts most first.
    public enum Type {
        FAILED,
        UNDEPLOYED,
        WAITING,
        RECONCILING,
        UNHEALTHY,
        DEPLOYED;

        /// As it is written in an answer.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How one scaler is.
    public record ScalerStatus(String id, String kind, String name, Type type, String message) {
        public ScalerStatus {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(message, "message");
        }
    }

    /// Before anything was seen of the lattice, or while it cannot be seen.
    public static AppStatus unknown(boolean deployed, String why) {
        return deployed ? new AppStatus(Type.WAITING, why, List.of()) : new AppStatus(Type.UNDEPLOYED, "", List.of());
    }

    /// What a plan says of an application.
    public static AppStatus of(Desired.App app, Plan plan) {
        List<Step> steps = plan.of(app.name());
        if (app.deployed().isEmpty()) {
            String message = steps.isEmpty() ? "" : "stopping: " + Texts.count(steps.size(), "step") + " left";
            return new AppStatus(Type.UNDEPLOYED, message, List.of());
        }
        List<ScalerStatus> scalers = new ArrayList<>();
        for (Progress progress : plan.progress().getOrDefault(app.name(), List.of())) {
            scalers.add(scaler(progress, steps));
        }
        scalers.addAll(links(app.deployed().get(), steps));
        for (Step step : steps) {
            boolean told = scalers.stream()
                    .anyMatch(
                            each -> each.type() != Type.DEPLOYED && each.name().equals(step.workload()));
            if (!told && !(step instanceof Step.PutLink)) {
                scalers.add(new ScalerStatus("", "Application", step.workload(), typeOf(step, 0), sentence(step)));
            }
        }
        return scalers.stream()
                .min(Comparator.comparing(ScalerStatus::type))
                .map(worst -> new AppStatus(worst.type(), message(worst), scalers))
                .orElseGet(() -> new AppStatus(Type.DEPLOYED, "", scalers));
    }

    private static String message(ScalerStatus worst) {
        return worst.type() == Type.DEPLOYED ? "" : worst.name() + ": " + worst.message();
    }

    private static ScalerStatus scaler(Progress progress, List<Step> steps) {
        String count = progress.running() + " of " + progress.wanted();
        return steps.stream()
                .filter(step -> step.workload().equals(progress.workload()))
                .filter(step -> step.findHost().isPresent() || step instanceof Step.Wait)
                .min(Comparator.comparing((Step step) -> typeOf(step, progress.running())))
                .map(step -> new ScalerStatus(
                        progress.scalerId(),
                        progress.kind(),
                        progress.workload(),
                        typeOf(step, progress.running()),
                        step instanceof Step.Wait ? sentence(step) : count + " run; " + step.reason()))
                .orElseGet(() ->
                        new ScalerStatus(progress.scalerId(), progress.kind(), progress.workload(), Type.DEPLOYED, ""));
    }

    private static List<ScalerStatus> links(Manifest manifest, List<Step> steps) {
        List<ScalerStatus> found = new ArrayList<>();
        for (Wanted.OwnedLink owned : Wanted.links(manifest)) {
            var link = owned.link();
            String name =
                    "%s -(%s:%s)-> %s".formatted(link.source(), link.witNamespace(), link.witPackage(), link.target());
            String id = link.source() + "/" + link.name() + "/" + link.witNamespace() + ":" + link.witPackage();
            Step pending = steps.stream()
                    .filter(step ->
                            step instanceof Step.PutLink put && put.link().equals(link))
                    .findFirst()
                    .orElse(null);
            found.add(new ScalerStatus(
                    id,
                    "LinkScaler",
                    name,
                    pending == null ? Type.DEPLOYED : Type.RECONCILING,
                    pending == null ? "" : pending.reason()));
        }
        return found;
    }

    private static Type typeOf(Step step, int running) {
        return switch (step) {
            case Step.Wait wait -> wait.failed() && running == 0 ? Type.FAILED : Type.WAITING;
            default -> Type.RECONCILING;
        };
    }

    private static String sentence(Step step) {
        return step instanceof Step.Wait wait
                ? (wait.failed() ? "failed: " : "waiting: ") + wait.reason()
                : step.reason();
    }
}
