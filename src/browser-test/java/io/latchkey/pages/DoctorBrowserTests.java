package io.latchkey.pages;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** What a client says, pasted; and the page of a second sshd. */
@BrowserTest
class DoctorBrowserTests {

	private static final String REFUSED = """
			OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.19 27 Jan 2026
			debug1: Connecting to db1.example.org [192.0.2.7] port 22.
			debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2p1
			debug1: Authenticating to db1.example.org:22 as 'deploy'
			debug1: Server host key: ssh-ed25519 SHA256:SgLt3Un5DvXjBPuWM45MIir52PN7GACeEgHbN2JeHCM
			debug1: get_agent_identities: agent returned 3 keys
			debug1: Authentications that can continue: publickey
			debug1: Offering public key: alice@laptop-with-a-long-name.example.org ED25519 SHA256:HxOGc7RFUrxLk+wTLdShk5Sz2mOqZVvmMyufD0gzUoM agent
			debug1: Authentications that can continue: publickey
			debug1: Offering public key: /home/alice/.ssh/id_rsa RSA SHA256:popk+yOMYmJxpeGMIwBSUei7U/ZX1O2LpoHD9UEXyKI explicit
			debug1: Authentications that can continue: publickey
			Permissions 0644 for '/home/alice/.ssh/id_ed25519' are too open.
			Load key "/home/alice/.ssh/id_ed25519": bad permissions
			deploy@db1.example.org: Permission denied (publickey).
			""";

	@Autowired
	private Visitor visitor;

	@Test
	void clientsWordsAreReadInEveryLook() {
		for (Look look : Look.values()) {
			this.visitor.asAdmin(look, (page) -> {
				page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
				say(page, REFUSED);
				assertThat(page.locator("[role=status] strong")).containsText("others can read its file (0644)");
				assertThat(page.locator("table tbody tr")).hasCount(2);
				assertThat(page.locator("#clientLog")).hasValue("");
				EveryPageBrowserTests.inspect(page, "client-log", look);
				say(page, "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\nhello");
				assertThat(page.locator("[role=alert]")).containsText("A private key was pasted");
				EveryPageBrowserTests.inspect(page, "client-log-nothing", look);
			});
		}
	}

	/** The sandbox's nodes are no sshd that could be started twice. */
	@Test
	void secondSshdIsRefusedWithTheReason() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/rnmcluster02-node01/debug-sshd");
			page.click("main button[type=submit]");
			assertThat(page.locator("[role=alert]")).isVisible();
			EveryPageBrowserTests.inspect(page, "debug-sshd-refused", Look.DESK_LIGHT);
		});
	}

	private static void say(Page page, String text) {
		page.navigate("/doctor");
		page.fill("#clientLog", text);
		page.click("button:has-text('Say what happened')");
	}

}
