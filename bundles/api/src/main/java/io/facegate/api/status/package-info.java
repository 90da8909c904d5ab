// SPDX-License-Identifier: Apache-2.0
/** What state the parts of the gateway are in. */
@Export
@Version("1.1.0")
package io.facegate.api.status;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
