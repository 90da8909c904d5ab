// SPDX-License-Identifier: Apache-2.0
/** Pictures of people, looked at, compared and taken into the gallery. */
package io.facegate.pipeline.internal.enrolment;
