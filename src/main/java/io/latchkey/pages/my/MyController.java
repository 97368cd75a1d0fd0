package io.latchkey.pages.my;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.delivery.Revocations;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.identity.DuplicateKeyException;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Question;
import io.latchkey.pages.SessionsBox;
import io.latchkey.pages.Texts;
import io.latchkey.users.Users;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What is the user's own: the identity that they are tied to, its keys, and where these
 * let in. Whose it is comes from who is signed in, and from nothing that is sent.
 */
@Controller
class MyController {

	private static final String PAGE = "/my";

	private final Users users;

	private final Identities identities;

	private final Grants grants;

	private final Revocations revocations;

	private final SessionsBox sessions;

	private final Texts texts;

	private final Clock clock;

	MyController(Users users, Identities identities, Grants grants, Revocations revocations, SessionsBox sessions,
			Texts texts, Clock clock) {
		this.users = users;
		this.identities = identities;
		this.grants = grants;
		this.revocations = revocations;
		this.sessions = sessions;
		this.texts = texts;
		this.clock = clock;
	}

	@GetMapping(PAGE)
	String show(Authentication authentication, Model model) {
		Identity identity = find(authentication).orElse(null);
		model.addAttribute("identity", identity);
		model.addAttribute("now", this.clock.instant());
		model.addAttribute("access", (identity != null) ? accessOf(identity) : List.of());
		return "my/my";
	}

	@GetMapping(PAGE + "/add-key")
	String askForKey(Authentication authentication, Model model) {
		Form.in(model, Map.of());
		model.addAttribute("identity", own(authentication));
		return "my/add-key";
	}

	/** Whose else the key is, is nobody's business here. */
	@PostMapping(PAGE + "/add-key")
	String addKey(Authentication authentication, Input input) {
		try {
			this.identities.addKey(own(authentication).name(), input.raw("publicKey"), input.text("comment"), null);
		}
		catch (DuplicateKeyException ex) {
			throw new InvalidInputException(Fault.of("publicKey", "key.taken"));
		}
		return "redirect:" + PAGE;
	}

	@GetMapping(PAGE + "/remove-key")
	String askToRemove(Authentication authentication, @RequestParam String fingerprint, Model model) {
		Fingerprint held = held(own(authentication), fingerprint);
		Form.in(model, Map.of());
		this.sessions.offer(model);
		model.addAttribute("hidden", Map.of("fingerprint", held.value()));
		model.addAttribute("question",
				new Question(this.texts.of("page.my.key.remove.title"),
						List.of(this.texts.of("page.my.key.remove.consequence"), held.value()),
						this.texts.of("page.remove"), null, PAGE, "my"));
		return Question.VIEW;
	}

	@PostMapping(PAGE + "/remove-key")
	String remove(Authentication authentication, Input input) {
		Identity identity = own(authentication);
		this.revocations.removeKey(identity.name(), held(identity, input.word("fingerprint")),
				this.sessions.chosen(input));
		return "redirect:" + PAGE;
	}

	private List<MyAccess> accessOf(Identity identity) {
		Collection<Grant> found = this.grants
			.all(this.grants.unendedOf(identity.id()).stream().map(GrantReach::id).toList())
			.values();
		return found.stream()
			.map((grant) -> MyAccess.of(grant, grant.statusAt(this.clock.instant()) == GrantStatus.SCHEDULED))
			.sorted()
			.toList();
	}

	private Identity own(Authentication authentication) {
		return find(authentication).orElseThrow(() -> new NotFoundException("identity", authentication.getName()));
	}

	private Optional<Identity> find(Authentication authentication) {
		return this.users.find(authentication.getName())
			.flatMap((user) -> Optional.ofNullable(user.identity()))
			.flatMap(this.identities::find);
	}

	private static Fingerprint held(Identity identity, String fingerprint) {
		return identity.fingerprints()
			.stream()
			.filter((held) -> held.value().equals(fingerprint))
			.findFirst()
			.orElseThrow(() -> new NotFoundException("key", fingerprint));
	}

}
