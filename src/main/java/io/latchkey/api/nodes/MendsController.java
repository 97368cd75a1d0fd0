package io.latchkey.api.nodes;

import java.util.List;
import java.util.Objects;

import io.latchkey.diagnosis.KeptDiagnoses;
import io.latchkey.diagnosis.Mend;
import io.latchkey.diagnosis.Mends;
import io.latchkey.inventory.Nodes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What was found of logins that fail, and what Latchkey puts right about it.
 */
@RestController
@RequestMapping("/api/v1/nodes/{name}/diagnosis")
@Tag(name = "Nodes")
class MendsController {

	private final Mends mends;

	private final KeptDiagnoses kept;

	private final Nodes nodes;

	MendsController(Mends mends, KeptDiagnoses kept, Nodes nodes) {
		this.mends = mends;
		this.kept = kept;
		this.nodes = nodes;
	}

	@GetMapping
	@Operation(summary = "What the last diagnosis of each account came to, newest first; of at most 50 accounts")
	List<KeptDiagnosisAnswer> list(@PathVariable String name) {
		return this.kept.of(this.nodes.idOf(name)).stream().map(KeptDiagnosisAnswer::of).toList();
	}

	@GetMapping("/mends")
	@Operation(summary = "What Latchkey has mended there, newest first; at most 100")
	List<MendAnswer> listMends(@PathVariable String name) {
		return this.mends.of(this.nodes.idOf(name)).stream().map(MendAnswer::of).toList();
	}

	@PostMapping(path = "/mends", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(
			summary = "Do what a diagnosis has shown in mend, named by its digest, check the node, and diagnose anew")
	MendOutcomeAnswer mend(@PathVariable String name, @RequestBody MendRequest body) {
		MendRequest checked = body.checked();
		return MendOutcomeAnswer.of(this.mends.apply(name, Objects.requireNonNull(checked.account()),
				checked.identity(), Objects.requireNonNull(checked.digest())));
	}

	@PostMapping("/mends/{id}/undo")
	@Operation(summary = "Put back just what was there before, where nothing else has changed it, and diagnose anew")
	MendOutcomeAnswer undo(@PathVariable String name, @PathVariable String id) {
		return MendOutcomeAnswer.of(this.mends.undo(name, Mend.parseId(id)));
	}

}
