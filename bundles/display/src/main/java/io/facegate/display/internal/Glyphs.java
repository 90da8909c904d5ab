// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import java.util.HexFormat;

/**
 * Letters of 5 x 7 dots for ASCII, so that a small screen needs neither AWT nor installed fonts.
 * Names beside faces are drawn by the picture writer; these only say what the display waits for.
 */
final class Glyphs {
    /** Columns of a letter and the gap after it. */
    static final int CELL_WIDTH = 6;

    /** Rows of a letter and the gap below it. */
    static final int CELL_HEIGHT = 10;

    private static final int COLUMNS = 5;
    private static final int ROWS = 8;
    private static final char FIRST = ' ';
    private static final char LAST = '~';

    // Five bytes a letter, one for each column; bit 0 is the top row.
    private static final byte[] DOTS =
            HexFormat.of()
                    .parseHex(
                            "000000000000005F00000007000700147F147F14242A7F2A122313086462"
                                    + "36495620500008070300001C2241000041221C002A1C7F1C2A08083E0808"
                                    + "00807030000808080808000060600020100804023E5149453E00427F4000"
                                    + "72494949462141494D331814127F1027454545393C4A4949314121110907"
                                    + "3649494936464949291E0000140000004034000000081422411414141414"
                                    + "004122140802015909063E415D594E7C1211127C7F494949363E41414122"
                                    + "7F4141413E7F494949417F090909013E414151737F0808087F00417F4100"
                                    + "2040413F017F081422417F404040407F021C027F7F0408107F3E4141413E"
                                    + "7F090909063E4151215E7F09192946264949493203017F01033F4040403F"
                                    + "1F2040201F3F4038403F631408146303047804036159494D43007F414141"
                                    + "0204081020004141417F0402010204404040404000030708002054547840"
                                    + "7F284444383844444428384444287F385454541800087E090218A4A49C78"
                                    + "7F0804047800447D40002040403D007F1028440000417F40007C04780478"
                                    + "7C080404783844444438FC1824241818242418FC7C080404084854545424"
                                    + "04043F44243C4040207C1C2040201C3C4030403C44281028444C9090907C"
                                    + "4464544C440008364100000077000000413608000201020402");

    private Glyphs() {}

    /** Draws one line; characters beyond ASCII become a question mark. */
    static void draw(Canvas canvas, String text, int left, int top, int size, int colour) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int letter = (c < FIRST || c > LAST ? '?' : c) - FIRST;
            for (int column = 0; column < COLUMNS; column++) {
                int dots = DOTS[letter * COLUMNS + column];
                for (int row = 0; row < ROWS; row++) {
                    if ((dots >> row & 1) != 0) {
                        canvas.dot(
                                left + (i * CELL_WIDTH + column) * size,
                                top + row * size,
                                size,
                                colour);
                    }
                }
            }
        }
    }
}
