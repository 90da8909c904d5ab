// SPDX-License-Identifier: Apache-2.0
/**
 * Faces from frame to frame: which face continues which track, who it is, and how little of the
 * next frame has to be looked at. Uses {@code analysis} for the frames themselves.
 */
package io.facegate.pipeline.internal.track;
