package io.latchkey.imports.formats;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The value of a variable of Ansible's.
 *
 * @param text null for none
 * @param problem the code of the text that says why it cannot be taken; null when it can
 */
record AnsibleValue(@Nullable String text, @Nullable String problem) {

	/** The variables that say where a host is and how it is reached. */
	static final Set<String> READ = Set.of("ansible_host", "ansible_ssh_host", "ansible_port", "ansible_ssh_port",
			"ansible_user", "ansible_ssh_user", "ansible_connection", "ansible_ssh_args", "ansible_ssh_common_args",
			"ansible_ssh_extra_args", "ansible_group_priority");

	static final AnsibleValue NONE = new AnsibleValue(null, null);

	static AnsibleValue of(String text) {
		return new AnsibleValue(text, text.contains("{{") || text.contains("{%") ? "import.ansible.template" : null);
	}

	/** One that is a truth value, a fraction, a list or the like. */
	static AnsibleValue odd(String text) {
		return new AnsibleValue(text, "import.ansible.plain");
	}

	static AnsibleValue vaulted() {
		return new AnsibleValue("!vault", "import.ansible.vault");
	}

}
