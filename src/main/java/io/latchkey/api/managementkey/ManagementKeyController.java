package io.latchkey.api.managementkey;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.latchkey.api.body.MalformedRequestException;
import io.latchkey.api.query.Parameter;
import io.latchkey.core.Fault;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.managementkeys.KeyRotations;
import io.latchkey.managementkeys.ManagementKey.Holder;
import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.managementkeys.NextKey;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.ManagementKeyAgent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/management-key")
@Tag(name = "Management key", description = "Latchkey's own key")
class ManagementKeyController {

	private final ManagementKeys keys;

	private final ManagementKeyAgent agent;

	private final KeyRotations rotations;

	ManagementKeyController(ManagementKeys keys, ManagementKeyAgent agent, KeyRotations rotations) {
		this.keys = keys;
		this.agent = agent;
		this.rotations = rotations;
	}

	@GetMapping
	@Operation(summary = "What to put on a node for KEY_INSTALLED, and how far a rotation has come")
	ManagementKeyAnswer get() {
		ManagementKey newest = this.keys.all().get(0);
		PublicKey key = newest.publicKey();
		return new ManagementKeyAnswer(key.render(), key.fingerprint().value(), key.algorithm(),
				this.keys.authorizedKeysLine(key), newest.holder(),
				this.keys.newest().stream().map(this::keyAnswer).toList(),
				this.agent.socket().map((socket) -> AgentAnswer.of(socket, this.agent)).orElse(null),
				this.rotations.underWay().map(RotationAnswer::of).orElse(null));
	}

	private KeyAnswer keyAnswer(ManagementKey key) {
		return new KeyAnswer(key.kind(), key.publicKey().render(), key.fingerprint().value(),
				key.publicKey().algorithm(), this.keys.authorizedKeysLine(key.publicKey()), key.holder());
	}

	@PostMapping("/rotate")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Move every node to another management key: one that is made, or one that the SSH agent holds",
			description = "holder is LATCHKEY or AGENT; without it, the agent's where an agent is set up. "
					+ "fingerprint names the agent's key where it holds several.")
	ManagementKeyAnswer rotate(@RequestParam(required = false) @Nullable String holder,
			@RequestParam(required = false) @Nullable String fingerprint) {
		Holder next = Parameter.choice("holder", holder, Holder.class);
		Fingerprint key = Parameter.read("fingerprint", fingerprint, Fingerprint::parse, "fingerprint.malformed");
		if (key != null && next == Holder.LATCHKEY) {
			throw new MalformedRequestException(Fault.of("fingerprint", "management-key.made"));
		}
		if (next == null && key == null) {
			this.rotations.start();
		}
		else {
			this.rotations.start(new NextKey((next != null) ? next : Holder.AGENT, key));
		}
		return get();
	}

	/**
	 * The public half of the newest usual one.
	 *
	 * @param holder who has the private half
	 * @param keys the newest of each kind that a node has needed so far, the usual one
	 * first
	 * @param agent the one that is set up, or null
	 * @param rotation the one that is under way, or null
	 */
	record ManagementKeyAnswer(String publicKey, String fingerprint, String algorithm, String authorizedKeysLine,
			Holder holder, List<KeyAnswer> keys, @Nullable AgentAnswer agent, @Nullable RotationAnswer rotation) {

	}

	/**
	 * One of them.
	 *
	 * @param kind which nodes name as their managementKey
	 */
	record KeyAnswer(ManagementKeyKind kind, String publicKey, String fingerprint, String algorithm,
			String authorizedKeysLine, Holder holder) {

	}

	/**
	 * An SSH agent.
	 *
	 * @param problem why it does not serve, as last known; null when it does
	 * @param since since when it does not
	 */
	record AgentAnswer(String socket, @Nullable String problem, @Nullable Instant since) {

		static AgentAnswer of(Path socket, ManagementKeyAgent agent) {
			ManagementKeyAgent.Trouble trouble = agent.trouble().orElse(null);
			return (trouble == null) ? new AgentAnswer(socket.toString(), null, null)
					: new AgentAnswer(socket.toString(), trouble.failure().getMessage(), trouble.since());
		}

	}

}
