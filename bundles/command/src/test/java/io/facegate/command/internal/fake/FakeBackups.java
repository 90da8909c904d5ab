// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.backup.Backup;
import io.facegate.api.backup.Backups;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Backups held in a list. */
public final class FakeBackups implements Backups {
    private final List<Backup> backups = new ArrayList<>();

    /** One more, good when there is no problem. */
    public void add(Path file, String problem) {
        backups.add(
                new Backup(
                        file,
                        Instant.EPOCH,
                        false,
                        1,
                        problem.isEmpty() ? Optional.of(FakeExchange.BACKUP) : Optional.empty(),
                        problem));
    }

    @Override
    public List<Backup> list() {
        return List.copyOf(backups);
    }

    @Override
    public Optional<Backup> newest() {
        return backups.stream().filter(Backup::good).findFirst();
    }

    @Override
    public Backup make() {
        return newest().orElseThrow();
    }
}
