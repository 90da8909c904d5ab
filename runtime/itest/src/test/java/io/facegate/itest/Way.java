// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

/** By what a bundle is brought in. */
enum Way {
    /** A file in {@code load}. */
    LOAD,
    /** Commands of the shell in the running gateway. */
    GOGO,
    /** The page of bundles in the web console. */
    CONSOLE
}
