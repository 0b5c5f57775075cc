package dev.wattle.host.component.abi;

import dev.wattle.wit.WitValue;

/// Moves a string from one guest to another when their encodings differ.
public final class StringPassage {
    private StringPassage() {}

    /// Lifts and lowers. The second context is for this string alone.
    ///
    /// @return the address in the low half, the tagged length in the other
    public static long move(LiftLowerContext from, LiftLowerContext to, int pointer, int taggedCodeUnits) {
        InstanceState instance = from.instance();
        long mark = instance.markValues();
        WitValue text = Strings.loadStringFromRange(
                from, Integer.toUnsignedLong(pointer), Integer.toUnsignedLong(taggedCodeUnits));
        to.lowerFrom(from.ownStrings());
        Strings.Range range = StringLowering.storeStringIntoRange(to, ((WitValue.Text) text).value());
        instance.releaseValues(mark);
        return range.pointer() | range.taggedCodeUnits() << Integer.SIZE;
    }
}
