package dev.wattle.lattice.protocol;

/// What an nkey is for: the first letter of its text.
public enum NkeyRole {
    /// `A`
    ACCOUNT(0),
    /// `C`
    CLUSTER(2),
    /// `M`, a component
    MODULE(12),
    /// `N`, a host
    SERVER(13),
    /// `O`
    OPERATOR(14),
    /// `U`
    USER(20),
    /// `V`, a provider
    SERVICE(21);

    private final int letter;

    NkeyRole(int letter) {
        this.letter = letter;
    }

    /// Five bits, the first character of base 32.
    int letter() {
        return letter;
    }

    static NkeyRole of(int letter) {
        for (NkeyRole role : values()) {
            if (role.letter == letter) {
                return role;
            }
        }
        throw new IllegalArgumentException("an nkey of no known role");
    }
}
