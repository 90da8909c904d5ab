// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.quality.CalibrationReport;
import io.facegate.api.quality.CalibrationReport.ErrorRates;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** A calibration as an SVG document: histograms above, error rates below. */
final class CalibrationPlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 680;
    private static final int LEFT = 84;
    private static final int RIGHT = 730;

    /** Ticks of an axis at most. */
    private static final int MOST_TICKS = 15;

    private static final String SAME = "#1b6ca8";
    private static final String OTHERS = "#c8553d";

    /** One of the two plots: rows of its upper and lower border. */
    private enum Plot {
        HISTOGRAM(80, 300),
        RATES(400, 620);

        final int top;
        final int bottom;

        Plot(int top, int bottom) {
            this.top = top;
            this.bottom = bottom;
        }

        double y(double part) {
            return bottom - part * (bottom - top);
        }
    }

    private final CalibrationReport report;
    private final double most;
    private final double step;
    private final StringBuilder svg = new StringBuilder();

    CalibrationPlot(CalibrationReport report) {
        this.report = report;
        most = report.distances().binWidth() * Calibration.BINS;
        double least = most / MOST_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        step =
                DoubleStream.of(1, 2, 5, 10)
                        .map(n -> n * power)
                        .filter(s -> s >= least)
                        .min()
                        .orElse(1);
    }

    String svg() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                        + " viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\" font-size=\"13\">",
                WIDTH, HEIGHT);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        text(LEFT, 28, "start", "font-size=\"18\"", "Calibration of the gallery");
        text(
                LEFT,
                50,
                "start",
                "fill=\"#555555\"",
                String.format(
                        Locale.ROOT,
                        "%,d people, %,d encodings%s",
                        report.extent().people(),
                        report.extent().encodings(),
                        report.extent().complete()
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        ", %,d of them compared with all",
                                        report.extent().examined())));
        axes(Plot.HISTOGRAM, "part of the pairs");
        bars(report.distances().others(), OTHERS);
        bars(report.distances().same(), SAME);
        legend(Plot.HISTOGRAM, "pairs of one person", "pairs of different people");
        axes(Plot.RATES, "part of the faces");
        line(ErrorRates::falseReject, SAME);
        line(ErrorRates::falseAccept, OTHERS);
        legend(
                Plot.RATES,
                "not recognised by their own (false reject)",
                "taken for another (false accept)");
        tolerance(Plot.HISTOGRAM, report.tolerance(), "#333333", "tolerance", "start");
        tolerance(Plot.RATES, report.tolerance(), "#333333", "tolerance", "start");
        report.suggestion()
                .tolerance()
                .ifPresent(t -> tolerance(Plot.RATES, t, "#2e8b57", "suggested", "end"));
        text((LEFT + RIGHT) / 2.0, HEIGHT - 18, "middle", "", "distance between two encodings");
        return svg.append("</svg>\n").toString();
    }

    private double x(double distance) {
        return LEFT + distance / most * (RIGHT - LEFT);
    }

    private void axes(Plot plot, String label) {
        for (int tick = 0; tick * step <= most + 1e-9; tick++) {
            double x = x(tick * step);
            add(
                    "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#888888\"/>",
                    x, plot.bottom, plot.bottom + 5);
            text(
                    x,
                    plot.bottom + 20,
                    "middle",
                    "",
                    String.format(Locale.ROOT, step < 0.1 ? "%.2f" : "%.1f", tick * step));
        }
        double top = plot == Plot.HISTOGRAM ? highest() : 1;
        for (int quarter = 0; quarter <= 4; quarter++) {
            double y = plot.y(quarter / 4.0);
            add(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"%4$s\"/>",
                    LEFT, RIGHT, y, quarter == 0 ? "#888888" : "#e4e4e4");
            String percent =
                    String.format(
                            Locale.ROOT, top < 0.2 ? "%.1f %%" : "%.0f %%", 25 * quarter * top);
            text(LEFT - 8, y + 4, "end", "", percent);
        }
        double middle = (plot.top + plot.bottom) / 2.0;
        add(
                "<text transform=\"translate(18 %.0f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                middle, label);
    }

    /** The part that the highest bar has. */
    private double highest() {
        double highest = 0;
        for (List<Long> counts : List.of(report.distances().same(), report.distances().others())) {
            long all = sum(counts);
            for (long count : counts) {
                highest = Math.max(highest, all == 0 ? 0 : (double) count / all);
            }
        }
        return highest == 0 ? 1 : highest;
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    private void bars(List<Long> counts, String colour) {
        long all = sum(counts);
        double width = x(report.distances().binWidth()) - x(0);
        for (int bin = 0; bin < counts.size(); bin++) {
            if (counts.get(bin) > 0) {
                double part = (double) counts.get(bin) / all / highest();
                double y = Plot.HISTOGRAM.y(part);
                add(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\""
                                + " fill-opacity=\"0.6\"/>",
                        x(bin * report.distances().binWidth()),
                        y,
                        width - 0.8,
                        Plot.HISTOGRAM.bottom - y,
                        colour);
            }
        }
    }

    private void line(ToDoubleFunction<ErrorRates> rate, String colour) {
        StringBuilder points = new StringBuilder();
        for (ErrorRates rates : report.rates()) {
            points.append(
                    String.format(
                            Locale.ROOT,
                            "%.1f,%.1f ",
                            x(rates.tolerance()),
                            Plot.RATES.y(rate.applyAsDouble(rates))));
        }
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"/>",
                points.toString().strip(), colour);
    }

    private void legend(Plot plot, String same, String others) {
        int y = plot.top - 12;
        add("<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>", LEFT, y - 10, SAME);
        text(LEFT + 18, y, "start", "", same);
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>",
                420, y - 10, OTHERS);
        text(438, y, "start", "", others);
    }

    private void tolerance(Plot plot, double at, String colour, String label, String anchor) {
        double x = x(Math.min(most, at));
        add(
                "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\""
                        + " stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/>",
                x, plot.top, plot.bottom, colour);
        text(
                anchor.equals("start") ? x + 6 : x - 6,
                plot.top + 14,
                anchor,
                "fill=\"" + colour + "\"",
                String.format(Locale.ROOT, "%s %.2f", label, at));
    }

    private void text(double x, double y, String anchor, String attributes, String text) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>",
                x, y, anchor, attributes, text);
    }

    private void add(String element, Object... values) {
        svg.append(String.format(Locale.ROOT, element, values)).append('\n');
    }
}
