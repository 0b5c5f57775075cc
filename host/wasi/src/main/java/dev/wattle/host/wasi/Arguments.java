package dev.wattle.host.wasi;

import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;

/// The arguments of one call, read by position. The canonical ABI has checked them against the function's
/// type.
record Arguments(List<WitValue> values) {
    WitValue at(int index) {
        return values.get(index);
    }

    /// Any integer; a `u64` as the long with the same bits.
    long number(int index) {
        return ((WitValue.Int) at(index)).value();
    }

    String text(int index) {
        return ((WitValue.Text) at(index)).value();
    }

    ByteString bytes(int index) {
        return ((WitValue.Bytes) at(index)).bytes();
    }

    List<WitValue> list(int index) {
        return ((WitValue.ListValue) at(index)).elements();
    }

    Optional<WitValue> option(int index) {
        return ((WitValue.OptionValue) at(index)).some();
    }

    /// The host's object behind an `own` or a `borrow`.
    <T extends HostObject> T object(int index, Class<T> type) {
        return object(at(index), type);
    }

    static <T extends HostObject> T object(WitValue value, Class<T> type) {
        return type.cast(((WitValue.Resource) value).representation());
    }
}
