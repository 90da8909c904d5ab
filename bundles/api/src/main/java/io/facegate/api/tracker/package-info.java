// SPDX-License-Identifier: Apache-2.0
/** Following what is in a box from frame to frame. */
@Export
@Version("1.0.0")
package io.facegate.api.tracker;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
