// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.mqtt.internal.command.Commands;
import io.facegate.mqtt.internal.command.GalleryCommands;
import io.facegate.mqtt.internal.delivery.RetainedStates;
import io.facegate.mqtt.internal.discovery.Discovery;
import io.facegate.mqtt.internal.link.Message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the broker's messages make the gateway do, and the answers. For one thread. */
final class Inbox {
    private final Mailroom mail;
    private final Optional<Discovery> discovery;
    private final RetainedStates retained;
    private final Commands commands;
    private final GalleryCommands galleryCommands;

    Inbox(
            Mailroom mail,
            Optional<Discovery> discovery,
            RetainedStates retained,
            Commands commands,
            GalleryCommands galleryCommands) {
        this.mail = mail;
        this.discovery = discovery;
        this.retained = retained;
        this.commands = commands;
        this.galleryCommands = galleryCommands;
    }

    /** What is subscribed to. */
    List<String> filters() {
        List<String> filters = new ArrayList<>(commands.filters());
        discovery.ifPresent(d -> filters.add(d.statusTopic()));
        return filters;
    }

    /**
     * Obeys the messages that are there.
     *
     * @param obeyed called after each that may have changed the gateway
     * @return the answers to them and to earlier ones
     */
    List<Commands.Answer> take(Runnable obeyed) {
        List<Commands.Answer> answers = new ArrayList<>();
        for (Message message : mail.takeMessages()) {
            if (discovery.isPresent() && message.topic().equals(discovery.get().statusTopic())) {
                if (message.payload().strip().equals("online")) {
                    retained.resend(discovery.get().topic());
                }
            } else if (!galleryCommands.takes(message)) {
                commands.handle(message).ifPresent(answers::add);
                obeyed.run();
            }
        }
        answers.addAll(galleryCommands.answers());
        return answers;
    }

    /** Ends commands that run. */
    void stop() {
        galleryCommands.stop();
    }
}
