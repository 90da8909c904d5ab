// SPDX-License-Identifier: Apache-2.0
/** How good a face is, and how good the gallery. */
@Export
@Version("1.0.0")
package io.facegate.api.quality;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
