package io.latchkey.imports.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.RequiresProgram;
import io.latchkey.imports.ImportFormat;
import io.latchkey.imports.formats.RecordedCases.Case;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hosts of a client's configuration are what {@code ssh -G} says of them. An answer is
 * {@code address port user jumps}, {@code refused} where ssh refuses the file, and
 * {@code said} where a line tells why there is no node or not that value.
 */
class SshConfigAnswersTests {

	@TempDir
	Path folder;

	static Stream<Case> cases() throws IOException {
		return RecordedCases.in("ssh_config.cases");
	}

	@ParameterizedTest
	@MethodSource("cases")
	void readsWhatWasRecorded(Case recorded) {
		ListedNodes listed = NodeLists.read(recorded.text(), ImportFormat.SSH_CONFIG,
				Deadline.in(Duration.ofMinutes(1)));
		for (List<String> answer : recorded.answers()) {
			Optional<ListedNode> node = listed.nodes()
				.stream()
				.filter((each) -> each.name().equals(answer.get(0)))
				.findFirst();
			if (answer.size() == 2) {
				assertThat(node.map(SshConfigAnswersTests::brief)).as(answer.toString()).isEmpty();
				assertThat(listed.wrong().size() + listed.passedOver().size()).as(answer.toString()).isPositive();
			}
			else {
				assertThat(node.map(SshConfigAnswersTests::brief).orElse("nothing; " + listed.wrong()))
					.as(answer.toString())
					.isEqualTo(String.join(" ", answer).replace("said", "22"));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("casesForThisSsh")
	@RequiresProgram("ssh")
	void sshSaysTheSame(Case recorded) throws IOException, InterruptedException {
		Path file = this.folder.resolve("config");
		Files.writeString(file, recorded.text());
		for (List<String> answer : recorded.answers()) {
			if (answer.contains("said")) {
				continue;
			}
			Map<String, String> told = ask(file, answer.get(0));
			if (answer.size() == 2) {
				assertThat(told).as(answer.toString()).isEmpty();
				continue;
			}
			Map<String, String> byDefault = ask(Path.of("/dev/null"), answer.get(0));
			String user = told.get("user").equals(byDefault.get("user")) ? "-" : told.get("user");
			String jumps = told.getOrDefault("proxyjump", "-");
			assertThat(List.of(told.get("hostname"), told.get("port"), user)).as(answer.toString())
				.isEqualTo(answer.subList(1, 4));
			if (told.containsKey("proxycommand")) {
				assertThat(answer.get(4)).isNotEqualTo("-");
			}
			else {
				assertThat(jumps.equals("-") ? "-" : text(Jump.parseAll(jumps).orElseThrow())).as(answer.toString())
					.isEqualTo(answer.get(4));
			}
		}
	}

	static Stream<Case> casesForThisSsh() throws IOException, InterruptedException {
		boolean isOld = isBefore94();
		return cases().filter((recorded) -> !isOld || !recorded.title().contains("since 9.4"));
	}

	private static boolean isBefore94() throws IOException, InterruptedException {
		Process ssh = new ProcessBuilder("ssh", "-V").redirectErrorStream(true).start();
		String version = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		ssh.waitFor();
		return version.matches("(?s)OpenSSH_([1-8]\\.|9\\.[0-3]\\D).*");
	}

	/** Nothing when it refuses the file. */
	private static Map<String, String> ask(Path file, String host) throws IOException, InterruptedException {
		Process ssh = new ProcessBuilder("ssh", "-G", "-F", file.toString(), "--", host)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		ssh.getOutputStream().close();
		Map<String, String> told = new HashMap<>();
		new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().forEach((line) -> {
			int blank = line.indexOf(' ');
			told.putIfAbsent(line.substring(0, Math.max(0, blank)), line.substring(blank + 1));
		});
		return (ssh.waitFor() == 0) ? told : Map.of();
	}

	private static String brief(ListedNode node) {
		return "%s %s %d %s %s".formatted(node.name(), node.address(), (node.port() != null) ? node.port() : 22,
				(node.management().account() != null) ? node.management().account() : "-", text(node.jumps()));
	}

	private static String text(List<Jump> jumps) {
		return jumps.isEmpty() ? "-" : jumps.stream().map(Jump::toString).collect(Collectors.joining(","));
	}

}
