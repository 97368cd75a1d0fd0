package io.latchkey.pages;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import io.latchkey.RequiresProgram;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one job, done by a person on the pages: a node is let in, somebody is granted an
 * account on it, and the grant is revoked. A real {@code ssh} is the judge.
 */
@BrowserTest
@RequiresProgram({ "chromium", "sshd", "ssh" })
class MainJobBrowserTests {

	@RegisterExtension
	static final SshdNodes NODES = SshdNodes.count(1);

	@Autowired
	private Visitor visitor;

	@Test
	void aGrantMadeOnThePagesLetsSshInUntilItIsRevoked() {
		SshdNode node = NODES.first();
		String account = node.accounts().iterator().next();
		SshKeyPair key = SshKeys.generate();
		Ssh ssh = Ssh.to(node);
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			addNode(page, "iron", node, account);
			enrol(page, node);
			addIdentity(page, "carol", key);
			assertThat(ssh.letsIn(account, key)).isFalse();

			grant(page, "carol", "iron", account);
			assertThat(page.locator("#delivery-live tbody .lk-state.s-in-sync")).hasCount(1);
			assertThat(ssh.letsIn(account, key)).isTrue();
			String grant = page.url();

			page.navigate("/nodes/iron");
			assertThat(page.locator("#live .lk-diff")).containsText("carol");

			page.navigate(grant);
			page.click("main [data-lk-ask]");
			page.click("#lk-dialog button[type=submit]");
			assertThat(page.locator("#delivery-live")).containsText("evoked");
			assertThat(page.locator("#delivery-live tbody .lk-state.s-in-sync")).hasCount(1);
			assertThat(ssh.letsIn(account, key)).isFalse();

			page.navigate("/nodes/iron");
			assertThat(page.locator("#live .lk-diff")).not().containsText("carol");
		});
	}

	private static void addNode(Page page, String name, SshdNode node, String account) {
		page.navigate("/add/node");
		page.fill("#name", name);
		page.fill("#address", node.address());
		page.fill("#port", Integer.toString(node.port()));
		page.fill("#managementAccount", account);
		page.selectOption("#privilege", new SelectOption().setValue(account.equals("root") ? "ROOT" : "SELF"));
		page.click("main button[type=submit]");
	}

	private static void enrol(Page page, SshdNode node) {
		page.waitForURL("**/nodes/iron**");
		page.navigate("/nodes/iron/enrol");
		List<String> shown = page.locator("input[name=acceptHostKey][type=radio]")
			.all()
			.stream()
			.map((choice) -> choice.getAttribute("value"))
			.toList();
		assertThat(shown).containsExactlyInAnyOrderElementsOf(node.hostKeyFingerprints());
		page.check("input[name=acceptHostKey][value='%s']".formatted(node.hostKeyFingerprints().get(0)));
		page.check("input[name=method][value=PASSWORD]");
		page.fill("input[name=password]", node.password());
		page.click("main button[type=submit]");
		page.waitForURL("**/nodes/iron");
		assertThat(page.locator("#live .lk-notice")).hasClass(Pattern.compile("s-in-sync"));
	}

	private static void addIdentity(Page page, String name, SshKeyPair key) {
		page.navigate("/add/identity");
		page.fill("#name", name);
		page.click("main button[type=submit]");
		page.waitForURL("**/identities/" + name);
		page.navigate("/identities/" + name + "/add-key");
		page.fill("#publicKey", key.publicKey());
		page.click("main button[type=submit]");
		page.waitForURL("**/identities/" + name);
		assertThat(page.locator("main")).containsText(key.fingerprint());
	}

	private static void grant(Page page, String identity, String node, String account) {
		page.navigate("/grants/new?subject=identity:%s&target=node:%s".formatted(identity, node));
		page.fill("#account", account);
		page.click("label[for=until-PT1H]");
		page.fill("#reason", "to try it");
		assertThat(page.locator("#preview ins")).hasCount(1);
		page.click("#grant-form button[type=submit]");
		page.waitForURL("**/grants/*");
	}

}
