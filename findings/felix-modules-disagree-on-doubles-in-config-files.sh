#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Apache Felix Configuration Admin 1.9.26 and File Install 3.7.4, Java 17: their readers of .config files
#
# Guess before the run: in such a file rate=D"10" is 10 as a double, just as I"10" is 10 as an integer; and both modules
#   read what either writes, since the format is Configuration Admin's and File Install speaks of it as the same.
# Seen: D"10" and F"10" are the bits of a number in both, 4.9E-323 and 1.4E-44, without a word. D"10.0" is 10.0 to File
#   Install and an error to Configuration Admin, which wants bits only. File Install writes D"10.0", Configuration Admin
#   D"4621819117588971520", so that one cannot read the file of the other. Exponents (D"1e1") are an error to both.
# Why it matters here: rates and tolerances of a gateway are doubles in files that people write by hand. 4.9E-323 frames a
#   second passes every check for "0 or more", and the reader chosen decides which files are valid.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.felix</groupId><artifactId>org.apache.felix.configadmin</artifactId><version>1.9.26</version></dependency>
<dependency><groupId>org.apache.felix</groupId><artifactId>org.apache.felix.fileinstall</artifactId><version>3.7.4</version></dependency>
</dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat >Read.java <<'JAVA'
import java.io.*;
import java.util.*;
import org.apache.felix.cm.file.ConfigurationHandler;
import org.apache.felix.fileinstall.shaded.util.properties.TypedProperties;

public class Read {
    interface Reading { Object value() throws Exception; }

    static String seen(Reading reading) {
        try {
            return String.valueOf(reading.value());
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    public static void main(String[] words) throws Exception {
        for (String value : List.of("D\"10\"", "D\"10.0\"", "F\"10\"", "F\"10.0\"", "D\"1e1\"", "I\"10\"")) {
            String line = "x=" + value + "\n";
            System.out.println(value
                    + "  File Install " + seen(() -> {
                        TypedProperties read = new TypedProperties();
                        read.load(new StringReader(line));
                        return read.get("x");
                    })
                    + "  Configuration Admin "
                    + seen(() -> ConfigurationHandler.read(new ByteArrayInputStream(line.getBytes("UTF-8"))).get("x")));
        }
        TypedProperties properties = new TypedProperties();
        properties.put("x", 10.0);
        StringWriter one = new StringWriter();
        properties.save(one);
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        ConfigurationHandler.write(other, new Hashtable<>(Map.of("x", 10.0)));
        System.out.println("written: " + one.toString().strip() + " and " + other.toString("UTF-8").strip());
    }
}
JAVA
java -cp "lib/*" Read.java >seen
cat seen
diff seen - <<'SEEN' || { echo "changed: see above"; exit 1; }
D"10"  File Install 4.9E-323  Configuration Admin 4.9E-323
D"10.0"  File Install 10.0  Configuration Admin NumberFormatException
F"10"  File Install 1.4E-44  Configuration Admin 1.4E-44
F"10.0"  File Install 10.0  Configuration Admin NumberFormatException
D"1e1"  File Install NumberFormatException  Configuration Admin NumberFormatException
I"10"  File Install 10  Configuration Admin 10
written: x = D"10.0" and x=D"4621819117588971520"
SEEN
echo "as described"
