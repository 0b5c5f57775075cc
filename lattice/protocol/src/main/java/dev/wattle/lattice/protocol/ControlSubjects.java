package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The subjects of the control interface of one lattice: `{prefix}.v1.{lattice}.{noun}.{verb}[.{target}]`.
/// Every part is a value object that is one token, so nothing from outside adds a token or a wildcard.
///
/// @param prefix `wasmbus.ctl`, unless a whole lattice agreed on another
public record ControlSubjects(String prefix, LatticeName lattice) {
    /// wasmCloud's default.
    public static final String DEFAULT_PREFIX = "wasmbus.ctl";

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){0,7}");

    public ControlSubjects {
        Objects.requireNonNull(lattice, "lattice");
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("a subject prefix is 1..8 tokens of letters, digits, '_' and '-': '"
                    + Identifiers.abbreviate(prefix) + "'");
        }
    }

    /// Those with the usual prefix.
    public static ControlSubjects of(LatticeName lattice) {
        return new ControlSubjects(DEFAULT_PREFIX, lattice);
    }

    /// What a host listens on.
    ///
    /// @param queueGroup with it, one host of the lattice gets each message
    public record Listen(String subject, Optional<String> queueGroup) {}

    /// Everything that a host has to listen on, with the queue groups that all hosts of a mixed lattice share.
    public List<Listen> listens(HostId host) {
        return List.of(
                alone("registry.put"),
                alone("host.ping"),
                alone("component.auction"),
                alone("provider.auction"),
                shared("link.*", "link"),
                shared("claims.get", "claims"),
                shared("config.>", "config"),
                alone("component.*." + host),
                alone("provider.*." + host),
                alone("label.*." + host),
                alone("host.*." + host));
    }

    private Listen alone(String rest) {
        return new Listen(subject(rest), Optional.empty());
    }

    private Listen shared(String rest, String group) {
        return new Listen(subject(rest), Optional.of(subject(group)));
    }

    private String subject(String rest) {
        return prefix + ".v1." + lattice + "." + rest;
    }

    /// Where an operation is asked for.
    ///
    /// @throws IllegalArgumentException for [ControlOperation.Unsupported]
    public String of(ControlOperation operation) {
        return subject(
                switch (operation) {
                    case ControlOperation.Ping _ -> "host.ping";
                    case ControlOperation.Inventory(var host) -> "host.get." + host;
                    case ControlOperation.StopHost(var host) -> "host.stop." + host;
                    case ControlOperation.AuctionComponent _ -> "component.auction";
                    case ControlOperation.AuctionProvider _ -> "provider.auction";
                    case ControlOperation.ScaleComponent(var host) -> "component.scale." + host;
                    case ControlOperation.UpdateComponent(var host) -> "component.update." + host;
                    case ControlOperation.StartProvider(var host) -> "provider.start." + host;
                    case ControlOperation.StopProvider(var host) -> "provider.stop." + host;
                    case ControlOperation.PutLink _ -> "link.put";
                    case ControlOperation.DeleteLink _ -> "link.del";
                    case ControlOperation.ListLinks _ -> "link.get";
                    case ControlOperation.ListClaims _ -> "claims.get";
                    case ControlOperation.PutLabel(var host) -> "label.put." + host;
                    case ControlOperation.DeleteLabel(var host) -> "label.del." + host;
                    case ControlOperation.PutRegistries _ -> "registry.put";
                    case ControlOperation.PutConfig(var name) -> "config.put." + name;
                    case ControlOperation.FindConfig(var name) -> "config.get." + name;
                    case ControlOperation.DeleteConfig(var name) -> "config.del." + name;
                    case ControlOperation.Unsupported _ ->
                        throw new IllegalArgumentException("an unsupported operation has no subject");
                });
    }

    /// What a subject asks for; [ControlOperation.Unsupported] when it is none of ours.
    ///
    /// @throws ProtocolException when it is ours with a name in it that cannot be
    public ControlOperation parse(String subject) {
        String start = subject("");
        if (!subject.startsWith(start)) {
            return new ControlOperation.Unsupported();
        }
        String[] tokens = subject.substring(start.length()).split("\\.", -1);
        return switch (tokens.length) {
            case 2 -> parseShared(tokens[0] + "." + tokens[1]);
            case 3 -> parseTargeted(tokens[0] + "." + tokens[1], tokens[2]);
            default -> new ControlOperation.Unsupported();
        };
    }

    private static ControlOperation parseShared(String operation) {
        return switch (operation) {
            case "host.ping" -> new ControlOperation.Ping();
            case "component.auction" -> new ControlOperation.AuctionComponent();
            case "provider.auction" -> new ControlOperation.AuctionProvider();
            case "link.put" -> new ControlOperation.PutLink();
            case "link.del" -> new ControlOperation.DeleteLink();
            case "link.get" -> new ControlOperation.ListLinks();
            case "claims.get" -> new ControlOperation.ListClaims();
            case "registry.put" -> new ControlOperation.PutRegistries();
            default -> new ControlOperation.Unsupported();
        };
    }

    private static ControlOperation parseTargeted(String operation, String target) {
        return switch (operation) {
            case "host.get" -> new ControlOperation.Inventory(name(target, HostId::new));
            case "host.stop" -> new ControlOperation.StopHost(name(target, HostId::new));
            case "component.scale" -> new ControlOperation.ScaleComponent(name(target, HostId::new));
            case "component.update" -> new ControlOperation.UpdateComponent(name(target, HostId::new));
            case "provider.start" -> new ControlOperation.StartProvider(name(target, HostId::new));
            case "provider.stop" -> new ControlOperation.StopProvider(name(target, HostId::new));
            case "label.put" -> new ControlOperation.PutLabel(name(target, HostId::new));
            case "label.del" -> new ControlOperation.DeleteLabel(name(target, HostId::new));
            case "config.put" -> new ControlOperation.PutConfig(name(target, ConfigName::new));
            case "config.get" -> new ControlOperation.FindConfig(name(target, ConfigName::new));
            case "config.del" -> new ControlOperation.DeleteConfig(name(target, ConfigName::new));
            default -> new ControlOperation.Unsupported();
        };
    }

    private static <T> T name(String token, Function<String, T> parser) {
        try {
            return parser.apply(token);
        } catch (IllegalArgumentException refused) {
            throw new ProtocolException(Code.BAD_VALUE, "subject", String.valueOf(refused.getMessage()), refused);
        }
    }
}
