package dev.wattle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `wattle up` has started, as `.wattle/state.json` keeps it. Holds no secret.
///
/// @param supervisor the `wattle up` itself, for as long as it runs
/// @param hosts how many there are to be
/// @param httpPort of the application's server
record LatticeState(
        String lattice,
        String natsUrl,
        Path credentials,
        int hosts,
        int httpPort,
        boolean detached,
        ProcessMark supervisor,
        List<Member> members) {
    /// Written by another version of this program: then it is not read, and nothing is stopped by it.
    private static final int FORMAT = 1;

    LatticeState {
        members = List.copyOf(members);
    }

    /// What a process is for. Stopped in this order.
    enum Role {
        HOST,
        CONTROL_PLANE,
        NATS
    }

    /// One process.
    ///
    /// @param stopped it was told to end, by `wattle stop host`
    record Member(String name, Role role, ProcessMark process, Path log, boolean stopped) {
        Member(String name, Role role, ProcessMark process, Path log) {
            this(name, role, process, log, false);
        }
    }

    /// The same with one more.
    LatticeState with(Member member) {
        List<Member> more = new ArrayList<>(members);
        more.add(member);
        return new LatticeState(lattice, natsUrl, credentials, hosts, httpPort, detached, supervisor, more);
    }

    /// The same with a server that is known.
    LatticeState at(String url, Path file) {
        return new LatticeState(lattice, url, file, hosts, httpPort, detached, supervisor, members);
    }

    /// The same, with a host that was told to end.
    LatticeState stopping(String host) {
        List<Member> same = members.stream()
                .map(member -> member.role() == Role.HOST && member.name().equals(host)
                        ? new Member(member.name(), member.role(), member.process(), member.log(), true)
                        : member)
                .toList();
        return new LatticeState(lattice, natsUrl, credentials, hosts, httpPort, detached, supervisor, same);
    }

    /// How many hosts may answer.
    int expectedHosts() {
        return hosts
                - (int) stopped().stream()
                        .filter(member -> !member.process().alive())
                        .count();
    }

    /// Those that somebody told to end.
    List<Member> stopped() {
        return members.stream().filter(Member::stopped).toList();
    }

    /// Those that run.
    List<Member> alive() {
        return members.stream().filter(member -> member.process().alive()).toList();
    }

    /// Those that have ended though nobody told them to.
    List<Member> dead() {
        return members.stream()
                .filter(member -> !member.stopped() && !member.process().alive())
                .toList();
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("format", FORMAT);
        json.put("lattice", lattice);
        json.put("nats_url", natsUrl);
        json.put("credentials", credentials.toString());
        json.put("hosts", hosts);
        json.put("http_port", httpPort);
        json.put("detached", detached);
        json.set("supervisor", write(supervisor));
        ArrayNode list = json.putArray("members");
        for (Member member : members) {
            ObjectNode one = list.addObject();
            one.put("name", member.name());
            one.put("role", member.role().name());
            one.set("process", write(member.process()));
            one.put("log", member.log().toString());
            if (member.stopped()) {
                one.put("stopped", true);
            }
        }
        return json;
    }

    private static ObjectNode write(ProcessMark mark) {
        return Json.object().put("pid", mark.pid()).put("start_millis", mark.startMillis());
    }

    /// What [#toJson()] wrote, or nothing when it is something else.
    static Optional<LatticeState> fromJson(JsonNode json) {
        if (json.path("format").asInt(0) != FORMAT) {
            return Optional.empty();
        }
        try {
            List<Member> members = new ArrayList<>();
            for (JsonNode one : json.required("members")) {
                members.add(new Member(
                        one.required("name").stringValue(),
                        Role.valueOf(one.required("role").stringValue()),
                        readMark(one.required("process")),
                        Path.of(one.required("log").stringValue()),
                        one.path("stopped").asBoolean(false)));
            }
            return Optional.of(new LatticeState(
                    json.required("lattice").stringValue(),
                    json.required("nats_url").stringValue(),
                    Path.of(json.required("credentials").stringValue()),
                    json.required("hosts").intValue(),
                    json.required("http_port").intValue(),
                    json.required("detached").booleanValue(),
                    readMark(json.required("supervisor")),
                    members));
        } catch (RuntimeException damaged) {
            return Optional.empty();
        }
    }

    private static ProcessMark readMark(JsonNode json) {
        return new ProcessMark(
                json.required("pid").longValue(), json.required("start_millis").longValue());
    }
}
