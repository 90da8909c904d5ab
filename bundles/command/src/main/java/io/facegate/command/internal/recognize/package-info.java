// SPDX-License-Identifier: Apache-2.0
/** Who is in pictures, videos and before cameras. */
package io.facegate.command.internal.recognize;
