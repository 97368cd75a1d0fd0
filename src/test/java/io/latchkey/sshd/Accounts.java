package io.latchkey.sshd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The accounts of a node: their numbers and homes, and the files below {@code /etc} that
 * name them.
 */
final class Accounts {

	static final String PASSWORD = "first-login-4711";

	/** SHA-512 crypt of {@link #PASSWORD}. */
	static final String PASSWORD_HASH = "$6$latchkeytest$JrXRHkYb/nEl2ifJ1mcJEIwSWa1sBbPKML/r9s5g640UNEhnOiyfOfOp"
			+ "/OKOKJjT0MDbeExYnzAY.y6.zK7vI1";

	private static final List<String> NAMES = List.of("root", "deploy", "alice", "latchkey");

	static final List<String> SUDOERS = List.of("root ALL=(ALL) NOPASSWD: ALL", "latchkey ALL=(ALL) NOPASSWD: ALL");

	private static final int FIRST_UID = 2000;

	private final Path folder;

	private final Isolation isolation;

	private final Map<String, Integer> uids = new LinkedHashMap<>();

	Accounts(Path folder, Isolation isolation) throws IOException {
		this.folder = folder;
		this.isolation = isolation;
		if (isolation == Isolation.OWN_ACCOUNTS) {
			NAMES.forEach((name) -> this.uids.put(name, "root".equals(name) ? 0 : FIRST_UID + this.uids.size()));
			writeFiles();
		}
		else {
			this.uids.put(System.getProperty("user.name"), -1);
		}
		for (String name : this.uids.keySet()) {
			makeHome(name);
		}
	}

	Set<String> names() {
		return this.uids.keySet();
	}

	/** Adds one, in place: what is mounted over the machine's own files is these. */
	void add(String account) throws IOException {
		if (this.uids.putIfAbsent(account, FIRST_UID + this.uids.size()) == null) {
			int uid = this.uids.get(account);
			append("passwd", "%s:x:%d:%d::/home/%s:/bin/sh".formatted(account, uid, uid, account));
			append("shadow", "%s:%s:20000:0:99999:7:::".formatted(account, PASSWORD_HASH));
			append("group", "%s:x:%d:".formatted(account, uid));
			makeHome(account);
		}
	}

	private void append(String name, String line) throws IOException {
		Files.writeString(this.folder.resolve("etc").resolve(name), line + "\n", StandardOpenOption.APPEND);
	}

	Path home(String account) {
		if (!this.uids.containsKey(account)) {
			throw new IllegalArgumentException("There is no account '%s' on this node, but %s".formatted(account,
					new TreeSet<>(this.uids.keySet())));
		}
		return "root".equals(account) && this.isolation == Isolation.OWN_ACCOUNTS ? this.folder.resolve("root")
				: this.folder.resolve("home").resolve(account);
	}

	/** Gives the file to the account, with these permissions ({@code rwx------}). */
	void own(String account, Path file, String permissions) throws IOException {
		if (this.isolation == Isolation.OWN_ACCOUNTS) {
			Files.setAttribute(file, "unix:uid", this.uids.get(account));
			Files.setAttribute(file, "unix:gid", this.uids.get(account));
		}
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
	}

	void setShell(String account, String shell) throws IOException {
		Path passwd = this.folder.resolve("etc/passwd");
		List<String> lines = Files.readAllLines(passwd)
			.stream()
			.map((line) -> line.startsWith(account + ":") ? line.substring(0, line.lastIndexOf(':') + 1) + shell : line)
			.toList();
		Files.write(passwd, lines);
	}

	/**
	 * Replaces a field of the account's line in {@code /etc/shadow}; 1 is the password, 2
	 * the day of its last change, 7 the last day.
	 */
	void setShadow(String account, int field, String value) throws IOException {
		Path shadow = this.folder.resolve("etc/shadow");
		List<String> lines = Files.readAllLines(shadow).stream().map((line) -> {
			String[] fields = line.split(":", -1);
			if (fields[0].equals(account)) {
				fields[field] = value;
			}
			return String.join(":", fields);
		}).toList();
		Files.write(shadow, lines);
	}

	/** In its place, so that what is mounted over the machine's own is this one. */
	void setSudoers(List<String> lines) throws IOException {
		Path sudoers = this.folder.resolve("etc/sudoers");
		Files.write(sudoers, lines);
		Files.setPosixFilePermissions(sudoers, PosixFilePermissions.fromString("r--r-----"));
	}

	private void makeHome(String account) throws IOException {
		Files.createDirectories(home(account));
		own(account, home(account), "rwxr-x---");
	}

	private void writeFiles() throws IOException {
		Files.createDirectories(this.folder.resolve("etc"));
		writeFile("passwd", (name, uid) -> "%s:x:%d:%d::%s:/bin/sh".formatted(name, uid, uid,
				"root".equals(name) ? "/root" : "/home/" + name), "rw-r--r--");
		writeFile("shadow", (name, uid) -> "%s:%s:20000:0:99999:7:::".formatted(name, PASSWORD_HASH), "rw-------");
		writeFile("group", (name, uid) -> "%s:x:%d:".formatted(name, uid), "rw-r--r--");
		setSudoers(SUDOERS);
	}

	/** The machine's own lines stay: sshd needs its unprivileged user. */
	private void writeFile(String name, Entry entry, String permissions) throws IOException {
		Path file = this.folder.resolve("etc").resolve(name);
		Stream<String> own = this.uids.entrySet().stream().map((each) -> entry.line(each.getKey(), each.getValue()));
		Stream<String> others = Files.readAllLines(Path.of("/etc", name))
			.stream()
			.filter((line) -> !NAMES.contains(line.split(":", 2)[0]));
		Files.write(file, Stream.concat(own, others).toList());
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
	}

	/** A line of an account. */
	@FunctionalInterface
	private interface Entry {

		String line(String name, int uid);

	}

}
