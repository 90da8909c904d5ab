// SPDX-License-Identifier: Apache-2.0
/** Landmarks, aligned chips and descriptors of faces. */
@Export
@Version("1.1.0")
package io.facegate.api.encoder;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
