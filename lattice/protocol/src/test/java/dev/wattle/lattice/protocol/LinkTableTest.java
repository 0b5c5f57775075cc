package dev.wattle.lattice.protocol;

import static dev.wattle.lattice.protocol.Samples.LINK;
import static dev.wattle.lattice.protocol.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.lattice.protocol.LinkTable.DeleteOutcome;
import dev.wattle.lattice.protocol.LinkTable.PutOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkTableTest {
    private static Link to(String target, String name, String... interfaces) {
        return new Link(
                LINK.source(),
                new WorkloadId(target),
                new LinkName(name),
                "cyber",
                "finance",
                List.of(interfaces),
                List.of(),
                List.of());
    }

    @Test
    void a_first_link_is_added_beside_the_url() {
        assertThat(LinkTable.put(new ComponentSpec("ref", List.of()), LINK))
                .isEqualTo(new PutOutcome.Put(new ComponentSpec("ref", List.of(LINK))));
    }

    @Test
    void the_same_link_again_changes_nothing() {
        assertThat(LinkTable.put(new ComponentSpec("", List.of(LINK)), LINK)).isEqualTo(new PutOutcome.Unchanged());
    }

    @Test
    void a_link_to_the_same_target_takes_the_place_of_the_old_one() {
        Link more = to("converter", "default", "converter", "rates");
        assertThat(LinkTable.put(new ComponentSpec("", List.of(LINK)), more))
                .isEqualTo(new PutOutcome.Put(new ComponentSpec("", List.of(more))));
    }

    @Test
    void another_target_for_one_interface_is_a_conflict() {
        assertThat(LinkTable.put(new ComponentSpec("", List.of(LINK)), to("other", "default", "rates", "converter")))
                .isEqualTo(new PutOutcome.Conflict("link already exists with different target, "
                        + "consider deleting the existing link or using a different link name"));
    }

    @Test
    void another_name_or_another_interface_is_no_conflict() {
        var spec = new ComponentSpec("", List.of(LINK));
        assertThat(LinkTable.put(spec, to("other", "second", "converter"))).isInstanceOf(PutOutcome.Put.class);
        assertThat(LinkTable.put(spec, to("other", "default", "rates"))).isInstanceOf(PutOutcome.Put.class);
    }

    @Test
    void a_conflict_is_seen_even_behind_a_link_that_would_be_replaced() {
        var spec = new ComponentSpec("", List.of(LINK, to("other", "default", "rates")));
        assertThat(LinkTable.put(spec, to("converter", "default", "converter", "rates")))
                .isInstanceOf(PutOutcome.Conflict.class);
    }

    @Test
    void deleting_removes_the_first_that_is_named() {
        var which = new DeleteLinkCommand(LINK.source(), LINK.name(), "cyber", "finance");
        assertThat(LinkTable.delete(new ComponentSpec("ref", List.of(LINK)), which))
                .isEqualTo(new DeleteOutcome.Deleted(new ComponentSpec("ref", List.of()), LINK));
        assertThat(LinkTable.delete(ComponentSpec.EMPTY, which)).isEqualTo(new DeleteOutcome.NotThere());
    }

    @Test
    void keys_hold_ids() {
        assertThat(ComponentSpec.key(new WorkloadId("a_b"))).isEqualTo("COMPONENT_a_b");
        assertThat(ComponentSpec.idOf("COMPONENT_a_b")).contains(new WorkloadId("a_b"));
        assertThat(ComponentSpec.idOf("CLAIMS_X")).isEmpty();
        assertThat(ComponentSpec.idOf("COMPONENT_a.b")).isEmpty();
        assertThat(ComponentSpec.bucket(Samples.LATTICE)).isEqualTo("LATTICEDATA_default");
        assertThat(ConfigData.bucket(Samples.LATTICE)).isEqualTo("CONFIGDATA_default");
    }

    @Test
    void of_merged_configurations_the_right_most_wins() {
        var a = new ConfigName("a");
        var b = new ConfigName("b");
        assertThat(ConfigData.merge(
                        List.of(a, new ConfigName("absent"), b),
                        Map.of(a, texts("x", "1", "y", "1"), b, texts("y", "2"))))
                .isEqualTo(texts("x", "1", "y", "2"));
    }
}
