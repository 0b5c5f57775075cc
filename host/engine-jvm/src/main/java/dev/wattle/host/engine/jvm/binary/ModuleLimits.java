package dev.wattle.host.engine.jvm.binary;

import java.util.Arrays;

/// How big a module may be. Most bounds are those of the JavaScript embedding, which every compiler's output has to
/// respect anyway; what exceeds one is invalid, by that name.
///
/// @param moduleBytes of the whole binary
/// @param types in the type section
/// @param functions with the imported ones
/// @param imports of every kind
/// @param exports of every kind
/// @param tables with the imported ones
/// @param memories with the imported ones
/// @param globals with the imported ones
/// @param tags with the imported ones
/// @param elementSegments of the module
/// @param dataSegments of the module
/// @param tableEntries that the binary may list, over all element segments
/// @param parameters of a function type
/// @param results of a function type
/// @param signatureValues parameters and results of all types together
/// @param locals of a function, parameters included
/// @param localRuns declarations of locals in all functions, neighbours of one type counted once
/// @param bodyBytes of one function
/// @param nesting of blocks
/// @param branchTargets of one `br_table`, without the default
/// @param operands that may be pending in a function
/// @param constantInstructions in all constant expressions together, single `ref.func` and `ref.null` not counted
/// @param nameBytes of an import's, an export's or a custom section's name
/// @param customSections of the module
/// @param workPerByte operands that may be moved for each byte of the binary beyond one for an instruction
public record ModuleLimits(
        int moduleBytes,
        int types,
        int functions,
        int imports,
        int exports,
        int tables,
        int memories,
        int globals,
        int tags,
        int elementSegments,
        int dataSegments,
        int tableEntries,
        int parameters,
        int results,
        int signatureValues,
        int locals,
        int localRuns,
        int bodyBytes,
        int nesting,
        int branchTargets,
        int operands,
        int constantInstructions,
        int nameBytes,
        int customSections,
        int workPerByte) {

    /// The JavaScript embedding allows 1 GiB; the largest guests that are known to be in use (Python with its
    /// libraries) stay below 64 MiB, and a module is held in memory.
    public static final int MODULE_BYTES = 256 << 20;

    /// As in the JavaScript embedding, for types, functions, imports, exports, globals and tags.
    public static final int MILLION = 1_000_000;

    /// As in the JavaScript embedding, for segments and, since each is an object of its own, tables.
    public static final int HUNDRED_THOUSAND = 100_000;

    /// Each memory is an array and two fields of every instance; the JavaScript embedding allows 100.
    public static final int MEMORIES = 100;

    /// As in the JavaScript embedding: a table may have no more.
    public static final int TABLE_ENTRIES = 10_000_000;

    /// As in the JavaScript embedding, for parameters and for results.
    public static final int ARITY = 1_000;

    /// A million types of four values; each value is kept twice.
    public static final int SIGNATURE_VALUES = 4_000_000;

    /// As in the JavaScript embedding.
    public static final int LOCALS = 50_000;

    /// A million functions with locals of four types; each is an object.
    public static final int LOCAL_RUNS = 4_000_000;

    /// As in the JavaScript embedding.
    public static final int BODY_BYTES = 7_654_321;

    /// As in the JavaScript embedding (likewise): also what a `tableswitch` in a method of 64 KiB could not hold.
    public static final int BRANCH_TARGETS = 65_520;

    /// A `switch` over as many cases as a `br_table` may have becomes one block for each.
    public static final int NESTING = 70_000;

    /// What one call may leave a hundred times over; compilers stay below a few dozen.
    public static final int OPERANDS = 100_000;

    /// More than one for each of a million globals.
    public static final int CONSTANT_INSTRUCTIONS = 2_000_000;

    /// As in the JavaScript embedding.
    public static final int NAME_BYTES = 100_000;

    /// Tools add a dozen; each costs an object.
    public static final int CUSTOM_SECTIONS = 10_000;

    /// Compilers need about one; a thousand block parameters for five bytes would cost two hundred.
    public static final int WORK_PER_BYTE = 20;

    public static final ModuleLimits DEFAULTS = new ModuleLimits(
            MODULE_BYTES,
            MILLION,
            MILLION,
            MILLION,
            MILLION,
            HUNDRED_THOUSAND,
            MEMORIES,
            MILLION,
            MILLION,
            HUNDRED_THOUSAND,
            HUNDRED_THOUSAND,
            TABLE_ENTRIES,
            ARITY,
            ARITY,
            SIGNATURE_VALUES,
            LOCALS,
            LOCAL_RUNS,
            BODY_BYTES,
            NESTING,
            BRANCH_TARGETS,
            OPERANDS,
            CONSTANT_INSTRUCTIONS,
            NAME_BYTES,
            CUSTOM_SECTIONS,
            WORK_PER_BYTE);

    /// Part of the key under which is kept what was found out about a module. Not the record's own, for which the JVM
    /// makes a dozen classes, at each start.
    @Override
    public String toString() {
        return "ModuleLimits"
                + Arrays.toString(new int[] {
                    moduleBytes,
                    types,
                    functions,
                    imports,
                    exports,
                    tables,
                    memories,
                    globals,
                    tags,
                    elementSegments,
                    dataSegments,
                    tableEntries,
                    parameters,
                    results,
                    signatureValues,
                    locals,
                    localRuns,
                    bodyBytes,
                    nesting,
                    branchTargets,
                    operands,
                    constantInstructions,
                    nameBytes,
                    customSections,
                    workPerByte
                });
    }
}
