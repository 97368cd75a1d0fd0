package io.latchkey.api.nodes;

import io.latchkey.diagnosis.Doctor;
import io.latchkey.diagnosis.NodeDoctor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Why somebody cannot log in.
 */
@RestController
@RequestMapping("/api/v1/nodes/{name}/diagnosis")
@Tag(name = "Nodes")
class DiagnosisController {

	private final Doctor doctor;

	private final NodeDoctor nodeDoctor;

	DiagnosisController(Doctor doctor, NodeDoctor nodeDoctor) {
		this.doctor = doctor;
		this.nodeDoctor = nodeDoctor;
	}

	@PostMapping
	@Operation(summary = "Find out why an identity, or everybody, cannot log in to an account; changes nothing")
	DiagnosisAnswer diagnose(@PathVariable String name, @RequestParam String account,
			@RequestParam(required = false) @Nullable String identity) {
		return DiagnosisAnswer.of(this.doctor.diagnose(name, account, identity));
	}

	@PostMapping("/accounts")
	@Operation(summary = "The same for each account to which something is granted there, whoever logs in")
	NodeDiagnosisAnswer diagnoseAll(@PathVariable String name) {
		return NodeDiagnosisAnswer.of(this.nodeDoctor.diagnose(name));
	}

}
