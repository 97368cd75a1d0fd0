package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;

import io.latchkey.core.NotFoundException;
import io.latchkey.diagnosis.DebugTries;
import io.latchkey.diagnosis.DebugTry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A second sshd for one try of a login.
 */
@RestController
@RequestMapping("/api/v1/nodes/{name}/debug-sshd")
@Tag(name = "Nodes")
class DebugSshdApiController {

	private final DebugTries tries;

	DebugSshdApiController(DebugTries tries) {
		this.tries = tries;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Start a second sshd on the node that takes one login and says all that it does",
			description = "It has the configuration of the one that listens and a free port of its own, and lets "
					+ "nothing be done by the login. It ends with the login, when it is stopped, and after 60 seconds "
					+ "at the latest, whatever becomes of Latchkey or the connection.")
	DebugSshdAnswer start(@PathVariable String name) {
		return DebugSshdAnswer.of(this.tries.start(name));
	}

	@GetMapping
	@Operation(summary = "What the last one said, for 15 minutes",
			description = "Only the instance of Latchkey that started it knows. Values that may be secrets are left out.")
	DebugSshdAnswer get(@PathVariable String name) {
		return this.tries.of(name)
			.map(DebugSshdAnswer::of)
			.orElseThrow(() -> new NotFoundException("debug sshd", name));
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "End it")
	void stop(@PathVariable String name) {
		this.tries.stop(name);
	}

	/**
	 * A second sshd.
	 *
	 * @param command with what to try
	 * @param left how many lines are left out before the first
	 */
	@Schema(name = "DebugSshd")
	record DebugSshdAnswer(String node, int port, String command, Instant startedAt, Instant endsAt, boolean running,
			List<String> log, int left) {

		static DebugSshdAnswer of(DebugTry tried) {
			return new DebugSshdAnswer(tried.node(), tried.port(), tried.command(), tried.startedAt(), tried.endsAt(),
					tried.running(), tried.lines(), tried.left());
		}

	}

}
