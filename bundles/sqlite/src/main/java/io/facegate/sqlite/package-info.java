// SPDX-License-Identifier: Apache-2.0
/** SQLite files that outlive power cuts, damage, full disks and other versions of their owner. */
@Export
@Version("1.4.0")
package io.facegate.sqlite;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
