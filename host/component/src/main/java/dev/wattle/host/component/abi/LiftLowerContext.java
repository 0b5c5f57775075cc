package dev.wattle.host.component.abi;

import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
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

    private static final ResourceType[] NO_RESOURCES = {};

    private final CanonicalOptions options;
    private final InstanceState instance;
    private final BorrowScope borrowScope;
    private final @Nullable GuestMemory memory;

    /// What the resource types of a shared signature stand for; none where the types are interpreted.
    private final ResourceType[] resources;

    private final StringSource ownStrings;
    private @Nullable StringSource stringSource;
    private long liftable = -1;

    LiftLowerContext(CanonicalOptions options, InstanceState instance, BorrowScope borrowScope) {
        this(options, instance, borrowScope, NO_RESOURCES);
    }

    LiftLowerContext(
            CanonicalOptions options, InstanceState instance, BorrowScope borrowScope, ResourceType[] resources) {
        this.options = options;
        this.instance = instance;
        this.borrowScope = borrowScope;
        this.memory = options.memory().orElse(null);
        this.resources = resources;
        this.ownStrings = new StringSource(options.encoding());
    }

    ResourceType resource(int index) {
        return resources[index];
    }

    WitValue liftOwn(int index, WitType.OwnType type) {
        Object representation = Handles.liftOwn(instance, index, type.resource());
        charge(VALUE_COST);
        return new WitValue.Resource(type.resource(), representation);
    }

    WitValue liftBorrow(int index, WitType.BorrowType type) {
        charge(2 * VALUE_COST);
        Object representation = Handles.liftBorrow(instance, index, type.resource(), (Subtask) borrowScope);
        return new WitValue.Resource(type.resource(), representation);
    }

    int lowerOwn(WitValue value, WitType.OwnType type) {
        return Handles.lowerOwn(instance, ((WitValue.Resource) value).representation(), type.resource());
    }

    int lowerBorrow(WitValue value, WitType.BorrowType type) {
        Object representation = ((WitValue.Resource) value).representation();
        return Handles.lowerBorrow(instance, representation, type.resource(), (Task) borrowScope);
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
        return instance.handles().get(index, ErrorContext.class, "an error-context").value();
    }

    int lowerStream(WitValue value, WitType.StreamType type) {
        Object representation = ((WitValue.StreamValue) value).representation();
        return Handles.lowerAsyncValue(instance, representation, CopyEnd.Kind.READABLE_STREAM);
    }

    int lowerFuture(WitValue value, WitType.FutureType type) {
        Object representation = ((WitValue.FutureValue) value).representation();
        return Handles.lowerAsyncValue(instance, representation, CopyEnd.Kind.READABLE_FUTURE);
    }

    int lowerErrorContext(WitValue value) {
        return instance.handles().add(new ErrorContext((WitValue.ErrorContextValue) value));
    }

    StringEncoding stringEncoding() {
        return options.encoding();
    }

    /// How the strings of what is to be lowered were held; null when they are the host's.
    @Nullable StringSource stringSource() {
        return stringSource;
    }

    /// Says where the next values to be lowered come from.
    void lowerFrom(@Nullable StringSource source) {
        stringSource = source;
    }

    /// What has been lifted, for the other side.
    LiftedValues lifted(List<WitValue> values) {
        return new LiftedValues(values, ownStrings);
    }

    /// A string was lifted that was held in UTF-16 without need.
    void addWide(String text) {
        ownStrings.addWide(text);
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
        var realloc = options.realloc()
                .orElseThrow(() -> new IllegalStateException("canonical option `realloc` is required"));
        instance.forbidLeaving();
        long pointer;
        try {
            pointer = Integer.toUnsignedLong(
                    (int) realloc.invokeExact((int) oldPointer, (int) oldByteLength, alignment, (int) newByteLength));
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
        instance.allowLeaving();
        if (pointer != Layout.alignTo(pointer, alignment)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "realloc return: result not aligned");
        }
        if (!inBounds(pointer, newByteLength)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "realloc return: beyond end of memory");
        }
        return pointer;
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
