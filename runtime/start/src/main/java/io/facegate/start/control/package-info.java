// SPDX-License-Identifier: Apache-2.0
/**
 * What a command and the running gateway say to each other through a Unix domain socket. Copied
 * into the gateway's bundle by the build. Starts quickly: no lambdas, no streams, no formats.
 *
 * <p>Everything is frames: a type (one byte), the length of the content (four bytes, the highest
 * first), the content. The command sends {@link io.facegate.start.control.FrameType#HELLO}, then
 * {@link io.facegate.start.control.FrameType#COMMAND}; the gateway sends what the command prints
 * and at the end its exit code, and asks for standard input when the command reads it. Whoever goes
 * away closes the connection; a command whose caller is gone is ended.
 */
package io.facegate.start.control;
