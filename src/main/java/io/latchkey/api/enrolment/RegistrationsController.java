package io.latchkey.api.enrolment;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.inventory.FormerHostKeys;
import io.latchkey.registration.Registration;
import io.latchkey.registration.Registrations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/enrolment/registrations")
@Tag(name = "Enrolment")
class RegistrationsController {

	private final Registrations registrations;

	RegistrationsController(Registrations registrations) {
		this.registrations = registrations;
	}

	@GetMapping
	@Operation(summary = "The nodes that registered themselves, the newest first")
	ListAnswer<RegisteredAnswer> list(@RequestParam(defaultValue = "WAITING") Registration.State state,
			ListQuery query) {
		List<Registration> registrations = this.registrations.list(state);
		Map<Long, List<FormerHostKeys>> former = this.registrations.formerOf(registrations);
		return ListAnswer.of(query.of(registrations),
				(each) -> RegisteredAnswer.of(each, former.getOrDefault(each.id(), List.of())));
	}

	@PostMapping("/{id}/approve")
	@Operation(summary = "Make a node of a registration that waits, with the host keys that it sent")
	RegisteredAnswer approve(@PathVariable long id) {
		return RegisteredAnswer.of(this.registrations.approve(id), List.of());
	}

	@PostMapping("/{id}/refuse")
	@Operation(summary = "Refuse a registration that waits")
	RegisteredAnswer refuse(@PathVariable long id) {
		return RegisteredAnswer.of(this.registrations.refuse(id), List.of());
	}

	/**
	 * What a node said of itself, and what became of it.
	 *
	 * @param proved whether it has signed with the host keys
	 * @param formerHostKeys by which other host keys its name or address was known before
	 * @param cameFrom the address that it was said from
	 */
	record RegisteredAnswer(long id, Registration.State state, String name, String address, int port,
			List<String> hostKeys, boolean proved, List<FormerAnswer> formerHostKeys, String cameFrom, String tokenId,
			Instant registeredAt, @Nullable Instant decidedAt, @Nullable String decidedBy) {

		static RegisteredAnswer of(Registration registration, List<FormerHostKeys> former) {
			return new RegisteredAnswer(registration.id(), registration.state(), registration.said().name(),
					registration.said().address(), registration.said().port(),
					registration.said().hostKeys().stream().map((key) -> key.key().fingerprint().value()).toList(),
					registration.said().proved(), FormerAnswer.of(former), registration.said().cameFrom(),
					registration.tokenId(), registration.registeredAt(), registration.decidedAt(),
					registration.decidedBy());
		}

	}

}
