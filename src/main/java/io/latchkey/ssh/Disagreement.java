package io.latchkey.ssh;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import io.latchkey.openssh.ShownText;

/**
 * What node and Latchkey do not share: algorithms of one kind, none of which both have
 * (RFC 4253, section 7.1).
 *
 * @param what for a person
 * @param option of sshd_config(5) that names those of the node
 */
record Disagreement(String what, String option, List<String> nodes, List<String> own, JSchAlgoNegoFailException cause) {

	/** Signs of extensions that stand among the key exchanges, and are none. */
	private static final List<String> SIGNS = List.of("ext-info-c", "ext-info-s", "kex-strict-c-v00@openssh.com",
			"kex-strict-s-v00@openssh.com");

	static Disagreement of(JSchAlgoNegoFailException ex) {
		String kind = ex.getAlgorithmName();
		List<String> nodes = names(ex.getServerProposal());
		List<String> own = names(ex.getJSchProposal());
		return switch (kind) {
			case "kex" -> new Disagreement("the key exchange", "KexAlgorithms", nodes, own, ex);
			case "server_host_key" -> new Disagreement("the host key", "HostKeyAlgorithms", nodes, own, ex);
			case "cipher.c2s", "cipher.s2c" -> new Disagreement("the cipher", "Ciphers", nodes, own, ex);
			case "mac.c2s", "mac.s2c" -> new Disagreement("the MAC", "MACs", nodes, own, ex);
			default -> new Disagreement(kind, "Compression", nodes, own, ex);
		};
	}

	static boolean isAboutHostKeys(JSchAlgoNegoFailException ex) {
		return "server_host_key".equals(ex.getAlgorithmName());
	}

	NodeException failure(String node) {
		boolean legacyHelps = this.nodes.stream().anyMatch(Algorithms.LEGACY::isExtra)
				&& this.own.stream().noneMatch(Algorithms.LEGACY::isExtra);
		return new NodeException(legacyHelps ? FailureKind.ONLY_LEGACY_ALGORITHM : FailureKind.NO_COMMON_ALGORITHM,
				"%s: no common algorithm for %s: the node has %s; Latchkey has %s".formatted(node, this.what,
						text(this.nodes), text(this.own)),
				List.of(this.option, text(this.own)), this.cause);
	}

	/** More than any server has. */
	private static final int MOST_NAMES = 200;

	private static final int LONGEST_NAME = 100;

	private static List<String> names(String proposal) {
		Stream<String> names = Arrays.stream(ShownText.inOneLine(proposal).split(","));
		return names.filter((name) -> !name.isEmpty() && name.length() <= LONGEST_NAME && !SIGNS.contains(name))
			.limit(MOST_NAMES)
			.toList();
	}

	private static String text(List<String> names) {
		return names.isEmpty() ? "none" : String.join(",", names);
	}

}
