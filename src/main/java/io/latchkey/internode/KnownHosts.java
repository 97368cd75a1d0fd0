package io.latchkey.internode;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Host keys as {@code known_hosts} has them (sshd(8)): a line for each key, with the
 * node's name, its address, and its address with the port as a client writes it for
 * another port than 22.
 */
final class KnownHosts {

	private static final int DEFAULT_PORT = 22;

	private KnownHosts() {
	}

	static String linesOf(Member member) {
		String names = member.name() + "," + ((member.port() == DEFAULT_PORT)
				? member.address() + ",[" + member.address() + "]:22" : "[" + member.address() + "]:" + member.port());
		return member.hostKeys()
			.stream()
			.map((key) -> names + " " + key.render() + "\n")
			.sorted()
			.collect(Collectors.joining());
	}

	static String of(List<Member> members) {
		return members.stream().map(KnownHosts::linesOf).collect(Collectors.joining());
	}

}
