package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.latchkey.openssh.SshConfigLine;
import org.jspecify.annotations.Nullable;

/**
 * A command that stands between a client and a host (ssh_config(5),
 * {@code ProxyCommand}), where it does what a jump does:
 * {@code ssh [options] -W %h:%p host} or {@code ssh [options] host nc %h %p}.
 */
final class ProxyCommand {

	private static final Set<String> TARGETS = Set.of("%h:%p", "[%h]:%p");

	private static final Set<String> FORWARDERS = Set.of("nc", "ncat", "netcat");

	/** Those of the forwarders that change nothing of where they lead. */
	private static final Set<String> FORWARDER_FLAGS = Set.of("-N", "-v", "-vv", "-4", "-6");

	private static final Set<String> FORWARDER_TIMES = Set.of("-w", "-q", "-G");

	/** With these the host in the command is not where it seems to be. */
	private static final Set<String> TURNS_ASIDE = Set.of("hostname", "proxycommand");

	private ProxyCommand() {
	}

	/**
	 * @return the jumps, the one next to the host last; nothing when it does something
	 * else, or something that cannot be told
	 */
	static Optional<List<Jump>> jumps(String command) {
		List<String> words = ShellWords.of(command);
		if (words == null) {
			return Optional.empty();
		}
		List<String> plain = new ArrayList<>(words);
		plain.removeIf((word) -> word.equals("2>/dev/null"));
		if (!plain.isEmpty() && plain.get(0).equals("exec")) {
			plain.remove(0);
		}
		if (plain.isEmpty() || plain.stream().anyMatch(ProxyCommand::isForTheShell)
				|| !isProgram(plain.get(0), "ssh")) {
			return Optional.empty();
		}
		return SshArguments.parse(plain.subList(1, plain.size())).flatMap(ProxyCommand::jumps);
	}

	private static Optional<List<Jump>> jumps(SshArguments ssh) {
		SshSettings settings = new SshSettings();
		for (SshConfigLine line : ssh.settings()) {
			if (TURNS_ASIDE.contains(line.keyword())) {
				return Optional.empty();
			}
			if (SshSettings.READ.contains(line.keyword())) {
				settings.apply(SshSettings.Setting.of(1, line));
			}
		}
		if (ssh.destination() == null || ssh.value('F') != null || !leadsToTheHost(ssh)
				|| settings.problem().filter((setting) -> !setting.keyword().equals("user")).isPresent()) {
			return Optional.empty();
		}
		return destination(ssh.destination(), settings.port())
			.flatMap((jump) -> settings.jumps((command) -> Optional.empty()).map((before) -> {
				List<Jump> jumps = new ArrayList<>(before);
				jumps.add(jump);
				return List.copyOf(jumps);
			}));
	}

	/** Without {@code ssh://} there is no port in a destination. */
	private static Optional<Jump> destination(String text, @Nullable Integer port) {
		String host = text.substring(text.lastIndexOf('@') + 1);
		Optional<Jump> jump = (text.startsWith("ssh://") || host.indexOf(':') < 0) ? Jump.parse(text)
				: Jump.parse("[" + host + "]");
		return jump.map((place) -> (place.port() != null || port == null) ? place : new Jump(place.host(), port));
	}

	private static boolean leadsToTheHost(SshArguments ssh) {
		String target = ssh.value('W');
		if (target != null) {
			return TARGETS.contains(target) && ssh.command().isEmpty();
		}
		List<String> command = (ssh.command().size() == 1) ? ShellWords.of(ssh.command().get(0)) : ssh.command();
		if (command == null || command.isEmpty()
				|| FORWARDERS.stream().noneMatch((program) -> isProgram(command.get(0), program))) {
			return false;
		}
		List<String> operands = new ArrayList<>();
		for (int i = 1; i < command.size(); i++) {
			String word = command.get(i);
			if (FORWARDER_TIMES.contains(word)) {
				i++;
			}
			else if (!FORWARDER_FLAGS.contains(word) && !isTime(word)) {
				operands.add(word);
			}
		}
		return operands.equals(List.of("%h", "%p"));
	}

	/** As {@code -w5} or {@code -q0}. */
	private static boolean isTime(String word) {
		return word.length() > 2 && FORWARDER_TIMES.contains(word.substring(0, 2))
				&& word.chars().skip(2).allMatch(Character::isDigit);
	}

	private static boolean isForTheShell(String word) {
		return word.chars().anyMatch((next) -> ";|&<>`$(){}".indexOf(next) >= 0);
	}

	private static boolean isProgram(String word, String name) {
		return word.equals(name) || word.endsWith("/" + name);
	}

}
