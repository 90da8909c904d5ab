// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.Examination;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.pipeline.internal.analysis.StageCapture;
import io.facegate.pipeline.internal.analysis.StageSource;
import io.facegate.pipeline.internal.enrolment.PictureEnroller;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/** Enrolment as a service. */
@Component(service = Enroller.class, configurationPid = PipelineComponent.PID)
public final class EnrolmentComponent implements Enroller {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PictureReader pictures;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceQualityMeter meter;

    private final StageCapture capture;
    private final Enroller enroller;

    @Activate
    public EnrolmentComponent(PipelineConfig config, @Reference StageSource stages) {
        capture = new StageCapture(stages);
        enroller =
                new PictureEnroller(
                        capture,
                        () -> Optional.ofNullable(pictures),
                        () -> Optional.ofNullable(meter),
                        Settings.stageWaitMillis(config, new ArrayList<>()));
    }

    @Deactivate
    void deactivate() {
        capture.close();
    }

    @Override
    public Examination examine(
            String name, Path picture, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        return enroller.examine(name, picture, source, options, faces);
    }

    @Override
    public Examination examine(
            String name, Frame frame, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        return enroller.examine(name, frame, source, options, faces);
    }

    @Override
    public Enrolment accept(Examination examination, boolean strict) throws EnrolmentException {
        return enroller.accept(examination, strict);
    }

    @Override
    public Enrolment replace(Examination examination, boolean strict) throws EnrolmentException {
        return enroller.replace(examination, strict);
    }
}
