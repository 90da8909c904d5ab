// SPDX-License-Identifier: Apache-2.0
/**
 * One frame and one consistent set of stages: captured together, run in order, done again when a
 * stage was closed meanwhile. Knows nothing of the frames before.
 */
package io.facegate.pipeline.internal.analysis;
