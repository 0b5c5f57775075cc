package dev.wattle.host.runtime;

import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One root call: its sandbox, the view that it was born with, and one instance of each component that it
/// reached in this process. Used by the thread that runs it alone.
final class RootCall implements AutoCloseable {
    private final HostView view;
    private final LinkRouter router;
    private final Sandbox sandbox;
    private final Deadline deadline;
    private final Map<String, Residents> residents = new HashMap<>();
    private final TreeMap<String, Long> localCalls = new TreeMap<>();
    private int depth;

    private RootCall(HostView view, LinkRouter router, Sandbox sandbox, Deadline deadline, int depth) {
        this.view = view;
        this.router = router;
        this.sandbox = sandbox;
        this.deadline = deadline;
        this.depth = depth;
    }

    /// @param control of its guests; nobody has entered it yet
    static RootCall open(
            HostView view, LinkRouter router, GuestControl control, CoreLimits limits, Deadline deadline, int depth) {
        var sandbox = new Sandbox(control, limits);
        var rootCall = new RootCall(view, router, sandbox, deadline, depth);
        sandbox.putState(RootCall.class, rootCall);
        return rootCall;
    }

    /// The root call that a sandbox belongs to.
    static RootCall of(Sandbox sandbox) {
        return sandbox.state(RootCall.class, () -> {
            throw new IllegalStateException("this sandbox was not opened by the host runtime");
        });
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Deadline deadline() {
        return deadline;
    }

    Optional<RoutingTable.Route> route(RouteKey key) {
        return view.routes().find(key);
    }

    /// The instance that the root call itself enters. The caller holds the permit already.
    ComponentInstance enterRoot(Deployment deployment) {
        Residents home = new Residents(deployment);
        residents.put(deployment.id(), home);
        return home.claim().instance();
    }

    /// Follows a link from an import. A failure becomes a [Trap] that names the link.
    Optional<WitValue> callLink(
            RouteKey key,
            Optional<RoutingTable.Route> route,
            InterfaceName name,
            String function,
            FunctionType type,
            List<WitValue> arguments) {
        // A guest at the end of its stack traps here, before a permit is taken or the lattice is asked.
        StackRoom.require();
        try {
            if (route.isEmpty()) {
                throw new LinkFailure(
                        LinkFailure.Kind.NO_LINK,
                        key.source() + " -> ? " + key.interfaceName(),
                        "no link is defined for this import; put one with the manifest's link trait",
                        null);
            }
            var call = new LinkCall(key.source(), route.get(), name, function, type, arguments, deadline, depth + 1);
            if (call.depth() > router.maxDepth()) {
                throw new LinkFailure(
                        LinkFailure.Kind.NOT_LINKABLE,
                        call.describeLink(),
                        "calls on calls are " + call.depth() + " deep; the limit is " + router.maxDepth(),
                        null);
            }
            Optional<Deployment> here = view.find(call.route().target());
            return here.isPresent() ? callLocal(here.get(), call) : router.callRemote(sandbox.control(), call);
        } catch (LinkFailure failure) {
            throw new Trap(Trap.Kind.LINK, failure.link() + ": " + failure.reason(), failure);
        }
    }

    private Optional<WitValue> callLocal(Deployment target, LinkCall call) {
        Residents home = residents.computeIfAbsent(target.id(), _ -> admit(target));
        Resident resident = home.claim();
        depth++;
        try {
            ComponentFunction function = resident.function(call);
            localCalls.merge(target.id(), 1L, Long::sum);
            return function.call(call.arguments());
        } finally {
            depth--;
            resident.busy = false;
        }
    }

    private Residents admit(Deployment target) {
        if (!target.permits().tryAcquire()) {
            boolean acquired = sandbox.control().blocking(() -> target.permits().acquire(deadline));
            if (!acquired) {
                throw new Trap(Trap.Kind.INTERRUPTED, "deadline exceeded waiting for an instance of " + target.id());
            }
        }
        sandbox.own(target.permits()::release);
        return new Residents(target);
    }

    /// Ends the sandbox and hands the counted local calls over.
    @Override
    public void close() {
        router.countLocal(localCalls);
        sandbox.close();
    }

    /// The instances of one component in this sandbox: one, and a further one for each time it is called while
    /// on the stack.
    private final class Residents {
        private final Deployment deployment;
        private final List<Resident> instances = new ArrayList<>(1);

        Residents(Deployment deployment) {
            this.deployment = deployment;
        }

        Resident claim() {
            for (Resident resident : instances) {
                if (!resident.busy) {
                    resident.busy = true;
                    return resident;
                }
            }
            var resident = new Resident(deployment.component().instantiate(sandbox));
            resident.busy = true;
            instances.add(resident);
            return resident;
        }
    }

    /// One instance, and whether it is on the stack.
    private static final class Resident {
        private final ComponentInstance instance;
        private boolean busy;

        Resident(ComponentInstance instance) {
            this.instance = instance;
        }

        ComponentInstance instance() {
            return instance;
        }

        ComponentFunction function(LinkCall call) {
            String interfaceName = call.interfaceName().withoutVersion().toString();
            ComponentFunction function = instance.function(interfaceName, call.function())
                    .orElseThrow(() -> mismatch(call, "it does not export that function"));
            if (!function.type().equals(call.type())) {
                throw mismatch(call, "it exports that function with another type");
            }
            return function;
        }

        private static LinkFailure mismatch(LinkCall call, String why) {
            return new LinkFailure(
                    LinkFailure.Kind.TYPE_MISMATCH,
                    call.describeLink(),
                    call.route().target() + " was called for " + call.interfaceName() + "#" + call.function() + ", but "
                            + why,
                    null);
        }
    }
}
