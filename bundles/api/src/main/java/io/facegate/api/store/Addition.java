// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

/**
 * What became of people and encodings taken in together.
 *
 * @param newPeople people made
 * @param knownPeople people who were there already
 * @param newEncodings encodings added
 * @param duplicates encodings not added because their person had them already: same model, same
 *     values
 */
public record Addition(int newPeople, int knownPeople, int newEncodings, int duplicates) {
    /** Whether anything was added. */
    public boolean changed() {
        return newPeople > 0 || newEncodings > 0;
    }
}
