// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

import io.facegate.api.quality.CalibrationReport;
import io.facegate.api.quality.CalibrationReport.FacePair;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.Tolerance;

import java.util.List;

/** A calibration for programs to read. */
final class CalibrationJson {
    private CalibrationJson() {}

    static String of(CalibrationReport report, Tolerance used) {
        JsonObject json = new JsonObject();
        report.model()
                .ifPresentOrElse(
                        model -> {
                            json.addProperty("model", model.id());
                            json.addProperty("weights", model.weights());
                        },
                        () -> json.add("model", JsonNull.INSTANCE));
        json.addProperty("tolerance", report.tolerance());
        json.addProperty("tolerance_from", used.source().word());
        json.addProperty("people", report.extent().people());
        json.addProperty("encodings", report.extent().encodings());
        json.addProperty("examined", report.extent().examined());
        json.addProperty("seed", report.extent().seed());
        JsonObject result = new JsonObject();
        result.addProperty("recognised", report.leaveOneOut().recognised());
        result.addProperty("missed", report.leaveOneOut().missed());
        result.addProperty("misnamed", report.leaveOneOut().misnamed());
        result.addProperty("alone", report.leaveOneOut().alone());
        json.add("leave_one_out", result);
        JsonObject distances = new JsonObject();
        distances.addProperty("bin_width", report.distances().binWidth());
        distances.add("same", numbers(report.distances().same()));
        distances.add("others", numbers(report.distances().others()));
        json.add("distances", distances);
        json.add("rates", rates(report));
        json.add("closest", pairs(report.closest()));
        json.add("farthest", pairs(report.farthest()));
        JsonObject suggestion = new JsonObject();
        if (report.suggestion().tolerance().isPresent()) {
            suggestion.addProperty("tolerance", report.suggestion().tolerance().getAsDouble());
        } else {
            suggestion.add("tolerance", JsonNull.INSTANCE);
        }
        suggestion.addProperty("reason", report.suggestion().reason());
        json.add("suggestion", suggestion);
        return Json.text(json);
    }

    private static JsonArray numbers(List<Long> counts) {
        JsonArray array = new JsonArray();
        counts.forEach(array::add);
        return array;
    }

    private static JsonArray rates(CalibrationReport report) {
        JsonArray array = new JsonArray();
        for (CalibrationReport.ErrorRates rates : report.rates()) {
            JsonObject json = new JsonObject();
            json.addProperty("tolerance", rates.tolerance());
            json.addProperty("false_accept", rates.falseAccept());
            json.addProperty("false_reject", rates.falseReject());
            array.add(json);
        }
        return array;
    }

    private static JsonArray pairs(List<FacePair> pairs) {
        JsonArray array = new JsonArray();
        for (FacePair pair : pairs) {
            JsonObject json = new JsonObject();
            json.addProperty("distance", pair.distance());
            json.addProperty("name", pair.name());
            json.addProperty("source", pair.source());
            json.addProperty("other_name", pair.otherName());
            json.addProperty("other_source", pair.otherSource());
            array.add(json);
        }
        return array;
    }
}
