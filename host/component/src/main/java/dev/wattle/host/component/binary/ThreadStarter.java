package dev.wattle.host.component.binary;

import java.util.HexFormat;

/// A core module of our own, which takes functions out of a guest's table and calls them: only core code can.
///
/// ```wat
/// (module
///   (type $start (func (param i32)))
///   (import "" "" (table $given 0 funcref))
///   (table $one 1 1 funcref)
///   (func (export "get") (param i32) (result funcref)
///     (if (ref.is_null (table.get $given (local.get 0))) (then unreachable))
///     (table.get $given (local.get 0)))
///   (func (export "call") (param funcref i32)
///     (table.set $one (i32.const 0) (local.get 0))
///     (call_indirect $one (type $start) (local.get 1) (i32.const 0))))
/// ```
///
/// What a function's type is, core code finds out by calling it: so a thread whose function is of another
/// type traps when it first runs, and not when it is made.
public final class ThreadStarter {
    /// `(i32) -> (funcref)`
    public static final String GET = "get";

    /// `(funcref, i32) -> ()`
    public static final String CALL = "call";

    private static final String MODULE = "0061736d01000000010f0360017f0060017f01706002707f00020701000001700000"
            + "030302010204050170010101070e020367657400000463616c6c00010a21020f0020002500d10440000b20002500"
            + "0b0f00410020002601200141001100010b";

    private ThreadStarter() {}

    /// The module's bytes.
    static byte[] module() {
        return HexFormat.of().parseHex(MODULE);
    }
}
