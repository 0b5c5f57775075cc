package dev.wattle.spec;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.Builtin;
import dev.wattle.host.component.binary.ComponentDecoder;
import dev.wattle.host.component.binary.ComponentDefinition;
import dev.wattle.host.component.binary.Definition;
import dev.wattle.host.component.binary.FeatureGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The option `cancellable`, which some built-ins of the pinned specification have, and which the text format has lost
/// since: it is taken out of the text, and put into the binaries that are made of that.
final class CancellableOption {
    private static final Pattern BUILTIN = Pattern.compile(
            "\\(canon\\s+(waitable-set\\.(?:wait|poll)|thread\\.(?:yield|suspend)[a-z-]*)(\\s+cancellable)?");

    /// In a binary, the flag follows the code of the built-in.
    private static final int FLAG_AT = 1;

    private final String text;
    private final List<Boolean> wanted = new ArrayList<>();

    CancellableOption(String text) {
        this.text = text;
        Matcher matcher = BUILTIN.matcher(text);
        while (matcher.find()) {
            wanted.add(matcher.group(2) != null);
        }
    }

    /// Does the text have it at all?
    boolean present() {
        return wanted.contains(true);
    }

    /// The text without it, each line where it was.
    String without() {
        return BUILTIN.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement("(canon " + found.group(1)
                        + (found.group(2) == null ? "" : found.group(2).replace("cancellable", ""))));
    }

    /// Puts it into the binaries, where as many of them as of the text's built-ins are found.
    ///
    /// @param binaries of the script, in its order
    boolean restore(List<Path> binaries) throws IOException {
        var places = new ArrayList<Place>();
        for (Path binary : binaries) {
            places.addAll(places(binary));
        }
        if (places.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < places.size(); i++) {
            if (wanted.get(i)) {
                Place place = places.get(i);
                byte[] content = Files.readAllBytes(place.file());
                content[Math.toIntExact(place.offset()) + FLAG_AT] = 1;
                Files.write(place.file(), content);
            }
        }
        return true;
    }

    private record Place(Path file, long offset) {}

    private static List<Place> places(Path file) throws IOException {
        var places = new ArrayList<Place>();
        try {
            collect(ComponentDecoder.decode(Files.readAllBytes(file), new FeatureGate(Feature.all())), file, places);
        } catch (ComponentException unreadable) {
            return List.of(); // a core module, or meant to be refused
        }
        return places;
    }

    /// The decoder bounds how deep components nest.
    private static void collect(ComponentDefinition component, Path file, List<Place> places) {
        for (Definition definition : component.definitions()) {
            if (definition instanceof Definition.NestedComponent nested) {
                collect(nested.component(), file, places);
            } else if (definition instanceof Definition.BuiltinCanon canon && hasOption(canon.builtin())) {
                places.add(new Place(file, canon.offset()));
            }
        }
    }

    private static boolean hasOption(Builtin builtin) {
        return builtin instanceof Builtin.WaitableSetWait
                || builtin instanceof Builtin.WaitableSetPoll
                || builtin instanceof Builtin.GiveTurn;
    }
}
