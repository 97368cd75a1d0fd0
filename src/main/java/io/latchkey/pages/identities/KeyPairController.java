package io.latchkey.pages.identities;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.keypairs.KeyPairDraft;
import io.latchkey.keypairs.KeyPairs;
import io.latchkey.keypairs.MadeKeyPair;
import io.latchkey.openssh.KeyPairKind;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.OnceForms;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Makes a key pair for an identity, and tells how to log in with a key. The private half
 * is in the answer to the form and in no other: no redirect carries it, no session keeps
 * it.
 */
@Controller
class KeyPairController {

	private static final List<Choice> KINDS = Arrays.stream(KeyPairKind.values())
		.map((kind) -> new Choice(kind.name(), "page.key-pair.kind." + kind.name()))
		.toList();

	private final Identities identities;

	private final KeyPairs keyPairs;

	private final KeyGuides guides;

	KeyPairController(Identities identities, KeyPairs keyPairs, KeyGuides guides) {
		this.identities = identities;
		this.keyPairs = keyPairs;
		this.guides = guides;
	}

	@GetMapping("/identities/{name}/make-key-pair")
	String ask(@PathVariable String name, @RequestParam(defaultValue = "") String replaces, Model model,
			HttpSession session) {
		Form.in(model,
				Map.of("kind", KeyPairKind.ED25519.name(), "replaces", replaces, "overlap", Replacing.USUAL_OVERLAP));
		Replacing.offer(this.identities.get(name), model);
		model.addAttribute("name", name);
		model.addAttribute("kinds", KINDS);
		model.addAttribute(OnceForms.FIELD, OnceForms.open(session));
		return "identities/make-key-pair";
	}

	@PostMapping("/identities/{name}/make-key-pair")
	String make(@PathVariable String name, Input input, Model model, HttpSession session,
			HttpServletResponse response) {
		KeyPairDraft draft = draft(input);
		OnceForms.redeem(session, input.text(OnceForms.FIELD));
		try (MadeKeyPair made = this.keyPairs.make(name, draft)) {
			String file = name + "_" + made.kind().word();
			model.addAttribute("name", name);
			model.addAttribute("key", made.key());
			model.addAttribute("locked", draft.passphrase() != null);
			model.addAttribute("privateHalf", PrivateHalf.of(made));
			model.addAttribute("guide", this.guides.of(this.identities.get(name), file));
		}
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
		response.setHeader("Referrer-Policy", "no-referrer");
		return "identities/key-pair";
	}

	@GetMapping("/identities/{name}/use-key")
	String use(@PathVariable String name, @RequestParam(required = false) @Nullable String fingerprint, Model model) {
		Identity identity = this.identities.get(name);
		String word = identity.keys()
			.stream()
			.filter((held) -> held.key().fingerprint().value().equals(fingerprint))
			.findFirst()
			.map((held) -> held.key().algorithm().toLowerCase(Locale.ROOT).replace('-', '_'))
			.orElse("ed25519");
		model.addAttribute("name", name);
		model.addAttribute("guide", this.guides.of(identity, "id_" + word));
		return "identities/use-key";
	}

	private static KeyPairDraft draft(Input input) {
		String passphrase = input.raw("passphrase");
		boolean none = input.isTicked("unlocked");
		Faults faults = new Faults();
		if (none && !passphrase.isEmpty()) {
			faults.add(Fault.of("passphrase", "passphrase.both"));
		}
		else if (!none && passphrase.isEmpty()) {
			faults.add(Fault.of("passphrase", "passphrase.missing"));
		}
		else if (!none && !passphrase.equals(input.raw("passphraseAgain"))) {
			faults.add(Fault.of("passphraseAgain", "passphrase.other"));
		}
		faults.check();
		return new KeyPairDraft(input.choice("kind", KeyPairKind.class), input.text("comment"),
				none ? null : passphrase, input.instant("expiresAt"), Replacing.read(input));
	}

	/**
	 * What the page shows once.
	 *
	 * @param openSsh an address that holds the file itself: there is no other from which
	 * to get it
	 * @param putty the same of PuTTY's file
	 */
	record PrivateHalf(String text, String openSsh, String putty) {

		static PrivateHalf of(MadeKeyPair made) {
			return new PrivateHalf(new String(made.openSsh(), StandardCharsets.US_ASCII), download(made.openSsh()),
					download(made.putty()));
		}

		private static String download(byte[] file) {
			return "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(file);
		}

		/** Logged with the model by who logs everything. */
		@Override
		public String toString() {
			return "PrivateHalf[…]";
		}

	}

}
