// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.PersonDataHolder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What comes after people were deleted from the store: every place removes what it has of each of
 * them, then, once for all, overwrites what may be left of them where it holds nothing.
 */
final class Completion {
    private static final Logger LOG = LoggerFactory.getLogger(Completion.class);
    private static final String SCRUB = "overwriting of ";

    private final Supplier<List<PersonDataHolder>> holders;
    private final ErasureFolder folder;
    private final AwaitedPlaces awaited;

    Completion(
            Supplier<List<PersonDataHolder>> holders, ErasureFolder folder, AwaitedPlaces awaited) {
        this.holders = holders;
        this.folder = folder;
        this.awaited = awaited;
    }

    /** The places that are waited for and not there. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>(awaited.places());
        holders.get().forEach(holder -> missing.remove(holder.place()));
        return missing;
    }

    /**
     * Each ends in a receipt, be it complete or not: the people are deleted, so that from here on
     * nothing may look as if nobody was erased.
     */
    List<ErasureRecord> run(List<ErasureRecord> deleted) {
        List<PersonDataHolder> there = holders.get();
        List<ErasureRecord> records = new ArrayList<>(deleted);
        records.replaceAll(record -> removed(record, there));
        for (PersonDataHolder holder : there) {
            scrub(records, holder);
        }
        records.replaceAll(this::ended);
        return records;
    }

    private ErasureRecord removed(ErasureRecord record, List<PersonDataHolder> there) {
        ErasureRecord now = record.with(Erasures.STORE, List.of());
        for (PersonDataHolder holder : there) {
            if (now.open(holder.place())) {
                now = ask(now, holder);
            }
        }
        for (String place : missing()) {
            if (now.open(place)) {
                now = now.with(place, List.of(awaited.missing(place)));
            }
        }
        for (PersonDataHolder holder : there) {
            // Whatever a place removed since, it overwrites.
            now = now.failed(SCRUB + holder.place(), "not done yet");
        }
        try {
            folder.save(now);
            return now;
        } catch (IOException | RuntimeException e) {
            return again(now, e);
        }
    }

    private static ErasureRecord ask(ErasureRecord record, PersonDataHolder holder) {
        String place = holder.place();
        try {
            return record.with(place, holder.erase(record.person()));
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} could not erase a person", place, e);
            return record.failed(place, Erasures.words(e));
        }
    }

    private static void scrub(List<ErasureRecord> records, PersonDataHolder holder) {
        String place = SCRUB + holder.place();
        if (records.isEmpty()) {
            return;
        }
        try {
            List<ErasedPart> parts = holder.scrub();
            records.replaceAll(record -> record.with(place, parts));
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} could not overwrite what is left of a person", holder.place(), e);
            records.replaceAll(record -> record.failed(place, Erasures.words(e)));
        }
    }

    private ErasureRecord ended(ErasureRecord record) {
        try {
            if (record.done()) {
                folder.writeReceipt(record);
                folder.delete(record);
                LOG.info("A person was erased");
            } else {
                folder.save(record);
                folder.writeReceipt(record);
            }
            return record;
        } catch (IOException | RuntimeException e) {
            return again(record, e);
        }
    }

    private static ErasureRecord again(ErasureRecord record, Exception e) {
        LOG.warn("An erasure is tried again: {}", Erasures.words(e));
        return record.failed(Erasures.STORE, Erasures.words(e));
    }
}
