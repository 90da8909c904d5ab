// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.exchange;

import io.facegate.api.store.Addition;

import java.util.Objects;

/**
 * What came in.
 *
 * @param format what the file was
 * @param addition what became of its people and encodings
 */
public record ImportReport(ExchangeFormat format, Addition addition) {
    public ImportReport {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(addition, "addition");
    }
}
