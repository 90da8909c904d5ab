// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.exchange;

/**
 * What went out.
 *
 * @param people people written
 * @param encodings encodings written
 * @param leftOut encodings the format has no place for: those of other models
 */
public record ExportReport(int people, int encodings, int leftOut) {}
