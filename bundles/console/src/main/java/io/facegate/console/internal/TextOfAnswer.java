// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.function.UnaryOperator;

/** Holds back what a servlet writes, so that it can be changed before it is sent. */
final class TextOfAnswer extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private PrintWriter writer;
    private ServletOutputStream stream;

    TextOfAnswer(HttpServletResponse answer) {
        super(answer);
    }

    @Override
    public PrintWriter getWriter() {
        if (writer == null) {
            writer = new PrintWriter(new OutputStreamWriter(written, charset()));
        }
        return writer;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (stream == null) {
            stream =
                    new ServletOutputStream() {
                        @Override
                        public void write(int b) {
                            written.write(b);
                        }

                        @Override
                        public boolean isReady() {
                            return true;
                        }

                        @Override
                        public void setWriteListener(WriteListener listener) {
                            throw new IllegalStateException("not asynchronous");
                        }
                    };
        }
        return stream;
    }

    private Charset charset() {
        return Charset.forName(getCharacterEncoding());
    }

    /** Its length is not what was written. */
    @Override
    public void setContentLength(int length) {
        // told when it is sent
    }

    @Override
    public void setContentLengthLong(long length) {
        // the same
    }

    @Override
    public void flushBuffer() {
        // nothing is sent before the end
    }

    /** Sends it; nothing where the servlet wrote nothing, as with a redirection. */
    void send(UnaryOperator<String> change) throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (written.size() > 0 && !isCommitted()) {
            byte[] text = change.apply(written.toString(charset())).getBytes(charset());
            getResponse().getOutputStream().write(text);
        }
    }
}
