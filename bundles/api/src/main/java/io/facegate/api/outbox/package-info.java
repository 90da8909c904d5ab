// SPDX-License-Identifier: Apache-2.0
/** Messages that wait for a broker. */
@Export
@Version("1.2.0")
package io.facegate.api.outbox;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
