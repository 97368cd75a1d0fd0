package io.latchkey.pages.nodes;

import java.util.HashMap;
import java.util.Map;

import io.latchkey.diagnosis.ClientDiagnosis;
import io.latchkey.diagnosis.ClientDoctor;
import io.latchkey.diagnosis.Diagnosis;
import io.latchkey.diagnosis.Doctor;
import io.latchkey.diagnosis.NodeDoctor;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page that says why somebody cannot log in. What is shown is as it is now, and kept
 * nowhere.
 */
@Controller
class DoctorController {

	private static final String VIEW = "nodes/doctor";

	private final Doctor doctor;

	private final NodeDoctor nodeDoctor;

	private final ClientDoctor clientDoctor;

	DoctorController(Doctor doctor, NodeDoctor nodeDoctor, ClientDoctor clientDoctor) {
		this.doctor = doctor;
		this.nodeDoctor = nodeDoctor;
		this.clientDoctor = clientDoctor;
	}

	@ModelAttribute("mostClientLog")
	int mostClientLog() {
		return ClientDoctor.MOST_KIB;
	}

	/** Asks only: it is looked when the form is sent. */
	@GetMapping("/doctor")
	String show(@RequestParam Map<String, String> asked, Model model) {
		Form.in(model, known(asked.get("node"), asked.get("account"), asked.get("identity")));
		return VIEW;
	}

	@PostMapping("/doctor")
	String diagnose(Input input, Model model) {
		if (input.isTicked("clientLog")) {
			return diagnoseClient(input, model);
		}
		String identity = input.text("identity");
		if (input.text("account") == null && identity == null) {
			return diagnoseAll(input.word("node"), model);
		}
		Diagnosis diagnosis = this.doctor.diagnose(input.word("node"), input.word("account"), identity);
		model.addAttribute("diagnosis", diagnosis);
		Form.in(model, known(diagnosis.node(), diagnosis.account(), identity));
		return VIEW;
	}

	/** No node is asked. What was pasted does not come back. */
	private String diagnoseClient(Input input, Model model) {
		String node = input.text("clientNode");
		String account = input.text("clientAccount");
		ClientDiagnosis said = this.clientDoctor.diagnose(input.raw("clientLog"), node, account);
		model.addAttribute("said", said);
		Map<String, String> values = known(said.node(), said.account(), null);
		values.put("clientNode", input.word("clientNode"));
		values.put("clientAccount", input.word("clientAccount"));
		Form.in(model, values);
		return VIEW;
	}

	/** Without an account and an identity: all that Latchkey serves there. */
	private String diagnoseAll(String node, Model model) {
		model.addAttribute("whole", this.nodeDoctor.diagnose(node));
		Form.in(model, known(node, null, null));
		return VIEW;
	}

	private static Map<String, String> known(@Nullable String node, @Nullable String account,
			@Nullable String identity) {
		Map<String, String> values = new HashMap<>();
		if (node != null) {
			values.put("node", node);
		}
		if (account != null) {
			values.put("account", account);
		}
		if (identity != null) {
			values.put("identity", identity);
		}
		return values;
	}

}
