// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleValues.Bytes;
import io.facegate.exchange.internal.PickleValues.Dict;
import io.facegate.exchange.internal.PickleValues.Items;
import io.facegate.exchange.internal.PickleValues.Sequence;
import io.facegate.exchange.internal.PickleValues.Tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/**
 * The names a pickle of encodings may refer to, and what Facegate itself does in their place.
 * Nothing is looked up by name: what is not listed here is refused.
 */
enum PickleGlobal {
    /** Makes an array that BUILD fills. */
    RECONSTRUCT("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct"),
    /** Makes an array with a mask that BUILD fills. */
    RECONSTRUCT_MASKED("numpy.ma.core._mareconstruct"),
    /** Makes an array from bytes (protocol 5). */
    FROMBUFFER("numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer"),
    /** Makes one number or text. */
    SCALAR("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar"),
    /** Stands for the class only. */
    NDARRAY("numpy.ndarray", "numpy.matrix", "numpy.matrixlib.defmatrix.matrix"),
    /** Stands for the class only. */
    MASKED_ARRAY("numpy.ma.MaskedArray", "numpy.ma.core.MaskedArray"),
    /** Makes the type of elements. */
    DTYPE("numpy.dtype"),
    /** Makes the type of elements that are texts of any length. */
    STRING_DTYPE("numpy._core._internal._convert_to_stringdtype_kwargs"),
    /** Makes a dict. */
    ORDERED_DICT("collections.OrderedDict"),
    /** Makes a dict whose defaults are of no use here. */
    DEFAULT_DICT("collections.defaultdict"),
    /** Stands for the class only, of which a dict makes its defaults. */
    DEFAULT(
            "builtins.list",
            "builtins.dict",
            "builtins.tuple",
            "builtins.set",
            "builtins.str",
            "builtins.int",
            "builtins.float",
            "__builtin__.list",
            "__builtin__.dict",
            "__builtin__.tuple",
            "__builtin__.set",
            "__builtin__.str",
            "__builtin__.unicode",
            "__builtin__.int",
            "__builtin__.float"),
    /** Makes a path, which is text here. */
    PATH(
            "pathlib.PosixPath",
            "pathlib.WindowsPath",
            "pathlib.PurePosixPath",
            "pathlib.PureWindowsPath",
            "pathlib._local.PosixPath",
            "pathlib._local.WindowsPath",
            "pathlib._local.PurePosixPath",
            "pathlib._local.PureWindowsPath"),
    /** Bytes in protocols that have none: text in which every character is a byte. */
    ENCODE("_codecs.encode");

    private static final int LONGEST_PATH = 4096;

    private final List<String> names;

    PickleGlobal(String... names) {
        this.names = List.of(names);
    }

    static PickleGlobal of(String module, String name) throws RefusedFileException {
        String full = module + "." + name;
        for (PickleGlobal global : values()) {
            if (global.names.contains(full)) {
                return global;
            }
        }
        throw new RefusedFileException(
                "it refers to '"
                        + RefusedFileException.shown(full)
                        + "', which no file of encodings needs: nothing of it was executed");
    }

    /** What Python would make of calling this. */
    Object call(Object[] arguments, PickleMemory memory) throws RefusedFileException {
        return switch (this) {
            case RECONSTRUCT -> {
                expect(arguments.length == 3 && arguments[0] == NDARRAY);
                yield new PickleArray(false);
            }
            case RECONSTRUCT_MASKED -> {
                expect(arguments.length == 4 && arguments[0] == MASKED_ARRAY);
                yield new PickleArray(true);
            }
            case FROMBUFFER -> PickleArray.ofBuffer(arguments);
            case SCALAR -> PickleArray.scalar(arguments);
            case DTYPE -> PickleDtype.of(arguments);
            case STRING_DTYPE -> PickleDtype.ofStrings();
            case ORDERED_DICT -> ordered(arguments, memory);
            case DEFAULT_DICT -> {
                expect(
                        arguments.length == 0
                                || arguments.length == 1
                                        && (arguments[0] == DEFAULT
                                                || arguments[0] == PickleValues.NONE));
                yield new Dict();
            }
            case PATH -> path(arguments);
            case ENCODE -> encoded(arguments);
            case NDARRAY, MASKED_ARRAY, DEFAULT ->
                    throw new RefusedFileException("a call of " + this);
        };
    }

    private void expect(boolean usual) throws RefusedFileException {
        if (!usual) {
            throw new RefusedFileException(this + " with other arguments than Python writes");
        }
    }

    /** Python 3 fills it afterwards; Python 2 gives a list of keys and values. */
    private Dict ordered(Object[] arguments, PickleMemory memory) throws RefusedFileException {
        Dict dict = new Dict();
        if (arguments.length == 0) {
            return dict;
        }
        expect(arguments.length == 1 && arguments[0] instanceof Sequence);
        Sequence items = (Sequence) arguments[0];
        for (int i = 0; i < items.size(); i++) {
            Items item = PickleValues.items(items.get(i));
            expect(item != null && item.size() == 2);
            dict.put(item.get(0), item.get(1), memory);
        }
        return dict;
    }

    /** From its parts. */
    private String path(Object[] arguments) throws RefusedFileException {
        StringJoiner path = new StringJoiner("/");
        for (Object argument : arguments) {
            expect(argument instanceof String part && path.length() + part.length() < LONGEST_PATH);
            path.add((String) argument);
        }
        return path.toString();
    }

    private static Bytes encoded(Object[] arguments) throws RefusedFileException {
        if (arguments.length != 2
                || !(arguments[0] instanceof String text)
                || !"latin1".equals(PickleValues.text(arguments[1]))
                || text.chars().anyMatch(c -> c > 0xff)) {
            throw new RefusedFileException("_codecs.encode of something that is not bytes");
        }
        return new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Object[] arguments(Object tuple) throws RefusedFileException {
        if (!(tuple instanceof Tuple arguments)) {
            throw new RefusedFileException("a call with " + PickleValues.type(tuple));
        }
        return arguments.items();
    }

    @Override
    public String toString() {
        return names.get(0);
    }
}
