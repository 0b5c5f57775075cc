package dev.wattle.fuzz;

import dev.wattle.fuzz.ComponentMutator.Section;
import dev.wattle.host.component.ComponentException;
import java.util.List;
import java.util.Optional;

/// A planted bug of a decoder: ours gets bytes, or its answer is changed, as if it had that bug.
enum DecoderFault {
    /// What stands behind the last whole section is not looked at.
    REST_IS_IGNORED {
        @Override
        byte[] given(byte[] component) {
            return component.length < HEADER
                    ? component
                    : ComponentMutator.join(component, ComponentMutator.split(component));
        }
    },
    /// Sections that nobody knows are passed over.
    UNKNOWN_SECTIONS_ARE_SKIPPED {
        @Override
        byte[] given(byte[] component) {
            List<Section> sections = ComponentMutator.split(component);
            boolean changed = sections.removeIf(section -> section.id() < 0 || section.id() > LAST_SECTION);
            return changed ? ComponentMutator.join(component, sections) : component;
        }
    },
    /// The last section of exports is taken for granted.
    EXPORTS_ARE_NOT_VALIDATED {
        @Override
        byte[] given(byte[] component) {
            List<Section> sections = ComponentMutator.split(component);
            boolean last = !sections.isEmpty() && sections.getLast().id() == EXPORTS;
            return last ? ComponentMutator.join(component, sections.subList(0, sections.size() - 1)) : component;
        }
    },
    /// A list is made as long as the bytes say, before there is anything to put in.
    COUNTS_ARE_TRUSTED {
        @Override
        byte[] given(byte[] component) {
            for (Section section : ComponentMutator.split(component)) {
                if (section.id() > MODULES && section.id() != COMPONENTS) {
                    trusted = new Object[(int) Math.min(count(section.content()), MOST)];
                }
            }
            return component;
        }
    },
    /// An index that is too large is used all the same.
    INDICES_ARE_NOT_CHECKED {
        @Override
        Optional<ComponentException> answered(Optional<ComponentException> refusal) {
            if (refusal.isPresent()
                    && String.valueOf(refusal.get().getMessage()).contains("; there are ")) {
                throw new IndexOutOfBoundsException(refusal.get().getMessage());
            }
            return refusal;
        }
    },
    /// Names may be anything.
    NAMES_ARE_NOT_CHECKED {
        @Override
        Optional<ComponentException> answered(Optional<ComponentException> refusal) {
            return refusal.filter(e -> !String.valueOf(e.getMessage()).contains("name"));
        }
    };

    private static final int HEADER = 8;
    private static final int MODULES = 1;
    private static final int COMPONENTS = 4;
    private static final int EXPORTS = 11;
    private static final int LAST_SECTION = 12;
    private static final long MOST = 100_000_000;

    /// Keeps the compiler from leaving out what nobody reads.
    static Object trusted = "nothing yet";

    /// What our decoder gets.
    byte[] given(byte[] component) {
        return component;
    }

    /// What it answers.
    Optional<ComponentException> answered(Optional<ComponentException> refusal) {
        return refusal;
    }

    private static long count(byte[] content) {
        long count = 0;
        for (int i = 0; i < Math.min(content.length, 5); i++) {
            count |= (long) (content[i] & 0x7F) << (7 * i);
            if (content[i] >= 0) {
                return count;
            }
        }
        return 0;
    }
}
