package dev.wattle.host.engine.jvm.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoreKeyTest {
    @Test
    void every_part_of_the_limits_is_part_of_the_key() throws Exception {
        everyPartTells(ModuleLimits.class, ModuleLimits.DEFAULTS);
    }

    @Test
    void every_part_of_the_options_is_part_of_the_key() throws Exception {
        everyPartTells(CodeOptions.class, CodeOptions.LAZY);
    }

    /// Changes one component after the other.
    private static <R extends Record> void everyPartTells(Class<R> type, R sample) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getAccessor().invoke(sample);
        }
        Set<String> seen = new HashSet<>(Set.of(sample.toString()));
        for (int i = 0; i < values.length; i++) {
            Object[] changed = values.clone();
            changed[i] = values[i] instanceof Boolean is ? (Object) !is : (Object) ((int) values[i] - 1);
            R other = type.getDeclaredConstructor(types).newInstance(changed);
            assertThat(seen.add(other.toString())).as(components[i].getName()).isTrue();
        }
    }
}
