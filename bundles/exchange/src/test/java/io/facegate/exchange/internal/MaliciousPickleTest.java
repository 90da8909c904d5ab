// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import static io.facegate.exchange.internal.PickleImportTest.assertRefused;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Pickles that would run code in Python, or fill the memory. */
class MaliciousPickleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.system",
                "posix.system",
                "nt.system",
                "subprocess.Popen",
                "builtins.eval",
                "builtins.exec",
                "builtins.getattr",
                "builtins.__import__",
                "__builtin__.eval",
                "importlib.import_module",
                "operator.attrgetter",
                "functools.partial",
                "runpy._run_code",
                "pickle.loads",
                "copyreg._reconstructor",
                "numpy.load",
                "numpy.memmap",
                "numpy.testing._private.utils.runstring",
                "numpy.core.multiarray.fromfile",
                "java.lang.Runtime.getRuntime",
                "javax.script.ScriptEngineManager"
            })
    void everyNameThatIsNotNeededIsRefusedByName(String name) {
        int dot = name.lastIndexOf('.');
        String module = name.substring(0, dot);
        String function = name.substring(dot + 1);
        byte[] byGlobal =
                Pickles.bytes(
                        0x80, 2, "c", module, "\n", function, "\nX", 2, 0, 0, 0, "id", 0x85, "R.");
        assertRefused(byGlobal, "refers to '" + name + "'");
        byte[] byStack =
                Pickles.bytes(
                        0x80,
                        4,
                        0x8c,
                        module.length(),
                        module,
                        0x8c,
                        function.length(),
                        function,
                        0x93,
                        0x8c,
                        2,
                        "id",
                        0x85,
                        "R.");
        assertRefused(byStack, "refers to '" + name + "'");
        byte[] byInstance = Pickles.bytes("(X", 2, 0, 0, 0, "idi", module, "\n", function, "\n.");
        assertRefused(byInstance, "makes an object of '" + name + "'");
    }

    @Test
    void aNameInPartsIsNotPutTogether() {
        // numpy + core.multiarray._reconstruct.__globals__: STACK_GLOBAL walks dots in Python
        assertRefused(
                Pickles.bytes(0x80, 4, 0x8c, 5, "numpy", 0x8c, 16, "ndarray.__init__", 0x93, "."),
                "refers to 'numpy.ndarray.__init__'");
        assertRefused(
                Pickles.bytes(0x80, 4, "cnumpy.core\nmultiarray._reconstruct.__class__\n."),
                "refers to");
        // the same words with the dot elsewhere mean the same and are harmless
        assertRefused(
                Pickles.bytes(0x80, 4, "cnumpy.core\nmultiarray.scalar\n."),
                "the function numpy.core.multiarray.scalar, where \"encodings\"");
        assertRefused(Pickles.bytes(0x80, 2, "c", "x\u001b[31m".repeat(50), "\nevil\n."), "x?[31m");
    }

    @Test
    void whatIsAllowedCannotBeMisused() {
        String ndarray = "cnumpy\nndarray\n";
        assertRefused(Pickles.bytes(0x80, 2, ndarray, ")R."), "call of numpy.ndarray");
        assertRefused(Pickles.bytes(0x80, 2, ndarray, "}b."), "where a numpy array belongs");
        assertRefused(Pickles.bytes(0x80, 2, ndarray, ")", 0x81, "."), "object of a class");
        assertRefused(Pickles.bytes(0x80, 4, ndarray, ")}", 0x92, "."), "object of a class");
        assertRefused(
                Pickles.bytes(
                        0x80,
                        2,
                        "c_codecs\nencode\nX",
                        2,
                        0,
                        0,
                        0,
                        "idX",
                        5,
                        0,
                        0,
                        0,
                        "rot13",
                        0x86,
                        "R."),
                "_codecs.encode");
        assertRefused(
                Pickles.bytes(
                        0x80,
                        2,
                        "cnumpy.core.multiarray\n_reconstruct\ncnumpy\ndtype\nK",
                        0,
                        0x85,
                        "C",
                        1,
                        "b",
                        0x87,
                        "R."),
                "other arguments");
        assertRefused(
                Pickles.bytes(
                        0x80, 2, "cnumpy\ndtype\nX", 2, 0, 0, 0, "V8", 0x89, 0x88, 0x87, "R."),
                "'V8'");
        assertRefused(Pickles.bytes(0x80, 2, "K", 1, ")R."), "where a function belongs");
        assertRefused(Pickles.bytes(0x80, 2, "]}b."), "where a numpy array belongs");
    }

    @Test
    void whatLiesOutsideOfTheFileIsRefused() {
        assertRefused(Pickles.bytes("(Pid\n."), "outside of the file");
        assertRefused(Pickles.bytes(0x80, 2, "K", 1, "Q."), "outside of the file");
        assertRefused(Pickles.bytes(0x80, 5, 0x97, "."), "out-of-band");
        assertRefused(Pickles.bytes(0x80, 2, 0x82, 1, "."), "extension");
        assertRefused(Pickles.bytes(0x80, 4, 0x8f, "."), "a set");
        assertRefused(Pickles.bytes(0x80, 4, 0xff, "."), "0xff");
    }

    @Test
    void lengthsThatAreOnlyClaimedTakeNoMemory() {
        byte[] all = {-1, -1, -1, -1, -1, -1, -1, 127};
        for (int opcode : new int[] {0x8e, 0x8d, 0x96}) {
            assertRefused(Pickles.bytes(0x80, 5, opcode, all), "no file has that");
            assertRefused(Pickles.bytes(0x80, 5, opcode, 0, 0, 0, 127, 0, 0, 0, 0), "memory");
            assertRefused(Pickles.bytes(0x80, 5, opcode, 0, 0, 0, 1, 0, 0, 0, 0, "x"), "truncated");
        }
        for (String opcode : new String[] {"B", "X", "T"}) {
            assertRefused(Pickles.bytes(0x80, 2, opcode, 255, 255, 255, 255), "no file has that");
            assertRefused(Pickles.bytes(0x80, 2, opcode, 0, 0, 0, 64, "x"), "memory");
        }
        assertRefused(Pickles.bytes(0x80, 2, 0x8b, 255, 255, 255, 127), "whole number");
        assertRefused(Pickles.bytes(0x80, 2, 0x8b, 255, 255, 255, 255), "whole number");
        assertRefused(
                Pickles.bytes(0x80, 4, 0x95, 255, 255, 255, 255, 255, 255, 255, 255), "frame");
    }

    @Test
    void aMemoThatClaimsManyPlacesTakesNone() {
        assertRefused(Pickles.bytes("}r", 255, 255, 255, 255, "."), "has no keys");
        assertRefused(Pickles.bytes("}p4611686018427387904\n."), "has no keys");
        assertRefused(Pickles.bytes("}h", 7, "."), "refers back");
        assertRefused(Pickles.bytes("(p0\n."), "without its operands");
    }

    @Test
    void manySmallObjectsInASmallFileAreBounded() {
        assertRefused(Pickles.bytes("(", "]".repeat(2_000_000)), "memory");
        assertRefused(Pickles.bytes("}", "2".repeat(8_000_000)), "memory");
        assertRefused(Pickles.bytes(0x80, 4, "}(K", 1, "\u0094".repeat(2_000_000)), "memory");
        assertRefused(Pickles.bytes("}(", "K\u0001".repeat(2_000_000)), "memory");
        assertRefused(Pickles.bytes("(".repeat(101)), "nested deeper than 100");
        // a value in a list that was made deep: each list holds the one before it
        assertRefused(Pickles.bytes("}", "(l".repeat(50), "(".repeat(200)), "nested deeper");
        assertRefused(Pickles.bytes("]", 0x85, "\u0085".repeat(100_000), "."), "a tuple of 1");
        assertRefused(Pickles.bytes("}0)", "\u0085".repeat(100_000), "."), "a tuple of 1");
    }

    @Test
    void billionLaughsAreNotLaughed() {
        StringBuilder laughs = new StringBuilder();
        laughs.append("}0]q\u0000(").append("X\u0003\0\0\0lol".repeat(10)).append("e0");
        for (int i = 1; i < 40; i++) {
            laughs.append("]q").append((char) i).append('(');
            laughs.append(("h" + (char) (i - 1)).repeat(10)).append("e0");
        }
        laughs.append("}(X\u0009\0\0\0encodings](h").append((char) 39);
        laughs.append("eX\u0005\0\0\0names](X\u0001\0\0\0aeu.");
        assertRefused(Pickles.bytes(laughs.toString()), "encodings[0] is a list of 10");
    }

    @Test
    void oneVectorReferredToManyTimesDoesNotFillTheGallery() {
        String vector = "](" + "K\u0001".repeat(128) + "eq\u0001";
        String many = "h\u0001".repeat(50_000);
        byte[] file =
                Pickles.bytes(
                        "}(X\u0009\0\0\0encodings](",
                        vector,
                        many,
                        "eX\u0005\0\0\0names](X\u0001\0\0\0aq\u0002",
                        "h\u0002".repeat(50_000),
                        "eu.");
        assertRefused(file, "50001 encodings do not fit");
    }

    @Test
    void aListThatHoldsItselfIsRefused() {
        assertRefused(
                Pickles.bytes(
                        "}q\u0000(X\u0009\0\0\0encodings]q\u0001(h\u0001eX\u0005\0\0\0names](X",
                        "\u0001\0\0\0aeu."),
                "encodings[0] is a list of 1");
    }

    @Test
    void arraysWhoseShapeDoesNotFitTheirBytes() {
        String dtype =
                "cnumpy\ndtype\nX\u0002\0\0\0f8\u0089\u0088\u0087R(K\u0003X\u0001\0\0\0<NNN"
                        + "J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb";
        String array =
                "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085C\u0001b\u0087R";
        for (String shape :
                new String[] {
                    "J\0\0\0\u0080\u0085",
                    "J\u00ff\u00ff\u00ff\u007f\u0085",
                    "J\0\0\0\u0010J\0\0\0\u0010\u0086",
                    "K\u0002\u0085",
                    ")",
                    "K\u0001K\u0001K\u0001\u0087",
                    "NNN\u0087"
                }) {
            byte[] file =
                    PickleImportTest.dict(
                            array + "(K\u0001" + shape + dtype + "\u0089C\u0008abcdefghtb",
                            "X\u0001\0\0\0a");
            assertRefused(file, "a numpy array");
        }
        assertRefused(PickleImportTest.dict(array, "X\u0001\0\0\0a"), "shape unknown");
        assertThat(Arrays.stream(PickleGlobal.values()).map(Enum::name))
                .containsExactly(
                        "RECONSTRUCT",
                        "RECONSTRUCT_MASKED",
                        "FROMBUFFER",
                        "SCALAR",
                        "NDARRAY",
                        "MASKED_ARRAY",
                        "DTYPE",
                        "STRING_DTYPE",
                        "ORDERED_DICT",
                        "DEFAULT_DICT",
                        "DEFAULT",
                        "PATH",
                        "ENCODE");
    }

    /** As protocol 0 has it: callable, arguments up to the mark. */
    private static byte[] call(String global, String arguments) {
        return Pickles.bytes(
                "c", global.replaceFirst("\\.(\\w+)$", "\n$1"), "\n(", arguments, "tR.");
    }

    @Test
    void theOtherNamesCannotBeMisusedEither() {
        for (String name :
                new String[] {
                    "numpy.matrix", "numpy.ma.MaskedArray", "builtins.list", "__builtin__.dict"
                }) {
            assertRefused(call(name, ""), "a call of ");
        }
        String other = "with other arguments than Python writes";
        assertRefused(call("collections.defaultdict", "ccollections\ndefaultdict\n"), other);
        assertRefused(call("collections.defaultdict", "c__builtin__\nlist\n}"), other);
        assertRefused(call("collections.OrderedDict", "}"), other);
        assertRefused(call("collections.OrderedDict", "](K\u0001e"), other);
        assertRefused(call("collections.OrderedDict", "](](K\u0001ee"), other);
        assertRefused(call("pathlib.PosixPath", "V/\nK\u0001"), other);
        assertRefused(
                call("pathlib.PosixPath", "V" + "x".repeat(1000) + "\np0\n" + "g0\n".repeat(4)),
                other);
        assertRefused(call("numpy.ma.core._mareconstruct", "cnumpy\nndarray\nNNN"), other);
        assertRefused(call("pathlib.Path.home", ""), "refers to 'pathlib.Path.home'");
    }

    @Test
    void objectsTextAndMasksThatDoNotFit() {
        String objects = array("ndarray", "numpy.core.multiarray\n_reconstruct", "O8", "|");
        assertRefused(named(objects + "S'xx'\ntb"), "2 elements with bytes");
        assertRefused(named(objects + "](Va\netb"), "2 elements with a list of 1");
        String text = array("ndarray", "numpy.core.multiarray\n_reconstruct", "U1", "<");
        assertRefused(named(text + "](Va\nVb\netb"), "2 elements with a list of 2");
        assertRefused(named(text + "S'\\x00\\x00\\x00\\x7faaaa'\ntb"), "not Unicode");
        assertRefused(named(text + "S'\\x00\\xd8\\x00\\x00aaaa'\ntb"), "not Unicode");
        String none = array("ndarray", "numpy.core.multiarray\n_reconstruct", "U0", "<");
        assertRefused(named(none + "S''\ntb"), "type 'U0'");
        String masked = array("ma\nMaskedArray", "numpy.ma.core\n_mareconstruct", "S1", "|");
        assertRefused(named(masked + "S'ab'\nS'\\x00'\nNtb"), "mask does not fit");
        assertRefused(named(masked + "S'ab'\ntb"), "another state");
        assertRefused(named(masked + "S'ab'\nS'\\x01\\x00'\nNtb"), "names[0] is None");
    }

    /** An array of two elements up to its content. */
    private static String array(String type, String function, String dtype, String order) {
        return array(type, function, dtype, order, "K\u0002\u0085");
    }

    private static String matrix(String dtype, String order, String shape) {
        return array("ndarray", "numpy.core.multiarray\n_reconstruct", dtype, order, shape);
    }

    private static String array(
            String type, String function, String dtype, String order, String shape) {
        String module = type.contains("\n") ? "numpy." : "numpy\n";
        return ("c" + function + "\n(c" + module + type + "\n")
                + (module.equals("numpy.") ? "cnumpy\nndarray\n" : "")
                + "K\0\u0085S'b'\ntR(K\u0001"
                + shape
                + ("cnumpy\ndtype\n(S'" + dtype + "'\nK\0K\u0001tR(K\u0003S'" + order + "'\n")
                + "NNNK\u0004K\u0001K\0tb\u0089";
    }

    private static byte[] named(String names) {
        String encodings = "(lK\0aK\0a";
        return Pickles.bytes("(dVencodings\n", encodings, "sVnames\n", names, "s.");
    }

    @Test
    void aDictOfPeopleThatShareTheirVectorsDoesNotFillTheGallery() {
        StringBuilder file = new StringBuilder("(d");
        file.append("V0\n(l(l").append("K\u0001a".repeat(128)).append("p0\n");
        file.append("a").append("g0\na".repeat(400)).append("p1\ns");
        for (int i = 1; i < 400; i++) {
            file.append("V").append(i).append("\ng1\ns");
        }
        assertRefused(Pickles.bytes(file.append(".").toString()), "do not fit");
    }

    @Test
    void encodingsThatAreSmallInTheFileAreCountedAsLargeAsTheyBecome() {
        int size = 60_000;
        byte[] numbers = new byte[size * EncodingsPickle.DIMENSION * Short.BYTES];
        byte[] file =
                Pickles.bytes(
                        "(dVencodings\n",
                        matrix("f2", "<", "J`\u00ea\0\0K\u0080\u0086"),
                        bytes(numbers),
                        "tbsVnames\n",
                        matrix("S1", "|", "J`\u00ea\0\0\u0085"),
                        bytes("a".repeat(size).getBytes(StandardCharsets.US_ASCII)),
                        "tbs.");
        assertRefused(file, "takes more than the 32 MB of memory");
    }

    private static byte[] bytes(byte[] content) {
        byte[] length = new byte[Integer.BYTES];
        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putInt(content.length);
        return Pickles.bytes("B", length, content);
    }
}
