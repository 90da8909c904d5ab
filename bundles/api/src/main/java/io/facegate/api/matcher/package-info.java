// SPDX-License-Identifier: Apache-2.0
/** Comparing faces with a gallery. */
@Export
@Version("1.0.0")
package io.facegate.api.matcher;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
