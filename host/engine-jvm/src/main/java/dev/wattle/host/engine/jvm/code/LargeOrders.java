package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.code.LargeFunctions.TooLargeException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Has the large functions of a module compiled, each on a thread of its own. Whoever needs a function waits as long as
/// its guest may; the work goes on without it, for whoever comes next. Safe for any thread.
final class LargeOrders {
    /// A guest that has to stop does so within it.
    private static final long LOOK_MILLIS = 10;

    private final IntFunction<Map<String, byte[]>> compiler;
    private final Consumer<Map<String, byte[]>> taker;
    private final WaitingGuests guests;
    private final ConcurrentMap<Integer, Order> orders = new ConcurrentHashMap<>();

    /// Functions whose class files were made.
    private final Set<Integer> made = ConcurrentHashMap.newKeySet();

    /// Why functions cannot be compiled: tried once, because trying takes long.
    private final Map<Integer, TooLargeException> refused = new ConcurrentHashMap<>();

    private static final class Order {
        final CountDownLatch done = new CountDownLatch(1);

        /// Written before it is done.
        @Nullable
        Throwable failure;
    }

    /// @param compiler of a function
    /// @param taker of its class files
    LargeOrders(IntFunction<Map<String, byte[]>> compiler, Consumer<Map<String, byte[]>> taker, WaitingGuests guests) {
        this.compiler = compiler;
        this.taker = taker;
        this.guests = guests;
    }

    /// Waits until the function was compiled and its class files were taken.
    ///
    /// @throws TooLargeException when it cannot be
    /// @throws dev.wattle.host.engine.Trap when the guest whose code needs it was stopped
    void await(int function) {
        if (made.contains(function)) {
            return;
        }
        TooLargeException why = refused.get(function);
        if (why != null) {
            throw why;
        }
        var mine = new Order();
        Order order = orders.putIfAbsent(function, mine);
        if (order == null) {
            order = mine;
            Thread.ofPlatform().name("wattle-compile-large").daemon().start(() -> carryOut(function, mine));
        }
        await(order);
        switch (order.failure) {
            case null -> {}
            case TooLargeException beyond -> throw beyond;
            case Throwable bug -> throw new IllegalStateException("function " + function + " cannot be compiled", bug);
        }
    }

    /// The class files of the function were lost: it is compiled again when it is needed.
    void forget(int function) {
        made.remove(function);
    }

    private void carryOut(int function, Order order) {
        try {
            taker.accept(compiler.apply(function));
            made.add(function);
        } catch (TooLargeException beyond) {
            order.failure = beyond;
            if (beyond.isFinal()) {
                refused.put(function, beyond);
            }
        } catch (Throwable bug) {
            order.failure = bug;
        } finally {
            orders.remove(function, order);
            order.done.countDown();
        }
    }

    private void await(Order order) {
        boolean interrupted = false;
        try {
            boolean done = false;
            while (!done) {
                guests.poll();
                try {
                    done = order.done.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException notOurs) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
