package io.latchkey.api.identities;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.api.answer.Created;
import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Wait;
import io.latchkey.core.Faults;
import io.latchkey.core.NotFoundException;
import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.LiveSessions;
import io.latchkey.delivery.Revocations;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityKey;
import io.latchkey.identity.KeyReplacement;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Logins;
import io.latchkey.openssh.Fingerprint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.data.domain.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/identities/{name}/keys")
@Tag(name = "Identities")
class KeysController {

	private final Identities identities;

	private final Revocations revocations;

	private final Deliveries deliveries;

	private final Logins logins;

	KeysController(Identities identities, Revocations revocations, Deliveries deliveries, Logins logins) {
		this.identities = identities;
		this.revocations = revocations;
		this.deliveries = deliveries;
		this.logins = logins;
	}

	@GetMapping
	@Operation(summary = "List the keys of an identity")
	ListAnswer<KeyAnswer> list(@PathVariable String name, ListQuery query) {
		Page<IdentityKey> page = query.of(this.identities.get(name).keys());
		Map<Fingerprint, KeyUse> uses = this.logins
			.lastUses(page.getContent().stream().map((held) -> held.key().fingerprint()).toList());
		return ListAnswer.of(page, (held) -> KeyAnswer.of(held, uses.get(held.key().fingerprint())));
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add a public key: OpenSSH, RFC 4716 or PuTTY; in the place of another where it says so")
	ResponseEntity<KeyAnswer> add(@PathVariable String name, @RequestBody KeyRequest body, Wait wait) {
		Faults faults = new Faults();
		String publicKey = faults.required("publicKey", body.publicKey(), "");
		Optional<KeyReplacement> replacement = Replacements.read(faults, body.replaces(), body.overlap());
		faults.check();
		IdentityKey added = replacement.isPresent()
				? this.identities.replaceKey(name, publicKey, body.comment(), body.expiresAt(), replacement.get())
				: this.identities.addKey(name, publicKey, body.comment(), body.expiresAt());
		wait.with(this.deliveries::awaitAllSettled);
		return Created.at("/api/v1/identities/" + name + "/keys", added.key().fingerprint().value(),
				KeyAnswer.of(added));
	}

	@GetMapping("/{fingerprint}")
	@Operation(summary = "Get a key of an identity")
	KeyAnswer get(@PathVariable String name, @PathVariable String fingerprint) {
		return this.identities.get(name)
			.keys()
			.stream()
			.filter((held) -> held.key().fingerprint().value().equals(fingerprint))
			.findFirst()
			.map((held) -> KeyAnswer.of(held,
					this.logins.lastUses(List.of(held.key().fingerprint())).get(held.key().fingerprint())))
			.orElseThrow(() -> new NotFoundException("key", fingerprint));
	}

	@DeleteMapping("/{fingerprint}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Take a key from an identity, and off every node")
	void remove(@PathVariable String name, @PathVariable String fingerprint, LiveSessions sessions, Wait wait) {
		this.revocations.removeKey(name, parse(fingerprint), sessions);
		wait.with(this.deliveries::awaitAllSettled);
	}

	private static Fingerprint parse(String fingerprint) {
		Faults faults = new Faults();
		Optional<Fingerprint> parsed = faults.parsed("fingerprint", fingerprint, Fingerprint::parse,
				"fingerprint.malformed");
		faults.check();
		return parsed.orElseThrow();
	}

}
