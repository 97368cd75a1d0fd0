package io.latchkey.api.identities;

import io.latchkey.api.answer.Created;
import io.latchkey.api.query.Wait;
import io.latchkey.core.Faults;
import io.latchkey.delivery.Deliveries;
import io.latchkey.identity.KeyReplacement;
import io.latchkey.keypairs.KeyPairDraft;
import io.latchkey.keypairs.KeyPairs;
import io.latchkey.keypairs.MadeKeyPair;
import io.latchkey.openssh.KeyPairKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/identities/{name}/key-pairs")
@Tag(name = "Identities")
class KeyPairsController {

	private final KeyPairs keyPairs;

	private final Deliveries deliveries;

	KeyPairsController(KeyPairs keyPairs, Deliveries deliveries) {
		this.keyPairs = keyPairs;
		this.deliveries = deliveries;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(
			summary = "Make a key pair for a person or a service; the private half is in this answer and never again")
	ResponseEntity<KeyPairAnswer> make(@PathVariable String name, @RequestBody KeyPairRequest body, Wait wait) {
		Faults faults = new Faults();
		KeyPairKind kind = faults.required("kind", body.kind(), KeyPairKind.ED25519);
		KeyReplacement replacement = Replacements.read(faults, body.replaces(), body.overlap()).orElse(null);
		faults.check();
		try (MadeKeyPair made = this.keyPairs.make(name,
				new KeyPairDraft(kind, body.comment(), body.passphrase(), body.expiresAt(), replacement))) {
			wait.with(this.deliveries::awaitAllSettled);
			return Created.at("/api/v1/identities/" + name + "/keys", made.key().key().fingerprint().value(),
					KeyPairAnswer.of(made));
		}
	}

}
