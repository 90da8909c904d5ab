// SPDX-License-Identifier: Apache-2.0
/** How much the machine may be given to do. */
@Export
@Version("1.0.0")
package io.facegate.api.load;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
