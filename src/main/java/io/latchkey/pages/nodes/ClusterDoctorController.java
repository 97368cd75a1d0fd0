package io.latchkey.pages.nodes;

import java.util.Map;

import io.latchkey.diagnosis.ClusterDiagnosis;
import io.latchkey.diagnosis.ClusterDoctor;
import io.latchkey.inventory.Clusters;
import io.latchkey.pages.Form;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The page that says of each node of a cluster what keeps people out.
 */
@Controller
class ClusterDoctorController {

	private static final String VIEW = "nodes/cluster-doctor";

	private final Clusters clusters;

	private final ClusterDoctor doctor;

	ClusterDoctorController(Clusters clusters, ClusterDoctor doctor) {
		this.clusters = clusters;
		this.doctor = doctor;
	}

	/** Asks only: it is looked when the form is sent. */
	@GetMapping("/clusters/{name}/doctor")
	String show(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		model.addAttribute("cluster", this.clusters.get(name));
		return VIEW;
	}

	@PostMapping("/clusters/{name}/doctor")
	String diagnose(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		ClusterDiagnosis found = this.doctor.diagnose(name);
		model.addAttribute("cluster", this.clusters.get(name));
		model.addAttribute("found", found);
		model.addAttribute("seconds", "%.1f".formatted(found.took().toMillis() / 1000.0));
		return VIEW;
	}

}
