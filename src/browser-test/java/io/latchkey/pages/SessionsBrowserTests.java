package io.latchkey.pages;

import java.time.Duration;
import java.util.Map;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.delivery.Deliveries;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdLog;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** Who is in now, on a real sshd, and the end of one session. */
@BrowserTest
@RequiresProgram("sshd")
class SessionsBrowserTests {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).loggingTo(SshdLog.SYSLOG);

	private static final String NODE = "sessions-node";

	private static final String PERSON = "sessions-person";

	private final SshKeyPair key = SshKeys.generate();

	private final SshdNode sshd = SSHD.first();

	@Autowired
	private Visitor visitor;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Identities identities;

	@Autowired
	private Grants grants;

	@Autowired
	private Enrolments enrolments;

	@Autowired
	private Deliveries deliveries;

	private Grant grant;

	@BeforeEach
	void letIn() {
		this.nodes.create(new NodeDraft(NODE, this.sshd.address(), this.sshd.port(), "root", Privilege.ROOT,
				Mode.ADDITIVE, Map.of()));
		this.enrolments.enrol(NODE, new Enrolment(new Secret.Password(this.sshd.password().toCharArray()), null,
				Fingerprint.parse(this.sshd.hostKeyFingerprints().get(0))));
		this.identities.create(new IdentityDraft(PERSON, IdentityKind.PERSON, null, null));
		this.identities.addKey(PERSON, this.key.publicKey(), null, null);
		this.grant = this.grants
			.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, PERSON), new Target(Target.Kind.NODE, NODE),
					"deploy", null, Duration.ofHours(1), null, null, GrantOptions.NONE));
		this.deliveries.awaitSettled(this.grant.id(), Patience.of(Duration.ofSeconds(20)));
	}

	@AfterEach
	void forget() {
		this.identities.delete(PERSON);
		this.nodes.delete(NODE);
	}

	@Test
	void areFoundByWhoseTheyAreAndByGrantAndEnded() {
		try (SshSession one = Ssh.to(this.sshd).open("deploy", this.key);
				SshSession two = Ssh.to(this.sshd).open("deploy", this.key);
				SshSession three = Ssh.to(this.sshd).open("deploy", this.key)) {
			this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
				page.navigate("/identities/" + PERSON + "/sessions");
				EveryPageBrowserTests.inspectInEveryLook(page, "sessions-identity-unasked");
				page.click("text=Look now");
				assertThat(page.locator("section[aria-labelledby=sessions] tbody tr")).hasCount(3);
				EveryPageBrowserTests.inspectInEveryLook(page, "sessions-identity");
				page.navigate("/nodes/" + NODE + "/sessions");
				page.click("text=Look now");
				assertThat(page.locator("section[aria-labelledby=sessions] tbody tr")).hasCount(3);
				EveryPageBrowserTests.inspectInEveryLook(page, "sessions-node");
				page.navigate("/grants/" + this.grant.id().value());
				page.click("text=Sessions open now");
				page.click("text=Look now");
				page.locator("section[aria-labelledby=sessions] tbody tr").first().locator("a.lk-danger").click();
				page.locator("button.lk-danger").click();
				assertThat(page.locator("main [role=status]").first()).containsText("was ended");
				assertThat(page.locator("section[aria-labelledby=sessions] tbody tr")).hasCount(2);
				EveryPageBrowserTests.inspectInEveryLook(page, "sessions-grant-ended");
			});
			org.assertj.core.api.Assertions.assertThat(one.isOpen() && two.isOpen() && three.isOpen()).isFalse();
		}
	}

	@Test
	void saysWhichNodeDoesNotAnswer() {
		this.sshd.stop();
		try {
			this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
				page.navigate("/identities/" + PERSON + "/sessions");
				page.click("text=Look now");
				assertThat(page.locator("main .lk-notice.s-drifted")).containsText(NODE);
				EveryPageBrowserTests.inspectInEveryLook(page, "sessions-identity-silent");
			});
		}
		finally {
			this.sshd.restart();
		}
	}

}
