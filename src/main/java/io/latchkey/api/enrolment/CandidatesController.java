package io.latchkey.api.enrolment;

import java.util.List;
import java.util.Locale;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.enrolment.Candidate;
import io.latchkey.enrolment.Candidates;
import io.latchkey.imports.ImportPlan;
import io.latchkey.imports.NodeImports;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.NodeId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * How many nodes come under management at once.
 */
@RestController
@RequestMapping(path = "/api/v1/enrolment")
@Tag(name = "Enrolment", description = "Many nodes at once")
class CandidatesController {

	private final NodeImports imports;

	private final Candidates candidates;

	private final MessageSource messages;

	CandidatesController(NodeImports imports, Candidates candidates, MessageSource messages) {
		this.imports = imports;
		this.candidates = candidates;
		this.messages = messages;
	}

	@PostMapping(path = "/import/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "What would come of a list of nodes")
	ImportAnswer preview(@RequestBody ImportRequest body) {
		return answer(this.imports.plan(body.requiredText(), body.format(), body.defaults()));
	}

	@PostMapping(path = "/import", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add the nodes of a list, as previewed, and ask them for their host keys")
	ImportedAnswer carryOut(@RequestBody ImportRequest body) {
		List<NodeId> made = this.imports.carryOut(body.requiredText(), body.format(), body.defaults(),
				body.requiredDigest());
		this.candidates.scan(made);
		return new ImportedAnswer(made.size());
	}

	@GetMapping("/candidates")
	@Operation(summary = "The nodes that are not enrolled yet, and the host keys that they showed")
	List<CandidateAnswer> list() {
		return this.candidates.all().stream().map(CandidateAnswer::of).toList();
	}

	@PostMapping("/scan")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Ask all of them for their host keys")
	void scan() {
		this.candidates.scan(this.candidates.all()
			.stream()
			.filter((candidate) -> !candidate.isPinned())
			.map((candidate) -> candidate.node().id())
			.toList());
	}

	@PostMapping(path = "/confirm", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Pin, of the host keys that they showed, those that a list names")
	PinnedAnswer confirm(@RequestBody ConfirmRequest body) {
		Faults faults = new Faults();
		String list = faults.required("list", body.list(), "");
		faults.check();
		return new PinnedAnswer(this.candidates.confirmAgainst(list));
	}

	private ImportAnswer answer(ImportPlan plan) {
		return ImportAnswer.of(plan, this::text);
	}

	private String text(Fault fault) {
		return this.messages.getMessage("fault." + fault.code(), fault.arguments().toArray(), Locale.ENGLISH);
	}

	/**
	 * @param list fingerprints, or lines as of known_hosts or ssh-keyscan
	 */
	record ConfirmRequest(@Nullable String list) {

	}

	/**
	 * How many nodes were pinned.
	 */
	record PinnedAnswer(int pinned) {

	}

	/**
	 * How many nodes were added.
	 */
	record ImportedAnswer(int added) {

	}

	/**
	 * A node that is not enrolled yet.
	 */
	record CandidateAnswer(String node, List<String> pinned, List<String> shown, List<String> sameKeyAs,
			List<FormerAnswer> formerHostKeys, boolean underWay, @Nullable String failure) {

		static CandidateAnswer of(Candidate candidate) {
			return new CandidateAnswer(candidate.node().name(), fingerprints(candidate.node().hostKeys()),
					fingerprints((candidate.scan() != null) ? candidate.scan().hostKeys() : List.of()),
					candidate.twins(), FormerAnswer.of(candidate.former()), candidate.underWay(), failureOf(candidate));
		}

		private static @Nullable String failureOf(Candidate candidate) {
			return (candidate.failure() == null && candidate.scan() != null) ? candidate.scan().failure()
					: candidate.failure();
		}

		private static List<String> fingerprints(List<HostKey> keys) {
			return keys.stream().map((key) -> key.key().fingerprint().value()).toList();
		}

	}

}
