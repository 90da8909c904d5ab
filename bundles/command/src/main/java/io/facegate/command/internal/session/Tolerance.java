// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import io.facegate.api.model.EncoderTraits;
import io.facegate.api.recognition.Tolerances;

import java.util.Locale;

/**
 * The largest distance at which faces are of one person, in the unit of the encoder in use.
 *
 * @param value above 0
 * @param source who chose it
 * @param reason the same for people, to be put in brackets behind the value
 * @param encoder what is compared
 */
public record Tolerance(double value, Source source, String reason, EncoderTraits encoder) {
    /** Who chose it. */
    public enum Source {
        /** Given with the command. */
        OPTION,
        /** What the gateway recognises with. */
        CONFIGURATION,
        /** Nobody. */
        DEFAULT;

        /** As it is called in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where the gateway is told. */
    public static final String PID = "io.facegate.pipeline";

    /** Given with the command. */
    static Tolerance option(double value, EncoderTraits encoder) {
        return new Tolerance(value, Source.OPTION, "--tolerance", encoder);
    }

    /** Of a configuration; what the gateway does not take is the default here, too. */
    static Tolerance configured(Object value, EncoderTraits encoder) {
        try {
            double number = Double.parseDouble(String.valueOf(value).strip());
            if (number == 0) {
                return byDefault(encoder);
            }
            if (Tolerances.isValid(number)) {
                return new Tolerance(
                        number,
                        Source.CONFIGURATION,
                        "as the gateway: configuration " + PID,
                        encoder);
            }
        } catch (NumberFormatException e) {
            // told below, as a number that is out of range is
        }
        return byDefault(
                encoder,
                "the default, as tolerance in the configuration "
                        + PID
                        + " is 0 (the encoder's own) to 100, not "
                        + value);
    }

    /** Nobody chose one. */
    static Tolerance byDefault(EncoderTraits encoder) {
        return byDefault(encoder, "the default");
    }

    static Tolerance byDefault(EncoderTraits encoder, String reason) {
        return new Tolerance(encoder.tolerance(), Source.DEFAULT, reason, encoder);
    }

    /** How sure it is that two faces are of one person, 0 to 1. */
    public double score(double distance) {
        return encoder.score(distance, value);
    }

    /** Whether somebody who gave none may wonder: another than the default, or a refused one. */
    public boolean isUnexpected() {
        return source != Source.OPTION
                && !equals(byDefault(encoder))
                && !(source == Source.CONFIGURATION && value == encoder.tolerance());
    }

    /** The value, and where it is from. */
    @Override
    public String toString() {
        return value + " (" + reason + ")";
    }
}
