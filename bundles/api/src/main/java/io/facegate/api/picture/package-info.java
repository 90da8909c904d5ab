// SPDX-License-Identifier: Apache-2.0
/** Picture files: reading, annotating and writing. */
@Export
@Version("1.1.0")
package io.facegate.api.picture;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
