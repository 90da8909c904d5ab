// SPDX-License-Identifier: Apache-2.0
/** Finding faces in a frame. */
@Export
@Version("1.2.0")
package io.facegate.api.detector;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
