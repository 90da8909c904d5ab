// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

/**
 * What became of the frames offered to one pipeline. At every moment {@code offered = accepted +
 * superseded + waiting} and {@code accepted = recognized + noFace + skipped + failed + inProgress}.
 *
 * @param offered frames the camera offered
 * @param accepted frames taken from the mailbox
 * @param superseded frames replaced in the mailbox by a newer one
 * @param waiting frames in the mailbox, 0 or 1
 * @param recognized accepted frames with a face
 * @param noFace accepted frames without
 * @param skipped accepted frames for which a stage was missing
 * @param failed accepted frames a stage failed on
 * @param inProgress accepted frames being worked on, 0 or 1
 * @param events events sent
 */
public record PipelineCounters(
        long offered,
        long accepted,
        long superseded,
        long waiting,
        long recognized,
        long noFace,
        long skipped,
        long failed,
        long inProgress,
        long events) {}
