// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

/**
 * How much is kept.
 *
 * @param people people
 * @param encodings encodings of every model
 * @param chips aligned faces; the encodings without one cannot be encoded anew
 */
public record StoreContents(int people, int encodings, int chips) {}
