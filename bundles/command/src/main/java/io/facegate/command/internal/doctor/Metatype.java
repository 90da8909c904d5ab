// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/**
 * What may be configured, as the bundles themselves say (OSGi Compendium, chapter 105).
 *
 * @param attributes by persistent id, then by key
 */
public record Metatype(Map<String, Map<String, Attribute>> attributes) {
    private static final String FOLDER = "OSGI-INF/metatype/";

    /**
     * A setting.
     *
     * @param type such as {@code Integer}
     * @param list whether it may have several values
     * @param min smallest number; NaN for none
     * @param max largest number; NaN for none
     * @param options the only values allowed; empty for any
     */
    public record Attribute(
            String type, boolean list, double min, double max, List<String> options) {
        public boolean isPassword() {
            return type.equals("Password");
        }

        /** What is wrong with a value; empty when nothing is. */
        Optional<String> problem(String value) {
            if (!options.isEmpty()) {
                return options.contains(value)
                        ? Optional.empty()
                        : Optional.of("is one of: " + String.join(", ", options));
            }
            return switch (type) {
                case "Integer", "Long", "Short" -> number(value, "-?\\d+", "a whole number");
                case "Double", "Float" -> number(value, "-?\\d*\\.?\\d+([eE]-?\\d+)?", "a number");
                case "Boolean" ->
                        value.equals("true") || value.equals("false")
                                ? Optional.empty()
                                : Optional.of("is true or false");
                default -> Optional.empty();
            };
        }

        private Optional<String> number(String value, String form, String kind) {
            if (!value.matches(form)) {
                return Optional.of("is " + kind);
            }
            double number = Double.parseDouble(value);
            if (number < min) {
                return Optional.of("is at least " + shown(min));
            }
            return number > max ? Optional.of("is at most " + shown(max)) : Optional.empty();
        }

        private static String shown(double bound) {
            return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
        }
    }

    /** Reads what the jars in a folder say; a jar that cannot be read says nothing. */
    public static Metatype of(Path bundles) throws IOException {
        Map<String, Map<String, Attribute>> attributes = new HashMap<>();
        for (Path jar : VersionCheck.jars(bundles)) {
            try (JarFile file = new JarFile(jar.toFile())) {
                List<? extends ZipEntry> descriptions =
                        file.stream()
                                .filter(entry -> entry.getName().startsWith(FOLDER))
                                .filter(entry -> entry.getName().endsWith(".xml"))
                                .toList();
                for (ZipEntry description : descriptions) {
                    try (InputStream in = file.getInputStream(description)) {
                        add(in, attributes);
                    }
                }
            } catch (IOException | RuntimeException e) {
                continue; // told by the check of versions
            }
        }
        return new Metatype(attributes);
    }

    private static void add(InputStream in, Map<String, Map<String, Attribute>> attributes)
            throws IOException {
        Document document;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            document = factory.newDocumentBuilder().parse(in);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
        Map<String, Map<String, Attribute>> classes = new HashMap<>();
        for (Element description : elements(document, "OCD")) {
            Map<String, Attribute> keys = new HashMap<>();
            for (Element one : elements(description, "AD")) {
                keys.put(one.getAttribute("id"), attribute(one));
            }
            classes.put(description.getAttribute("id"), keys);
        }
        for (Element designate : elements(document, "Designate")) {
            String factory = designate.getAttribute("factoryPid");
            String pid = factory.isEmpty() ? designate.getAttribute("pid") : factory;
            for (Element object : elements(designate, "Object")) {
                attributes.put(pid, classes.getOrDefault(object.getAttribute("ocdref"), Map.of()));
            }
        }
    }

    private static Attribute attribute(Element one) {
        List<String> options =
                elements(one, "Option").stream().map(o -> o.getAttribute("value")).toList();
        String cardinality = one.getAttribute("cardinality");
        return new Attribute(
                one.getAttribute("type"),
                !cardinality.isEmpty() && !cardinality.equals("0"),
                bound(one.getAttribute("min")),
                bound(one.getAttribute("max")),
                options);
    }

    private static double bound(String text) {
        return text.matches("-?[0-9.]+") ? Double.parseDouble(text) : Double.NaN;
    }

    private static List<Element> elements(Node parent, String name) {
        NodeList all =
                parent instanceof Document document
                        ? document.getElementsByTagName(name)
                        : ((Element) parent).getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }
}
