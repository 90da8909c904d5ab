// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What can be set; every value has a working default. */
@ObjectClassDefinition(
        name = "Facegate recognition",
        description = "How faces of live streams are found, named and followed")
@interface PipelineConfig {
    @AttributeDefinition(
            name = "Detection method",
            description =
                    "hog (dlib's, frontal faces), cnn (dlib's, slow, needs the MMOD model) or yunet"
                            + " (fast, finds turned and small faces too)",
            options = {
                @Option(label = "HOG", value = "hog"),
                @Option(label = "CNN", value = "cnn"),
                @Option(label = "YuNet", value = "yunet")
            })
    String detectionMethod() default "hog";

    @AttributeDefinition(
            name = "Upsample",
            description =
                    "Times a frame is doubled to find smaller faces, 0 to 2; yunet looks at 320, 640 or"
                            + " 1280 pixels on the long side")
    int upsample() default 0;

    @AttributeDefinition(
            name = "Smallest face",
            description = "In pixels of the frame, 0 to 10000; 0 = as small as the detector can")
    int minFace() default 0;

    @AttributeDefinition(
            name = "Grey",
            description =
                    "Look for faces in grey (HOG): faster; scores move by some tenths, so that other"
                            + " faces at the limit are found; default false")
    boolean grey() default false;

    @AttributeDefinition(
            name = "Processing width",
            description =
                    "Pixels, 0 to 10000: wider frames are scaled down to look for faces; 0 ="
                            + " never")
    int processingWidth() default 0;

    @AttributeDefinition(
            name = "Tolerance",
            description =
                    "Largest distance between descriptors of one person, in the unit of the encoder"
                            + " that is in use when it is set, and for that one; 0 = the encoder's"
                            + " own (0.6 of dlib's)")
    double tolerance() default 0;

    @AttributeDefinition(
            name = "Tolerances of encoders",
            description =
                    "The same by id of the encoder, such as opencv-sface=1.05, dlib-resnet-v1=0.55;"
                            + " each above 0, at most 100")
    String tolerances() default "";

    @AttributeDefinition(
            name = "Strategy",
            description = "How a frame speaks for a name: consensus, vote, nearest or knn",
            options = {
                @Option(label = "Consensus", value = "consensus"),
                @Option(label = "Vote", value = "vote"),
                @Option(label = "Nearest", value = "nearest"),
                @Option(label = "k nearest", value = "knn")
            })
    String strategy() default "consensus";

    @AttributeDefinition(
            name = "Neighbours",
            description = "Nearest encodings asked by the strategy knn, 1 to 1000")
    int k() default 3;

    @AttributeDefinition(
            name = "Frames to decide",
            description = "Of the last 5 frames of a face that must agree on a name, 1 to 5")
    int decideFrames() default 3;

    @AttributeDefinition(
            name = "Smallest margin",
            description =
                    "Distance by which the second-best person must be farther, 0 to 2; for the"
                            + " strategy consensus; of dlib's encoder, and of others in proportion"
                            + " to their tolerance")
    double minMargin() default 0.05;

    @AttributeDefinition(
            name = "Frames to unknown",
            description = "Frames of a face without a name until it is unknown, 1 to 10000")
    int unknownFrames() default 8;

    @AttributeDefinition(
            name = "Time to unknown",
            description =
                    "Milliseconds of a face without a name until it is unknown also with fewer"
                            + " frames, 0 to 3600000")
    int unknownMillis() default 700;

    @AttributeDefinition(
            name = "Time to lost",
            description =
                    "Milliseconds without a face until it is gone, 100 to 60000; a slow"
                            + " pipeline waits for at least three frames")
    int trackLostMillis() default 1000;

    @AttributeDefinition(
            name = "Quality gates",
            description =
                    "Only faces that are large, sharp, frontal, lit and sure enough count for a"
                            + " name, by the configuration io.facegate.quality; the others are only"
                            + " followed; default false")
    boolean qualityGates() default false;

    @AttributeDefinition(
            name = "Follow faces",
            description =
                    "Follow faces between detections and encode them only until it is settled who"
                            + " they are; otherwise every frame is searched and every face encoded")
    boolean tracking() default true;

    @AttributeDefinition(
            name = "Longest time between searches",
            description =
                    "Milliseconds, 1 to 60000: a whole frame is searched at least this often, also"
                            + " when nothing moves; when faces are followed")
    int detectIntervalMillis() default 500;

    @AttributeDefinition(
            name = "Time between searches for motion",
            description =
                    "Milliseconds, 0 to 60000: while something moves outside the faces that are"
                            + " followed, a whole frame is searched this often, or every third"
                            + " frame; on a slow machine half of the time")
    int motionIntervalMillis() default 100;

    @AttributeDefinition(
            name = "Time to look again",
            description =
                    "Milliseconds, 1 to 3600000, after which a followed face that has its name is"
                            + " encoded again")
    int verifyIntervalMillis() default 1000;

    @AttributeDefinition(
            name = "Wait for parts",
            description =
                    "Milliseconds a frame waits for a part that is being replaced, 0 to 60000")
    int stageWaitMillis() default 2000;

    @AttributeDefinition(
            name = "Time to retire",
            description =
                    "Milliseconds without a frame until a camera's worker ends, 1000 to"
                            + " 86400000")
    int retireMillis() default 60000;
}
