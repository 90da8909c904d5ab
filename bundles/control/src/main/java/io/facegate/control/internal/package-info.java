// SPDX-License-Identifier: Apache-2.0
/** Commands of the command line, run within the running gateway for whoever asks locally. */
package io.facegate.control.internal;
