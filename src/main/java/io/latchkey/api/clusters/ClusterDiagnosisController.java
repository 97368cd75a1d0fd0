package io.latchkey.api.clusters;

import io.latchkey.diagnosis.ClusterDoctor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Why people cannot log in to the nodes of a cluster.
 */
@RestController
@RequestMapping("/api/v1/clusters/{name}/diagnosis")
@Tag(name = "Clusters")
class ClusterDiagnosisController {

	private final ClusterDoctor doctor;

	ClusterDiagnosisController(ClusterDoctor doctor) {
		this.doctor = doctor;
	}

	@PostMapping
	@Operation(
			summary = "Say of each node in one sentence what keeps people out; changes nothing, and answers within two minutes")
	ClusterDiagnosisAnswer diagnose(@PathVariable String name) {
		return ClusterDiagnosisAnswer.of(this.doctor.diagnose(name));
	}

}
