package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.SshKeyPair;

/**
 * What Latchkey is compared with: a bare login, and the other ways to bring ten keys to
 * an account of each node.
 */
final class Others {

	static final String FLOOR = "a bare JSch login that runs `true`";

	static final String TUNED = "`xargs -P 16 ssh`, curve25519";

	static final String ANSIBLE = "Ansible `authorized_key`";

	private final Fleet fleet;

	private final Path folder;

	private final BareLogins bareLogins;

	private final SshLoop loop;

	private final AnsiblePlaybook ansible;

	private final List<SshKeyPair> keys;

	Others(Fleet fleet, Path folder, SshKeyPair bare, String account, List<SshKeyPair> keys) throws IOException {
		this.fleet = fleet;
		this.folder = folder;
		this.bareLogins = new BareLogins(fleet, bare);
		this.loop = new SshLoop(fleet, folder.resolve("ssh"), bare, account);
		this.ansible = new AnsiblePlaybook(fleet, folder.resolve("ansible"), this.loop.configuration(), account);
		this.keys = keys;
	}

	/** Measures each that is installed, once. */
	void measure(ReportTable table, Turn turn) throws Exception {
		table.add(FLOOR, this.fleet.measure(this.bareLogins::run));
		measure(table, TUNED, () -> this.loop.run(this.keys, "-o " + SshLoop.TUNED));
		for (ParallelShell shell : ParallelShell.values()) {
			if (isInstalled(shell.program())) {
				measure(table, "`%s`".formatted(shell.program()),
						() -> shell.run(this.loop, this.fleet, this.folder.resolve(shell.program()), this.keys));
			}
		}
		if (turn == Turn.ALL && AnsiblePlaybook.isInstalled()) {
			measure(table, ANSIBLE, () -> this.ansible.run(this.keys));
			this.ansible.hangUp();
		}
	}

	private void measure(ReportTable table, String name, Step step) throws Exception {
		this.fleet.empty(this.loop.account());
		table.add(name, this.fleet.measure(step));
	}

	private static boolean isInstalled(String program) {
		return RequiresProgram.Lookup.find(program).isPresent();
	}

	/** Ansible takes its time, and always about the same. */
	enum Turn {

		ALL, QUICK_ONES

	}

}
