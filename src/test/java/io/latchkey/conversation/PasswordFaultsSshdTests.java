package io.latchkey.conversation;

import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.conversation.sshd.RetractSshd;
import io.latchkey.conversation.sshd.SshdChange;
import io.latchkey.sshd.Ssh;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What goes wrong while passwords are switched off. */
@PatientTimeout(seconds = 120)
@RequiresProgram("sshd")
class PasswordFaultsSshdTests extends PasswordLoginsOnSshd {

	private static final String MAIN = "/mnt/node/sshd_config";

	private static final String FOLDER = "/mnt/node/sshd_config.d";

	/** Neither the guard nor Latchkey are left, as after the loss of power. */
	@Test
	void theNextLookUndoesWhatNobodyIsLeftToUndo() {
		begin(INCLUDE);
		SshdChange.OnTrial change = (SshdChange.OnTrial) alter(OFF, null, LONG);
		assertThat(letsInByPassword()).isFalse();
		this.node.runInside("sh", "-c",
				"for each in /proc/[0-9]*; do case $(tr '\\0' ' ' <$each/cmdline) in *stand_gu[a]rd*) kill -9 ${each#/proc/};; esac; done; true");
		assertThat(look().onTrial()).as("in time it may still be settled").isTrue();
		this.node.runInside("sed", "-i", "4s/.*/1700000000/", "/mnt/node/.latchkey-trial/about");
		this.connector.dropSessions();
		assertThat(look().onTrial()).isFalse();
		await().atMost(Patience.of(Duration.ofSeconds(20))).until(this::letsInByPassword);
		assertThat(look().place().hash()).isNull();
		assertThat(settle(change)).isInstanceOf(Confirmation.Gone.class);
	}

	/** Who undoes it may be interrupted as well. */
	@Test
	void whatWasBeingUndoneIsUndone() {
		begin(INCLUDE);
		SshdChange.OnTrial change = (SshdChange.OnTrial) alter(OFF, null, LONG);
		this.node.runInside("sh", "-c", "cd /mnt/node/.latchkey-trial && mv " + change.token()
				+ " undoing && sed -i '4s/.*/1700000000/' about");
		assertThat(settle(change)).isInstanceOf(Confirmation.Gone.class);
		assertThat(look().onTrial()).isFalse();
		await().atMost(Patience.of(Duration.ofSeconds(20))).until(this::letsInByPassword);
	}

	/** What was decided before the change is not lost with it. */
	@Test
	void keepsWhatWasDecidedBeforeWhereSomebodyElseWrites() {
		begin();
		SshdChange.OnTrial first = (SshdChange.OnTrial) alter(OFF, look().place().hash(), LONG);
		settle(first);
		SshdChange.OnTrial second = (SshdChange.OnTrial) alter(
				List.of(OFF.get(0), OFF.get(1), "PermitRootLogin prohibit-password"), first.hash(), LONG);
		this.node.runInside("sh", "-c", "echo '# mine' >>" + MAIN);
		try (NodeConversation conversation = connect()) {
			conversation.ask(new RetractSshd(second.token()));
		}
		assertThat(this.node.runInside("cat", MAIN).output()).endsWith("# mine\n")
			.contains("PasswordAuthentication no")
			.doesNotContain("prohibit-password");
		assertThat(letsInByPassword()).isFalse();
	}

	/** What nobody has proved goes, also where somebody writes in Latchkey's own file. */
	@Test
	void ownFileComesBackWhoeverWroteThere() {
		begin(INCLUDE);
		alter(OFF, null, Duration.ofSeconds(3));
		this.node.runInside("sh", "-c", "echo '# mine' >>" + FOLDER + "/00-latchkey.conf");
		await().atMost(Patience.of(Duration.ofSeconds(30))).until(this::letsInByPassword);
		awaitEndOfTrial();
		assertThat(look().place().hash()).isNull();
	}

	@Test
	void aFullDiskChangesNothing() {
		begin(INCLUDE);
		this.node.runInside("sh", "-c", "mount -t tmpfs -o size=4k,mode=755 tmpfs " + FOLDER + " && dd if=/dev/zero of="
				+ FOLDER + "/fill bs=4k count=1 2>/dev/null; true");
		try {
			assertThat(alter(OFF, null, LONG)).isInstanceOfSatisfying(SshdChange.Refused.class,
					(refused) -> assertThat(refused.code()).isEqualTo("no-space"));
			assertThat(this.node.runInside("ls", "-A", FOLDER).output()).isEqualTo("fill\n");
		}
		finally {
			this.node.runInside("umount", FOLDER);
		}
		assertUntouched();
	}

	@Test
	void aReadOnlyDiskChangesNothing() {
		begin(INCLUDE);
		this.node.runInside("sh", "-c",
				"mount --bind " + FOLDER + " " + FOLDER + " && mount -o remount,ro,bind " + FOLDER);
		try {
			assertThat(alter(OFF, null, LONG)).isInstanceOfSatisfying(SshdChange.Refused.class,
					(refused) -> assertThat(refused.code()).isEqualTo("read-only"));
		}
		finally {
			this.node.runInside("umount", FOLDER);
		}
		assertUntouched();
	}

	/** As a file that is bound from elsewhere, which no rename replaces. */
	@Test
	void aFileThatCannotBeReplacedStays() {
		begin();
		String text = this.node.runInside("cat", MAIN).output();
		String hash = look().place().hash();
		this.node.runInside("mount", "--bind", MAIN, MAIN);
		try {
			assertThat(alter(OFF, hash, LONG)).isInstanceOf(SshdChange.Refused.class);
			assertThat(this.node.runInside("cat", MAIN).output()).isEqualTo(text);
		}
		finally {
			this.node.runInside("umount", MAIN);
		}
		assertUntouched();
	}

	@Test
	void aLinkIsNotFollowed() {
		begin();
		String hash = look().place().hash();
		this.node.runInside("sh", "-c", "mv " + MAIN + " " + MAIN + ".real; ln -s sshd_config.real " + MAIN);
		try {
			assertThat(alter(OFF, hash, LONG)).isEqualTo(new SshdChange.Refused("link", MAIN));
		}
		finally {
			this.node.runInside("mv", "-f", MAIN + ".real", MAIN);
		}
		assertUntouched();
	}

	@Test
	void saysThatAToolWritesTheFile() {
		begin();
		assertThat(look().configuration().managed()).isNull();
		this.node.runInside("sed", "-i", "1i # Ansible managed: do not edit", MAIN);
		assertThat(look().configuration().managed()).isEqualTo("# Ansible managed: do not edit");
	}

	/** sshd tells of each account, whatever file that comes from. */
	@Test
	void namesTheAccountsThatAMatchLetsIn() {
		begin(INCLUDE);
		drop("90-match.conf", "Match User alice", "  Include /mnt/node/alice");
		this.node.runInside("sh", "-c", "echo 'PasswordAuthentication yes' >/mnt/node/alice");
		assertThat(look().accounts().letIn()).as("before").containsExactly("alice");
		settle((SshdChange.OnTrial) alter(OFF, null, LONG));
		assertThat(look().accounts().letIn()).as("afterwards").containsExactly("alice");
		assertThat(letsInByPassword()).isTrue();
		assertThat(Ssh.to(this.node).runWithPassword("deploy", this.node.password(), "true").exitStatus()).isNotZero();
	}

	/** What Latchkey wrote stays in one place, and goes from there. */
	@Test
	void aFileThatNothingIncludesAnyMoreGoesWithTheNextChange() {
		begin(INCLUDE);
		settle((SshdChange.OnTrial) alter(OFF, null, LONG));
		begin();
		assertThat(letsInByPassword()).as("the Include is gone").isTrue();
		PasswordLogins said = look();
		assertThat(said.place().way()).isEqualTo(PasswordLogins.Way.BLOCK);
		assertThat(said.place().ours()).isFalse();
		SshdChange.OnTrial change = (SshdChange.OnTrial) alter(OFF, said.place().hash(), LONG);
		try (NodeConversation conversation = connect()) {
			conversation.ask(new RetractSshd(change.token()));
		}
		assertThat(this.node.runInside("ls", FOLDER).output()).as("undone with the rest").contains("00-latchkey.conf");
		settle((SshdChange.OnTrial) alter(OFF, said.place().hash(), LONG));
		assertThat(letsInByPassword()).isFalse();
		assertThat(this.node.runInside("ls", FOLDER).output()).isEmpty();
	}

	/** A block goes on to decide although there is an Include before it by now. */
	@Test
	void aBlockStaysWhereItIs() {
		begin();
		settle((SshdChange.OnTrial) alter(OFF, look().place().hash(), LONG));
		this.node.runInside("sed", "-i", "1i " + INCLUDE, MAIN);
		PasswordLogins said = look();
		assertThat(said.place().way()).isEqualTo(PasswordLogins.Way.BLOCK);
		settle((SshdChange.OnTrial) alter(List.of(), said.place().hash(), LONG));
		assertThat(letsInByPassword()).isTrue();
	}

	private void assertUntouched() {
		assertThat(look().onTrial()).isFalse();
		assertThat(look().place().ours()).isFalse();
		assertThat(letsInByPassword()).isTrue();
	}

}
