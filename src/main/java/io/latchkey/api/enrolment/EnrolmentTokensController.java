package io.latchkey.api.enrolment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.latchkey.api.answer.Created;
import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.registration.EnrolmentScript;
import io.latchkey.registration.EnrolmentTokens;
import io.latchkey.registration.MadeEnrolmentToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

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
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@RequestMapping(EnrolmentTokensController.PATH)
@Tag(name = "Enrolment")
class EnrolmentTokensController {

	static final String PATH = "/api/v1/enrolment/tokens";

	private final EnrolmentTokens tokens;

	private final EnrolmentScript script;

	private final Clock clock;

	EnrolmentTokensController(EnrolmentTokens tokens, EnrolmentScript script, Clock clock) {
		this.tokens = tokens;
		this.script = script;
		this.clock = clock;
	}

	@GetMapping
	@Operation(summary = "List enrolment tokens, the newest first, without their texts")
	ListAnswer<EnrolmentTokenAnswer> list(ListQuery query) {
		Instant now = this.clock.instant();
		return ListAnswer.of(query.of(this.tokens.list()), (token) -> EnrolmentTokenAnswer.of(token, now));
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Make a token with which nodes register themselves; its text and the commands are shown "
			+ "this once")
	ResponseEntity<EnrolmentTokenAnswer> make(@RequestBody EnrolmentTokenRequest body, HttpServletRequest request) {
		MadeEnrolmentToken made = this.tokens.make(body.toDraft(this.clock));
		List<String> commands = this.script
			.commands(ServletUriComponentsBuilder.fromContextPath(request).build().toUri());
		return Created.at(PATH, made.token().id(), EnrolmentTokenAnswer.of(made, this.clock.instant(), commands));
	}

	@GetMapping("/{id}")
	@Operation(summary = "Get an enrolment token, without its text")
	EnrolmentTokenAnswer get(@PathVariable String id) {
		return EnrolmentTokenAnswer.of(this.tokens.get(id), this.clock.instant());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "End an enrolment token; nobody registers with it from then on")
	void end(@PathVariable String id) {
		this.tokens.end(id);
	}

}
