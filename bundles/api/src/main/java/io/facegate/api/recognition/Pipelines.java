// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;

/** The pipelines at work, one for each camera that sent a frame. Thread-safe; nothing blocks. */
@ProviderType
public interface Pipelines {
    /** A snapshot, by camera id. */
    List<PipelineStatus> status();

    /** Switches recognition of a camera's frames on or off; off counts its frames as skipped. */
    void setRecognizing(String camera, boolean recognizing);
}
