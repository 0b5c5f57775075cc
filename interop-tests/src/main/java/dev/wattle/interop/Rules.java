package dev.wattle.interop;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/// What a guest of the test world must answer, with no guest there: it asks its host the same and answers the
/// same.
final class Rules implements Performer {
    private final HostLog log = new HostLog();
    private HostCounters counters = new HostCounters();
    private final Map<String, WitValue> kept = new HashMap<>();

    @Override
    public Outcome perform(Step step) {
        return switch (step) {
            case Step.Fresh _ -> {
                counters = new HostCounters();
                kept.clear();
                yield Outcome.of(log.take());
            }
            case Step.Call call -> call(call);
            case Step.Drop(var name) -> {
                if (!(kept.remove(name) instanceof WitValue.Resource resource)) {
                    yield Outcome.impossible(log.take());
                }
                int number = (Integer) resource.representation();
                counters.drop(number);
                log.dropped(number);
                yield Outcome.of(log.take());
            }
        };
    }

    private Outcome call(Step.Call call) {
        if (call.interfaceName().equals(TestWorld.FAULTS)) {
            return fault(call);
        }
        Optional<List<WitValue>> replaced = Resources.replaced(call.arguments(), kept);
        if (replaced.isEmpty()) {
            return Outcome.impossible(log.take());
        }
        List<WitValue> arguments = replaced.get();
        Optional<WitValue> result;
        if (call.interfaceName().equals(TestWorld.COUNTERS)) {
            result = counters.call(call.function(), arguments);
        } else {
            result = call.answer();
        }
        boolean root = call.function().equals(TestWorld.ANSWER);
        log.called(call.interfaceName(), root ? TestWorld.ASK : call.function(), call.type(), arguments);
        Resources.keep(result, call.keep(), kept);
        return end(log.take(), result.map(Rules::hidden), call.type());
    }

    static Outcome end(ArrayNode log, Optional<WitValue> result, FunctionType type) {
        return result.isEmpty()
                ? Outcome.of(log)
                : Outcome.of(log, ValueJson.of(result.get(), type.result().orElseThrow()));
    }

    private Outcome fault(Step.Call call) {
        return switch (call.function()) {
            case "trap" -> Outcome.trap(log.take(), "always");
            case "divide" -> divide(call);
            case "ask-in-vain" -> {
                log.called(
                        TestWorld.REFUSAL, TestWorld.REFUSE, new FunctionType(List.of(), Optional.empty()), List.of());
                yield Outcome.trap(log.take(), "refused");
            }
            default -> throw new IllegalArgumentException("no function " + call.function());
        };
    }

    private Outcome divide(Step.Call call) {
        int dividend = (int) ((WitValue.Int) call.arguments().getFirst()).value();
        int divisor = (int) ((WitValue.Int) call.arguments().get(1)).value();
        return divisor == 0
                ? Outcome.trap(log.take(), "by zero")
                : Outcome.of(log.take(), ValueJson.of(WitValue.of(dividend / divisor), WitType.Primitive.S32));
    }

    /// A guest's counter in place of the host's.
    private static WitValue hidden(WitValue value) {
        var hidden = new ArrayList<WitValue>();
        return Resources.mapped(value, resource -> {
            hidden.add(resource);
            return new WitValue.Resource(resource.type(), "the guest's " + hidden.size());
        });
    }

    @Override
    public double nanosPerCall(Step.Call call, int times) {
        throw new UnsupportedOperationException("rules take no time");
    }

    @Override
    public void close() {
        kept.clear();
    }
}
