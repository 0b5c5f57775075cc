package dev.wattle.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.wattle.tidy.fixture.Offender;
import org.junit.jupiter.api.Test;

/// Holds the rules themselves against a class that breaks each of them.
final class WallsHoldTest {
    private static final String FIXTURE = "dev.wattle.tidy.fixture..";

    private final JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

    private String complaint(ArchRule rule) {
        var result = rule.evaluate(offender);
        assertThat(result.hasViolation()).isTrue();
        return result.getFailureReport().toString();
    }

    @Test
    void each_way_to_read_a_clock_or_make_something_up_is_found() {
        assertThat(complaint(Walls.noImpureCalls(FIXTURE)))
                .contains("Instant.now()", "System.nanoTime()", "System.currentTimeMillis()", "Math.random()")
                .contains("Thread.sleep(", "java.util.Random.<init>()", "UUID.randomUUID()", "Clock.systemUTC()")
                .doesNotContain("Random.<init>(long)");
    }

    @Test
    void input_output_and_logging_are_found() {
        assertThat(complaint(Walls.noInputOrOutput(FIXTURE)))
                .contains("java.io.File", "java.nio.file.Files", "java.net.Socket")
                .doesNotContain("java.net.URI");
    }

    @Test
    void a_thread_local_is_found() {
        assertThat(complaint(Walls.noThreadLocal(FIXTURE))).contains("ThreadLocal");
    }

    @Test
    void an_arrow_that_runs_the_wrong_way_is_found() {
        assertThat(complaint(Walls.noArrow(FIXTURE, "java.net.."))).contains("java.net.Socket");
        assertThat(complaint(Walls.only("dev.wattle.wit..", "java.net.."))).contains("java.net.Socket");
    }
}
