// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;

/** The model bundles present, good and bad. Thread-safe. */
@ProviderType
public interface ModelRegistry {
    /** A snapshot, by id and version. */
    List<ModelState> models();
}
