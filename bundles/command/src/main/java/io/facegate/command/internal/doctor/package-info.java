// SPDX-License-Identifier: Apache-2.0
/** What is wrong with this machine and this installation, and what to do. */
package io.facegate.command.internal.doctor;
