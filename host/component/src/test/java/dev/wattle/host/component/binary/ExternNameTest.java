package dev.wattle.host.component.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The grammar of names.
///
/// @spec Explainer.md "Import and Export Definitions", "Name Uniqueness"
class ExternNameTest {
    private static final List<String> STRONGLY_UNIQUE =
            List.of("foo", "foo-bar", "[constructor]foo", "[method]foo.bar", "[static]foo.baz", "foo:bar/baz");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "A",
                "a-b-c",
                "a1-2-3",
                "A-B-C",
                "A1-2-3",
                "a11-w0rds",
                "A11-4CR0NYMS",
                "m1x3d-4CR0NYMS",
                "[constructor]a",
                "[method]a.b-C",
                "[static]A.b",
                "a:b/c",
                "a-1:b-2/c-D",
                "a:b:c/d",
                "a:b/c/d",
                "a:b/c@anything"
            })
    void what_the_grammar_knows_is_a_name(String name) {
        assertThat(ExternName.parse(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1-a",
                "a-",
                "-a",
                "a--b",
                "aB",
                "Ab",
                "a_b",
                "a b",
                "ä",
                "a.b",
                "a/b",
                "a@1.0.0",
                "[constructor]",
                "[constructor]a.b",
                "[method]a",
                "[method]a.",
                "[method].a",
                "[method]a.b.c",
                "[static]a",
                "[async]a",
                "[method",
                "[]a",
                "a:",
                "a:/",
                ":/",
                ":a/b",
                "a:b",
                "a:b/",
                "A:b/c",
                "a:B/c",
                "a:b/cD",
                "1:b/c",
                "a:b@1.0.0/c",
                "url=<a>",
                "locked-dep=<a:b>",
                "integrity=<sha256-a>"
            })
    void what_the_grammar_does_not_know_is_no_name(String name) {
        assertThat(ExternName.parse(name)).isEmpty();
    }

    @Test
    void names_of_the_specification_are_strongly_unique() {
        assertThat(STRONGLY_UNIQUE.stream().map(ExternNameTest::unique)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo",
                "FOO",
                "foo-BAR",
                "[constructor]FOO",
                "[method]foo.BAR",
                "[static]foo.bar",
                "[method]foo.baz",
                "[method]foo.foo",
                "[static]foo-BAR.FOO-bar",
                "foo:bar/BAZ"
            })
    void names_of_the_specification_that_are_not_unique_are_alike(String name) {
        assertThat(STRONGLY_UNIQUE.stream().map(ExternNameTest::unique)).contains(unique(name));
    }

    private static String unique(String name) {
        return ExternName.parse(name).orElseThrow().unique();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0",
                "1.2.3",
                "123456.7890.488",
                "0.0.0+abcd",
                "0.0.0+abcd-efg",
                "0.0.0-abcd+efg",
                "1.0.0-0a.b-c",
                "0.0.0-abcd.1.2+efg.4.ee.05",
                "1.0.0--"
            })
    void semantic_versions_are_recognized(String version) {
        assertThat(Versions.isSemver(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.",
                "1",
                "1.2",
                "1.2.",
                "1.2.3.4",
                "a.2.3",
                "2.b.3",
                "2.0x0",
                "01.2.3",
                "1.02.3",
                "1.2.3+",
                "1.2.3-",
                "1.2.3-01",
                "1.2.3-a..b",
                "1.2.3+a_b",
                "v1.2.3",
                " 1.2.3",
                "1.2.3-ä"
            })
    void what_is_no_semantic_version_is_not(String version) {
        assertThat(Versions.isSemver(version)).isFalse();
    }

    @Test
    void canonical_versions_are_cut_off_behind_their_first_number() {
        assertThat(List.of("1", "12", "0.2", "0.10", "0.0.1", "0.0.0")).allMatch(Versions::isCanonical);
        assertThat(List.of("", "0", "0.0", "01", "0.02", "0.0.01", "1.2", "1.2.3", "0.2.1", "0.0.0.1", "1a", "-1"))
                .noneMatch(Versions::isCanonical);
    }
}
