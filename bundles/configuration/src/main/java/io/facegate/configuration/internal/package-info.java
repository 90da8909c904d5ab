// SPDX-License-Identifier: Apache-2.0
/** What is configured, in files and in the framework, and that both say the same. */
package io.facegate.configuration.internal;
