package io.latchkey.imports.formats;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.latchkey.imports.formats.SshSettings.Setting;
import org.jspecify.annotations.Nullable;

/**
 * A host of an inventory with the variables that count for it: how Ansible would reach it
 * over SSH.
 */
final class AnsibleHost {

	private static final Set<String> SSH = Set.of("ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh",
			"ansible.builtin.smart", "ansible.builtin.paramiko_ssh", "ansible.netcommon.libssh");

	private static final Set<String> LOCAL = Set.of("local", "ansible.builtin.local");

	/** The order in which they come to stand in the command. */
	private static final List<String> ARGUMENTS = List.of("ansible_ssh_args", "ansible_ssh_common_args",
			"ansible_ssh_extra_args");

	private final int line;

	private final String name;

	private final Map<String, AnsibleValue> variables;

	private final ListedNodes listed;

	AnsibleHost(int line, String name, Map<String, AnsibleValue> variables, ListedNodes listed) {
		this.line = line;
		this.name = name;
		this.variables = new TreeMap<>(variables);
		this.listed = listed;
	}

	void list(List<String> clusters) {
		String connection = Objects.requireNonNullElse(value("ansible_connection"), "ssh");
		if (LOCAL.contains(connection)) {
			this.listed.passOver(this.line, "import.ansible.local", this.name);
			return;
		}
		if (!SSH.contains(connection) && !hasProblem("ansible_connection")) {
			this.listed.passOver(this.line, "import.ansible.connection", this.name, connection);
			return;
		}
		if (isWrong("host") || isWrong("port") || isWrong("user") || hasProblems()) {
			return;
		}
		Optional<SshSettings> arguments = arguments();
		if (arguments.isEmpty()) {
			return;
		}
		Optional<List<Jump>> jumps = arguments.get().jumps(ProxyCommand::jumps);
		if (jumps.isEmpty()) {
			this.listed.wrong(this.line, "import.proxy-command", this.name,
					String.valueOf(arguments.get().value("proxycommand")));
			return;
		}
		String address = either("host");
		Integer port = this.listed.port(this.line, either("port"));
		String user = either("user");
		this.listed
			.add(ListedNode.of(this.line, this.name, arguments.get().hostOf((address != null) ? address : this.name),
					(port != null) ? port : arguments.get().port(),
					(user != null) ? user : arguments.get().value("user"), clusters, jumps.get()));
	}

	private @Nullable String value(String variable) {
		AnsibleValue value = this.variables.get(variable);
		return (value == null) ? null : value.text();
	}

	/** That of the variable, or of the one that stood for it before Ansible 2.0. */
	private @Nullable String either(String what) {
		String value = value("ansible_" + what);
		return (value != null) ? value : value("ansible_ssh_" + what);
	}

	/** Both are there and say different things. */
	private boolean isWrong(String what) {
		String value = value("ansible_" + what);
		String old = value("ansible_ssh_" + what);
		if (value == null || old == null || value.equals(old)) {
			return false;
		}
		this.listed.wrong(this.line, "import.ansible.both", this.name, "ansible_" + what, "ansible_ssh_" + what);
		return true;
	}

	private boolean hasProblem(String variable) {
		AnsibleValue value = this.variables.get(variable);
		return value != null && value.problem() != null;
	}

	private boolean hasProblems() {
		boolean any = false;
		for (Map.Entry<String, AnsibleValue> variable : this.variables.entrySet()) {
			String problem = variable.getValue().problem();
			if (problem != null) {
				this.listed.wrong(this.line, problem, this.name, variable.getKey(),
						String.valueOf(variable.getValue().text()));
				any = true;
			}
		}
		return any;
	}

	/** What its arguments for ssh set; nothing when they are malformed, which is said. */
	private Optional<SshSettings> arguments() {
		SshSettings settings = new SshSettings();
		for (String variable : ARGUMENTS) {
			String text = value(variable);
			List<String> words = (text == null) ? List.of() : ShellWords.of(text);
			Optional<SshArguments> arguments = (words == null) ? Optional.empty() : SshArguments.parse(words);
			if (arguments.isEmpty() || arguments.get().destination() != null) {
				this.listed.wrong(this.line, "import.ansible.arguments", this.name, variable, String.valueOf(text));
				return Optional.empty();
			}
			String file = arguments.get().value('F');
			if (file != null) {
				this.listed.passOver(this.line, "import.ansible.config", this.name, file);
			}
			arguments.get()
				.settings()
				.stream()
				.filter((setting) -> SshSettings.READ.contains(setting.keyword()))
				.forEach((setting) -> settings.apply(Setting.of(this.line, setting)));
		}
		Optional<Setting> problem = settings.problem();
		problem.ifPresent((setting) -> this.listed.wrong(this.line, Objects.requireNonNull(setting.problem()),
				setting.value(), setting.keyword()));
		return problem.isPresent() ? Optional.empty() : Optional.of(settings);
	}

}
