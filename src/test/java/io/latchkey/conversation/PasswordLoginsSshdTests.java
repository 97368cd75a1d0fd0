package io.latchkey.conversation;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.sshd.AlterSshd;
import io.latchkey.conversation.sshd.FindPasswordLogins;
import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.conversation.sshd.RetractSshd;
import io.latchkey.conversation.sshd.SshdChange;
import io.latchkey.conversation.sshd.SshdLook;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real sshd stops to let in by password, on trial, and does again. */
@PatientTimeout(seconds = 120)
@RequiresProgram("sshd")
class PasswordLoginsSshdTests extends PasswordLoginsOnSshd {

	@Test
	void decidesInAFileOfItsOwnThatIsReadFirst() {
		begin(INCLUDE);
		drop("50-cloud-init.conf", "PasswordAuthentication yes");
		assertThat(letsInByPassword()).isTrue();
		PasswordLogins before = look();
		assertThat(before.place().way()).isEqualTo(PasswordLogins.Way.INCLUDE);
		assertThat(before.place().served()).isEqualTo(PasswordLogins.Served.LISTENER);
		assertThat(before.place().path()).isEqualTo("/mnt/node/sshd_config.d/00-latchkey.conf");
		assertThat(before.place().hash()).isNull();
		assertThat(before.settings().lines()).contains("passwordauthentication yes");
		assertThat(before.configuration().lines()).contains(
				new PasswordLogins.Line("/mnt/node/sshd_config", 1, INCLUDE),
				new PasswordLogins.Line("/mnt/node/sshd_config.d/50-cloud-init.conf", 1, "PasswordAuthentication yes"));
		assertThat(before.accounts().passworded()).contains("root", "deploy", "alice");

		SshdChange.OnTrial change = (SshdChange.OnTrial) alter(OFF, null, LONG);
		assertThat(change.reloaded()).isEqualTo(SshdChange.Reloaded.SIGNAL);
		assertThat(look().onTrial()).isTrue();
		assertThat(settle(change)).isInstanceOf(Confirmation.Confirmed.class);
		assertThat(letsInByPassword()).isFalse();
		PasswordLogins after = look();
		assertThat(after.onTrial()).isFalse();
		assertThat(after.place().ours()).isTrue();
		assertThat(after.place().hash()).isEqualTo(change.hash());
		assertThat(after.settings().lines()).contains("passwordauthentication no", "kbdinteractiveauthentication no");
		assertThat(modeOf(after.place().path())).isEqualTo(modeOf("/mnt/node/sshd_config"));

		assertThat(settle((SshdChange.OnTrial) alter(List.of(), after.place().hash(), LONG)))
			.isInstanceOf(Confirmation.Confirmed.class);
		assertThat(letsInByPassword()).isTrue();
		assertThat(look().place().hash()).as("nothing is left").isNull();
	}

	@Test
	void decidesAtTheTopOfTheMainFileWhereNothingIsIncluded() {
		begin();
		this.node.runInside("chmod", "640", "/mnt/node/sshd_config");
		PasswordLogins before = look();
		assertThat(before.place().way()).isEqualTo(PasswordLogins.Way.BLOCK);
		String text = this.node.runInside("cat", "/mnt/node/sshd_config").output();
		SshdChange.OnTrial change = (SshdChange.OnTrial) alter(OFF, before.place().hash(), LONG);
		settle(change);
		assertThat(letsInByPassword()).isFalse();
		assertThat(modeOf("/mnt/node/sshd_config")).isEqualTo("640 0 0");
		assertThat(this.node.runInside("cat", "/mnt/node/sshd_config").output()).endsWith(text);
		settle((SshdChange.OnTrial) alter(List.of(), change.hash(), LONG));
		assertThat(this.node.runInside("cat", "/mnt/node/sshd_config").output()).isEqualTo(text);
		assertThat(letsInByPassword()).isTrue();
	}

	@Test
	void theNodePutsBackWhatNobodySettles() {
		begin(INCLUDE);
		SshdChange.OnTrial change = (SshdChange.OnTrial) alter(OFF, null, Duration.ofSeconds(3));
		await().atMost(Patience.of(Duration.ofSeconds(30))).until(this::letsInByPassword);
		awaitEndOfTrial();
		assertThat(settle(change)).isInstanceOf(Confirmation.Gone.class);
		assertThat(look().place().hash()).isNull();
	}

	@Test
	void isUndoneAtOnceOnRequest() {
		begin();
		String text = this.node.runInside("cat", "/mnt/node/sshd_config").output();
		SshdChange.OnTrial change = (SshdChange.OnTrial) alter(OFF, look().place().hash(), LONG);
		try (NodeConversation conversation = connect()) {
			assertThat(conversation.ask(new RetractSshd(change.token()))).isInstanceOf(Confirmation.Confirmed.class);
		}
		await().atMost(Patience.of(Duration.ofSeconds(10))).until(this::letsInByPassword);
		assertThat(this.node.runInside("cat", "/mnt/node/sshd_config").output()).isEqualTo(text);
		assertThat(settle(change)).isInstanceOf(Confirmation.Gone.class);
	}

	@Test
	void oneChangeAtATime() {
		begin(INCLUDE);
		SshdChange.OnTrial first = (SshdChange.OnTrial) alter(OFF, null, LONG);
		assertThat(alter(OFF, first.hash(), LONG))
			.isEqualTo(new SshdChange.Refused("busy", "another change is on trial"));
		settle(first);
		assertThat(alter(OFF, null, LONG)).as("decided before that").isEqualTo(new SshdChange.Changed(first.hash()));
	}

	@Test
	void whatSshdReadsEarlierIsNamedAndNothingStays() {
		begin(INCLUDE);
		drop("00-a.conf", "# first", "passwordauthentication yes");
		assertThat(alter(OFF, null, LONG)).isEqualTo(new SshdChange.Refused("overridden",
				"passwordauthentication /mnt/node/sshd_config.d/00-a.conf line 2"));
		assertThat(look().onTrial()).isFalse();
		assertThat(look().place().hash()).isNull();
		assertThat(letsInByPassword()).isTrue();
	}

	@Test
	void nothingIsDoneToAConfigurationThatIsBroken() {
		begin(INCLUDE);
		drop("90-broken.conf", "# remark", "Bogus yes");
		assertThat(look().broken()).contains("/mnt/node/sshd_config.d/90-broken.conf", "line 2", "Bogus");
		SshdChange.Refused refused = (SshdChange.Refused) alter(OFF, null, LONG);
		assertThat(refused.code()).isEqualTo("broken");
		assertThat(refused.detail()).contains("90-broken.conf", "line 2");
		assertThat(letsInByPassword()).isTrue();
	}

	@Test
	void aMatchThatTurnsItOnAgainIsAmongTheLines() {
		begin(INCLUDE);
		drop("90-match.conf", "Match Address 127.0.0.0/8", "  PasswordAuthentication yes");
		settle((SshdChange.OnTrial) alter(OFF, null, LONG));
		assertThat(look().configuration().lines()).contains(
				new PasswordLogins.Line("/mnt/node/sshd_config.d/90-match.conf", 2, "  PasswordAuthentication yes"));
		assertThat(letsInByPassword()).as("as the Match says").isTrue();
	}

	@Test
	void whereOthersMayWriteNothingIsWritten() {
		begin(INCLUDE);
		this.node.runInside("chmod", "777", "/mnt/node/sshd_config.d");
		assertThat(alter(OFF, null, LONG))
			.isEqualTo(new SshdChange.Refused("no-permission", "others than root may change /mnt/node/sshd_config.d"));
		this.node.runInside("chmod", "755", "/mnt/node/sshd_config.d");
		this.node.runInside("ln", "-s", "/etc/shadow", "/mnt/node/sshd_config.d/00-latchkey.conf");
		assertThat(alter(OFF, look().place().hash(), LONG)).isInstanceOf(SshdChange.Refused.class);
	}

	@Test
	void onlyRootIsAnswered() {
		begin(INCLUDE);
		try (NodeConversation conversation = connect("alice", Privilege.SELF)) {
			assertThat(conversation.ask(FindPasswordLogins.all()))
				.isEqualTo(new SshdLook.Unasked("no-permission", "only root changes what sshd does"));
		}
	}

	/** As far as a log goes that anybody may write to. */
	@Test
	void saysWhoCameByPassword() {
		begin(INCLUDE);
		String line = "Nov 30 07:00:00 web1 sshd[4711]: Accepted %s for alice from 192.0.2.7 port 51234 ssh2";
		this.node.runInside("sh", "-c", "for each; do echo \"$each\"; done >/var/log/auth.log", "sh",
				line.formatted("publickey"), line.formatted("password"), line.formatted("keyboard-interactive/pam"),
				"Nov 30 07:00:00 web1 other: x");
		try {
			PasswordLogins said = look();
			assertThat(said.came().log()).isEqualTo(PasswordLogins.Log.SYSLOG);
			assertThat(said.came().lines()).containsExactly(line.formatted("password"),
					line.formatted("keyboard-interactive/pam"));
		}
		finally {
			this.node.runInside("rm", "/var/log/auth.log");
		}
		assertThat(look().came().log()).isEqualTo(PasswordLogins.Log.NONE);
	}

	/** Another server lets in, whatever sshd runs beside it. */
	@Test
	@RequiresProgram("dropbear")
	void anotherServerIsNoSshd() throws Exception {
		begin(INCLUDE);
		int port;
		try (ServerSocket free = new ServerSocket()) {
			free.bind(new InetSocketAddress(this.node.address(), 0));
			port = free.getLocalPort();
		}
		this.node.runInside("sh", "-c", """
				rm -f /mnt/dropbear_*
				for type in ed25519 ecdsa rsa; do
				dropbearkey -t $type -f /mnt/dropbear_$type >/dev/null
				done
				set -- -r /mnt/dropbear_ed25519 -r /mnt/dropbear_ecdsa -r /mnt/dropbear_rsa
				dropbear "$@" -p %s:%d </dev/null >/dev/null 2>&1""".formatted(this.node.address(), port));
		List<HostKey> keys = this.connector.hostKeysOf(this.node.address(), port);
		try (NodeConversation conversation = this.connector.connectAfresh(new Endpoint(this.node.address(), port, keys),
				new Login("root", Privilege.ROOT, new Secret.ManagementKey()))) {
			assertThat(conversation.ask(FindPasswordLogins.all()))
				.isEqualTo(new SshdLook.Unasked("no-sshd", "no sshd is found above this login"));
			assertThat(conversation.ask(new AlterSshd(OFF, null, LONG))).isInstanceOf(SshdChange.Refused.class);
		}
	}

	@Test
	void theMethodsThatSshdOffersTellTheSame() {
		begin(INCLUDE);
		assertThat(offered()).contains("publickey", "password");
		settle((SshdChange.OnTrial) alter(OFF, null, LONG));
		assertThat(offered()).containsExactly("publickey");
	}

	@Test
	void saysThatTheReloadDidNotComeBackAndStartsSshdAgain() {
		begin(INCLUDE);
		// sshd begins itself anew by the name of its program, which fails once
		this.node.runInside("sh", "-c", """
				mkdir -p /mnt/real; cp -p /usr/sbin/sshd /mnt/real/sshd
				cat >/mnt/sshd.once <<'END'
				#!/bin/sh
				case " $* " in *' -R '* | *' -t '* | *' -T '*) exec /mnt/real/sshd "$@";; esac
				if [ -e /mnt/fails ]; then rm /mnt/fails; exit 1; fi
				exec /mnt/real/sshd "$@"
				END
				chmod 755 /mnt/sshd.once; touch /mnt/fails""");
		try (NodeConversation conversation = connect()) {
			this.node.runInside("mount", "--bind", "/mnt/sshd.once", "/usr/sbin/sshd");
			assertThat(conversation.ask(new AlterSshd(OFF, null, LONG)))
				.isEqualTo(new SshdChange.Refused("reload", "sshd ended when it was to read its configuration anew"));
			await().atMost(Patience.of(Duration.ofSeconds(20))).ignoreExceptions().until(this::letsInByPassword);
		}
		finally {
			this.node.runInside("umount", "/usr/sbin/sshd");
		}
		assertThat(look().place().hash()).as("nothing is left").isNull();
	}

	/** The connection and the script die; who stands guard goes on. */
	@Test
	void theNodePutsBackWhenAllElseIsGone() {
		begin(INCLUDE);
		NodeConversation conversation = connect();
		SshdChange change = conversation.ask(new AlterSshd(OFF, null, Duration.ofSeconds(4)));
		assertThat(change).isInstanceOf(SshdChange.OnTrial.class);
		this.node.runInside("sh", "-c",
				"for each in /proc/[0-9]*; do case $(tr '\\0' ' ' <$each/cmdline) in 'sshd: root'*) kill -9 ${each#/proc/};; esac; done; true");
		this.connector.dropSessions();
		await().atMost(Patience.of(Duration.ofSeconds(30))).until(this::letsInByPassword);
		assertThat(look().place().hash()).isNull();
	}

	/** Their change stays; what Latchkey decided goes. */
	@Test
	void keepsWhatSomebodyElseWroteMeanwhile() {
		begin();
		SshdChange.OnTrial change = (SshdChange.OnTrial) alter(OFF, look().place().hash(), LONG);
		this.node.runInside("sh", "-c", "echo '# mine' >>/mnt/node/sshd_config");
		try (NodeConversation conversation = connect()) {
			conversation.ask(new RetractSshd(change.token()));
		}
		assertThat(this.node.runInside("cat", "/mnt/node/sshd_config").output()).endsWith("# mine\n")
			.doesNotContain("Latchkey");
		await().atMost(Patience.of(Duration.ofSeconds(10))).until(this::letsInByPassword);
	}

}
