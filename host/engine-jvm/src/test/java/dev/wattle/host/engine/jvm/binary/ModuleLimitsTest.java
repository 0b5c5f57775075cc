package dev.wattle.host.engine.jvm.binary;

import static dev.wattle.host.engine.jvm.binary.Bytes.hex;
import static dev.wattle.host.engine.jvm.binary.Bytes.module;
import static dev.wattle.host.engine.jvm.binary.Bytes.section;
import static dev.wattle.host.engine.jvm.binary.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wattle.host.engine.ModuleException.Code;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleLimitsTest {
    /// A module that has two of almost everything.
    private static final byte[] MODULE = module(
            section(1, hex("02 60 00 00 60 02 7f 7f 02 7f 7f")),
            section(2, hex("02"), "a", "ff", hex("00 00"), "a", "gg", hex("00 00")),
            section(3, hex("01 00")),
            section(4, hex("02 70 00 02 70 00 02")),
            section(5, hex("02 00 01 00 01")),
            section(13, hex("02 00 00 00 00")),
            section(6, hex("02 7f 00 41 00 0b 7f 00 41 00 0b")),
            section(7, hex("02"), "ee", hex("03 00"), "ff", hex("03 00")),
            section(9, hex("02 01 00 01 00 01 00 01 00")),
            section(12, hex("02")),
            section(10, 1, Bytes.sized(hex("02 01 7f 01 7e 02 40 41 00 41 00 0e 01 00 00 0b 0b"))),
            section(11, hex("02 01 00 01 00")),
            Bytes.custom("xx", new byte[0]),
            Bytes.custom("yy", new byte[0]));

    @ParameterizedTest
    @CsvSource({
        "types, 2, types",
        "functions, 3, functions",
        "imports, 2, imports",
        "exports, 2, exports",
        "tables, 2, tables",
        "memories, 2, memories",
        "globals, 2, globals",
        "tags, 2, tags",
        "elementSegments, 2, element segments",
        "dataSegments, 2, data segments",
        "tableEntries, 2, entries of element segments",
        "parameters, 2, parameters",
        "results, 2, results",
        "signatureValues, 4, parameters and results of all types",
        "locals, 2, locals",
        "localRuns, 2, declarations of locals",
        "bodyBytes, 17, bytes of a function",
        "nesting, 2, nested blocks",
        "branchTargets, 1, targets of a br_table",
        "operands, 2, pending operands",
        "constantInstructions, 2, instructions in constant expressions",
        "nameBytes, 2, bytes of a name",
        "customSections, 2, custom sections"
    })
    void what_is_at_the_limit_is_accepted_and_what_exceeds_it_refused(String limit, int atLimit, String what) {

        assertThatCode(() -> ModuleDecoder.decode(MODULE, with(limit, atLimit)))
                .as("%d %s", atLimit, what)
                .doesNotThrowAnyException();
        assertRefused(MODULE, with(limit, atLimit - 1), Code.INVALID, "the number of %s".formatted(what));
    }

    @Test
    void a_module_beyond_its_size_is_not_looked_at() {
        assertThatCode(() -> ModuleDecoder.decode(MODULE, with("moduleBytes", MODULE.length)))
                .doesNotThrowAnyException();
        assertRefused(MODULE, with("moduleBytes", MODULE.length - 1), Code.INVALID, "the number of bytes of a module");
    }

    @Test
    void every_limit_is_positive() throws ReflectiveOperationException {
        for (RecordComponent component : ModuleLimits.class.getRecordComponents()) {
            assertThat((int) component.getAccessor().invoke(ModuleLimits.DEFAULTS))
                    .as(component.getName())
                    .isPositive();
        }
    }

    private static ModuleLimits with(String limit, int value) {
        RecordComponent[] components = ModuleLimits.class.getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                boolean changed = components[i].getName().equals(limit);
                values[i] = changed ? value : components[i].getAccessor().invoke(ModuleLimits.DEFAULTS);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<ModuleLimits> constructor = ModuleLimits.class.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record of ints", e);
        }
    }
}
