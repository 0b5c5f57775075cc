package dev.wattle.lattice.protocol;

/// What a subject of the control interface asks for. The payload holds the rest.
public sealed interface ControlOperation {
    /// Who is there? Every host answers with a [HostSummary].
    record Ping() implements ControlOperation {}

    /// What does this host run? Answered with a [HostInventory].
    record Inventory(HostId host) implements ControlOperation {}

    /// [StopHostCommand].
    record StopHost(HostId host) implements ControlOperation {}

    /// [ComponentAuction].
    record AuctionComponent() implements ControlOperation {}

    /// [ProviderAuction].
    record AuctionProvider() implements ControlOperation {}

    /// [ScaleComponentCommand].
    record ScaleComponent(HostId host) implements ControlOperation {}

    /// [UpdateComponentCommand].
    record UpdateComponent(HostId host) implements ControlOperation {}

    /// [StartProviderCommand].
    record StartProvider(HostId host) implements ControlOperation {}

    /// [StopProviderCommand].
    record StopProvider(HostId host) implements ControlOperation {}

    /// [Link].
    record PutLink() implements ControlOperation {}

    /// [DeleteLinkCommand].
    record DeleteLink() implements ControlOperation {}

    /// All links.
    record ListLinks() implements ControlOperation {}

    /// All claims.
    record ListClaims() implements ControlOperation {}

    /// [PutLabelCommand].
    record PutLabel(HostId host) implements ControlOperation {}

    /// [DeleteLabelCommand].
    record DeleteLabel(HostId host) implements ControlOperation {}

    /// Credentials of registries, for every host. Nobody answers.
    record PutRegistries() implements ControlOperation {}

    /// Strings by name.
    record PutConfig(ConfigName name) implements ControlOperation {}

    /// One configuration.
    record FindConfig(ConfigName name) implements ControlOperation {}

    /// Delete one configuration.
    record DeleteConfig(ConfigName name) implements ControlOperation {}

    /// Nothing that this version knows.
    record Unsupported() implements ControlOperation {}
}
