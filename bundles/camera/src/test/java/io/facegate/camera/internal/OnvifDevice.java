// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A camera as the ONVIF specifications have it (Core 7 and 8, Media 5), on the loopback network:
 * answers probes, and tells its streams to the user {@code me} with {@code pass<&>word}.
 */
final class OnvifDevice implements AutoCloseable {
    static final String PASSWORD = "pass<&>word";
    private static final String ENVELOPE =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><env:Envelope"
                    + " xmlns:env=\"http://www.w3.org/2003/05/soap-envelope\""
                    + " xmlns:tt=\"http://www.onvif.org/ver10/schema\""
                    + " xmlns:trt=\"http://www.onvif.org/ver10/media/wsdl\""
                    + " xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\"><env:Body>";

    final String id = "urn:uuid:" + java.util.UUID.randomUUID();
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile Duration ahead = Duration.ofDays(-20_000);
    volatile boolean open;
    private final MulticastSocket probes = new MulticastSocket(3702);
    private final HttpServer http =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);

    OnvifDevice() throws IOException {
        probes.joinGroup(
                new InetSocketAddress("239.255.255.250", 3702), NetworkInterface.getByName("lo"));
        Thread answering = new Thread(this::answerProbes);
        answering.setDaemon(true);
        answering.start();
        http.createContext("/", this::answer);
        http.start();
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/onvif/device_service";
    }

    private void answerProbes() {
        try {
            while (true) {
                DatagramPacket probe = new DatagramPacket(new byte[65_536], 65_536);
                probes.receive(probe);
                String text = new String(probe.getData(), 0, probe.getLength(), UTF_8);
                byte[] answer = probeMatch(field(text, "MessageID")).getBytes(UTF_8);
                probes.send(new DatagramPacket(answer, answer.length, probe.getSocketAddress()));
                byte[] rubbish = "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>".getBytes(UTF_8);
                probes.send(new DatagramPacket(rubbish, rubbish.length, probe.getSocketAddress()));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private String probeMatch(String question) {
        return "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:w=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                + " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\""
                + " xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\"><e:Header><w:RelatesTo>"
                + question
                + "</w:RelatesTo></e:Header><e:Body><d:ProbeMatches><d:ProbeMatch>"
                + "<w:EndpointReference><w:Address>"
                + id
                + "</w:Address></w:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>"
                + "<d:Scopes>onvif://www.onvif.org/type/video_encoder\n"
                + " onvif://www.onvif.org/name/Front%20door%1B%5B2J"
                + " onvif://www.onvif.org/hardware/DS-2CD+2143</d:Scopes>"
                + "<d:XAddrs>http://192.0.2.77/onvif/device_service "
                + address()
                + "</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion>"
                + "</d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String question = text.replaceAll("(?s).*<s:Body><(\\w+).*", "$1");
        asked.add(exchange.getRequestURI().getPath() + " " + question);
        boolean may = open || question.equals("GetSystemDateAndTime") || isKnown(text);
        String body =
                may
                        ? content(question, text)
                        : "<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode>"
                                + "<env:Value>ter:NotAuthorized</env:Value></env:Subcode></env:Code>"
                                + "<env:Reason><env:Text>Sender not authorized</env:Text>"
                                + "</env:Reason></env:Fault>";
        byte[] answer = (ENVELOPE + body + "</env:Body></env:Envelope>").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/soap+xml");
        exchange.sendResponseHeaders(body.startsWith("<env:Fault") ? 400 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private boolean isKnown(String text) {
        try {
            String created = field(text, "Created");
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(Base64.getDecoder().decode(field(text, "Nonce")));
            sha.update((created + PASSWORD).getBytes(UTF_8));
            String digest = Base64.getEncoder().encodeToString(sha.digest());
            Duration late = Duration.between(Instant.parse(created), Instant.now().plus(ahead));
            return field(text, "Username").equals("me")
                    && field(text, "Password").equals(digest)
                    && late.abs().toMinutes() < 5;
        } catch (Exception e) {
            return false;
        }
    }

    private String content(String question, String text) {
        return switch (question) {
            case "GetSystemDateAndTime" -> time();
            case "GetCapabilities" ->
                    "<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media>"
                            + "<tt:XAddr>http://10.0.0.1:"
                            + http.getAddress().getPort()
                            + "/onvif/media?a=1&amp;b=2</tt:XAddr></tt:Media></tds:Capabilities>"
                            + "</tds:GetCapabilitiesResponse>";
            case "GetProfiles" ->
                    "<trt:GetProfilesResponse><trt:Profiles token=\"p&amp;0\"><tt:Name>Main</tt:Name>"
                            + "<tt:VideoSourceConfiguration token=\"s\"><tt:Name>Src</tt:Name>"
                            + "</tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration"
                            + " token=\"v\"><tt:Encoding>H264</tt:Encoding><tt:Resolution>"
                            + "<tt:Width>2688</tt:Width><tt:Height>1520</tt:Height></tt:Resolution>"
                            + "<tt:RateControl><tt:FrameRateLimit>25</tt:FrameRateLimit>"
                            + "</tt:RateControl></tt:VideoEncoderConfiguration></trt:Profiles>"
                            + "<trt:Profiles token=\"p1\"><tt:Name>Sub</tt:Name></trt:Profiles>"
                            + "<trt:Profiles token=\"bad\"><tt:Name>Metadata</tt:Name></trt:Profiles>"
                            + "</trt:GetProfilesResponse>";
            case "GetStreamUri" ->
                    text.contains(">bad<")
                            ? "<env:Fault><env:Reason>InvalidStreamSetup</env:Reason></env:Fault>"
                            : "<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>rtsp://me:s3cret@127.0.0.1/"
                                    + (text.contains("p&amp;0") ? "main?x=1&amp;y=2" : "sub")
                                    + "</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>";
            case "GetSnapshotUri" ->
                    text.contains("p&amp;0")
                            ? "<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>"
                                    + "http://127.0.0.1/snap.jpg</tt:Uri></trt:MediaUri>"
                                    + "</trt:GetSnapshotUriResponse>"
                            : "<env:Fault><env:Reason>ActionNotSupported</env:Reason></env:Fault>";
            default -> "<env:Fault/>";
        };
    }

    private String time() {
        LocalDateTime now = LocalDateTime.ofInstant(Instant.now().plus(ahead), ZoneOffset.UTC);
        return ("<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time>"
                        + "<tt:Hour>%d</tt:Hour><tt:Minute>%d</tt:Minute><tt:Second>%d</tt:Second>"
                        + "</tt:Time><tt:Date><tt:Year>%d</tt:Year><tt:Month>%d</tt:Month>"
                        + "<tt:Day>%d</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>"
                        + "</tds:GetSystemDateAndTimeResponse>")
                .formatted(
                        now.getHour(),
                        now.getMinute(),
                        now.getSecond(),
                        now.getYear(),
                        now.getMonthValue(),
                        now.getDayOfMonth());
    }

    private static String field(String text, String name) {
        var field = Pattern.compile("<(?:\\w+:)?" + name + "\\b[^>]*>([^<]*)<").matcher(text);
        return field.find() ? field.group(1) : "";
    }

    @Override
    public void close() {
        probes.close();
        http.stop(0);
    }
}
