package dev.wattle.host.component.code;

import dev.wattle.host.component.Sandbox;
import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.component.abi.Subtask;
import dev.wattle.host.component.abi.Task;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;

/// What code that moves values between guests calls. Small: the JVM inlines it there.
///
/// Traps are those of lifting and lowering, with the same words.
///
/// @spec CanonicalABI.md `lift_flat`, `load`, `lower_flat`, `store`
@SuppressWarnings("UnusedMethod") // by generated code
final class Moves {
    /// Elements lie in memory one behind the other: of so many bytes, one looks whether the guest is to be stopped.
    private static final int POLL_BYTES = 1 << 12;

    private Moves() {}

    static int bool(int bits) {
        return bits != 0 ? 1 : 0;
    }

    static float canonical(float value) {
        return Float.isNaN(value) ? Float.NaN : value;
    }

    static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    static int character(int codePoint) {
        if (!Character.isValidCodePoint(codePoint)
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "invalid `char` bit pattern 0x" + Integer.toHexString(codePoint));
        }
        return codePoint;
    }

    static int caseIndex(int discriminant, int cases) {
        if (Integer.compareUnsigned(discriminant, cases) >= 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "invalid variant discriminant");
        }
        return discriminant;
    }

    static int own(InstanceState from, InstanceState to, ResourceDefinition resource, int handle) {
        ResourceType type = resource.type();
        return to.lowerOwn(from.liftOwn(handle, type), type);
    }

    static int borrow(
            InstanceState from, InstanceState to, ResourceDefinition resource, int handle, Subtask subtask, Task task) {
        ResourceType type = resource.type();
        return to.lowerBorrow(from.liftBorrow(handle, type, subtask), type, task);
    }

    /// A value that lies in memory as a whole.
    ///
    /// @return its address
    static long requireSpilled(GuestMemory memory, int pointer, int size, int alignment) {
        long address = Integer.toUnsignedLong(pointer);
        requireAligned(address, alignment);
        if (!inBounds(memory, address, size)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "pointer out of bounds of memory");
        }
        return address;
    }

    private static void requireAligned(long address, int alignment) {
        if ((address & (alignment - 1)) != 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "unaligned pointer");
        }
    }

    private static boolean inBounds(GuestMemory memory, long address, long byteLength) {
        long size = memory.sizeBytes();
        return byteLength <= size && address <= size - byteLength;
    }

    /// What a guest made room for.
    static void requireAllocated(GuestMemory memory, int pointer, int alignment, int byteLength) {
        long address = Integer.toUnsignedLong(pointer);
        if ((address & (alignment - 1)) != 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "realloc return: result not aligned");
        }
        if (!inBounds(memory, address, Integer.toUnsignedLong(byteLength))) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "realloc return: beyond end of memory");
        }
    }

    private static Trap tooLong(long byteLength, long maximum, String what) {
        Trap.Kind kind = byteLength > maximum ? Trap.Kind.CANONICAL_ABI : Trap.Kind.LIMIT;
        return new Trap(kind, what + " exceeds maximum byte size");
    }

    /// The bytes of a list's elements.
    static int requireList(
            InstanceState state, GuestMemory memory, int pointer, int length, int elementSize, int alignment) {
        long address = Integer.toUnsignedLong(pointer);
        long byteLength = Integer.toUnsignedLong(length) * elementSize;
        if (byteLength > state.sandbox().abiLimits().listBytes()) {
            throw tooLong(byteLength, CanonicalAbi.MAX_LIST_BYTE_LENGTH, "list");
        }
        requireAligned(address, alignment);
        if (!inBounds(memory, address, byteLength)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "list content out-of-bounds");
        }
        return (int) byteLength;
    }

    /// A string in UTF-8.
    static void requireUtf8(InstanceState state, GuestMemory memory, int pointer, int length) {
        long address = Integer.toUnsignedLong(pointer);
        long byteLength = Integer.toUnsignedLong(length);
        if (byteLength > state.sandbox().abiLimits().stringBytes()) {
            throw tooLong(byteLength, CanonicalAbi.MAX_STRING_BYTE_LENGTH, "string");
        }
        if (!inBounds(memory, address, byteLength)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "string content out-of-bounds");
        }
        if (!memory.isUtf8(address, length)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "invalid utf-8 sequence in a string");
        }
    }

    static void copy(GuestMemory to, int target, GuestMemory from, int source, int byteLength) {
        to.copy(Integer.toUnsignedLong(target), from, Integer.toUnsignedLong(source), byteLength);
    }

    /// Within long lists.
    static void poll(Sandbox sandbox, long address) {
        if ((address & (POLL_BYTES - 1)) == 0) {
            GuestControl control = sandbox.control();
            if (control.signal != 0) {
                control.poll();
            }
        }
    }
}
