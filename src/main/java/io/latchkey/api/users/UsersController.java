package io.latchkey.api.users;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.latchkey.api.answer.Created;
import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.body.JsonBody;
import io.latchkey.api.body.JsonBodyConverter;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Precondition;
import io.latchkey.core.PublicAddress;
import io.latchkey.users.Invitations;
import io.latchkey.users.User;
import io.latchkey.users.Users;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@RequestMapping(UsersController.PATH)
@Tag(name = "Users", description = "The people who sign in")
class UsersController {

	static final String PATH = "/api/v1/users";

	private final Users users;

	private final Invitations invitations;

	private final PublicAddress address;

	UsersController(Users users, Invitations invitations, PublicAddress address) {
		this.users = users;
		this.invitations = invitations;
		this.address = address;
	}

	@GetMapping
	@Operation(summary = "List users")
	ListAnswer<UserAnswer> list(ListQuery query) {
		String search = query.search();
		List<User> found = this.users.list()
			.stream()
			.filter((user) -> search == null || user.username().contains(search.toLowerCase(Locale.ROOT)))
			.toList();
		return ListAnswer.of(query.of(found), UserAnswer::of);
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Invite a user; the link by which they choose their password is shown this once")
	ResponseEntity<UserAnswer> invite(@RequestBody UserRequest body, HttpServletRequest request) {
		UserAnswer invited = UserAnswer.of(this.users.invite(body.toDraft()), base(request));
		return Created.at(PATH, invited.username(), invited);
	}

	@GetMapping("/{name}")
	@Operation(summary = "Get a user")
	UserAnswer get(@PathVariable String name) {
		return UserAnswer.of(this.users.get(name));
	}

	@PatchMapping(path = "/{name}", consumes = { JsonBodyConverter.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE })
	@Operation(summary = "Change some of a user, which ends their sessions",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
					content = @Content(schema = @Schema(implementation = UserRequest.class))))
	UserAnswer patch(@PathVariable String name, @RequestBody JsonBody body, Precondition precondition) {
		User current = this.users.get(name);
		precondition.check(Optional.of(current.version()));
		UserRequest request = body.patching(UserRequest.of(current), UserAnswer.of(current)).named(name);
		return UserAnswer.of(this.users.change(request.toDraft(), current.version()));
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a user, which ends their sessions; not the last admin")
	void delete(@PathVariable String name, Precondition precondition) {
		precondition.checkIfPresent(this.users.find(name).map(User::version));
		this.users.delete(name);
	}

	@PostMapping("/{name}/disable")
	@Operation(summary = "Let a user sign in no more, and end their sessions; not the last admin")
	UserAnswer disable(@PathVariable String name) {
		return UserAnswer.of(this.users.disable(name));
	}

	@PostMapping("/{name}/enable")
	@Operation(summary = "Let a user sign in again")
	UserAnswer enable(@PathVariable String name) {
		return UserAnswer.of(this.users.enable(name));
	}

	@PostMapping("/{name}/invitation")
	@Operation(summary = "Make another link in place of the one there is, by which a user chooses a password; it is "
			+ "shown this once")
	UserAnswer inviteAgain(@PathVariable String name, HttpServletRequest request) {
		return UserAnswer.of(this.invitations.renew(name), base(request));
	}

	@DeleteMapping("/{name}/invitation")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "End the link by which a user chooses a password")
	void withdraw(@PathVariable String name) {
		this.users.get(name);
		this.invitations.withdraw(name);
	}

	private URI base(HttpServletRequest request) {
		return this.address.or(ServletUriComponentsBuilder.fromContextPath(request).build().toUri());
	}

}
