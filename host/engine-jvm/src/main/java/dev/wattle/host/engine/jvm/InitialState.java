package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant;
import dev.wattle.host.engine.jvm.binary.WasmModule.Elements;
import dev.wattle.host.engine.jvm.binary.WasmModule.Mode;
import dev.wattle.host.engine.jvm.runtime.GlobalCell;
import dev.wattle.host.engine.jvm.runtime.Instance;
import dev.wattle.host.engine.jvm.runtime.Memory;
import dev.wattle.host.engine.jvm.runtime.Segments;
import dev.wattle.host.engine.jvm.runtime.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What the memories and tables of a new instance hold: as far as it is the same for all instances, prepared once as
/// images; the rest is a list of segments to run. Immutable.
///
/// A segment is part of an image when it cannot trap and nothing that runs before it can: whoever sees the instance
/// at all then finds what the specification's order of events leaves there.
final class InitialState implements Segments {
    /// A table whose functions are few and far between is filled by running its segments.
    private static final int MAX_TABLE_WASTE = 16;

    /// Images so small are not worth a second thought.
    private static final int SMALL_TABLE = 1 << 12;

    private final WasmModule module;
    private final @Nullable MemoryImage[] memories;
    private final int[] @Nullable [] tables;
    private final List<Integer> elementsToRun = new ArrayList<>();
    private final List<Integer> dataToRun = new ArrayList<>();
    private final List<Integer> tablesToFill = new ArrayList<>();
    private final boolean complete;

    InitialState(WasmModule module) {
        this.module = module;
        this.tables = new int[module.tables().size()][];
        this.memories = new MemoryImage[module.memories().size()];
        for (int i = module.importedTables(); i < tables.length; i++) {
            if (!isNull(module.tables().get(i).initial())) {
                tablesToFill.add(i);
            }
        }
        prepareTables();
        prepareMemories();
        this.complete = tablesToFill.isEmpty() && elementsToRun.isEmpty() && dataToRun.isEmpty();
    }

    private static boolean isNull(Constant constant) {
        OptionalInt same = Constants.sameFunction(constant);
        return same.isPresent() && same.getAsInt() == 0;
    }

    /// What a memory of the module itself holds.
    MemoryImage image(int memory) {
        MemoryImage image = memories[memory];
        return image == null ? MemoryImage.ZERO : image;
    }

    /// What a table of the module itself holds, as [Table] takes it; null for nothing.
    int @Nullable [] tableImage(int table) {
        return tables[table];
    }

    /// Whether instances have anything to run before the start function.
    boolean isComplete() {
        return complete;
    }

    private void prepareTables() {
        boolean trapsNever = true;
        for (int i = 0; i < module.elements().size(); i++) {
            Elements segment = module.elements().get(i);
            if (segment.mode() instanceof Mode.Active active) {
                trapsNever = trapsNever && prepare(segment, active);
                if (!trapsNever) {
                    elementsToRun.add(i);
                }
            }
        }
    }

    /// Makes a segment part of its table's image, when it can be.
    private boolean prepare(Elements segment, Mode.Active active) {
        int table = active.index();
        OptionalInt offset = Constants.sameOffset(active.offset());
        if (table < module.importedTables() || tablesToFill.contains(table) || offset.isEmpty()) {
            return false;
        }
        int count = segment.items().size();
        long end = Integer.toUnsignedLong(offset.getAsInt()) + count;
        boolean wasteful = end > SMALL_TABLE && end > (long) count * MAX_TABLE_WASTE;
        if (end > module.tables().get(table).minimum() || wasteful || end > Integer.MAX_VALUE) {
            return false;
        }
        int[] functions = new int[count];
        for (int i = 0; i < count; i++) {
            OptionalInt function = Constants.sameFunction(segment.items().get(i));
            if (function.isEmpty()) {
                return false;
            }
            functions[i] = function.getAsInt();
        }
        int[] known = tables[table] == null ? new int[0] : tables[table];
        int[] image = Arrays.copyOf(known, Math.max(known.length, (int) end));
        System.arraycopy(functions, 0, image, offset.getAsInt(), count);
        tables[table] = image;
        return true;
    }

    private void prepareMemories() {
        List<List<MemoryImage.Part>> parts = new ArrayList<>();
        module.memories().forEach(_ -> parts.add(new ArrayList<>()));
        List<Integer> prepared = new ArrayList<>();
        boolean trapsNever = elementsToRun.isEmpty();
        for (int i = 0; i < module.data().size(); i++) {
            if (module.data().get(i).mode() instanceof Mode.Active active) {
                MemoryImage.Part part = trapsNever ? part(i, active) : null;
                trapsNever = part != null;
                if (part == null) {
                    dataToRun.add(i);
                } else {
                    prepared.add(i);
                    parts.get(active.index()).add(part);
                }
            }
        }
        for (int i = 0; i < memories.length; i++) {
            MemoryImage image = MemoryImage.of(module.binary(), parts.get(i));
            if (image == null) {
                Arrays.fill(memories, null);
                dataToRun.addAll(0, prepared);
                return;
            }
            memories[i] = image;
        }
    }

    /// A segment as part of its memory's image; null when it can be none.
    private MemoryImage.@Nullable Part part(int segment, Mode.Active active) {
        OptionalInt offset = Constants.sameOffset(active.offset());
        if (active.index() < module.importedMemories() || offset.isEmpty()) {
            return null;
        }
        var data = module.data().get(segment);
        long end = Integer.toUnsignedLong(offset.getAsInt()) + data.length();
        boolean inside = end <= module.memories().get(active.index()).minimumPages() * Memory.PAGE_BYTES
                && end <= Integer.MAX_VALUE;
        return inside ? new MemoryImage.Part(offset.getAsInt(), data.start(), data.length()) : null;
    }

    /// Does what the images do not: in the specification's order, up to the first trap.
    void run(Instance instance, Memory[] instancesMemories, Table[] instancesTables) {
        for (int i : tablesToFill) {
            Table table = instancesTables[i];
            table.fill(0, Constants.reference(module.tables().get(i).initial(), instance), table.size());
        }
        for (int i : elementsToRun) {
            Elements segment = module.elements().get(i);
            var active = (Mode.Active) segment.mode();
            int count = segment.items().size();
            int to = Constants.offset(active.offset(), instance);
            instancesTables[active.index()].init(to, 0, count, instance, i, count);
        }
        for (int i : dataToRun) {
            var data = module.data().get(i);
            var active = (Mode.Active) data.mode();
            int to = Constants.offset(active.offset(), instance);
            instancesMemories[active.index()].write(to, module.binary(), data.start(), data.length());
        }
    }

    @Override
    public byte[] binary() {
        return module.binary();
    }

    @Override
    public int dataStart(int segment) {
        return module.data().get(segment).start();
    }

    @Override
    public int dataLength(int segment) {
        var data = module.data().get(segment);
        return data.mode() instanceof Mode.Passive ? data.length() : 0;
    }

    @Override
    public int elementsLength(int segment) {
        Elements elements = module.elements().get(segment);
        return elements.mode() instanceof Mode.Passive ? elements.items().size() : 0;
    }

    @Override
    public GlobalCell global(Instance instance, int global) {
        return Constants.cell(module.globals().get(global).initial(), instance);
    }

    @Override
    public @Nullable Object element(Instance instance, int segment, int item) {
        return Constants.reference(module.elements().get(segment).items().get(item), instance);
    }
}
