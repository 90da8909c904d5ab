// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/**
 * Answers of devices. Whoever is on the network sends them: a document type, and with it every
 * entity, is refused. Elements are found by their local names, since devices differ in namespaces.
 */
final class Xml {
    private Xml() {}

    /**
     * Reads a document.
     *
     * @throws IOException it is none
     */
    static Document read(byte[] text) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // the standard one writes to stderr
            return builder.parse(new ByteArrayInputStream(text));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java cannot refuse document types", e);
        } catch (SAXException e) {
            throw new IOException("no XML: " + e.getMessage(), e);
        }
    }

    /** All elements of a local name, in their order. */
    static List<Element> all(Document document, String name) {
        return list(document.getElementsByTagNameNS("*", name));
    }

    /** All of them within another. */
    static List<Element> all(Element parent, String name) {
        return list(parent.getElementsByTagNameNS("*", name));
    }

    private static List<Element> list(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** The text of the first element of a path of local names, each within the one before. */
    static String text(Element parent, String... path) {
        Optional<Element> at = Optional.of(parent);
        for (String name : path) {
            at = at.flatMap(element -> all(element, name).stream().findFirst());
        }
        return at.map(element -> printable(element.getTextContent())).orElse("");
    }

    /** Without what a terminal obeys. */
    static String printable(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("\\p{Cc}", "").strip();
    }

    /** A whole number in that place; 0 when there is none. */
    static int number(Element parent, String... path) {
        String text = text(parent, path);
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** What stands for a text within an element. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
