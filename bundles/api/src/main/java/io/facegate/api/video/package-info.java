// SPDX-License-Identifier: Apache-2.0
/** Writing videos. */
@Export
@Version("1.0.0")
package io.facegate.api.video;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
