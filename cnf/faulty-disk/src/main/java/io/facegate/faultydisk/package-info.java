// SPDX-License-Identifier: Apache-2.0
/** Processes that are killed, and a disk that loses what was not synced or fails; for tests. */
package io.facegate.faultydisk;
