package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What lifting and lowering one set of values needs: the options, the instance, who borrows last for, and how
/// much the host may still allocate.
///
/// Public for the sake of generated code, which passes it around; nobody else needs it.
///
/// @spec CanonicalABI.md `LiftLowerContext`
public final class LiftLowerContext {
    /// The host's heap that lifting may take for each byte of the guest's memory. A list of small records that
    /// fills the memory takes less; ranges that a guest lets many strings or lists share soon take more.
    static final long LIFTED_BYTES_PER_MEMORY_BYTE = 64;

    /// What values without memory, or beside a small one, may take: spilled parameters are at most a page or
    /// two.
    static final long MIN_LIFTED_BYTES = 1 << 20;

    /// What one set of values may take at most: room for a few byte lists and strings of the greatest length.
    static final long MAX_LIFTED_BYTES = 1L << 30;

    /// The host's heap for one value: an object with one or two fields.
    static final long VALUE_COST = 24;

    /// The host's heap for one reference in a list.
    static final long REFERENCE_COST = 8;

    private static final @Nullable ResourceDefinition[] NO_RESOURCES = {};

    private final InstanceState instance;
    private final @Nullable BorrowScope borrowScope;
    private final StringEncoding encoding;
    private final @Nullable GuestMemory memory;
    private final @Nullable MethodHandle realloc;

    /// The first argument of realloc, when its handle is one for all instances.
    private final @Nullable CoreInstance reallocInstance;

    /// What generated code knows resource types by; none where the types are interpreted.
    private final @Nullable ResourceDefinition[] resources;

    private @Nullable StringSource ownStrings;
    private @Nullable StringSource stringSource;
    private long liftable = -1;

    LiftLowerContext(CanonicalOptions options, InstanceState instance, BorrowScope borrowScope) {
        this(
                instance,
                borrowScope,
                options.encoding(),
                options.memory().orElse(null),
                options.realloc().orElse(null),
                null,
                NO_RESOURCES);
    }

    /// For generated code.
    ///
    /// @param borrowScope null when no handle is borrowed
    /// @param realloc `(i32, i32, i32, i32) -> i32`, after the instance when that is given
    /// @param resources what numbers of resource types stand for
    public LiftLowerContext(
            InstanceState instance,
            @Nullable BorrowScope borrowScope,
            StringEncoding encoding,
            @Nullable GuestMemory memory,
            @Nullable MethodHandle realloc,
            @Nullable CoreInstance reallocInstance,
            @Nullable ResourceDefinition[] resources) {
        this.instance = instance;
        this.borrowScope = borrowScope;
        this.encoding = encoding;
        this.memory = memory;
        this.realloc = realloc;
        this.reallocInstance = reallocInstance;
        this.resources = resources;
    }

    InstanceState instance() {
        return instance;
    }

    ResourceType resource(int slot) {
        ResourceDefinition definition = resources[slot];
        if (definition == null) {
            throw new IllegalStateException("a resource type is used before its instance is made");
        }
        return definition.type();
    }

    WitValue liftOwn(int index, ResourceType type) {
        Object representation = Handles.liftOwn(instance, index, type);
        charge(VALUE_COST);
        return new WitValue.Resource(type, representation);
    }

    WitValue liftBorrow(int index, ResourceType type) {
        charge(2 * VALUE_COST);
        Object representation = Handles.liftBorrow(instance, index, type, (Subtask) scope());
        return new WitValue.Resource(type, representation);
    }

    int lowerOwn(WitValue value, ResourceType type) {
        return Handles.lowerOwn(instance, ((WitValue.Resource) value).representation(), type);
    }

    int lowerBorrow(WitValue value, ResourceType type) {
        Object representation = ((WitValue.Resource) value).representation();
        return Handles.lowerBorrow(instance, representation, type, (Task) scope());
    }

    WitValue liftStream(int index, WitType.StreamType type) {
        charge(VALUE_COST);
        return new WitValue.StreamValue(
                type.element(), Handles.liftAsyncValue(instance, index, CopyEnd.Kind.READABLE_STREAM, type.element()));
    }

    WitValue liftFuture(int index, WitType.FutureType type) {
        charge(VALUE_COST);
        return new WitValue.FutureValue(
                type.element(), Handles.liftAsyncValue(instance, index, CopyEnd.Kind.READABLE_FUTURE, type.element()));
    }

    WitValue liftErrorContext(int index) {
        return instance.handles()
                .get(index, ErrorContext.class, "an error-context")
                .value();
    }

    int lowerStream(WitValue value) {
        Object representation = ((WitValue.StreamValue) value).representation();
        return Handles.lowerAsyncValue(instance, representation, CopyEnd.Kind.READABLE_STREAM);
    }

    int lowerFuture(WitValue value) {
        Object representation = ((WitValue.FutureValue) value).representation();
        return Handles.lowerAsyncValue(instance, representation, CopyEnd.Kind.READABLE_FUTURE);
    }

    int lowerErrorContext(WitValue value) {
        return instance.handles().add(new ErrorContext((WitValue.ErrorContextValue) value));
    }

    private BorrowScope scope() {
        if (borrowScope == null) {
            throw new IllegalStateException("a handle is borrowed by a signature without one");
        }
        return borrowScope;
    }

    StringEncoding stringEncoding() {
        return encoding;
    }

    /// How the strings of what is to be lowered were held; null when they are the host's.
    @Nullable
    StringSource stringSource() {
        return stringSource;
    }

    /// Says where the next values to be lowered come from.
    void lowerFrom(@Nullable StringSource source) {
        stringSource = source;
    }

    /// How this guest holds the strings that are lifted from it.
    StringSource ownStrings() {
        StringSource known = ownStrings;
        if (known == null) {
            known = new StringSource(encoding);
            ownStrings = known;
        }
        return known;
    }

    /// What has been lifted, for the other side.
    LiftedValues lifted(List<WitValue> values) {
        return new LiftedValues(values, ownStrings());
    }

    /// Traps when a string is longer than this sandbox allows.
    void requireStringLength(long byteLength) {
        if (byteLength > instance.store().limits.stringBytes()) {
            throw new Trap(Trap.Kind.LIMIT, "string exceeds maximum byte size");
        }
    }

    /// Traps when a list takes more memory than this sandbox allows.
    void requireListLength(long byteLength) {
        if (byteLength > instance.store().limits.listBytes()) {
            throw new Trap(Trap.Kind.LIMIT, "list exceeds maximum byte size");
        }
    }

    GuestMemory memory() {
        if (memory == null) {
            throw new IllegalStateException("canonical option `memory` is required");
        }
        return memory;
    }

    /// Counts what is about to be allocated for a lifted value.
    void charge(long bytes) {
        if (liftable < 0) {
            long memoryBytes = memory == null ? 0 : memory.sizeBytes();
            liftable = Math.clamp(memoryBytes * LIFTED_BYTES_PER_MEMORY_BYTE, MIN_LIFTED_BYTES, MAX_LIFTED_BYTES);
        }
        if (bytes > liftable) {
            throw new Trap(Trap.Kind.LIMIT, "the values are too large to be lifted");
        }
        instance.chargeValues(bytes);
        liftable -= bytes;
    }

    /// Has the guest make room.
    long allocate(int alignment, long byteLength) {
        return reallocate(0, 0, alignment, byteLength);
    }

    /// Has the guest make room; while it does, it may not call out.
    ///
    /// @spec CanonicalABI.md `reallocate`
    long reallocate(long oldPointer, long oldByteLength, int alignment, long newByteLength) {
        instance.forbidLeaving();
        long pointer = Integer.toUnsignedLong(
                callRealloc((int) oldPointer, (int) oldByteLength, alignment, (int) newByteLength));
        instance.allowLeaving();
        if (pointer != Layout.alignTo(pointer, alignment)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "realloc return: result not aligned");
        }
        if (!inBounds(pointer, newByteLength)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "realloc return: beyond end of memory");
        }
        return pointer;
    }

    private int callRealloc(int oldPointer, int oldByteLength, int alignment, int newByteLength) {
        if (!instance.seesTasks()) {
            return invokeRealloc(oldPointer, oldByteLength, alignment, newByteLength);
        }
        int[] pointer = new int[1];
        instance.runCore(() -> pointer[0] = invokeRealloc(oldPointer, oldByteLength, alignment, newByteLength));
        return pointer[0];
    }

    private int invokeRealloc(int oldPointer, int oldByteLength, int alignment, int newByteLength) {
        if (realloc == null) {
            throw new IllegalStateException("canonical option `realloc` is required");
        }
        try {
            return reallocInstance == null
                    ? (int) realloc.invokeExact(oldPointer, oldByteLength, alignment, newByteLength)
                    : (int) realloc.invokeExact(reallocInstance, oldPointer, oldByteLength, alignment, newByteLength);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    /// Does the range lie in memory?
    boolean inBounds(long pointer, long byteLength) {
        long size = memory().sizeBytes();
        return byteLength <= size && pointer <= size - byteLength;
    }

    /// Traps when a spilled value does not lie in memory.
    void requireInBounds(long pointer, long byteLength) {
        if (!inBounds(pointer, byteLength)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "pointer out of bounds of memory");
        }
    }

    /// Traps when the address is not a multiple of `alignment`.
    static void requireAligned(long pointer, int alignment) {
        if (pointer != Layout.alignTo(pointer, alignment)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "unaligned pointer");
        }
    }
}
