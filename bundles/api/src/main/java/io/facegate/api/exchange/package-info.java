// SPDX-License-Identifier: Apache-2.0
/** People and encodings as files: for other programs, and as backups. */
@Export
@Version("1.1.0")
package io.facegate.api.exchange;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
