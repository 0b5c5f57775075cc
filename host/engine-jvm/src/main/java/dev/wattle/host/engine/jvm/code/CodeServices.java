package dev.wattle.host.engine.jvm.code;

/// What the code of a module is given besides the compiler.
///
/// @param source where its classes are kept between runs
/// @param large who compiles what is too large for this process
/// @param ahead who compiles what is likely next
/// @param limits what is compiled at most
/// @param guests who may wait for it
public record CodeServices(
        ClassSource source, LargeFunctions large, Ahead ahead, CompileLimits limits, WaitingGuests guests) {
    /// Nothing.
    public static final CodeServices NONE =
            new CodeServices(ClassSource.NONE, LargeFunctions.REFUSED, Ahead.NEVER, CompileLimits.DEFAULTS);

    /// For code that no guest of this process waits for.
    public CodeServices(ClassSource source, LargeFunctions large, Ahead ahead, CompileLimits limits) {
        this(source, large, ahead, limits, new WaitingGuests());
    }
}
