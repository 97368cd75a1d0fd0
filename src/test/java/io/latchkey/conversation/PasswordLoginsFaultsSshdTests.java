package io.latchkey.conversation;

import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.sshd.SshdChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What keeps Latchkey from switching passwords off is said, and nothing is half done. */
@PatientTimeout(seconds = 120)
@RequiresProgram("sshd")
class PasswordLoginsFaultsSshdTests extends PasswordLoginsOnSshd {

	private static final String FOLDER = "/mnt/node/sshd_config.d";

	@AfterEach
	void free() {
		inside("chattr -i /mnt/node/sshd_config %1$s; umount %1$s".formatted(FOLDER));
	}

	@Test
	void saysThatTheFolderIsFull() {
		begin(INCLUDE);
		inside("mount -t tmpfs -o size=64k,mode=755 tmpfs %1$s; head -c 1M /dev/zero >%1$s/50-large".formatted(FOLDER));
		assertNothingDone("no-space");
	}

	@Test
	void saysThatTheFolderIsReadOnly() {
		begin(INCLUDE);
		inside("mount -t tmpfs -o ro,mode=755 tmpfs " + FOLDER);
		assertNothingDone("read-only");
	}

	@Test
	void saysThatTheFolderMayNotBeChanged() {
		begin(INCLUDE);
		Assumptions.assumeTrue(isImmutable(FOLDER));
		assertNothingDone("no-permission");
	}

	@Test
	void saysThatTheFileMayNotBeReplaced() {
		begin();
		Assumptions.assumeTrue(isImmutable("/mnt/node/sshd_config"));
		assertNothingDone("no-permission");
	}

	private void assertNothingDone(String code) {
		String before = standing();
		SshdChange change = alter(OFF, look().place().hash(), LONG);
		assertThat(change).isInstanceOfSatisfying(SshdChange.Refused.class, (refused) -> {
			assertThat(refused.code()).isEqualTo(code);
			assertThat(refused.detail()).contains("/mnt/node/sshd_config");
		});
		assertThat(standing()).isEqualTo(before);
		assertThat(look().onTrial()).isFalse();
		assertThat(letsInByPassword()).isTrue();
	}

	private String standing() {
		return inside("ls -A /mnt/node " + FOLDER + "; cat /mnt/node/sshd_config");
	}

	private boolean isImmutable(String path) {
		return inside("chattr +i " + path + " && echo done").contains("done");
	}

	private String inside(String script) {
		return this.node.runInside("sh", "-c", script + "; true").output();
	}

}
