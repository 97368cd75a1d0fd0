package io.latchkey.api.nodes;

import io.latchkey.diagnosis.Doctor;
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

	DiagnosisController(Doctor doctor) {
		this.doctor = doctor;
	}

	@PostMapping
	@Operation(summary = "Find out why an identity, or everybody, cannot log in to an account; changes nothing")
	DiagnosisAnswer diagnose(@PathVariable String name, @RequestParam String account,
			@RequestParam(required = false) @Nullable String identity) {
		return DiagnosisAnswer.of(this.doctor.diagnose(name, account, identity));
	}

}
