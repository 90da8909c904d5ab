// SPDX-License-Identifier: Apache-2.0
package io.facegate.pinned;

import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.impl.ArtifactResolver;
import org.eclipse.aether.internal.impl.DefaultArtifactResolver;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.sisu.Priority;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;

/**
 * Stands before Maven's own resolver, through which POMs, libraries, plugins and what they need
 * come alike, and hands out a file only when it has the SHA-256 that the project's list says.
 * Nothing of a file has been read or run before. Files of this build itself are not looked at.
 *
 * <p>{@code facegate.pins} names the list, in the form of {@code sha256sum} with paths in the local
 * repository; {@code facegate.pins.record} a file to which such lines are appended instead. Java 8:
 * what looks for components in older Mavens reads no newer classes, and says nothing of it.
 */
@Named
@Singleton
@Priority(1000)
public final class PinnedArtifactResolver implements ArtifactResolver {
    private static final String OWN_GROUP = "io.facegate";

    private final ArtifactResolver maven;
    private final Map<String, String> wanted = new HashMap<>();
    private final Path list;
    private final Path record;
    private final Set<Path> seen = ConcurrentHashMap.newKeySet();

    /** Reads the list; one that is missing ends the build, as a build without it is not meant. */
    @Inject
    public PinnedArtifactResolver(DefaultArtifactResolver maven) throws IOException {
        this.maven = maven;
        String recorded = System.getProperty("facegate.pins.record");
        this.record = recorded == null ? null : Paths.get(recorded);
        this.list = Paths.get(System.getProperty("facegate.pins", "facegate.pins is not set"));
        if (record == null) {
            for (String line : Files.readAllLines(list)) {
                if (!line.startsWith("#")) {
                    wanted.put(line.substring(66), line.substring(0, 64));
                }
            }
        }
    }

    @Override
    public ArtifactResult resolveArtifact(RepositorySystemSession session, ArtifactRequest request)
            throws ArtifactResolutionException {
        return check(session, maven.resolveArtifact(session, request));
    }

    @Override
    public List<ArtifactResult> resolveArtifacts(
            RepositorySystemSession session, Collection<? extends ArtifactRequest> requests)
            throws ArtifactResolutionException {
        List<ArtifactResult> results = maven.resolveArtifacts(session, requests);
        for (ArtifactResult result : results) {
            check(session, result);
        }
        return results;
    }

    private ArtifactResult check(RepositorySystemSession session, ArtifactResult result)
            throws ArtifactResolutionException {
        Artifact artifact = result.getArtifact();
        if (artifact == null || artifact.getFile() == null) {
            return result;
        }
        Path file = artifact.getFile().toPath().toAbsolutePath().normalize();
        Path repository =
                session.getLocalRepository().getBasedir().toPath().toAbsolutePath().normalize();
        if (OWN_GROUP.equals(artifact.getGroupId())
                || !file.startsWith(repository)
                || seen.contains(file)) {
            return result;
        }
        String name = repository.relativize(file).toString();
        String found = sha256(file);
        if (record != null) {
            append(found + "  " + name + "\n");
        } else {
            compare(result, file, name, found);
        }
        seen.add(file);
        return result;
    }

    private void compare(ArtifactResult result, Path file, String name, String found)
            throws ArtifactResolutionException {
        String expected = wanted.get(name);
        if (found.equals(expected)) {
            return;
        }
        String what =
                expected == null
                        ? name
                                + " is not in the project's list of what may be downloaded ("
                                + list
                                + "); its SHA-256 is "
                                + found
                                + ". Nothing of it was used. When it is meant: cnf/setup/pins.sh"
                                + " update, and look at what changed in the list."
                        : file
                                + " is not the file it is to be: wanted SHA-256 "
                                + expected
                                + ", found "
                                + found
                                + ". Nothing of it was used. Delete it and build again; when it"
                                + " comes the same again, somebody on the way changes files.";
        result.setArtifact(result.getArtifact().setFile(null));
        result.addException(new SecurityException(what));
        throw new ArtifactResolutionException(Collections.singletonList(result), what);
    }

    private synchronized void append(String line) {
        try {
            Files.write(
                    record,
                    line.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + record, e);
        }
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
            }
            return String.format("%064x", new BigInteger(1, digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
