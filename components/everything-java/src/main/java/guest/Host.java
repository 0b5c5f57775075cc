package guest;

import org.teavm.interop.Address;
import org.teavm.interop.Import;

/** What the module beside the guest's gives it: memory.wat. */
final class Host {
    private Host() {}

    /** Memory that the collector of garbage does not know, until everything is let go of. */
    @Import(name = "allocate", module = "beside")
    static native Address allocate(int size, int align);

    @Import(name = "free", module = "beside")
    static native void free();

    @Import(name = "trap", module = "beside")
    static native void trap();
}
