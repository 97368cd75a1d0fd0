package io.latchkey.pages.identities;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.delivery.ForeignWayReader;
import io.latchkey.delivery.Revocations;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityStatus;
import io.latchkey.identity.KeyReplacement;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Question;
import io.latchkey.pages.SessionsBox;
import io.latchkey.pages.Texts;
import io.latchkey.pages.WaysView;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The keys of one identity: adding and removing.
 */
@Controller
class IdentityKeyController {

	private static final String ROOM = "identities";

	private final Identities identities;

	private final IdentityReach reach;

	private final ForeignWayReader foreignWays;

	private final Revocations revocations;

	private final SessionsBox sessions;

	private final Texts texts;

	private final Clock clock;

	IdentityKeyController(Identities identities, IdentityReach reach, ForeignWayReader foreignWays,
			Revocations revocations, SessionsBox sessions, Texts texts, Clock clock) {
		this.identities = identities;
		this.reach = reach;
		this.foreignWays = foreignWays;
		this.revocations = revocations;
		this.sessions = sessions;
		this.texts = texts;
		this.clock = clock;
	}

	@GetMapping("/identities/{name}/add-key")
	String addKey(@PathVariable String name, @RequestParam(defaultValue = "") String replaces, Model model) {
		Replacing.offer(this.identities.get(name), model);
		Form.in(model, Map.of("replaces", replaces, "overlap", Replacing.USUAL_OVERLAP));
		model.addAttribute("name", name);
		return "identities/add-key";
	}

	@PostMapping("/identities/{name}/add-key")
	String addKey(@PathVariable String name, Input input) {
		KeyReplacement replacement = Replacing.read(input);
		if (replacement != null) {
			this.identities.replaceKey(name, input.raw("publicKey"), input.text("comment"), input.instant("expiresAt"),
					replacement);
		}
		else {
			this.identities.addKey(name, input.raw("publicKey"), input.text("comment"), input.instant("expiresAt"));
		}
		return "redirect:" + Links.identity(name);
	}

	@GetMapping("/identities/{name}/remove-key")
	String askToRemoveKey(@PathVariable String name, @RequestParam String fingerprint, Model model) {
		Identity identity = this.identities.get(name);
		Form.in(model, Map.of());
		this.sessions.offer(model);
		WaysView.show(this.foreignWays.of(name, Fingerprint.find(fingerprint).stream().toList()), model);
		model.addAttribute("hidden", Map.of("fingerprint", fingerprint));
		model.addAttribute("question", new Question(this.texts.of("page.key.remove.title", name),
				keyRemoval(identity, fingerprint), this.texts.of("page.remove"), null, Links.identity(name), ROOM));
		return Question.VIEW;
	}

	private List<String> keyRemoval(Identity identity, String fingerprint) {
		List<String> consequences = new ArrayList<>(
				List.of(this.texts.of("page.key.remove.consequence", this.reach.nodesOf(identity)), fingerprint));
		Instant now = this.clock.instant();
		long others = identity.keys()
			.stream()
			.filter((key) -> !key.key().fingerprint().value().equals(fingerprint))
			.filter((key) -> key.expiresAt() == null || now.isBefore(key.expiresAt()))
			.count();
		if (others > 0 && identity.status() == IdentityStatus.ACTIVE) {
			consequences.add(this.texts.of("page.key.remove.others", identity.name(), others));
		}
		return consequences;
	}

	@PostMapping("/identities/{name}/remove-key")
	String removeKey(@PathVariable String name, Input input) {
		this.revocations.removeKey(name, fingerprint(input), this.sessions.chosen(input));
		return "redirect:" + Links.identity(name);
	}

	private static Fingerprint fingerprint(Input input) {
		try {
			return Fingerprint.parse(input.word("fingerprint"));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidInputException(Fault.of("fingerprint", "verbatim", String.valueOf(ex.getMessage())));
		}
	}

}
