package io.latchkey.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.microsoft.playwright.Page;
import io.latchkey.SampleKeys;
import io.latchkey.inventory.Nodes;
import io.latchkey.registration.Registration;
import io.latchkey.registration.Registrations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * From the command for a node to its approval, on a desk by day and on a phone by night.
 */
@BrowserTest
class SelfEnrolmentBrowserTests {

	@Autowired
	private Visitor visitor;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Registrations registrations;

	@AfterEach
	void forget() {
		this.nodes.delete("sb-node");
		this.registrations.list(Registration.State.WAITING).forEach((each) -> this.registrations.refuse(each.id()));
	}

	@ParameterizedTest
	@EnumSource(value = Look.class, names = { "DESK_LIGHT", "PHONE_DARK" })
	void makesACommandAndApprovesTheNodeThatRanIt(Look look) {
		this.visitor.asAdmin(look, (page) -> {
			page.navigate("/enrolment/tokens");
			page.fill("#uses", "0");
			page.fill("#clusters", "nowhere");
			page.click("text=Make the token");
			assertThat(page.locator("#uses-error")).containsText("Expected 1 to 1,000 nodes");
			assertThat(page.locator("#clusters-error")).containsText("nowhere");
			EveryPageBrowserTests.inspect(page, "enrolment-tokens-wrong", look);
			page.fill("#purpose", "browser tests " + look.label());
			page.fill("#uses", "2");
			page.fill("#clusters", "rnmcluster02");
			page.check("#approval");
			page.click("text=Make the token");
			String command = page.locator("#command-0").innerText();
			assertThat(command).matches("curl -fsS http://[^ ]+/enrol \\| sh");
			String token = page.locator("#token-text").innerText();
			assertThat(token).matches("lke_[A-Za-z0-9_-]{43}");
			EveryPageBrowserTests.inspect(page, "enrolment-token-made", look);
			register(page, token);
			page.navigate("/");
			assertThat(page.locator("main")).containsText("1 node waits for approval");
			page.navigate("/enrolment");
			page.click("text=Look at them");
			assertThat(page.locator("main")).containsText("sb-node");
			EveryPageBrowserTests.inspect(page, "registrations", look);
			page.click("button:has-text('Approve')");
			page.waitForURL("**/nodes/sb-node");
			page.navigate("/enrolment/tokens");
			assertThat(page.locator("main")).containsText("1 of 2");
			assertThat(page.content()).doesNotContain(token);
			page.navigate("/enrolment/registrations");
			assertThat(page.locator("main")).containsText("No node waits for approval");
		});
	}

	/** What the script says of a node. */
	private static void register(Page page, String token) {
		String nonce = post(page, "/enrol/terms", "latchkey-registration 2\ntoken " + token + "\n").lines()
			.filter((line) -> line.startsWith("nonce "))
			.map((line) -> line.substring("nonce ".length()))
			.findFirst()
			.orElseThrow();
		String message = """
				latchkey-registration 2
				token %s
				nonce %s
				name sb-node
				port 22
				reach sb-node.example
				host-key %s -
				""".formatted(token, nonce, SampleKeys.ed25519());
		assertThat(post(page, "/enrol", message)).startsWith("waiting\n");
	}

	private static String post(Page page, String path, String message) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(page.url()).resolve(path))
			.POST(HttpRequest.BodyPublishers.ofString(message))
			.build();
		try {
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
