package guest;

import org.teavm.interop.Address;
import org.teavm.interop.Export;
import org.teavm.interop.Import;

/** The test world in Java: Values is written by bindings.py. */
public final class Main {
    private Main() {}

    /** TeaVM looks for exports in the classes that it comes across. */
    public static void main(String[] arguments) {
        Values.load();
        Counters.load();
    }

    @Export(name = "cabi_realloc")
    static Address reallocate(Address old, int oldSize, int align, int newSize) {
        Address fresh = Host.allocate(newSize, align);
        for (int i = 0; i < oldSize; i++) {
            fresh.add(i).putByte(old.add(i).getByte());
        }
        return fresh;
    }

    @Import(name = "ask", module = "$root")
    static native void ask(int pointer, int length, Address result);

    @Export(name = "answer")
    static Address answer(int pointer, int length) {
        Address result = Host.allocate(8, 4);
        ask(pointer, length, result);
        return result;
    }

    @Export(name = "cabi_post_answer")
    static void answered(Address result) {
        Host.free();
    }

    @Import(name = "refuse", module = "wattle:test/refusal")
    static native void refuse();

    @Export(name = "wattle:test/faults#trap")
    static void trap() {
        Host.trap();
    }

    @Export(name = "wattle:test/faults#divide")
    static int divide(int dividend, int divisor) {
        if (divisor == 0) {
            Host.trap();
        }
        return dividend / divisor;
    }

    @Export(name = "wattle:test/faults#ask-in-vain")
    static void askInVain() {
        refuse();
    }
}
