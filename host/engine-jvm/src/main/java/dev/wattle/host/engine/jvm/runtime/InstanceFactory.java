package dev.wattle.host.engine.jvm.runtime;

/// Makes instances of one module, by its generated subclass: a call that costs less than that of a constructor's
/// handle, which the JVM takes for no constant.
public abstract class InstanceFactory {
    protected InstanceFactory() {}

    /// A new instance.
    public abstract Instance make(Binding binding);
}
