package io.latchkey.api.nodes;

import io.latchkey.diagnosis.ClientDoctor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Why somebody cannot log in, by what their client says.
 */
@RestController
@RequestMapping("/api/v1/client-diagnosis")
@Tag(name = "Nodes")
class ClientDiagnosisController {

	private final ClientDoctor doctor;

	ClientDiagnosisController(ClientDoctor doctor) {
		this.doctor = doctor;
	}

	@PostMapping
	@Operation(summary = "Find out why a login failed from what the client says, such as ssh -v or PuTTY's event log",
			description = "No node is asked, and nothing of the text is kept or logged. At most 256 KiB of it are "
					+ "taken. The answer holds no more of it than the lines by which a cause is known.")
	ClientDiagnosisAnswer diagnose(@RequestBody ClientDiagnosisRequest request) {
		return ClientDiagnosisAnswer.of(this.doctor.diagnose(request.clientLog(), request.node(), request.account()));
	}

}
