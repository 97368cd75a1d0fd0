package io.latchkey.api.managementkey;

import io.latchkey.openssh.PublicKey;
import io.latchkey.transport.ManagementKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/management-key")
@Tag(name = "Management key", description = "Latchkey's own key")
class ManagementKeyController {

	private final ManagementKeys keys;

	ManagementKeyController(ManagementKeys keys) {
		this.keys = keys;
	}

	@GetMapping
	@Operation(summary = "What to put on a node for KEY_INSTALLED")
	ManagementKeyAnswer get() {
		PublicKey key = this.keys.publicKey();
		return new ManagementKeyAnswer(key.render(), key.fingerprint().value(), key.algorithm(),
				this.keys.authorizedKeysLine());
	}

	/**
	 * The public half.
	 */
	record ManagementKeyAnswer(String publicKey, String fingerprint, String algorithm, String authorizedKeysLine) {

	}

}
