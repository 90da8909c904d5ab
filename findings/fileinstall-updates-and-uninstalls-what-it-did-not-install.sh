#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Apache Felix File Install 3.7.4 on Apache Felix Framework 7.0.5, Java 17: a bundle of the same name and version
#
# Guess before the run: File Install leaves alone what it did not install. For a file in its folder with the symbolic name and
#   version of a bundle that somebody else installed it does nothing and says so, as the framework refuses a second one
#   (BundleException), and when that file is taken away again nothing happens.
# Seen: it updates the other's bundle with the file, which keeps its location and runs with the content of the file, and tells
#   so by a warning (its log level is "error" by default, which leaves that out). When the file is taken away it uninstalls
#   that bundle, without a warning, though what it had been installed from is still there. Of another version, the file
#   becomes a bundle of its own, and goes without touching the first.
# Why it matters here: a bundle that is part of a gateway would be replaced by a copy dropped in for a try, and gone once that
#   is cleared away. Who watches a folder with File Install has to refuse such files first, in an ArtifactInstaller.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.felix</groupId><artifactId>org.apache.felix.framework</artifactId><version>7.0.5</version></dependency>
<dependency><groupId>org.apache.felix</groupId><artifactId>org.apache.felix.fileinstall</artifactId><version>3.7.4</version></dependency>
</dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null

bundle() { # its file, its version, its text
    printf 'Bundle-ManifestVersion: 2\nBundle-SymbolicName: b\nBundle-Version: %s\n' "$2" >mf
    echo "$3" >text
    jar cfm "$1" mf text
}
mkdir folder
bundle ours.jar 1.0.0 ours
bundle same.jar 1.0.0 theirs
bundle later.jar 2.0.0 theirs

cat >Folder.java <<'JAVA'
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.function.BooleanSupplier;
import org.osgi.framework.*;
import org.osgi.framework.launch.*;

public class Folder {
    static final Path FILE = Path.of("folder", "b.jar");
    static BundleContext context;

    /** All bundles of this name, with what is in them. */
    static String bundles() {
        StringBuilder all = new StringBuilder();
        for (Bundle bundle : context.getBundles()) {
            if ("b".equals(bundle.getSymbolicName())) {
                String location = bundle.getLocation();
                String text;
                try (InputStream in = bundle.getEntry("text").openStream()) {
                    text = new String(in.readAllBytes()).strip();
                } catch (IOException | RuntimeException e) {
                    text = "in between";
                }
                all.append(all.length() == 0 ? "" : ", ").append(bundle.getVersion())
                        .append(" of ").append(location.substring(location.lastIndexOf('/') + 1))
                        .append(" with ").append(text)
                        .append(bundle.getState() == Bundle.ACTIVE ? " active" : " not active");
            }
        }
        return all.length() == 0 ? "none" : all.toString();
    }

    /** What there is once something changed, for which there are twenty seconds, and then stayed for two. */
    static String settled(String when, String before) throws Exception {
        String last = before;
        for (int same = 0, i = 0; i < 200 || same < 20 && i < 600; i++) {
            Thread.sleep(100);
            String now = bundles();
            same = now.equals(last) ? same + 1 : 0;
            last = now;
            if (same >= 20 && !now.equals(before)) {
                break;
            }
        }
        System.out.println(when + ": " + last);
        return last;
    }

    public static void main(String[] words) throws Exception {
        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().get().newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, "store",
                "felix.fileinstall.dir", "folder",
                "felix.fileinstall.tmpdir", "tmp",
                "felix.fileinstall.poll", "200",
                "felix.fileinstall.log.level", "2",
                "felix.fileinstall.noInitialDelay", "true"));
        framework.start();
        context = framework.getBundleContext();
        context.installBundle(Path.of("ours.jar").toUri().toString()).start();
        context.installBundle(Path.of(words[0]).toUri().toString()).start();
        String now = settled("installed by its URL", "");
        try {
            context.installBundle(Path.of("same.jar").toUri().toString());
        } catch (BundleException e) {
            System.out.println("the same version by another URL: BundleException "
                    + (e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR ? "DUPLICATE_BUNDLE_ERROR" : e.toString()));
        }
        for (String file : List.of("later.jar", "same.jar")) {
            Files.move(Path.of(file), FILE);
            now = settled(file + " in the folder", now);
            Files.delete(FILE);
            now = settled(file + " removed", now);
        }
        framework.stop();
        framework.waitForStop(10000);
        System.exit(0);
    }
}
JAVA
java -cp "$(echo lib/org.apache.felix.framework-*.jar)" Folder.java lib/org.apache.felix.fileinstall-*.jar >seen
cat seen
diff seen - <<'SEEN' || { echo "changed: see above"; exit 1; }
installed by its URL: 1.0.0 of ours.jar with ours active
the same version by another URL: BundleException DUPLICATE_BUNDLE_ERROR
later.jar in the folder: 1.0.0 of ours.jar with ours active, 2.0.0 of b.jar with theirs active
later.jar removed: 1.0.0 of ours.jar with ours active
A bundle with the same symbolic name (b) and version (1.0.0) is already installed.  Updating this bundle instead.
same.jar in the folder: 1.0.0 of ours.jar with theirs active
same.jar removed: none
SEEN
echo "as described"
