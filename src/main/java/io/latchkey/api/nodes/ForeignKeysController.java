package io.latchkey.api.nodes;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.latchkey.api.body.MalformedRequestException;
import io.latchkey.api.query.Confirmed;
import io.latchkey.api.query.Wait;
import io.latchkey.core.Fault;
import io.latchkey.delivery.Deliveries;
import io.latchkey.foreignkeys.Adoption;
import io.latchkey.foreignkeys.Adoptions;
import io.latchkey.foreignkeys.ForeignKey;
import io.latchkey.foreignkeys.ForeignKeys;
import io.latchkey.foreignkeys.Tolerations;
import io.latchkey.foreignkeys.UnwantedKeys;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Logins;
import io.latchkey.nodestate.ForeignKeyCount;
import io.latchkey.openssh.Fingerprint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.context.MessageSource;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The keys that are let in without a grant.
 */
@RestController
@RequestMapping("/api/v1/foreign-keys")
@Tag(name = "Nodes")
class ForeignKeysController {

	private static final int LARGEST_PAGE = 500;

	private static final int LAST_PAGE = Integer.MAX_VALUE / LARGEST_PAGE;

	private final ForeignKeys foreignKeys;

	private final Tolerations tolerations;

	private final UnwantedKeys unwanted;

	private final Deliveries deliveries;

	private final MessageSource messages;

	private final Adoptions adoptions;

	private final Logins logins;

	ForeignKeysController(ForeignKeys foreignKeys, Tolerations tolerations, UnwantedKeys unwanted,
			Deliveries deliveries, MessageSource messages, Adoptions adoptions, Logins logins) {
		this.foreignKeys = foreignKeys;
		this.tolerations = tolerations;
		this.unwanted = unwanted;
		this.deliveries = deliveries;
		this.messages = messages;
		this.adoptions = adoptions;
		this.logins = logins;
	}

	@GetMapping
	@Operation(summary = "The keys that are let in without a grant, over all nodes, as last observed",
			description = "A page of them, 500 where nothing else is asked for: X-Total-Count says how many there are, "
					+ "Link where the next page is. Of the places of a key the first 100 are told, and in placeCount "
					+ "how many there are.")
	ResponseEntity<List<ForeignKeyAnswer>> list(@RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "500") int size) {
		if (page < 0 || page > LAST_PAGE || size < 1 || size > LARGEST_PAGE) {
			throw new MalformedRequestException(List.of((page < 0 || page > LAST_PAGE)
					? Fault.of("page", "query.page", LAST_PAGE) : Fault.of("size", "query.size", LARGEST_PAGE)));
		}
		Page<ForeignKey> keys = this.foreignKeys.list(ForeignKeyCount.Which.ALL, PageRequest.of(page, size));
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
			.header("X-Total-Count", Long.toString(keys.getTotalElements()));
		if (keys.hasNext()) {
			answer.header(HttpHeaders.LINK,
					"</api/v1/foreign-keys?page=%d&size=%d>; rel=\"next\"".formatted(page + 1, size));
		}
		Map<Fingerprint, KeyUse> uses = this.logins
			.lastUses(keys.stream().map((key) -> key.key().fingerprint()).toList());
		return answer
			.body(keys.stream().map((key) -> ForeignKeyAnswer.of(key, uses.get(key.key().fingerprint()))).toList());
	}

	@PostMapping(path = "/adopt", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Give them to an identity, with grants for what they are let in to",
			description = "Where the identity may log in already, the keys are let in from then on as well: unless "
					+ "there is no such place it has to be confirmed, by the digest that comes with it.")
	AdoptionAnswer adopt(@RequestBody AdoptionRequest body, Confirmed confirmed, Wait wait) {
		Adoption.Outcome outcome = this.adoptions.adopt(body.toAdoption(), confirmed.digest());
		wait.with(this.deliveries::awaitAllSettled);
		return AdoptionAnswer.of(outcome, this.messages);
	}

	@PostMapping(path = "/tolerate", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Let them need nobody until a date; nothing changes on the nodes")
	void tolerate(@RequestBody TolerationRequest body) {
		body.to(this.tolerations);
	}

	@PostMapping(path = "/end-toleration", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Tolerate them no more; what goes from EXCLUSIVE nodes has to be confirmed")
	void endToleration(@RequestBody ForeignKeysRequest body, Confirmed confirmed, Wait wait) {
		this.tolerations.end(body.keys(), confirmed.digest());
		wait.with(this.deliveries::awaitAllSettled);
	}

	@PostMapping(path = "/remove", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Take them off wherever they stand; what goes has to be confirmed")
	void remove(@RequestBody ForeignKeysRequest body, Confirmed confirmed, Wait wait) {
		this.unwanted.remove(body.keys(), confirmed.digest());
		wait.with(this.deliveries::awaitAllSettled);
	}

	@PostMapping(path = "/keep", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Let them stand where they were to go and still stand")
	void keep(@RequestBody ForeignKeysRequest body) {
		this.unwanted.callOff(body.keys());
	}

	/**
	 * What came of an adoption.
	 *
	 * @param left the places for which no grant was issued, and why
	 */
	record AdoptionAnswer(String identity, List<Long> grants, List<LeftAnswer> left) {

		static AdoptionAnswer of(Adoption.Outcome outcome, MessageSource messages) {
			return new AdoptionAnswer(outcome.identity(), outcome.grants(),
					outcome.left()
						.stream()
						.map((left) -> new LeftAnswer(left.place(),
								messages.getMessage("fault." + left.why().code(), left.why().arguments().toArray(),
										Locale.ENGLISH)))
						.toList());
		}

	}

	/** A place that stays foreign. */
	record LeftAnswer(ForeignKey.Place place, String detail) {

	}

}
