package dev.wattle.host.component.abi;

import dev.wattle.wit.ResourceType;
import org.jspecify.annotations.Nullable;

/// An entry of the handle table: a resource that the instance owns or has borrowed.
///
/// @spec CanonicalABI.md `ResourceHandle`
final class ResourceHandle implements TableEntry {
    final ResourceType type;
    /// A [GuestResource], or the host's object.
    final Object representation;

    /// Who it was borrowed for; null when it is owned.
    final @Nullable Task borrowScope;

    /// How many calls that are under way have borrowed it from this instance.
    int numLends;

    private ResourceHandle(ResourceType type, Object representation, @Nullable Task borrowScope) {
        this.type = type;
        this.representation = representation;
        this.borrowScope = borrowScope;
    }

    static ResourceHandle own(ResourceType type, Object representation) {
        return new ResourceHandle(type, representation, null);
    }

    static ResourceHandle borrow(ResourceType type, Object representation, Task borrowScope) {
        return new ResourceHandle(type, representation, borrowScope);
    }

    @Override
    public String kind() {
        return type.toString();
    }

    @Override
    public int heapBytes() {
        return 0;
    }

    boolean own() {
        return borrowScope == null;
    }
}
