// SPDX-License-Identifier: Apache-2.0
/** Cameras and other sources of frames. */
@Export
@Version("1.1.0")
package io.facegate.api.camera;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
