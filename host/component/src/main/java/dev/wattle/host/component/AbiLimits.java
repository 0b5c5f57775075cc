package dev.wattle.host.component;

/// What the guests of one sandbox may make the host keep or move at once. A guest that wants more traps with
/// [dev.wattle.host.engine.Trap.Kind#LIMIT].
///
/// @param handles in the table of one instance: resources, tasks, streams and whatever else has an index
/// @param threads of control that wait in the middle of a call, in all instances together
/// @param nesting how often host functions may call guests that call host functions that call guests
/// @param stringBytes of one string, in the encoding that it is read or written in
/// @param listBytes of one list's elements, as they lie in memory
/// @param instances of core modules, of all components in the sandbox together
public record AbiLimits(int handles, int threads, int nesting, long stringBytes, long listBytes, int instances) {
    /// The canonical ABI keeps the upper bits of an index free: `Table.MAX_LENGTH`.
    public static final int MAX_HANDLES = (1 << 28) - 1;

    /// The longest string and list that the canonical ABI moves: `MAX_STRING_BYTE_LENGTH`,
    /// `MAX_LIST_BYTE_LENGTH`.
    public static final long MAX_BYTES = (1L << 28) - 1;

    /// Far above what programs use; the host keeps 60 MB for as many.
    public static final int DEFAULT_HANDLES = 1_000_000;

    /// Each is a thread of Java.
    public static final int DEFAULT_THREADS = 256;

    /// A composition of large components has some hundred; each may have a memory and a table of its own.
    public static final int DEFAULT_INSTANCES = 10_000;

    /// How deep calls nest in-process: as deep as they do across hosts.
    public static final int DEFAULT_NESTING = 64;

    public static final AbiLimits DEFAULTS =
            new AbiLimits(DEFAULT_HANDLES, DEFAULT_THREADS, DEFAULT_NESTING, MAX_BYTES, MAX_BYTES, DEFAULT_INSTANCES);

    /// With as many instances as nobody needs.
    public AbiLimits(int handles, int threads, int nesting, long stringBytes, long listBytes) {
        this(handles, threads, nesting, stringBytes, listBytes, DEFAULT_INSTANCES);
    }

    public AbiLimits {
        require(handles >= 0 && handles <= MAX_HANDLES, "handles", handles);
        require(threads >= 0, "threads", threads);
        require(nesting >= 1, "nesting", nesting);
        require(instances >= 0, "instances", instances);
        require(stringBytes >= 0 && stringBytes <= MAX_BYTES, "string bytes", stringBytes);
        require(listBytes >= 0 && listBytes <= MAX_BYTES, "list bytes", listBytes);
    }

    private static void require(boolean fits, String what, long value) {
        if (!fits) {
            throw new IllegalArgumentException("out of range: " + value + " " + what);
        }
    }
}
