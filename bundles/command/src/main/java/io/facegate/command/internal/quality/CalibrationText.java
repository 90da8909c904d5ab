// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.quality;

import io.facegate.api.quality.CalibrationReport;
import io.facegate.api.quality.CalibrationReport.ErrorRates;
import io.facegate.api.quality.CalibrationReport.FacePair;
import io.facegate.command.internal.session.Table;
import io.facegate.command.internal.session.Tolerance;

import java.util.List;
import java.util.Locale;

/** A calibration for people to read. */
final class CalibrationText {
    /** Every so many of the tolerances a line, from half of dlib's 0.6 to four thirds of it. */
    private static final int STEP = 5;

    private static final int FIRST = 10;
    private static final int LAST = 60;

    private CalibrationText() {}

    static String of(CalibrationReport report, Tolerance used) {
        CalibrationReport.Extent extent = report.extent();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%d people with %d encodings of %s",
                extent.people(),
                extent.encodings(),
                report.model().map(model -> model.id()).orElse("no model"));
        if (!extent.complete()) {
            line(
                    text,
                    "%d of them, drawn at random (seed %d), were compared with all",
                    extent.examined(),
                    extent.seed());
        }
        CalibrationReport.LeaveOneOut result = report.leaveOneOut();
        line(text, "");
        line(text, "Each recognised by all the others, tolerance %s:", used);
        line(text, "  %6d recognised", result.recognised());
        line(text, "  %6d not recognised", result.missed());
        line(text, "  %6d taken for another person", result.misnamed());
        line(text, "  %6d rightly unknown: the person's only encoding", result.alone());
        line(text, "");
        text.append(rates(report));
        pairs(text, "Closest pairs of different people", report.closest());
        pairs(text, "Farthest pairs of one person", report.farthest());
        line(text, "");
        line(
                text,
                "%s: %s.",
                report.suggestion().tolerance().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "Suggested tolerance %.2f",
                                report.suggestion().tolerance().getAsDouble())
                        : "No suggestion",
                report.suggestion().reason());
        return text.toString();
    }

    private static String rates(CalibrationReport report) {
        Table table = new Table("TOLERANCE", "TAKEN FOR ANOTHER", "NOT RECOGNISED");
        int all = report.rates().size();
        for (int i = Math.max(0, Math.min(FIRST, all - 1)); i <= LAST && i < all; i += STEP) {
            ErrorRates rates = report.rates().get(i);
            table.row(
                    String.format(Locale.ROOT, "%.2f", rates.tolerance()),
                    String.format(Locale.ROOT, "%.2f %%", 100 * rates.falseAccept()),
                    String.format(Locale.ROOT, "%.2f %%", 100 * rates.falseReject()));
        }
        return table.toString();
    }

    private static void pairs(StringBuilder text, String title, List<FacePair> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        line(text, "");
        line(text, "%s:", title);
        for (FacePair pair : pairs) {
            line(
                    text,
                    "  %.3f  %s  %s",
                    pair.distance(),
                    face(pair.name(), pair.source()),
                    face(pair.otherName(), pair.otherSource()));
        }
    }

    private static String face(String name, String source) {
        return source.isEmpty() ? name : name + " (" + source + ")";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** A page with the plot and the text. */
    static String html(String text, String plot) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
                + "<title>Facegate: calibration</title></head>\n"
                + "<body style=\"font-family: sans-serif; margin: 2em\">\n"
                + plot
                + "<pre>"
                + escaped
                + "</pre>\n</body>\n</html>\n";
    }
}
