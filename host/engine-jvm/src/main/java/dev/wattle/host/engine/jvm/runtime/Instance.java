package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.GuestControl;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// An instance of a module. The generated subclass has the module's state as fields (`DESIGN.md` lists them).
/// One thread at a time.
public abstract class Instance {
    /// References are kept in pieces of 2⁵, because a large module has thousands of functions, of which few are
    /// ever referred to.
    private static final int PIECE_SHIFT = 5;

    private static final int PIECE_MASK = (1 << PIECE_SHIFT) - 1;

    /// Who may stop it.
    public final GuestControl control;

    /// Where results beyond the first and the arguments of pending tail calls travel; one for all instances of
    /// a sandbox.
    public final Scratch scratch;

    private final Functions functions;
    private final Segments segments;

    /// References to this instance's functions, made when first needed, so that each has one identity.
    private @Nullable FunctionReference @Nullable [] @Nullable [] references;

    private @Nullable BitSet droppedData;
    private @Nullable BitSet droppedElements;

    /// The functions of a module, imports first, of which instances make references.
    public interface Functions {
        /// How many there are.
        int count();

        /// How many of them are imported.
        int imported();

        /// The one object of that function's class that belongs to no instance; compiles the function's class.
        FunctionReference prototype(int index);
    }

    protected Instance(Binding binding) {
        this.control = binding.control();
        this.scratch = binding.scratch();
        this.functions = binding.functions();
        this.segments = binding.segments();
    }

    /// The memory of that index has other bytes, and other cards, now; the subclass keeps them in fields.
    public abstract void memoryMoved(int index, byte[] bytes, byte @Nullable [] cards);

    /// The import of that index.
    protected abstract FunctionReference imported(int index);

    /// The global of that index: its cell where it has one, else a new cell with its present value. For the
    /// host, and for constant expressions; slow.
    public abstract GlobalCell global(int index);

    /// Makes cells of globals, from `first` to before `end`, and gives them their values: the engine's share of the
    /// constructor. What earlier ones have is there already.
    protected final void makeCells(Binding binding, GlobalCell[] cells, int first, int end) {
        GlobalCell[] imported = binding.globals();
        for (int i = first; i < end; i++) {
            cells[i] = i < imported.length ? imported[i] : segments.global(this, i);
        }
    }

    /// `ref.func`: the reference to a function, the same one each time.
    public final FunctionReference reference(int index) {
        if (index < functions.imported()) {
            return imported(index);
        }
        var all = references;
        if (all == null) {
            all = new FunctionReference[(functions.count() + PIECE_MASK) >> PIECE_SHIFT][];
            references = all;
        }
        var piece = all[index >> PIECE_SHIFT];
        if (piece == null) {
            piece = new FunctionReference[PIECE_MASK + 1];
            all[index >> PIECE_SHIFT] = piece;
        }
        FunctionReference known = piece[index & PIECE_MASK];
        if (known == null) {
            known = functions.prototype(index).bind(this);
            piece[index & PIECE_MASK] = known;
        }
        return known;
    }

    /// The code that it runs.
    public final Functions functions() {
        return functions;
    }

    final Segments segments() {
        return segments;
    }

    /// How many bytes of a data segment are left: none after it was dropped, and none of an active one.
    final int dataLength(int segment) {
        return droppedData != null && droppedData.get(segment) ? 0 : segments.dataLength(segment);
    }

    /// How many elements of a segment are left: none after it was dropped, and none of an active one.
    final int elementsLength(int segment) {
        return droppedElements != null && droppedElements.get(segment) ? 0 : segments.elementsLength(segment);
    }

    /// `data.drop`.
    public final void dropData(int segment) {
        if (droppedData == null) {
            droppedData = new BitSet();
        }
        droppedData.set(segment);
    }

    /// `elem.drop`.
    public final void dropElements(int segment) {
        if (droppedElements == null) {
            droppedElements = new BitSet();
        }
        droppedElements.set(segment);
    }
}
