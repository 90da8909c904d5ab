// SPDX-License-Identifier: Apache-2.0
package io.facegate.start.control;

/** Kinds of frames, their code and how long their content may be. */
public enum FrameType {
    /** From the command, first: {@link ControlSocket#HELLO}. */
    HELLO('H', 64),
    /** From the command: a {@link Request}. */
    COMMAND('C', 2 << 20),
    /** From the command: standard input, as asked for; empty at its end. */
    INPUT('I', Frame.CHUNK),
    /** From the command: it is to stop. */
    STOP('S', 0),
    /** From the gateway: standard output. */
    OUT('O', Frame.CHUNK),
    /** From the gateway: standard error. */
    ERR('E', Frame.CHUNK),
    /** From the gateway: standard input is wanted. */
    WANTED('W', 0),
    /** From the gateway, last: the exit code, one byte. */
    EXIT('X', 1),
    /** From the gateway, last: nothing is done; the text says why. */
    REFUSED('R', 4096);

    private final byte code;
    private final int limit;

    FrameType(char code, int limit) {
        this.code = (byte) code;
        this.limit = limit;
    }

    byte code() {
        return code;
    }

    /** Longest content in bytes. */
    public int limit() {
        return limit;
    }

    /**
     * The type of a code.
     *
     * @throws ProtocolException there is none
     */
    static FrameType of(byte code) throws ProtocolException {
        for (FrameType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new ProtocolException("what came is no frame of a command");
    }
}
