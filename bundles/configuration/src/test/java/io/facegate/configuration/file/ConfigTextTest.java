// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.felix.fileinstall.shaded.util.properties.TypedProperties;
import org.junit.jupiter.api.Test;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class ConfigTextTest {
    private static final String CAMERA =
            "# the door\n\nlocation = \"rtsp://10.0.0.9/a=b\"\n! slow network\n"
                    + "framesPerSecond=I\"5\"\nzones=[ \\\n  \"a\", \\\n  \"b\", \\\n  ]\n.password=\"p\\\\\\\\\\\"q\"\n# end\n";

    private static Map<String, Object> read(String text) throws Exception {
        return ConfigText.parse(text).values();
    }

    /** What it read until now must not change its meaning. */
    @Test
    void readsWhatFileInstallReads() throws Exception {
        for (String text :
                List.of(
                        CAMERA,
                        "a=\"x\\\\\\\\y\"",
                        "a=\"x\\ny\\tz\\u00e4\"",
                        "a=\"x\\\\ny\"",
                        "a : \"x\"\nb \"y\"",
                        "a=\"x=y # z\"\r\nb=\"c\"\r\n",
                        "a=I\"5\" \nb=i\"6\"\nc=L\"7\"\nd=D\"0.5\"\ne=F\"0.5\"\nf=B\"true\"\ng=X\"1\"\nh=S\"2\"\ni=C\"c\"\nj=T\"t\"",
                        "a=D\"4603579539098121011\"\nb=D\"0\"",
                        "a=[\"x\\\"y\",\"ä\"]\nb=[]\nc=I[\"1\",\"2\"]\nd=i[\"1\"]",
                        "a\\ b=\"x\"\na.b-c_d=\"\"",
                        "# only a comment \\\na=\"x\"",
                        "a=\"x\"\na=\"y\"",
                        "a=plain text\nb: other\n",
                        "a=\"x$\\{y\\}\"")) {
            TypedProperties expected = new TypedProperties(null, true);
            expected.load(new StringReader(text));
            Map<String, Object> values = read(text);
            assertThat(values.keySet()).as(text).isEqualTo(expected.keySet());
            values.forEach((key, value) -> assertThat(value).as(text).isEqualTo(expected.get(key)));
        }
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Map<String, Object> values =
                new TreeMap<>(
                        Map.of(
                                "text",
                                "p\\q\"r\nE=#{ä}\\",
                                "whole",
                                5,
                                "real",
                                0.1,
                                "tiny",
                                1e-20f,
                                "long",
                                7L,
                                "truth",
                                false,
                                "list",
                                new String[] {"a,b", "\\", ""},
                                "numbers",
                                new Integer[] {1, -2},
                                "few",
                                new int[] {3},
                                "all",
                                List.of("x", "y")));
        String text = ConfigText.empty().with(values);
        TypedProperties theirs = new TypedProperties(null, true);
        // lists they read as they write them alone
        theirs.load(new StringReader(text.replaceAll("(?m)^(all|few|list)=.*\n", "")));
        Map<String, Object> ours = read(text);
        assertThat(ours.keySet()).isEqualTo(values.keySet());
        values.forEach(
                (key, value) -> {
                    assertThat(ours.get(key)).as(key).isEqualTo(value);
                    if (!key.matches("all|few|list")) {
                        assertThat(theirs.get(key)).as(key).isEqualTo(value);
                    }
                });
    }

    @Test
    void onlyWhatChangesIsWritten() throws Exception {
        ConfigText text = ConfigText.parse(CAMERA);
        Map<String, Object> values = text.values();
        assertThat(text.with(values)).isEqualTo(CAMERA);
        values.put("framesPerSecond", 7);
        values.put("camera.id", "door");
        values.remove("zones");
        assertThat(text.with(values))
                .isEqualTo(
                        "# the door\n\nlocation = \"rtsp://10.0.0.9/a=b\"\n! slow network\n"
                                + "framesPerSecond=I\"7\"\n.password=\"p\\\\\\\\\\\"q\"\n# end\ncamera.id=\"door\"\n");
    }

    @Test
    void textsWithoutQuotesGetThemWhenOneChanges() throws Exception {
        ConfigText text = ConfigText.parse("# c\na=x\nb=y\n");
        assertThat(text.with(Map.of("a", "x", "b", "y"))).isEqualTo("# c\na=x\nb=y\n");
        assertThat(text.with(Map.of("a", "x", "b", 2))).isEqualTo("# c\na=\"x\"\nb=I\"2\"\n");
    }

    @Test
    void whatIsWrongIsNamedByItsLine() {
        Map<String, String> wrong =
                Map.ofEntries(
                        Map.entry("a=\"x\"\nb=D\"abc\"\n", "2: b=D\"abc\" is not a number like"),
                        Map.entry(
                                "a=\"x\"\n\nb=D\"10\"",
                                "3: b=D\"10\" is not written with its point: \"10.0\""),
                        Map.entry("# c\na=\"x\nb=\"y\"\n", "2: the quote that ends a is missing"),
                        Map.entry("a=\"x\"\nb=\"y", "2: the quote that ends b is missing"),
                        Map.entry("", "1: the file is empty"),
                        Map.entry(" \n\n", "1: the file is empty"),
                        Map.entry("\0\0\0\0", "1: the file is damaged"),
                        Map.entry("a=\"x\"y\"", "1: something follows the end of a"),
                        Map.entry("a=I\"5\"\nb=I\"\"", "2: b=I\"\" is not a whole number"),
                        Map.entry(
                                "a=I\"99999999999\"",
                                "1: a=I\"99999999999\" is not a whole number of its size"),
                        Map.entry("a=B\"yes\"", "1: a=B\"yes\" is not true or false"),
                        Map.entry("a=\"x\"\nb=plain", "2: b has no value in quotes"),
                        Map.entry("a=[\"x\" \"y\"]", "1: the list a is not right"),
                        Map.entry("a=\"b\"\nl=[\"x\",\n\"y\"", "2: the list l is not right"),
                        Map.entry("a=b\njust words here", "2: the line is no setting"));
        wrong.forEach(
                (text, said) -> {
                    ConfigSyntaxException e =
                            catchThrowableOfType(
                                    ConfigSyntaxException.class, () -> ConfigText.parse(text));
                    assertThat(e).as(text).isNotNull();
                    assertThat(e.line() + ": " + e.getMessage()).as(text).startsWith(said);
                });
    }

    @Test
    void commentsAloneStandForTheDefaults() throws Exception {
        assertThat(read("# nothing\n")).isEmpty();
    }
}
