package dev.wattle.lattice.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.wit.ByteString;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NkeyTest {
    /// The pair that the documentation of NATS shows.
    private static final String SEED = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";

    private static final String PUBLIC = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    @Test
    void a_known_seed_has_its_known_public_key() {
        Nkey key = Nkey.fromSeed(SEED);
        assertThat(key.role()).isEqualTo(NkeyRole.USER);
        assertThat(key.publicKey()).isEqualTo(PUBLIC);
        assertThat(key.seed()).isEqualTo(SEED);
    }

    /// RFC 8032, 7.1.
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    })
    void public_keys_are_those_of_the_rfc(String seed, String publicKey) {
        assertThat(HexFormat.of().formatHex(Ed25519.publicKey(HexFormat.of().parseHex(seed))))
                .isEqualTo(publicKey);
    }

    @Test
    void a_host_signs_and_others_verify() {
        HostKey host = HostKey.generate(new SplittableRandom(7)::nextBytes);
        assertThat(host.id().value()).startsWith("N").hasSize(56);
        assertThat(host.key().seed()).startsWith("SN").hasSize(58);
        assertThat(HostKey.fromSeed(host.key().seed()).id()).isEqualTo(host.id());
        ByteString message = Samples.utf8("nonce");
        ByteString signature = host.key().sign(message);
        assertThat(Nkey.verify(host.id().value(), message, signature)).isTrue();
        assertThat(Nkey.verify(host.id().value(), Samples.utf8("other"), signature))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ACCOUNT,A", "CLUSTER,C", "MODULE,M", "SERVER,N", "OPERATOR,O", "USER,U", "SERVICE,V"})
    void every_role_has_its_letter(NkeyRole role, String letter) {
        Nkey key = Nkey.generate(role, new SplittableRandom(3)::nextBytes);
        assertThat(key.publicKey()).startsWith(letter);
        assertThat(key.seed()).startsWith("S" + letter);
        assertThat(Nkey.fromSeed(key.seed()).publicKey()).isEqualTo(key.publicKey());
        assertThat(Nkey.isPublicKey(role, key.publicKey())).isTrue();
    }

    @Test
    void one_wrong_character_is_noticed() {
        for (int i = 0; i < PUBLIC.length(); i++) {
            char wrong = PUBLIC.charAt(i) == 'A' ? 'B' : 'A';
            String damaged = PUBLIC.substring(0, i) + wrong + PUBLIC.substring(i + 1);
            assertThat(Nkey.isPublicKey(NkeyRole.USER, damaged)).as("at %d", i).isFalse();
        }
        assertThat(Nkey.isPublicKey(NkeyRole.SERVER, PUBLIC)).isFalse();
        assertThat(Nkey.isPublicKey(NkeyRole.USER, "")).isFalse();
    }

    @Test
    void a_seed_is_never_shown() {
        Nkey key = Nkey.fromSeed(SEED);
        assertThat(key.toString()).contains(PUBLIC).doesNotContain(SEED.substring(4));
        HostKey host = HostKey.generate(new SplittableRandom(1)::nextBytes);
        assertThat(host.toString()).doesNotContain(host.key().seed().substring(4));
        assertThatThrownBy(() -> HostKey.fromSeed(SEED)).hasMessageNotContaining(SEED.substring(4));
        assertThatThrownBy(() -> Nkey.fromSeed(SEED.replace('V', 'W'))).hasMessageNotContaining("CSSL3");
        assertThatThrownBy(() -> Nkey.fromSeed(PUBLIC)).isInstanceOf(IllegalArgumentException.class);
    }
}
