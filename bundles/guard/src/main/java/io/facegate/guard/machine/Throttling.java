// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Raspberry Pi's firmware says of power and heat: bits of {@code vcgencmd get_throttled}.
 *
 * @param bits 0 to 3 of this moment, 16 to 19 since the start
 */
public record Throttling(int bits) {
    private static final Pattern ANSWER = Pattern.compile("throttled=0x([0-9a-fA-F]{1,8})");
    private static final int SINCE_START = 16;
    private static final List<String> MEANINGS =
            List.of(
                    "the voltage is too low",
                    "the processor's frequency is capped",
                    "the processor is throttled",
                    "the processor is near its highest temperature");

    /** Reads what the program printed; empty when it is something else. */
    public static Optional<Throttling> of(String printed) {
        Matcher answer = ANSWER.matcher(printed);
        return answer.find()
                ? Optional.of(new Throttling((int) Long.parseLong(answer.group(1), 16)))
                : Optional.empty();
    }

    /** What is so at this moment, in words. */
    public List<String> now() {
        return words(0);
    }

    /** What was so at any time since the start, in words. */
    public List<String> sinceStart() {
        return words(SINCE_START);
    }

    private List<String> words(int shift) {
        List<String> words = new ArrayList<>();
        for (int bit = 0; bit < MEANINGS.size(); bit++) {
            if ((bits >>> shift + bit & 1) != 0) {
                words.add(MEANINGS.get(bit));
            }
        }
        return words;
    }
}
