package dev.wattle.host.component.abi;

import dev.wattle.host.component.HostResource;
import dev.wattle.wit.ResourceType;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.Optional;

/// What a resource type of a component instance stands for: who defines it, and what dropping an owned handle
/// does.
///
/// @spec CanonicalABI.md `ResourceType`
public sealed interface ResourceDefinition {
    /// The type, by whose identity handles are checked.
    ResourceType type();

    /// A resource that a guest defines. Make one with a fresh type for each instance that holds the definition.
    ///
    /// @param implementation the instance that defines it: there, its representation is a plain `i32`
    /// @param destructor core function `(i32) -> ()`, exact-typed
    record Guest(ResourceType type, InstanceState implementation, Optional<MethodHandle> destructor)
            implements ResourceDefinition {
        public Guest {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(implementation, "implementation");
            Objects.requireNonNull(destructor, "destructor");
        }

        @Override
        public String toString() {
            return "resource " + type;
        }
    }

    /// A resource that the host defines.
    record Host(HostResource resource) implements ResourceDefinition {
        public Host {
            Objects.requireNonNull(resource, "resource");
        }

        @Override
        public ResourceType type() {
            return resource.type();
        }
    }
}
