// SPDX-License-Identifier: Apache-2.0
/** Windows on a desktop. */
@Export
@Version("1.0.0")
package io.facegate.api.display;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
