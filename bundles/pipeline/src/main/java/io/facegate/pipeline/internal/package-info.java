// SPDX-License-Identifier: Apache-2.0
/**
 * The bundle's services and what each camera has of its own: configuration, mailbox, worker, events
 * and figures. Uses {@code track} and {@code analysis}, which know nothing of it.
 */
package io.facegate.pipeline.internal;
