// SPDX-License-Identifier: Apache-2.0
/**
 * Files of configuration ({@code *.config}), read with the line of what is wrong, changed without
 * touching the rest, and their earlier versions. Copied into the command line by the build.
 */
package io.facegate.configuration.file;
