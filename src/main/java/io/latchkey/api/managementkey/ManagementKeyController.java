package io.latchkey.api.managementkey;

import io.latchkey.openssh.PublicKey;
import io.latchkey.reconcile.KeyRotations;
import io.latchkey.transport.ManagementKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/management-key")
@Tag(name = "Management key", description = "Latchkey's own key")
class ManagementKeyController {

	private final ManagementKeys keys;

	private final KeyRotations rotations;

	ManagementKeyController(ManagementKeys keys, KeyRotations rotations) {
		this.keys = keys;
		this.rotations = rotations;
	}

	@GetMapping
	@Operation(summary = "What to put on a node for KEY_INSTALLED, and how far a rotation has come")
	ManagementKeyAnswer get() {
		PublicKey key = this.keys.publicKey();
		return new ManagementKeyAnswer(key.render(), key.fingerprint().value(), key.algorithm(),
				this.keys.authorizedKeysLine(key), this.rotations.underWay().map(RotationAnswer::of).orElse(null));
	}

	@PostMapping("/rotate")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Make a new management key and move every node to it")
	ManagementKeyAnswer rotate() {
		this.rotations.start();
		return get();
	}

	/**
	 * The public half of the newest.
	 *
	 * @param rotation the one that is under way, or null
	 */
	record ManagementKeyAnswer(String publicKey, String fingerprint, String algorithm, String authorizedKeysLine,
			@Nullable RotationAnswer rotation) {

	}

}
