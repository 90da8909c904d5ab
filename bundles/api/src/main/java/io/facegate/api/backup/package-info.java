// SPDX-License-Identifier: Apache-2.0
@Version("1.0.0")
package io.facegate.api.backup;

import org.osgi.annotation.versioning.Version;
