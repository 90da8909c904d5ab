// SPDX-License-Identifier: Apache-2.0
/** Recognised faces, tracks and events, and the services that make them. */
@Export
@Version("2.0.0")
package io.facegate.api.recognition;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
