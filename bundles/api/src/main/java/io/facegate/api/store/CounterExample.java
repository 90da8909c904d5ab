// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.encoder.FaceDescriptor;

import java.util.Objects;
import java.util.UUID;

/**
 * A face that was taken for a person and is not.
 *
 * @param id rises in the order of adding; the same in the sections of several models
 * @param personId who the face is not
 * @param descriptor the embedding with its model
 */
public record CounterExample(long id, UUID personId, FaceDescriptor descriptor) {
    public CounterExample {
        Objects.requireNonNull(personId, "personId");
        Objects.requireNonNull(descriptor, "descriptor");
    }
}
