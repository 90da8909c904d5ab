// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import java.util.List;

/**
 * How much of what is kept has an encoding of a model, and can so be recognised with it.
 *
 * @param people in the gallery
 * @param peopleEncoded with at least one encoding of the model
 * @param faces of the people
 * @param facesEncoded with an encoding of the model
 * @param unknownFaces of people nobody has named
 * @param unknownFacesEncoded with an encoding of the model
 * @param needPhotos names of the people with faces that can never be encoded with it, having no
 *     chip; in the order of the people
 */
public record ModelCoverage(
        int people,
        int peopleEncoded,
        int faces,
        int facesEncoded,
        int unknownFaces,
        int unknownFacesEncoded,
        List<String> needPhotos) {
    public ModelCoverage {
        needPhotos = List.copyOf(needPhotos);
    }

    /** Whether everybody can be recognised with the model as with the one before. */
    public boolean complete() {
        return facesEncoded == faces && unknownFacesEncoded == unknownFaces;
    }
}
