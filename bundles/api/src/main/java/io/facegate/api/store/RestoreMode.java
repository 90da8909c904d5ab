// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

/** What becomes of those who are there already when a copy is restored. */
public enum RestoreMode {
    /** The store is as the copy: everybody else is deleted. */
    REPLACE,
    /**
     * Nobody is deleted. People of the same id are one, else those of the same name (who is there
     * already keeps id and name); an encoding that is there already is not added again.
     */
    MERGE
}
