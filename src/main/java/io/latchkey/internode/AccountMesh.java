package io.latchkey.internode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files in one account's {@code ~/.ssh} with which it reaches the other nodes: the
 * private halves, {@code latchkey_known_hosts}, and {@code latchkey_config}, which
 * {@code config} includes (ssh_config(5)).
 *
 * @param parts those in which the account is the one that logs in
 */
public record AccountMesh(String account, List<MeshPart> parts) {

	public static final String KNOWN_HOSTS = "latchkey_known_hosts";

	public static final String CONFIG = "latchkey_config";

	private static final String HEAD = "# Written by Latchkey, which overwrites what is changed here.\n";

	/** In a pattern, {@code * ? !} and a comma mean something else than themselves. */
	private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:-]+");

	/** What each account of a node has to hold. */
	public static SortedMap<String, AccountMesh> of(List<MeshPart> parts) {
		SortedMap<String, AccountMesh> accounts = new TreeMap<>();
		for (String account : new TreeSet<>(
				parts.stream().flatMap((part) -> part.generations().stream()).map(Generation::account).toList())) {
			accounts.put(account,
					new AccountMesh(account,
							parts.stream()
								.map((part) -> part.of(account))
								.filter((part) -> !part.generations().isEmpty())
								.toList()));
		}
		return accounts;
	}

	/** The private halves, those that are used first. */
	public List<KeyFile> keyFiles() {
		return this.parts.stream().flatMap((part) -> part.keyFiles().stream()).toList();
	}

	public String knownHosts() {
		return HEAD + KnownHosts.of(members());
	}

	private List<Member> members() {
		Map<Long, Member> members = new LinkedHashMap<>();
		this.parts.stream()
			.flatMap((part) -> part.members().stream())
			.sorted(Comparator.comparing(Member::name))
			.forEach((member) -> members.putIfAbsent(member.id().value(), member));
		return List.copyOf(members.values());
	}

	/**
	 * For each node how it is reached, by name and by address, and for logins as the same
	 * account with which key. A login as another account keeps its own keys.
	 */
	public String config() {
		StringBuilder text = new StringBuilder(HEAD);
		for (Member member : members()) {
			if (member.hostKeys().isEmpty() || !SAFE.matcher(member.address()).matches()) {
				continue;
			}
			List<String> names = namesOf(member);
			List<String> keys = keysTo(member);
			if (!keys.isEmpty()) {
				text.append("Match originalhost %s user %s\n".formatted(String.join(",", names), this.account));
				keys.forEach((key) -> text.append("\tIdentityFile ~/.ssh/%s\n".formatted(key)));
				text.append("\tIdentitiesOnly yes\n");
			}
			text.append("Host %s\n".formatted(String.join(" ", names)))
				.append("\tHostName %s\n".formatted(member.address()))
				.append("\tPort %d\n".formatted(member.port()))
				.append("\tHostKeyAlias %s\n".formatted(member.name()))
				.append("\tCheckHostIP no\n")
				.append("\tStrictHostKeyChecking yes\n")
				.append("\tUserKnownHostsFile ~/.ssh/%s\n".formatted(KNOWN_HOSTS));
		}
		return text.toString();
	}

	/** The address stands for the node only where no other has it. */
	private List<String> namesOf(Member member) {
		List<String> names = new ArrayList<>(List.of(member.name()));
		boolean isItsAlone = members().stream()
			.filter((other) -> !other.id().equals(member.id()))
			.noneMatch((other) -> other.address().equals(member.address()) || other.name().equals(member.address()));
		if (isItsAlone && !member.address().equals(member.name())) {
			names.add(member.address());
		}
		return names;
	}

	private List<String> keysTo(Member member) {
		Set<String> keys = new LinkedHashSet<>();
		this.parts.stream()
			.filter((part) -> part.members().contains(member))
			.flatMap((part) -> part.keyFiles().stream())
			.filter((file) -> file.generation().phase() != GenerationPhase.SPREADING)
			.map(KeyFile::name)
			.forEach(keys::add);
		return keys.stream().collect(Collectors.toList());
	}

}
