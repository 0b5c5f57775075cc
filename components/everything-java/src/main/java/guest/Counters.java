package guest;

import java.util.ArrayList;
import java.util.List;
import org.teavm.interop.Address;
import org.teavm.interop.Export;
import org.teavm.interop.Import;

/** Counters of the guest, by their place in a list: each holds the handle of one of the host. */
final class Counters {
    private static final String HOST = "wattle:test/counters";
    private static final String OWN = "[export]wattle:test/counters";
    private static final List<Integer> INNER = new ArrayList<>();

    private Counters() {}

    static void load() {}

    @Import(name = "[resource-new]counter", module = OWN)
    static native int resourceNew(int representation);

    @Import(name = "[resource-rep]counter", module = OWN)
    static native int resourceRep(int handle);

    // TeaVM tells functions apart by their names alone: the build gives this one its own.
    @Import(name = "[own][resource-drop]counter", module = OWN)
    static native void resourceDrop(int handle);

    @Import(name = "[resource-drop]counter", module = HOST)
    static native void hostDrop(int handle);

    @Export(name = "wattle:test/counters#[dtor]counter")
    static void drop(int representation) {
        int inner = INNER.set(representation, 0);
        if (inner != 0) {
            hostDrop(inner);
        }
    }

    private static int wrap(int inner) {
        INNER.add(inner);
        return resourceNew(INNER.size() - 1);
    }

    private static int unwrap(int handle) {
        int inner = INNER.set(resourceRep(handle), 0);
        resourceDrop(handle);
        return inner;
    }

    @Import(name = "[constructor]counter", module = HOST)
    static native int hostNew(int start);

    @Export(name = "wattle:test/counters#[constructor]counter")
    static int make(int start) {
        return wrap(hostNew(start));
    }

    @Import(name = "[method]counter.increment", module = HOST)
    static native int hostIncrement(int self, int by);

    @Export(name = "wattle:test/counters#[method]counter.increment")
    static int increment(int self, int by) {
        return hostIncrement(INNER.get(self), by);
    }

    @Import(name = "[method]counter.value", module = HOST)
    static native int hostValue(int self);

    @Export(name = "wattle:test/counters#[method]counter.value")
    static int value(int self) {
        return hostValue(INNER.get(self));
    }

    @Import(name = "[static]counter.merge", module = HOST)
    static native int hostMerge(int a, int b);

    @Export(name = "wattle:test/counters#[static]counter.merge")
    static int merge(int a, int b) {
        return wrap(hostMerge(INNER.get(a), unwrap(b)));
    }

    @Import(name = "[static]counter.live", module = HOST)
    static native int hostLive();

    @Export(name = "wattle:test/counters#[static]counter.live")
    static int live() {
        return hostLive();
    }

    @Import(name = "consume", module = HOST)
    static native int hostConsume(int counter);

    @Export(name = "wattle:test/counters#consume")
    static int consume(int counter) {
        return hostConsume(unwrap(counter));
    }

    @Import(name = "peek", module = HOST)
    static native int hostPeek(int counter);

    @Export(name = "wattle:test/counters#peek")
    static int peek(int counter) {
        return hostPeek(INNER.get(counter));
    }

    @Import(name = "pass", module = HOST)
    static native int hostPass(int counter);

    @Export(name = "wattle:test/counters#pass")
    static int pass(int counter) {
        return wrap(hostPass(unwrap(counter)));
    }

    @Import(name = "pass-all", module = HOST)
    static native void hostPassAll(Address counters, int length, Address result);

    @Export(name = "wattle:test/counters#pass-all")
    static Address passAll(Address counters, int length) {
        for (int i = 0; i < length; i++) {
            counters.add(4 * i).putInt(unwrap(counters.add(4 * i).getInt()));
        }
        Address result = Host.allocate(8, 4);
        hostPassAll(counters, length, result);
        Address got = Address.fromInt(result.getInt());
        for (int i = 0; i < result.add(4).getInt(); i++) {
            got.add(4 * i).putInt(wrap(got.add(4 * i).getInt()));
        }
        return result;
    }

    @Export(name = "cabi_post_wattle:test/counters#pass-all")
    static void passedAll(Address result) {
        Host.free();
    }

    @Import(name = "pass-some", module = HOST)
    static native void hostPassSome(int some, int counter, Address result);

    @Export(name = "wattle:test/counters#pass-some")
    static Address passSome(int some, int counter) {
        Address result = Host.allocate(8, 4);
        hostPassSome(some, some == 0 ? 0 : unwrap(counter), result);
        if (result.getByte() != 0) {
            result.add(4).putInt(wrap(result.add(4).getInt()));
        }
        return result;
    }

    @Export(name = "cabi_post_wattle:test/counters#pass-some")
    static void passedSome(Address result) {
        Host.free();
    }

    @Import(name = "total", module = HOST)
    static native long hostTotal(Address counters, int length);

    @Export(name = "wattle:test/counters#total")
    static long total(Address counters, int length) {
        for (int i = 0; i < length; i++) {
            counters.add(4 * i).putInt(INNER.get(counters.add(4 * i).getInt()));
        }
        long total = hostTotal(counters, length);
        Host.free();
        return total;
    }

    @Import(name = "make", module = HOST)
    static native void hostMake(int start, Address result);

    @Export(name = "wattle:test/counters#make")
    static Address makeOrNot(int start) {
        Address result = Host.allocate(12, 4);
        hostMake(start, result);
        if (result.getByte() == 0) {
            result.add(4).putInt(wrap(result.add(4).getInt()));
        }
        return result;
    }

    @Export(name = "cabi_post_wattle:test/counters#make")
    static void madeOrNot(Address result) {
        Host.free();
    }
}
