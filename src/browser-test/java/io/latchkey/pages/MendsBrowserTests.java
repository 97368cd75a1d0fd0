package io.latchkey.pages;

import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.latchkey.RequiresProgram;
import io.latchkey.delivery.Deliveries;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** What keeps people out is mended from the page, and put back. */
@BrowserTest
@RequiresProgram("sshd")
class MendsBrowserTests {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	private static final String NODE = "mended";

	@Autowired
	private Visitor visitor;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Clusters clusters;

	@Autowired
	private Identities identities;

	@Autowired
	private Grants grants;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private Enrolments enrolments;

	@Test
	void mendsFromThePageAndUndoes() {
		SshdNode sshd = SSHD.first();
		Node node = this.nodes
			.create(new NodeDraft(NODE, sshd.address(), sshd.port(), "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		this.clusters.create(NODE, null, List.of(NODE));
		try {
			this.enrolments.enrol(NODE, new Enrolment(new Secret.Password(sshd.password().toCharArray()), null,
					Fingerprint.parse(sshd.hostKeyFingerprints().get(0))));
			this.identities.create(new IdentityDraft("mend-alice", IdentityKind.PERSON, null, null));
			this.identities.addKey("mend-alice", SshKeys.generate().publicKey(), null, null);
			this.grants.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, "mend-alice"),
					new Target(Target.Kind.NODE, NODE), "deploy", null, null, null, null, GrantOptions.NONE));
			this.deliveries.awaitSettled(List.of(node.id()), java.time.Duration.ofSeconds(30));
			sshd.runInside("sh", "-c", "cd /home/deploy/.ssh; mv authorized_keys authorised_keys");
			this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
				find(page);
				page.click(".lk-mend summary");
				assertThat(page.locator(".lk-mend")).containsText("authorised_keys");
				EveryPageBrowserTests.inspectInEveryLook(page, "doctor-mend");
				page.click(".lk-mend button[type=submit]");
				assertThat(page.locator("[role=status]").first()).containsText("Mended.");
				assertThat(page.locator(".lk-answer strong").last()).containsText("sshd takes the key");
				EveryPageBrowserTests.inspectInEveryLook(page, "doctor-mended");
				page.click("text=Undo");
				assertThat(page.locator("[role=status]").first()).containsText("Undone.");
				assertThat(page.locator(".lk-answer strong").last()).containsText("sshd does not read");
				page.navigate("/nodes/" + NODE + "/diagnosis");
				assertThat(page.locator("section[aria-labelledby=mends]")).containsText("Undone.");
				EveryPageBrowserTests.inspectInEveryLook(page, "node-diagnosis");
				page.navigate("/clusters/" + NODE + "/doctor");
				page.click("form[action$='/doctor'] button[type=submit]");
				assertThat(page.locator("section[aria-labelledby=found]")).containsText(NODE);
				EveryPageBrowserTests.inspectInEveryLook(page, "cluster-doctor");
				page.navigate("/nodes/" + NODE);
				assertThat(page.locator("section[aria-labelledby=diagnoses]")).containsText("deploy");
			});
		}
		finally {
			this.clusters.delete(NODE);
			this.nodes.delete(NODE);
		}
	}

	private static void find(Page page) {
		page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
		page.navigate("/doctor?node=%s&account=deploy&identity=mend-alice".formatted(NODE));
		page.click("form[action='/doctor'] button[type=submit]");
		assertThat(page.locator(".lk-answer strong")).containsText("sshd does not read");
	}

}
