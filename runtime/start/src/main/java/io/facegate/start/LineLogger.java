// SPDX-License-Identifier: Apache-2.0
package io.facegate.start;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that hands each message over as a line. */
final class LineLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    private final Level least;
    private final transient LogLines lines;

    LineLogger(String name, Level least, LogLines lines) {
        this.name = name;
        this.least = least;
        this.lines = lines;
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= least.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null; // lines do not say where in the code they come from
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
        lines.write(level, name, MessageFormatter.basicArrayFormat(pattern, arguments), failure);
    }
}
