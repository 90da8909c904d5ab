// SPDX-License-Identifier: Apache-2.0
/** Who was seen: people when last, unknown people with their faces. */
@Export
@Version("1.0.0")
package io.facegate.api.sighting;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
