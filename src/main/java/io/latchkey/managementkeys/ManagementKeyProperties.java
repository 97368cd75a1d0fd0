package io.latchkey.managementkeys;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The options of the lines that let Latchkey in. They stand in each line that Latchkey
 * writes from then on: at an enrolment, and on every node with the next rotation.
 *
 * @param restrict whether the line forbids all that Latchkey does not need (OpenSSH 7.2
 * and later; an older sshd refuses the line)
 * @param from the patterns of the addresses that Latchkey comes from, or none
 */
@ConfigurationProperties("latchkey.management-key")
public record ManagementKeyProperties(@DefaultValue("false") boolean restrict, @DefaultValue List<String> from) {

	private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.:*?!/_%-]+");

	public ManagementKeyProperties {
		from = List.copyOf(from);
		from.stream().filter((pattern) -> !ADDRESS.matcher(pattern).matches()).findFirst().ifPresent((pattern) -> {
			throw new IllegalArgumentException("latchkey.management-key.from has '%s'; expected ".formatted(pattern)
					+ "addresses, networks as 192.0.2.0/24, or patterns of sshd");
		});
	}

	/** None. */
	static final ManagementKeyProperties NONE = new ManagementKeyProperties(false, List.of());

	/** What stands before the key, with a blank after it; empty where nothing does. */
	String options() {
		List<String> options = new ArrayList<>();
		if (this.restrict) {
			options.add("restrict");
		}
		if (!this.from.isEmpty()) {
			options.add("from=\"" + String.join(",", this.from) + "\"");
		}
		return options.isEmpty() ? "" : String.join(",", options) + " ";
	}

}
