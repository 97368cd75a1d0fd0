package io.latchkey.internodefiles;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.internode.AccountMesh;
import org.jspecify.annotations.Nullable;

/**
 * Which files of Latchkey's should stand in the folder of an account, and which do.
 *
 * @param mesh where the account logs in to, or null when it should have no files
 * @param placed the names of the files that Latchkey put there
 * @param includes whether the node's client knows the line that includes another file
 */
record WantedFiles(String account, @Nullable AccountMesh mesh, List<String> placed, boolean includes) {

	/** The user's own. */
	static final String USERS_CONFIG = "config";

	private static final Pattern OPENSSH = Pattern.compile("OpenSSH_(?:for_Windows_)?(\\d{1,3})\\.(\\d{1,3}).*");

	/** An older client would refuse the whole file for that line (release notes 7.3). */
	static boolean knowsInclude(String sshVersion) {
		Matcher version = OPENSSH.matcher(sshVersion);
		return version.matches()
				&& Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2)) >= 7003;
	}

	/** Of those that should stand there. */
	Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		if (this.mesh != null) {
			this.mesh.keyFiles().forEach((file) -> names.addAll(List.of(file.name(), file.publicName())));
			names.addAll(List.of(AccountMesh.KNOWN_HOSTS, AccountMesh.CONFIG));
			if (this.includes) {
				names.add(USERS_CONFIG);
			}
		}
		return names;
	}

	/** Of all that there is anything to do with. */
	Set<String> allNames() {
		Set<String> names = new LinkedHashSet<>(names());
		names.addAll(this.placed);
		return names;
	}

	/** Those that are about to come. */
	Set<String> newNames() {
		Set<String> names = names();
		names.removeAll(this.placed);
		return names;
	}

	/** Those that have to go: the lines first, then the keys that they name. */
	List<String> namesToGo() {
		Set<String> wanted = names();
		return this.placed.stream()
			.filter((name) -> !wanted.contains(name))
			.sorted(Comparator.comparing((String name) -> !USERS_CONFIG.equals(name))
				.thenComparing((name) -> !AccountMesh.CONFIG.equals(name)))
			.toList();
	}

}
