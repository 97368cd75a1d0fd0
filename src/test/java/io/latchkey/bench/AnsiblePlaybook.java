package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.SshKeyPair;

/**
 * Ansible's {@code authorized_key}, as fast as Ansible can be told to be: fifty at a
 * time, pipelined, without gathering facts or looking for Python.
 */
final class AnsiblePlaybook {

	private final Fleet fleet;

	private final Path folder;

	private final Path sshConfiguration;

	private final String account;

	AnsiblePlaybook(Fleet fleet, Path folder, Path sshConfiguration, String account) throws IOException {
		this.fleet = fleet;
		this.folder = Files.createDirectories(folder);
		this.sshConfiguration = sshConfiguration;
		this.account = account;
		Files.write(folder.resolve("inventory"),
				fleet.nodes()
					.stream()
					.map((node) -> "%s ansible_port=%d ansible_python_interpreter=/usr/bin/python3"
						.formatted(node.address(), node.port()))
					.toList());
		Files.writeString(folder.resolve("playbook.yml"), """
				- hosts: all
				  gather_facts: no
				  tasks:
				    - authorized_key:
				        user: %s
				        key: "{{ lookup('file', 'keys') }}"
				""".formatted(account));
	}

	/** Its module is part of a collection, which may be missing. */
	static boolean isInstalled() {
		return RequiresProgram.Lookup.find("ansible-playbook").isPresent()
				&& !ProgramRun.of("ansible-doc", "-t", "module", "ansible.posix.authorized_key").output().isBlank();
	}

	/** Returns the CPU time of Ansible and its {@code ssh}. */
	Duration run(List<SshKeyPair> keys) throws IOException, InterruptedException {
		Files.write(this.folder.resolve("keys"), keys.stream().map(SshKeyPair::publicKey).toList());
		Duration cpu = Program.run(this.folder,
				Map.of("ANSIBLE_FORKS", "50", "ANSIBLE_PIPELINING", "True", "ANSIBLE_LOCAL_TEMP",
						this.folder.resolve("temporary").toString(), "ANSIBLE_SSH_COMMON_ARGS",
						"-F " + this.sshConfiguration, "ANSIBLE_SSH_CONTROL_PATH_DIR", sockets().toString(), "LC_ALL",
						"C.UTF-8"),
				"ansible-playbook -i inventory playbook.yml");
		this.fleet.mustHold(this.account, keys);
		return cpu;
	}

	/** Ansible keeps its connections for a minute; the next run shall make its own. */
	void hangUp() throws IOException, InterruptedException {
		try (DirectoryStream<Path> all = Files.newDirectoryStream(sockets())) {
			for (Path socket : all) {
				Program.run(this.folder, Map.of(), "ssh -F none -O exit -S '%s' any".formatted(socket));
			}
		}
	}

	private Path sockets() throws IOException {
		return Files.createDirectories(this.folder.resolve("cp"));
	}

}
