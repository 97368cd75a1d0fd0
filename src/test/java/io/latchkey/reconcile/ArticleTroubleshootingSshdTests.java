package io.latchkey.reconcile;

import io.latchkey.diagnosis.Diagnosis;
import io.latchkey.diagnosis.Doctor;
import io.latchkey.diagnosis.MendOutcome;
import io.latchkey.diagnosis.Mends;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong when keys are copied by hand, one after the other as a tutorial tells
 * of it. Each time somebody stands before a password prompt; the page says why in one
 * sentence, Latchkey mends it, and they are in; and the mend can be taken back.
 */
class ArticleTroubleshootingSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private Doctor doctor;

	@Autowired
	private Mends mends;

	private final SshKeyPair laptop = SshKeys.generate();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void clear() {
		forgetTheNodes();
		onTheNode("rm -rf /home/deploy/* /home/deploy/.[!.]*; chmod 750 /home/deploy; chown deploy: /home/deploy");
	}

	@Test
	void whatGoesWrongWhenKeysAreCopiedByHand() {
		Node db1 = enrolledNode(Mode.ADDITIVE);
		String alice = identityWith(this.laptop);
		settled(grant(alice, db1, "deploy", null));
		assertThat(aliceGetsIn()).isTrue();

		// "authorised", as the British write it
		onTheNode("cd ~deploy/.ssh && mv authorized_keys authorised_keys");
		isFoundAndMended(db1, alice, "sshd does not read /home/deploy/.ssh/authorised_keys");

		// .ssh was there already, so that the copied folder landed inside of it
		onTheNode("cd ~deploy && mkdir new && mv .ssh new/ && mv new .ssh && chown -R deploy: .ssh && chmod 700 .ssh");
		isFoundAndMended(db1, alice, "sshd does not read /home/deploy/.ssh/.ssh/authorized_keys");

		// a file of that name was made before the folder
		onTheNode("cd ~deploy && rm -r .ssh && touch .ssh && chown deploy: .ssh");
		isFoundAndMended(db1, alice, "/home/deploy/.ssh is not a folder");

		// modes too open: 777, as somebody in despair has it
		onTheNode("chmod 777 ~deploy/.ssh");
		isFoundAndMended(db1, alice, "/home/deploy/.ssh is writable by everybody");
		onTheNode("chmod 666 ~deploy/.ssh/authorized_keys");
		isFoundAndMended(db1, alice, "/home/deploy/.ssh/authorized_keys is writable by everybody");

		// copied as another account, whose file it still is
		onTheNode("chown alice ~deploy/.ssh/authorized_keys && chmod 644 ~deploy/.ssh/authorized_keys");
		isFoundAndMended(db1, alice, "/home/deploy/.ssh/authorized_keys is owned by somebody else");

		// saved by an editor of another system, and wrapped by a terminal
		onTheNode("sed -i '1s/^/\\xef\\xbb\\xbf/' ~deploy/.ssh/authorized_keys");
		isFoundAndMended(db1, alice, "a byte order mark");
		onTheNode("sed -i '1s/ AAAA/ AAAA\\n/' ~deploy/.ssh/authorized_keys");
		isFoundAndMended(db1, alice, "wrapped over several lines");
	}

	/**
	 * She is out, the page says why, it is mended and she is in; undone, and mended
	 * again.
	 */
	private void isFoundAndMended(Node node, String person, String sentence) {
		assertThat(aliceGetsIn()).isFalse();
		Diagnosis found = this.doctor.diagnose(node.name(), "deploy", person);
		assertThat(found.answer()).contains(sentence);
		MendOutcome mended = mend(node, person, found);
		assertThat(mended.diagnosis().isExplained()).isFalse();
		assertThat(aliceGetsIn()).isTrue();

		MendOutcome undone = this.mends.undo(node.name(), mended.mend().id());
		assertThat(undone.diagnosis().answer()).isEqualTo(found.answer());
		assertThat(aliceGetsIn()).isFalse();

		mend(node, person, undone.diagnosis());
		assertThat(aliceGetsIn()).isTrue();
	}

	private MendOutcome mend(Node node, String person, Diagnosis found) {
		return this.mends.apply(node.name(), "deploy", person, found.mends().get(0).digest());
	}

	private boolean aliceGetsIn() {
		return ssh().letsIn("deploy", this.laptop.privateKey());
	}

	private void onTheNode(String script) {
		sshd().runInside("sh", "-c", script + "\n:");
	}

}
