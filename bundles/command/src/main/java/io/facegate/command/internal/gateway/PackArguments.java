// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.FaceAlignment;
import io.facegate.api.recognition.Tolerances;

import org.osgi.framework.Version;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What {@code facegate model pack} is told of an encoder. */
final class PackArguments {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            required = true,
            description =
                    "The encoder: one input of N x 3 x SIZE x SIZE or N x SIZE x SIZE x 3 fp32"
                            + " numbers, or N x 150 x 150 x 3 bytes of RGB; the first output is the"
                            + " descriptor")
    private String onnx;

    @Option(
            names = "--id",
            paramLabel = "ID",
            required = true,
            description = "Its name: small letters, digits, - _ and .")
    private String id;

    @Option(
            names = "--bundle-version",
            paramLabel = "V",
            defaultValue = "1.0.0",
            description = "Of the bundle (default: ${DEFAULT-VALUE})")
    private String version;

    @Option(
            names = "--alignment",
            paramLabel = "A",
            required = true,
            description =
                    "Where the parts of the face lie in what it is given: arcface-112 or dlib-150;"
                            + " derived from the chips that are kept")
    private String alignment;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Columns and rows it is given (default: the alignment's)")
    private int size;

    @Option(
            names = "--channels",
            paramLabel = "C",
            defaultValue = "rgb",
            description = "rgb or bgr (default: ${DEFAULT-VALUE})")
    private String channels;

    @Option(
            names = "--mean",
            paramLabel = "M",
            split = ",",
            description =
                    "Subtracted from each pixel, 0 to 255: one number, or three in the order of the"
                            + " channels (default: 127.5)")
    private List<Double> mean = List.of(127.5);

    @Option(
            names = "--deviation",
            paramLabel = "D",
            split = ",",
            description = "What it is divided by then (default: 127.5)")
    private List<Double> deviation = List.of(127.5);

    @Option(
            names = "--metric",
            paramLabel = "M",
            defaultValue = "cosine",
            description =
                    "cosine (descriptors of length 1, distances 0 to 2) or euclidean (default:"
                            + " ${DEFAULT-VALUE})")
    private String metric;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = "Largest distance at which faces are of one person")
    private double tolerance;

    @Option(
            names = "--similarity",
            paramLabel = "C",
            description = "The same as the least cosine similarity, -1 to 1, for --metric cosine")
    private double similarity = Double.NaN;

    @Option(
            names = "--unlike",
            paramLabel = "D",
            description =
                    "Distance at which faces have nothing in common (default: 1.414 for cosine,"
                            + " else twice the tolerance)")
    private double unlike;

    @Option(
            names = "--licence",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Name of the licence of its weights, such as Apache-2.0")
    private String licence;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The bundle (default: ID.jar)")
    private String output;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    String onnx() {
        return onnx;
    }

    String id() {
        return id;
    }

    String licence() {
        return licence;
    }

    String output() {
        return output == null ? id + ".jar" : output;
    }

    String version() {
        return Version.parseVersion(version).toString();
    }

    Metric metric() {
        return Metric.valueOf(metric.toUpperCase(Locale.ROOT));
    }

    /**
     * What its network is given.
     *
     * @throws ParameterException something does not fit
     */
    EncoderInput input() {
        FaceAlignment known =
                FaceAlignment.of(alignment)
                        .orElseThrow(() -> wrong("--alignment is arcface-112 or dlib-150"));
        try {
            return new EncoderInput(
                    known,
                    size == 0 ? known.size() : size,
                    channels.equals("bgr"),
                    three(mean),
                    three(deviation));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    double tolerance() {
        return Double.isNaN(similarity) ? tolerance : rounded(Math.sqrt(2 - 2 * similarity));
    }

    /** Faces that have nothing in common stand at right angles. */
    double unlike() {
        double usual =
                metric() == Metric.COSINE && tolerance() < Math.sqrt(2)
                        ? rounded(Math.sqrt(2))
                        : 2 * tolerance();
        return unlike == 0 ? usual : unlike;
    }

    /**
     * @throws ParameterException something does not fit
     */
    void check() {
        if (!ID.matcher(id).matches()) {
            throw wrong("--id has small letters, digits, - _ and . only, not " + id);
        }
        if (!channels.equals("rgb") && !channels.equals("bgr")) {
            throw wrong("--channels is rgb or bgr, not " + channels);
        }
        if (!metric.equals("cosine") && !metric.equals("euclidean")) {
            throw wrong("--metric is cosine or euclidean, not " + metric);
        }
        if (!Double.isNaN(similarity) && (metric() != Metric.COSINE || tolerance != 0)) {
            throw wrong("--similarity goes with --metric cosine, and instead of --tolerance");
        }
        if (!Tolerances.isValid(tolerance())) {
            throw wrong(
                    "--tolerance is above 0, at most 100: the distance at which its maker, or"
                            + " facegate calibrate, takes two faces for one person (or --similarity"
                            + " from -1 to below 1)");
        }
        if (!(unlike() > tolerance())) {
            throw wrong("--unlike is above the tolerance of " + tolerance());
        }
        try {
            version();
        } catch (IllegalArgumentException e) {
            throw wrong("--bundle-version is such as 1.0.0, not " + version);
        }
        input();
    }

    /** A thousandth of a distance tells nobody apart. */
    private static double rounded(double distance) {
        return Math.round(1000 * distance) / 1000.0;
    }

    private static List<Double> three(List<Double> numbers) {
        return numbers.size() == 1 ? Collections.nCopies(3, numbers.get(0)) : numbers;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
