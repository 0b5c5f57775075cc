package dev.wattle.control.model;

import dev.wattle.control.model.Problem.Code;
import dev.wattle.control.model.SourceLimits.Unreadable;
import dev.wattle.control.model.SourceNode.Entry;
import dev.wattle.control.model.SourceNode.Mapping;
import dev.wattle.control.model.SourceNode.Scalar;
import dev.wattle.control.model.SourceNode.ScalarType;
import dev.wattle.control.model.SourceNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML 1.2 from the parser's events: one level of our own stack for each level of the text, counted, so
/// that no text can exhaust it.
final class YamlSource {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");

    private final Iterator<Event> events;
    private final Problems problems;
    private final SourceLimits limits = new SourceLimits();
    private final Map<Anchor, SourceNode> anchors = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();

    private YamlSource(Iterator<Event> events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /// The one document of `text`.
    ///
    /// @throws Unreadable when it cannot be read to its end
    static SourceNode read(String text, Problems problems) {
        // The parser counts on nothing else than marks: duplicates, aliases and depth are counted here.
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
        try {
            return new YamlSource(new Parse(settings).parseString(text).iterator(), problems).document();
        } catch (MarkedYamlEngineException syntax) {
            Optional<Mark> mark = syntax.getProblemMark().or(syntax::getContextMark);
            throw new Unreadable(Code.SYNTAX, place(mark), "not YAML: " + Texts.abbreviate(syntax.getProblem()));
        } catch (YamlEngineException unreadable) {
            throw new Unreadable(
                    Code.SYNTAX, Place.START, "not YAML: " + Texts.abbreviate(String.valueOf(unreadable.getMessage())));
        }
    }

    private SourceNode document() {
        Event event = skipTo(events.next());
        if (event.getEventId() == Event.ID.StreamEnd) {
            throw new Unreadable(Code.SYNTAX, Place.START, "the text is empty; expected a manifest");
        }
        SourceNode root = node(event, 1);
        Event after = skipTo(events.next());
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw new Unreadable(
                    Code.SYNTAX, place(after.getStartMark()), "a second document; a file holds one manifest");
        }
        return root;
    }

    private Event skipTo(Event event) {
        Event current = event;
        while (current.getEventId() == Event.ID.StreamStart
                || current.getEventId() == Event.ID.DocumentStart
                || current.getEventId() == Event.ID.DocumentEnd) {
            current = events.next();
        }
        return current;
    }

    private SourceNode node(Event event, int depth) {
        Place place = place(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            return alias(alias, depth, place);
        }
        if (!(event instanceof NodeEvent nodeEvent)) {
            throw new Unreadable(Code.SYNTAX, place, "not YAML: unexpected " + event.getEventId());
        }
        limits.enter(depth, place);
        nodeEvent.getAnchor().ifPresent(open::add);
        SourceNode node = switch (event) {
            case ScalarEvent scalar -> new Scalar(place, typeOf(scalar), scalar.getValue());
            case SequenceStartEvent _ -> sequence(place, depth);
            case MappingStartEvent _ -> mapping(place, depth);
            default -> throw new Unreadable(Code.SYNTAX, place, "not YAML: unexpected " + event.getEventId());
        };
        nodeEvent.getAnchor().ifPresent(anchor -> {
            open.remove(anchor);
            anchors.put(anchor, node);
        });
        return node;
    }

    private SourceNode alias(AliasEvent alias, int depth, Place place) {
        Anchor anchor = alias.getAlias();
        if (open.contains(anchor)) {
            throw new Unreadable(Code.ALIASES, place, "the alias *" + anchor + " stands inside of what it names");
        }
        SourceNode target = anchors.get(anchor);
        if (target == null) {
            throw new Unreadable(Code.ALIASES, place, "the alias *" + anchor + " names no anchor above");
        }
        limits.alias(target, depth, place);
        return target;
    }

    private SourceNode sequence(Place place, int depth) {
        List<SourceNode> elements = new ArrayList<>();
        int size = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            SourceNode element = node(event, depth + 1);
            elements.add(element);
            size += element.size();
        }
        return new Sequence(place, List.copyOf(elements), size);
    }

    private SourceNode mapping(Place place, int depth) {
        List<Entry> entries = new ArrayList<>();
        var keys = new SourceLimits.Keys();
        int size = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Place keyPlace = place(event.getStartMark());
            SourceNode key = node(event, depth + 1);
            SourceNode value = node(events.next(), depth + 1);
            if (!(key instanceof Scalar scalar)) {
                problems.error(Code.WRONG_TYPE, keyPlace, "", "a key must be text, not " + key.kind());
                continue;
            }
            if (scalar.text().equals("<<")) {
                problems.error(
                        Code.UNKNOWN_FIELD,
                        keyPlace,
                        "",
                        "merge keys ('<<') are not part of YAML 1.2; repeat the fields");
                continue;
            }
            if (keys.add(scalar.text(), keyPlace, problems)) {
                entries.add(new Entry(keyPlace, scalar.text(), value));
                size += value.size();
            }
        }
        return new Mapping(place, List.copyOf(entries), size);
    }

    private static ScalarType typeOf(ScalarEvent scalar) {
        if (!scalar.isPlain()
                || scalar.getTag()
                        .filter(tag -> tag.equals("tag:yaml.org,2002:str"))
                        .isPresent()) {
            return ScalarType.TEXT;
        }
        String text = scalar.getValue();
        if (NULL.matcher(text).matches()) {
            return ScalarType.NULL;
        }
        if (BOOLEAN.matcher(text).matches()) {
            return ScalarType.BOOLEAN;
        }
        if (INTEGER.matcher(text).matches()) {
            return ScalarType.INTEGER;
        }
        return DECIMAL.matcher(text).matches() ? ScalarType.DECIMAL : ScalarType.TEXT;
    }

    private static Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(Place.START);
    }
}
