// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.exchange;

/** The forms in which people go in and out. */
public enum ExchangeFormat {
    /**
     * Python's pickle of {@code {"encodings": [...], "names": [...]}}, as scripts with
     * face_recognition keep it: names and values alone, of one model.
     */
    PICKLE,
    /**
     * {@code {"people":[{"id","name","encodings":[{"vector","model","weights","source"}]}]}}: the
     * encodings of every model, without their chips.
     */
    JSON
}
