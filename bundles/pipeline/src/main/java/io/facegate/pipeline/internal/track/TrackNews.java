// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.recognition.RecognitionEvent.Type;

/** Something to tell of a decided track. */
public record TrackNews(Type type, Track track) {}
