#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Apache Felix Framework 7.0.5, beside Eclipse Equinox 3.18.500, Java 17: filterResolvable of a resolver hook
#
# Guess before the run: a hook that takes one bundle out of what filterResolvable is given keeps that bundle from being
#   resolved, and nothing else; what was resolved before, and is not in that collection at all, serves others as it did.
# Seen: as soon as one bundle is taken out, nothing that was resolved before is a candidate any more: not a bundle that has
#   been exporting a package all the while, not even the framework itself for org.osgi.framework. Bundles that have nothing
#   to do with the one taken out do not start (BundleException: missing requirement, the package); one that imports nothing
#   does. With a hook that takes nothing out all of them start, and on Equinox all but the one taken out do so with either.
# Why it matters here: a gateway that keeps one bundle out in the way made for it keeps out all that imports anything and comes
#   after it, with messages about packages that are there. Who filters on Felix has to do it in filterMatches.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.felix</groupId><artifactId>org.apache.felix.framework</artifactId><version>7.0.5</version></dependency>
<dependency><groupId>org.eclipse.platform</groupId><artifactId>org.eclipse.osgi</artifactId><version>3.18.500</version></dependency>
</dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null

mkdir -p classes/given
echo 'package given; public class Given {}' >Given.java
javac -d classes Given.java
bundle() { # its name, another header
    printf 'Bundle-ManifestVersion: 2\nBundle-SymbolicName: %s\n%s\n' "$1" "$2" >"$1.mf"
    if [ "$1" = exporter ]; then
        jar cfm "$1.jar" "$1.mf" -C classes given
    else
        jar cfm "$1.jar" "$1.mf"
    fi
}
bundle exporter 'Export-Package: given'
bundle unwanted 'Bundle-Name: the one a hook takes out'
bundle importer 'Import-Package: given'
bundle framework-user 'Import-Package: org.osgi.framework'
bundle alone 'Bundle-Name: imports nothing'

cat >Hook.java <<'JAVA'
import java.io.File;
import java.util.*;
import org.osgi.framework.*;
import org.osgi.framework.hooks.resolver.*;
import org.osgi.framework.launch.*;
import org.osgi.framework.wiring.*;

public class Hook {
    static String started(Bundle bundle) {
        try {
            bundle.start();
            return bundle.getSymbolicName() + " starts";
        } catch (BundleException e) {
            return bundle.getSymbolicName() + " throws "
                    + (e.getType() == BundleException.RESOLVE_ERROR ? "RESOLVE_ERROR" : e.toString());
        }
    }

    public static void main(String[] words) throws Exception {
        for (String removed : List.of("nothing", "unwanted")) {
            Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().get().newFramework(Map.of(
                    Constants.FRAMEWORK_STORAGE, "store-" + words[0] + "-" + removed));
            framework.start();
            BundleContext context = framework.getBundleContext();
            Map<String, Bundle> bundles = new HashMap<>();
            for (String name : List.of("exporter", "unwanted", "importer", "framework-user", "alone")) {
                bundles.put(name, context.installBundle(new File(name + ".jar").toURI().toString()));
            }
            System.out.println(words[0] + ", before there is a hook: " + started(bundles.get("exporter")));
            ResolverHook hook = new ResolverHook() {
                public void filterResolvable(Collection<BundleRevision> revisions) {
                    revisions.removeIf(revision -> revision.getSymbolicName().equals(removed));
                }
                public void filterSingletonCollisions(BundleCapability one, Collection<BundleCapability> others) {}
                public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {}
                public void end() {}
            };
            context.registerService(ResolverHookFactory.class, triggers -> hook, null);
            for (String name : List.of("importer", "framework-user", "alone", "unwanted")) {
                System.out.println(words[0] + ", hook removes " + removed + ": " + started(bundles.get(name)));
            }
            if (bundles.get("importer").getState() == Bundle.ACTIVE) {
                bundles.get("importer").loadClass("given.Given");
            }
            framework.stop();
            framework.waitForStop(10000);
        }
        System.exit(0);
    }
}
JAVA
for framework in felix=org.apache.felix.framework equinox=org.eclipse.osgi; do
    java -cp "$(echo lib/"${framework#*=}"-*.jar)" Hook.java "${framework%=*}"
done >seen
cat seen
diff seen - <<'SEEN' || { echo "changed: see above"; exit 1; }
felix, before there is a hook: exporter starts
felix, hook removes nothing: importer starts
felix, hook removes nothing: framework-user starts
felix, hook removes nothing: alone starts
felix, hook removes nothing: unwanted starts
felix, before there is a hook: exporter starts
felix, hook removes unwanted: importer throws RESOLVE_ERROR
felix, hook removes unwanted: framework-user throws RESOLVE_ERROR
felix, hook removes unwanted: alone starts
felix, hook removes unwanted: unwanted throws RESOLVE_ERROR
equinox, before there is a hook: exporter starts
equinox, hook removes nothing: importer starts
equinox, hook removes nothing: framework-user starts
equinox, hook removes nothing: alone starts
equinox, hook removes nothing: unwanted starts
equinox, before there is a hook: exporter starts
equinox, hook removes unwanted: importer starts
equinox, hook removes unwanted: framework-user starts
equinox, hook removes unwanted: alone starts
equinox, hook removes unwanted: unwanted throws RESOLVE_ERROR
SEEN
echo "as described"
