package io.latchkey.imports.formats;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.latchkey.openssh.SshConfigLine;
import org.jspecify.annotations.Nullable;

/**
 * What counts for one host of a client's configuration. Of a keyword the first value
 * does; between {@code ProxyJump} and {@code ProxyCommand} the one that comes first, with
 * an exception: a {@code ProxyCommand} behind {@code ProxyJump none} counts.
 */
final class SshSettings {

	/** The keywords that say where a host is and how it is reached. */
	static final List<String> READ = List.of("hostname", "user", "port", "proxyjump", "proxycommand", "tag");

	private static final String NONE = "none";

	private final Map<String, Setting> values = new HashMap<>();

	/**
	 * The value of a keyword.
	 *
	 * @param line where it stands
	 * @param problem the code of the text that says why it cannot be taken; null when it
	 * can
	 */
	record Setting(int line, String keyword, String value, @Nullable String problem) {

		static Setting of(int line, SshConfigLine text) {
			String keyword = text.keyword();
			if (keyword.equals("proxycommand")) {
				return new Setting(line, keyword, text.rest(), null);
			}
			if (keyword.equals("proxyjump")) {
				int comment = text.rest().indexOf('#');
				String jumps = (comment < 0) ? text.rest() : text.rest().substring(0, comment).stripTrailing();
				return new Setting(line, keyword, jumps,
						isNone(jumps) || Jump.parseAll(jumps).isPresent() ? null : "import.jump");
			}
			List<String> words = text.words();
			if (words == null) {
				return new Setting(line, keyword, text.rest(), "import.quote");
			}
			if (words.size() != 1 || words.get(0).isEmpty()) {
				return new Setting(line, keyword, text.rest(), "import.ssh-config.one");
			}
			return new Setting(line, keyword, words.get(0), problem(keyword, words.get(0)));
		}

		private static @Nullable String problem(String keyword, String value) {
			return switch (keyword) {
				case "port" -> PortText.isPort(portOf(value)) ? null : "import.port";
				case "hostname" -> hasOtherTokens(value) ? "import.ssh-config.token" : null;
				case "user" -> (value.contains("%") || value.contains("${")) ? "import.ssh-config.token" : null;
				default -> null;
			};
		}

		/** All but {@code %h} and {@code %%}. */
		private static boolean hasOtherTokens(String value) {
			return value.replace("%%", "").replace("%h", "").indexOf('%') >= 0;
		}

	}

	private static boolean isNone(String value) {
		return value.equalsIgnoreCase(NONE);
	}

	/** Port numbers have names (services(5)); this one is ssh's own. */
	private static String portOf(String value) {
		return value.equals("ssh") ? "22" : value;
	}

	void apply(Setting setting) {
		Setting command = this.values.get("proxycommand");
		Setting jump = this.values.get("proxyjump");
		if (setting.keyword().equals("proxyjump") && (command != null || jump != null)) {
			return;
		}
		if (setting.keyword().equals("proxycommand") && jump != null && !isNone(jump.value())) {
			return;
		}
		this.values.putIfAbsent(setting.keyword(), setting);
	}

	/** One that counts and cannot be taken. */
	Optional<Setting> problem() {
		return this.values.values()
			.stream()
			.filter((setting) -> setting.problem() != null)
			.min(Comparator.comparingInt(Setting::line));
	}

	@Nullable String value(String keyword) {
		Setting setting = this.values.get(keyword);
		return (setting == null) ? null : setting.value();
	}

	/** The name or address that a name stands for. */
	String hostOf(String name) {
		String text = value("hostname");
		if (text == null) {
			return name;
		}
		StringBuilder host = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			if (next == '%' && i + 1 < text.length()) {
				host.append((text.charAt(++i) == 'h') ? name : "%");
			}
			else {
				host.append(next);
			}
		}
		return host.toString().toLowerCase(Locale.ROOT);
	}

	@Nullable Integer port() {
		String port = value("port");
		return (port == null) ? null : Integer.valueOf(portOf(port));
	}

	/**
	 * The jumps; nothing when it is reached by a command that no jump stands for.
	 * @param ofCommand the jumps that do what a command does, or nothing
	 */
	Optional<List<Jump>> jumps(Function<String, Optional<List<Jump>>> ofCommand) {
		String jumps = value("proxyjump");
		if (jumps != null && !isNone(jumps)) {
			return Jump.parseAll(jumps);
		}
		String command = value("proxycommand");
		return (command == null || isNone(command.strip())) ? Optional.of(List.of()) : ofCommand.apply(command);
	}

}
