package io.latchkey.imports;

/** What a list of nodes may be written in. */
public enum ImportFormat {

	/** With a head of column names (RFC 4180). */
	CSV,
	/** The client's configuration (ssh_config(5)). */
	SSH_CONFIG,
	/** The host keys that a client knows (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
	KNOWN_HOSTS,
	/** Ansible's inventory in its form of sections. */
	ANSIBLE_INI,
	/** Ansible's inventory in YAML. */
	ANSIBLE_YAML,
	/** What {@code ansible-inventory --list} prints. */
	ANSIBLE_JSON

}
