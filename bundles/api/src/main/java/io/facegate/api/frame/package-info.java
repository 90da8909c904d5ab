// SPDX-License-Identifier: Apache-2.0
/** Pictures in memory: frames, their pixel formats and boxes in them. */
@Export
@Version("1.2.0")
package io.facegate.api.frame;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
