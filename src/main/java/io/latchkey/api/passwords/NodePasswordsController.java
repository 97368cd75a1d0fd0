package io.latchkey.api.passwords;

import java.util.Objects;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Nodes;
import io.latchkey.passwords.PasswordChange;
import io.latchkey.passwords.PasswordSwitches;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Logins by password on one node.
 */
@RestController
@RequestMapping("/api/v1/nodes/{name}/password-login")
@Tag(name = "Nodes")
class NodePasswordsController {

	private final Nodes nodes;

	private final PasswordSwitches switches;

	NodePasswordsController(Nodes nodes, PasswordSwitches switches) {
		this.nodes = nodes;
		this.switches = switches;
	}

	@GetMapping
	@Operation(summary = "Whether sshd lets in by password, as last seen, and what was decided")
	PasswordLoginAnswer get(@PathVariable String name) {
		return this.switches.of(this.nodes.idOf(name))
			.map((login) -> PasswordLoginAnswer.of(name, login))
			.orElseGet(() -> PasswordLoginAnswer.unseen(name));
	}

	@PostMapping("/look")
	@Operation(summary = "Ask the node what would follow if it no longer let in by password")
	ReadinessAnswer look(@PathVariable String name) {
		return ReadinessAnswer.of(this.switches.look(name));
	}

	@PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Switch passwords off or back, on trial, and answer when that is proved")
	PasswordLoginAnswer put(@PathVariable String name, @RequestBody PasswordLoginRequest body) {
		PasswordChange change = this.switches.decide(name, body.demand());
		if (!change.done()) {
			throw new InvalidInputException(
					Fault.of("passwords", "verbatim", Objects.requireNonNullElse(change.detail(), "")));
		}
		return get(name);
	}

}
