package io.latchkey.api.tokens;

import java.util.List;
import java.util.Locale;

import io.latchkey.api.answer.Created;
import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.core.Faults;
import io.latchkey.core.NotFoundException;
import io.latchkey.security.ApiToken;
import io.latchkey.security.ApiTokens;
import io.latchkey.security.IssuedToken;
import io.latchkey.users.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

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
@RequestMapping(TokensController.PATH)
@Tag(name = "Tokens", description = "What callers of this API show")
class TokensController {

	static final String PATH = "/api/v1/tokens";

	private final ApiTokens tokens;

	TokensController(ApiTokens tokens) {
		this.tokens = tokens;
	}

	@GetMapping
	@Operation(summary = "List tokens, without their secrets")
	ListAnswer<TokenAnswer> list(ListQuery query) {
		String search = query.search();
		List<ApiToken> found = this.tokens.list()
			.stream()
			.filter((token) -> search == null
					|| token.name().toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT)))
			.toList();
		return ListAnswer.of(query.of(found), TokenAnswer::of);
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Make a token; its text is shown this once")
	ResponseEntity<TokenAnswer> issue(@RequestBody TokenRequest body) {
		Faults faults = new Faults();
		String name = faults.required("name", body.name(), "");
		Role role = faults.required("role", body.role(), Role.AUDITOR);
		faults.check();
		IssuedToken issued = this.tokens.issue(name, role, body.expiresAt());
		return Created.at(PATH, issued.token().id(), TokenAnswer.of(issued));
	}

	@GetMapping("/{id}")
	@Operation(summary = "Get a token, without its secret")
	TokenAnswer get(@PathVariable String id) {
		return this.tokens.list()
			.stream()
			.filter((token) -> token.id().equals(id))
			.findFirst()
			.map(TokenAnswer::of)
			.orElseThrow(() -> new NotFoundException("token", id));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a token; it lets nobody in from then on")
	void delete(@PathVariable String id) {
		this.tokens.delete(id);
	}

}
