package dev.wattle.host.component.binary;

/// What an index space holds.
///
/// @spec Binary.md `sort`, `core:sort`
public enum Sort {
    CORE_FUNCTION("core function"),
    CORE_TABLE("core table"),
    CORE_MEMORY("core memory"),
    CORE_GLOBAL("core global"),
    CORE_TAG("core tag"),
    CORE_TYPE("core type"),
    CORE_MODULE("core module"),
    CORE_INSTANCE("core instance"),
    FUNCTION("function"),
    VALUE("value"),
    TYPE("type"),
    COMPONENT("component"),
    INSTANCE("instance");

    private final String words;

    Sort(String words) {
        this.words = words;
    }

    /// For messages.
    public String words() {
        return words;
    }
}
