package io.latchkey.sshd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.latchkey.RequiresProgram;

/**
 * How far a node is kept apart from the machine it runs on.
 */
enum Isolation {

	/** Namespaces with its own accounts and homes; takes root. */
	OWN_ACCOUNTS("isolated"),

	/** The calling user's account alone, with a home in the node's folder. */
	OWN_USER("own");

	private static final List<String> NAMESPACES = List.of("unshare", "--mount", "--pid", "--fork", "--propagation",
			"private");

	private static final Isolation POSSIBLE = probe();

	private final String mode;

	Isolation(String mode) {
		this.mode = mode;
	}

	/** The best there is on this machine. */
	static Isolation possible() {
		return POSSIBLE;
	}

	List<String> command(Path script, Path folder) {
		List<String> command = new ArrayList<>();
		if (this == OWN_ACCOUNTS) {
			command.addAll(NAMESPACES);
		}
		String sshd = RequiresProgram.Lookup.find("sshd")
			.orElseThrow(() -> new IllegalStateException("There is no sshd"))
			.toString();
		command.addAll(List.of("/bin/sh", script.toString(), this.mode, folder.toString(), sshd));
		return command;
	}

	private static Isolation probe() {
		if (RequiresProgram.Lookup.find("unshare").isEmpty()) {
			return OWN_USER;
		}
		List<String> command = new ArrayList<>(NAMESPACES);
		command.addAll(List.of("sh", "-c", "mount -t tmpfs tmpfs /mnt && mount -t proc proc /proc"));
		return (ProgramRun.of(command.toArray(String[]::new)).exitStatus() == 0) ? OWN_ACCOUNTS : OWN_USER;
	}

}
