package dev.wattle.host.component.abi;

/// The canonical option that says how a guest holds strings.
///
/// @spec CanonicalABI.md `string-encoding`
public enum StringEncoding {
    UTF8,
    UTF16,
    LATIN1_UTF16
}
