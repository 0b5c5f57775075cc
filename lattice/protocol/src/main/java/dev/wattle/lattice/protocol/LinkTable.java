package dev.wattle.lattice.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What putting and deleting a link does to the links of its source. Pure: whoever calls writes the result to
/// the store, by compare-and-set, and asks again when it lost.
public final class LinkTable {
    private static final String CONFLICT = "link already exists with different target, "
            + "consider deleting the existing link or using a different link name";

    private LinkTable() {}

    /// The outcome of a put.
    public sealed interface PutOutcome {
        /// To be written.
        record Put(ComponentSpec spec) implements PutOutcome {}

        /// The very same link is there already.
        record Unchanged() implements PutOutcome {}

        /// Another target has an interface of the same name and package.
        record Conflict(String reason) implements PutOutcome {}
    }

    /// The outcome of a delete.
    public sealed interface DeleteOutcome {
        /// To be written; this link was there.
        record Deleted(ComponentSpec spec, Link link) implements DeleteOutcome {}

        /// There is no such link.
        record NotThere() implements DeleteOutcome {}
    }

    /// Adds a link, or puts it in the place of one with the same source, target, name and package.
    public static PutOutcome put(ComponentSpec existing, Link link) {
        List<Link> links = new ArrayList<>(existing.links());
        int place = -1;
        for (int i = 0; i < links.size(); i++) {
            Link other = links.get(i);
            if (!alike(other, link)) {
                continue;
            }
            if (other.target().equals(link.target())) {
                place = i;
            } else if (!Collections.disjoint(other.interfaces(), link.interfaces())) {
                return new PutOutcome.Conflict(CONFLICT);
            }
        }
        if (place < 0) {
            links.add(link);
        } else if (links.get(place).equals(link)) {
            return new PutOutcome.Unchanged();
        } else {
            links.set(place, link);
        }
        return new PutOutcome.Put(new ComponentSpec(existing.url(), links));
    }

    /// Removes the first link that is named.
    public static DeleteOutcome delete(ComponentSpec existing, DeleteLinkCommand which) {
        for (int i = 0; i < existing.links().size(); i++) {
            Link link = existing.links().get(i);
            if (which.names(link)) {
                List<Link> rest = new ArrayList<>(existing.links());
                rest.remove(i);
                return new DeleteOutcome.Deleted(new ComponentSpec(existing.url(), rest), link);
            }
        }
        return new DeleteOutcome.NotThere();
    }

    private static boolean alike(Link one, Link other) {
        return one.source().equals(other.source())
                && one.name().equals(other.name())
                && one.witNamespace().equals(other.witNamespace())
                && one.witPackage().equals(other.witPackage());
    }
}
