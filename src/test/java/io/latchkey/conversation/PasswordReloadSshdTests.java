package io.latchkey.conversation;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.protocol.NodeSide;
import io.latchkey.conversation.sshd.AlterSshd;
import io.latchkey.conversation.sshd.FindPasswordLogins;
import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.conversation.sshd.RetractSshd;
import io.latchkey.conversation.sshd.SshdChange;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How sshd is told, by what runs it. systemd and OpenRC cannot be the first process here:
 * small programs of their names stand in, which write down what they are asked for and
 * signal as theirs do.
 */
@PatientTimeout(seconds = 120)
@RequiresProgram("sshd")
class PasswordReloadSshdTests extends PasswordLoginsOnSshd {

	private static final String FIND_LISTENER = "for each in /proc/[0-9]*; do case $(tr '\\0' ' ' <$each/cmdline) in "
			+ "'sshd: /'*'[listener]'*) echo ${each#/proc/};; esac; done 2>/dev/null";

	@Test
	void systemdReloadsItsUnit() {
		begin(INCLUDE);
		underSystemd("kill -HUP \"$(cat /mnt/main)\"");
		assertThat(settled(alter(OFF, null, LONG))).isEqualTo(SshdChange.Reloaded.SYSTEMCTL);
		assertThat(told()).isEqualTo("show -p MainPID --value -- ssh.service\nreload -- ssh.service\n");
		assertThat(letsInByPassword()).isFalse();
	}

	@Test
	void aSignalDoesWhereSystemdDoesNot() {
		begin(INCLUDE);
		underSystemd("exit 1");
		assertThat(settled(alter(OFF, null, LONG))).isEqualTo(SshdChange.Reloaded.SIGNAL);
		assertThat(letsInByPassword()).isFalse();
	}

	/** The unit is another sshd's than the one that listens. */
	@Test
	void anotherUnitIsLeftAlone() {
		begin(INCLUDE);
		underSystemd("kill -HUP \"$(cat /mnt/main)\"");
		this.node.runInside("sh", "-c", "echo 1 >/mnt/main");
		assertThat(settled(alter(OFF, null, LONG))).isEqualTo(SshdChange.Reloaded.SIGNAL);
		assertThat(told()).doesNotContain("reload");
	}

	/** Debian's name of the service, which is not Alpine's. */
	@Test
	void openRcReloadsItsService() {
		begin("PidFile /run/sshd.pid", INCLUDE);
		underOpenRc();
		assertThat(settled(alter(OFF, null, LONG))).isEqualTo(SshdChange.Reloaded.RC_SERVICE);
		assertThat(told()).isEqualTo("ssh reload\n");
		assertThat(letsInByPassword()).isFalse();
	}

	/** It would signal another sshd. */
	@Test
	void aServiceOfOpenRcWithAnotherPidFileIsLeftAlone() {
		begin("PidFile /run/sshd.pid", INCLUDE);
		underOpenRc();
		this.node.runInside("sh", "-c", "echo 1 >/run/sshd.pid");
		assertThat(settled(alter(OFF, null, LONG))).isEqualTo(SshdChange.Reloaded.SIGNAL);
		assertThat(told()).isEmpty();
	}

	/** As inetd does it, and a socket of systemd's with Accept=yes. */
	@Test
	@RequiresProgram("systemd-socket-activate")
	void nothingIsToldWhereEachConnectionHasAnSshd() throws Exception {
		begin(INCLUDE);
		int port;
		try (ServerSocket free = new ServerSocket()) {
			free.bind(new InetSocketAddress(this.node.address(), 0));
			port = free.getLocalPort();
		}
		// what each is started with is not to be seen any more: it has the usual file
		this.node.runInside("sh", "-c",
				"""
						mount -t tmpfs -o mode=755 tmpfs /etc/ssh
						sed -e 's,/mnt/node/sshd_config.d,/etc/ssh/sshd_config.d,' /mnt/node/sshd_config >/etc/ssh/sshd_config
						mkdir -p /etc/ssh/sshd_config.d
						setsid systemd-socket-activate --accept --inetd -l %s:%d /usr/sbin/sshd -i </dev/null >/dev/null 2>&1 &"""
					.formatted(this.node.address(), port));
		await().atMost(Patience.of(Duration.ofSeconds(10)))
			.ignoreExceptions()
			.until(() -> !this.connector.hostKeysOf(this.node.address(), port).isEmpty());
		List<HostKey> keys = this.connector.hostKeysOf(this.node.address(), port);
		Login login = new Login("root", Privilege.ROOT, new Secret.ManagementKey());
		try (NodeConversation conversation = this.connector.connectAfresh(new Endpoint(this.node.address(), port, keys),
				login)) {
			PasswordLogins said = (PasswordLogins) conversation.ask(FindPasswordLogins.all());
			assertThat(said.place().served()).isEqualTo(PasswordLogins.Served.EACH);
			assertThat(said.place().path()).isEqualTo("/etc/ssh/sshd_config.d/00-latchkey.conf");
			SshdChange.OnTrial change = (SshdChange.OnTrial) conversation.ask(new AlterSshd(OFF, null, LONG));
			assertThat(change.reloaded()).isEqualTo(SshdChange.Reloaded.NONE);
			assertThat(this.connector.methodsOf(new Endpoint(this.node.address(), port, keys), "root"))
				.containsExactly("publickey");
			assertThat(conversation.ask(new RetractSshd(change.token()))).isInstanceOf(Confirmation.Confirmed.class);
			assertThat(this.connector.methodsOf(new Endpoint(this.node.address(), port, keys), "root"))
				.contains("password");
		}
	}

	/** Where SELinux is on; these stand in for its programs. */
	@Test
	void aNewFileGetsTheLabelOfItsPlace() {
		begin(INCLUDE);
		standIn("restorecon", "exit 0");
		this.node.runInside("sh", "-c", """
				mount -t tmpfs -o mode=755 tmpfs /sys/fs
				mkdir /sys/fs/selinux
				echo 1 >/sys/fs/selinux/enforce""");
		settled(alter(OFF, null, LONG));
		assertThat(told()).isEqualTo("/mnt/node/sshd_config.d/00-latchkey.conf\n");
	}

	@ParameterizedTest
	@MethodSource("shells")
	void anyShellSwitchesAndStandsGuard(String shell) {
		begin(INCLUDE);
		drop("90-match.conf", "Match User deploy", "PasswordAuthentication yes");
		this.node.runInside("sh", "-c", "mount --bind \"$(command -v " + shell + ")\" /bin/sh");
		try {
			PasswordLogins said = look();
			assertThat(said.accounts().passworded()).contains("root", "alice");
			assertThat(said.accounts().letIn()).containsExactly("deploy");
			SshdChange.OnTrial kept = (SshdChange.OnTrial) alter(OFF, null, LONG);
			settle(kept);
			assertThat(letsInByPassword()).isFalse();
			alter(List.of(), kept.hash(), Duration.ofSeconds(2));
			awaitEndOfTrial();
			await().atMost(Patience.of(Duration.ofSeconds(20)))
				.ignoreExceptionsInstanceOf(NodeException.class)
				.until(() -> look().place().hash().equals(kept.hash()) && !letsInByPassword());
		}
		finally {
			// what comes after runs in the node's own
			this.node.runInside("umount", "-l", "/bin/sh");
		}
	}

	static Stream<String> shells() {
		return NodeSide.shells().stream();
	}

	private SshdChange.Reloaded settled(SshdChange change) {
		settle((SshdChange.OnTrial) change);
		return ((SshdChange.OnTrial) change).reloaded();
	}

	private void underSystemd(String reload) {
		standIn("systemctl", """
				case $1 in
				show) cat /mnt/main ;;
				reload) %s ;;
				esac""".formatted(reload));
		this.node.runInside("sh", "-c", FIND_LISTENER + """
				 >/mnt/main
				echo '0::/system.slice/ssh.service' >/mnt/cgroup
				mount --bind /mnt/cgroup "/proc/$(cat /mnt/main)/cgroup\"""");
	}

	private void underOpenRc() {
		standIn("rc-service", "kill -HUP \"$(cat /run/sshd.pid)\"");
		this.node.runInside("sh", "-c", "mkdir -p /run/openrc/started; : >/run/openrc/started/ssh");
	}

	private void standIn(String name, String does) {
		this.node.runInside("sh", "-c", """
				mount -t tmpfs -o mode=755 tmpfs /usr/local/sbin
				printf '%%s\\n' '#!/bin/sh' 'echo "$*" >>/mnt/told' "$1" >/usr/local/sbin/%s
				chmod 755 /usr/local/sbin/%s
				: >/mnt/told""".formatted(name, name), "sh", does);
	}

	private String told() {
		return this.node.runInside("cat", "/mnt/told").output();
	}

}
