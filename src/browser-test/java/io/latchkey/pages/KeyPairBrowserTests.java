package io.latchkey.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PrivateKey;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key pair made on a page: shown once, saved from there, and not made again by a
 * reload.
 */
@BrowserTest
class KeyPairBrowserTests {

	@Autowired
	private Visitor visitor;

	@Test
	void isMadeWithAPassphraseAndShownWithItsGuide() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/identities/alice/make-key-pair");
			page.fill("#passphrase", "a passphrase of 4 words");
			page.fill("#passphraseAgain", "a passphrase of 4 words");
			page.click("main button[type=submit]");
			assertThat(page.locator("h1")).hasText("The key pair for alice");
			assertThat(page.locator("#linux-4")).containsText("ssh -i ~/.ssh/alice_ed25519 ");
			EveryPageBrowserTests.inspectInEveryLook(page, "identity-key-pair");
		});
	}

	@Test
	void isSavedWithoutScriptsAndGoneOnAReload() {
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/identities/bob/make-key-pair");
			page.check("#unlocked");
			page.click("main button[type=submit]");
			String fingerprint = page.locator("dd.lk-mono").first().textContent();
			assertThat(fingerprintIn(saved(page, "bob_ed25519"))).isEqualTo(fingerprint);
			assertThat(Files.exists(saved(page, "bob_ed25519.ppk"))).isTrue();
			page.reload();
			assertThat(page.locator("main")).containsText("This form was sent before");
			assertThat(page.content()).doesNotContain("PRIVATE KEY");
			page.navigate("/identities/bob");
			assertThat(page.locator("main").textContent()).contains(fingerprint);
		});
	}

	@Test
	void asksForAPassphraseOrTheTickAndKeepsNone() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/identities/alice/make-key-pair");
			page.fill("#comment", "laptop");
			page.click("main button[type=submit]");
			assertThat(page.locator("#passphrase-error")).containsText("passphrase");
			page.fill("#passphrase", "a passphrase of 4 words");
			page.fill("#passphraseAgain", "another");
			page.click("main button[type=submit]");
			assertThat(page.locator("#passphraseAgain-error")).isVisible();
			assertThat(page.locator("#passphrase")).hasValue("");
			assertThat(page.locator("#comment")).hasValue("laptop");
		});
	}

	private static Path saved(Page page, String file) {
		Download download = page.waitForDownload(() -> page.click("a[download='" + file + "']"));
		assertThat(download.suggestedFilename()).isEqualTo(file);
		return download.path();
	}

	private static String fingerprintIn(Path file) {
		try (PrivateKey key = PrivateKey.parse(Files.readAllBytes(file))) {
			return key.publicKey().fingerprint().value();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
