// SPDX-License-Identifier: Apache-2.0
/** Loads FFmpeg's native libraries for every bundle that calls them. */
@Export
@Version("1.0.0")
package io.facegate.bytedeco;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
