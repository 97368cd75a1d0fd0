package io.latchkey.imports.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.latchkey.RequiresProgram;
import io.latchkey.imports.ImportFormat;
import io.latchkey.imports.formats.RecordedCases.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hosts of an inventory are what {@code ansible-inventory --list} says of them. An answer
 * is {@code host address port user groups}; {@code refused} where Ansible refuses the
 * inventory, and {@code host said} where a line tells why there is no node.
 */
class AnsibleAnswersTests {

	@TempDir
	Path folder;

	static Stream<Case> cases() throws IOException {
		return RecordedCases.in("ansible.cases");
	}

	@ParameterizedTest
	@MethodSource("cases")
	void readsWhatWasRecorded(Case recorded) {
		ListedNodes listed = NodeLists.read(recorded.text(), format(recorded), Deadline.in(Duration.ofMinutes(1)));
		if (isRefused(recorded)) {
			assertThat(listed.wrong()).isNotEmpty();
			return;
		}
		Map<String, String> expected = expected(recorded);
		Map<String, String> read = new TreeMap<>();
		listed.nodes().forEach((node) -> read.put(node.name(), brief(node)));
		long said = recorded.answers().stream().filter((answer) -> answer.size() == 2).count();
		assertThat(read).as(listed.wrong() + " " + listed.passedOver()).containsAllEntriesOf(expected);
		assertThat((long) listed.wrong().size() + listed.passedOver().size()).isGreaterThanOrEqualTo(said);
	}

	/** Asks for all at once, since its start is what takes long. */
	@Test
	@RequiresProgram("ansible-inventory")
	void ansibleSaysTheSame() throws IOException, InterruptedException {
		Map<String, Case> files = new LinkedHashMap<>();
		for (Case recorded : cases().toList()) {
			files.put(write(recorded), recorded);
		}
		JsonNode answers = ask(files.keySet());
		files.forEach((file, recorded) -> {
			JsonNode answer = answers.get(file);
			if (isRefused(recorded)) {
				assertThat(answer.isNull()).as(recorded + " " + answer).isTrue();
				return;
			}
			Map<String, String> told = new TreeMap<>();
			hosts(answer).forEach((host) -> told.put(host, brief(host, answer)));
			Set<String> said = new TreeSet<>();
			recorded.answers().stream().filter((each) -> each.size() == 2).forEach((each) -> said.add(each.get(0)));
			assertThat(told).as(recorded.title()).containsAllEntriesOf(expected(recorded));
			assertThat(told.keySet()).as(recorded.title())
				.allMatch((host) -> said.contains(host) || expected(recorded).containsKey(host));
		});
	}

	private static boolean isRefused(Case recorded) {
		return recorded.answers().equals(List.of(List.of("refused")));
	}

	private static ImportFormat format(Case recorded) {
		String title = recorded.title();
		return switch (title.substring(title.lastIndexOf('.') + 1)) {
			case "yml" -> ImportFormat.ANSIBLE_YAML;
			case "json" -> ImportFormat.ANSIBLE_JSON;
			default -> ImportFormat.ANSIBLE_INI;
		};
	}

	private static Map<String, String> expected(Case recorded) {
		Map<String, String> expected = new TreeMap<>();
		recorded.answers()
			.stream()
			.filter((answer) -> answer.size() > 2)
			.forEach((answer) -> expected.put(answer.get(0), String.join(" ", answer.subList(1, answer.size()))));
		return expected;
	}

	private static String brief(ListedNode node) {
		return "%s %s %s %s".formatted(node.address(), (node.port() != null) ? node.port() : "-",
				(node.management().account() != null) ? node.management().account() : "-",
				node.clusters().isEmpty() ? "-" : String.join(",", node.clusters()));
	}

	private static Set<String> hosts(JsonNode answer) {
		Set<String> hosts = new TreeSet<>();
		answer.properties()
			.forEach((group) -> group.getValue().path("hosts").forEach((host) -> hosts.add(host.asString())));
		return hosts;
	}

	private static String brief(String host, JsonNode answer) {
		JsonNode variables = answer.path("_meta").path("hostvars").path(host);
		return "%s %s %s %s".formatted(text(variables, "host", host), text(variables, "port", "-"),
				text(variables, "user", "-"), groups(host, answer));
	}

	private static String text(JsonNode variables, String what, String otherwise) {
		for (String name : List.of("ansible_" + what, "ansible_ssh_" + what)) {
			JsonNode value = variables.path(name);
			if (!value.isMissingNode() && !value.isNull()) {
				return value.has("__ansible_unsafe") ? value.get("__ansible_unsafe").asString() : value.asString();
			}
		}
		return otherwise;
	}

	private static String groups(String host, JsonNode answer) {
		Set<String> groups = new TreeSet<>();
		List<String> left = new ArrayList<>(List.of(host));
		while (!left.isEmpty()) {
			String next = left.remove(0);
			answer.properties().forEach((group) -> {
				boolean holds = contains(group.getValue().path("hosts"), next)
						|| (!next.equals(host) && contains(group.getValue().path("children"), next));
				if (holds && groups.add(group.getKey())) {
					left.add(group.getKey());
				}
			});
		}
		groups.removeAll(Set.of("all", "ungrouped"));
		return groups.isEmpty() ? "-" : String.join(",", groups);
	}

	private static boolean contains(JsonNode list, String text) {
		return list.valueStream().anyMatch((each) -> each.asString().equals(text));
	}

	private String write(Case recorded) throws IOException {
		String name = recorded.title().replace(' ', '-').replace(',', '-').replace('\'', '-');
		Path file = this.folder.resolve(name);
		if (format(recorded) != ImportFormat.ANSIBLE_JSON) {
			return Files.writeString(file, recorded.text()).toString();
		}
		Path script = this.folder.resolve(name + ".sh");
		Files.writeString(file, recorded.text());
		Files.writeString(script, "#!/bin/sh\ncat '" + file + "'\n");
		assertThat(script.toFile().setExecutable(true)).isTrue();
		return script.toString();
	}

	/** By the Python that the program itself runs on. */
	private JsonNode ask(Set<String> files) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Files.readAllLines(RequiresProgram.Lookup.find("ansible-inventory").orElseThrow())
					.get(0)
					.substring(2)
					.strip()
					.split(" ")));
		Path script = this.folder.resolve("inventories.py");
		try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/imports/inventories.py"))) {
			Files.write(script, in.readAllBytes());
		}
		command.add(script.toString());
		command.addAll(files);
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
		builder.environment().putAll(Map.of("HOME", this.folder.toString(), "LC_ALL", "C.UTF-8"));
		Process python = builder.start();
		python.getOutputStream().close();
		String answer = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(python.waitFor()).isZero();
		return JsonMapper.shared().readTree(answer);
	}

}
