// SPDX-License-Identifier: Apache-2.0
/** Backups the gateway makes by itself. */
@Export
@Version("1.0.0")
package io.facegate.api.backup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
