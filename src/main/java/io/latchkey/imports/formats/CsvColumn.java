package io.latchkey.imports.formats;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a column of a list says of its nodes, and how else its head may be written:
 * without regard to case, blanks, {@code _} and {@code -}.
 */
enum CsvColumn {

	NAME(Set.of("name", "node", "nodename", "alias", "server", "servername")),

	ADDRESS(Set.of("address", "ip", "ipaddress", "fqdn", "ansiblehost", "ipv4", "ipv6", "dnsname")),

	PORT(Set.of("port", "sshport", "ansibleport")),

	ACCOUNT(Set.of("managementaccount", "account", "user", "username", "login", "sshuser", "ansibleuser")),

	PRIVILEGE(Set.of("privilege")),

	MODE(Set.of("mode")),

	LABELS(Set.of("labels", "label")),

	CLUSTERS(Set.of("clusters", "cluster", "groups", "group")),

	JUMP_NODE(Set.of("jumpnode", "jump", "jumphost", "proxyjump", "bastion")),

	/** The name where no other column is, or else the address. */
	HOST(Set.of("host", "hostname"));

	/** Those that the list of nodes has when it is exported, and that nobody decides. */
	private static final Set<String> REPORTED = Set.of("state", "since", "lastcheckedat", "sshversion", "detail");

	private final Set<String> heads;

	CsvColumn(Set<String> heads) {
		this.heads = heads;
	}

	static Optional<CsvColumn> of(String head) {
		String plain = plain(head);
		return Stream.of(values()).filter((column) -> column.heads.contains(plain)).findFirst();
	}

	static boolean isReported(String head) {
		return REPORTED.contains(plain(head));
	}

	/** Whether these may be the heads of a list of nodes. */
	static boolean areHeads(List<String> heads) {
		return heads.size() > 1 && heads.stream()
			.flatMap((head) -> of(head).stream())
			.anyMatch((column) -> column == NAME || column == HOST);
	}

	private static String plain(String head) {
		StringBuilder plain = new StringBuilder();
		head.toLowerCase(Locale.ROOT)
			.chars()
			.filter((next) -> !Character.isWhitespace(next) && next != '_' && next != '-')
			.forEach((next) -> plain.append((char) next));
		return plain.toString();
	}

}
