package dev.wattle.host.component.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.Guests;
import dev.wattle.host.engine.Engines;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Resources of a guest as Java objects, and Java objects as resources of a guest.
final class ResourcesTest {
    private static final Component RESOURCES = Component.load(Engines.create(), Guests.read("resources"));

    private final List<String> notes = new ArrayList<>();

    /// The host's resource. Public, as the methods are called from another package.
    public static final class Journal implements AutoCloseable {
        static int open;

        private final List<String> lines = new ArrayList<>();

        public Journal(String name) {
            lines.add(name);
            open++;
        }

        public int append(String line) {
            lines.add(line);
            return lines.size();
        }

        public static int openJournals() {
            return open;
        }

        @Override
        public void close() {
            open--;
        }
    }

    @WitInterface("test:resources/host")
    interface Host {
        Result<Integer, String> notify(String text);

        List<String> close(Journal journal);

        int length(Journal journal);
    }

    private final class Implementation implements Host {
        @Override
        public Result<Integer, String> notify(String text) {
            notes.add(text);
            return text.isEmpty() ? Result.err("nothing to say") : Result.ok(text.length());
        }

        @Override
        public List<String> close(Journal journal) {
            journal.close();
            return journal.lines;
        }

        @Override
        public int length(Journal journal) {
            return journal.lines.size();
        }
    }

    private Imports imports() {
        return Imports.none()
                .implement(Host.class, new Implementation())
                .resource("test:resources/host", "journal", Journal.class);
    }

    interface Counter extends AutoCloseable {
        int increment(int by);

        int value();

        @Override
        void close();
    }

    @WitInterface("test:resources/counters")
    interface Counters {
        Counter newCounter(int start);

        @WitName("[static]counter.merge")
        Counter mergeOf(Counter a, Counter b);

        int counterLive();

        int consume(Counter counter);

        int peek(Counter counter);

        Counter pass(Counter counter);

        List<Counter> passAll(List<Counter> counters);

        Result<Counter, String> make(int start);
    }

    @WitInterface("test:resources/calls")
    interface Calls {
        int notify(String text);

        List<String> keepJournal(String name, List<String> lines);

        Journal openJournal(String name, String line);

        int writeJournal(Journal journal, String line);

        int openJournals();
    }

    @BeforeEach
    void none_is_open() {
        Journal.open = 0;
    }

    @Test
    void a_resource_of_a_guest_is_a_java_object() {
        try (Guest guest = Guest.start(RESOURCES, imports())) {
            Counters counters = guest.bind(Counters.class);
            try (Counter counter = counters.newCounter(40)) {
                assertThat(counter.increment(2)).isEqualTo(42);
                assertThat(counters.peek(counter)).isEqualTo(42);
                assertThat(counters.counterLive()).isEqualTo(1);
            }
            assertThat(counters.counterLive()).isZero();
        }
    }

    @Test
    void an_owned_handle_is_gone_once_it_is_given_away() {
        try (Guest guest = Guest.start(RESOURCES, imports())) {
            Counters counters = guest.bind(Counters.class);
            Counter one = counters.newCounter(1);
            Counter two = counters.newCounter(2);
            Counter sum = counters.mergeOf(one, two);

            assertThat(sum.value()).isEqualTo(3);
            assertThat(one.value()).isEqualTo(1);
            assertThatThrownBy(two::value)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("given away");
            two.close();
            Counter back = counters.pass(one);
            assertThat(counters.passAll(List.of(back, sum)))
                    .hasSize(2)
                    .first()
                    .satisfies(each -> assertThat(each.value()).isEqualTo(1));
            assertThat(counters.make(7))
                    .isInstanceOfSatisfying(
                            Result.Ok.class,
                            made -> assertThat(((Counter) made.value()).value()).isEqualTo(7));
        }
    }

    @Test
    void an_object_of_the_host_is_a_resource_for_the_guest() {
        try (Guest guest = Guest.start(RESOURCES, imports())) {
            Calls calls = guest.bind(Calls.class);

            assertThat(calls.notify("hello")).isEqualTo(5);
            assertThatThrownBy(() -> calls.notify("")).isInstanceOf(ResultException.class);
            assertThat(notes).containsExactly("hello", "");
            assertThat(calls.keepJournal("log", List.of("a", "b"))).containsExactly("3", "log", "a", "b");
            assertThat(calls.openJournals()).isZero();
            Journal journal = calls.openJournal("mine", "first");
            assertThat(calls.writeJournal(journal, "second")).isEqualTo(3);
            assertThat(journal.lines).containsExactly("mine", "first", "second");
            assertThat(calls.openJournals()).isEqualTo(1);
        }
    }

    @Test
    void what_java_forgets_of_a_lambda_is_asked_for() {
        Imports lambda =
                imports().function("test:resources/host", "notify", (String text) -> Result.<Integer, String>err("no"));

        assertThatThrownBy(() -> Guest.start(RESOURCES, lambda))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("test:resources/host#notify result: result<u32, string> needs Result<…, …>")
                .hasMessageContaining("in place of a lambda give a reference to a method");
    }

    @Test
    void what_nobody_supplies_is_named() {
        Imports other = Imports.none().implement("test:resources/host@1.2.3", Host.class, new Implementation());

        assertThatThrownBy(() -> Guest.start(RESOURCES, other))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining("test:resources/host");
    }

    static List<String> lines(Journal journal) {
        return journal.lines;
    }

    static Result<Integer, String> length(String text) {
        return Result.ok(text.length());
    }

    @Test
    void what_is_supplied_must_fit_and_all_that_does_not_is_named() {
        Imports fitting = Imports.none()
                .resource("test:resources/host", "journal", Journal.class)
                .function("test:resources/host", "notify", ResourcesTest::length)
                .function("test:resources/host", "close", ResourcesTest::lines)
                .function("test:resources/host", "length", (Journal journal) -> journal.lines.size());
        try (Guest guest = Guest.start(RESOURCES, fitting)) {
            assertThat(guest.call("test:resources/calls#keep-journal(\"x\", [\"y\"])"))
                    .isEqualTo("[\"2\", \"x\", \"y\"]");
            assertThat(guest.call("test:resources/calls#notify(\"four\")")).isEqualTo("ok(4)");
        }
        Imports wrong = fitting.function("test:resources/host", "notify", (Integer text) -> text)
                .function("test:resources/host", "length", (Journal journal, String more) -> 1);
        assertThatThrownBy(() -> Guest.start(RESOURCES, wrong))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("notify(text): string needs String, the Java type is java.lang.Integer")
                .hasMessageContaining("length: takes 1 arguments in WIT and 2 in Java");
    }

    @Test
    void an_error_may_be_thrown_by_what_the_host_supplies() {
        Imports throwing = imports().function("test:resources/host", "notify", (String text) -> {
            if (text.isEmpty()) {
                throw ResultException.of("nothing to say");
            }
            return text.length();
        });
        try (Guest guest = Guest.start(RESOURCES, throwing)) {
            assertThat(guest.call("test:resources/calls#notify(\"four\")")).isEqualTo("ok(4)");
            assertThat(guest.call("test:resources/calls#notify(\"\")")).isEqualTo("err(\"nothing to say\")");
        }
    }

    interface Odd extends AutoCloseable {
        int increment(String by);

        int reset();

        @Override
        void close();
    }

    interface OddCounters {
        Odd newCounter(int start);
    }

    @Test
    void what_the_guest_lacks_is_named() {
        try (Guest guest = Guest.start(RESOURCES, imports())) {
            assertThatThrownBy(() -> guest.bind("test:resources/counters", OddCounters.class))
                    .hasMessageContaining("the resource 'counter' has no method 'reset'")
                    .hasMessageContaining("[method]counter.increment(by): u32 needs");
            assertThatThrownBy(() -> guest.bind("test:resources/other", OddCounters.class))
                    .hasMessageContaining("it exports test:resources/counters, test:resources/calls");
            assertThat(guest.instance()
                            .function("test:resources/calls", "open-journals")
                            .orElseThrow()
                            .call(List.of()))
                    .isEqualTo(Optional.of(WitValue.of(0)));
        }
    }
}
