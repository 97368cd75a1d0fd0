package io.latchkey.pages.nodes;

import java.util.HashMap;
import java.util.Map;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.diagnosis.ClientDoctor;
import io.latchkey.diagnosis.Diagnosis;
import io.latchkey.diagnosis.Doctor;
import io.latchkey.diagnosis.KeptDiagnoses;
import io.latchkey.diagnosis.Mend;
import io.latchkey.diagnosis.MendOutcome;
import io.latchkey.diagnosis.MendOutdatedException;
import io.latchkey.diagnosis.Mends;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Texts;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What Latchkey mends on a node when somebody has seen it and says so, what it has
 * mended, and the way back.
 */
@Controller
class MendController {

	private static final String DOCTOR = "nodes/doctor";

	private final Mends mends;

	private final Doctor doctor;

	private final KeptDiagnoses kept;

	private final Nodes nodes;

	private final Texts texts;

	MendController(Mends mends, Doctor doctor, KeptDiagnoses kept, Nodes nodes, Texts texts) {
		this.mends = mends;
		this.doctor = doctor;
		this.kept = kept;
		this.nodes = nodes;
		this.texts = texts;
	}

	/** As the page of the doctor has it, which is shown anew. */
	@ModelAttribute("mostClientLog")
	int mostClientLog() {
		return ClientDoctor.MOST_KIB;
	}

	/** Where the form leads that was refused. */
	@GetMapping("/doctor/mend")
	String ask(@RequestParam Map<String, String> asked, Model model) {
		Form.in(model, asked);
		return DOCTOR;
	}

	@PostMapping("/doctor/mend")
	String mend(Input input, Model model) {
		String node = input.word("node");
		String account = input.word("account");
		String identity = input.text("identity");
		try {
			show(this.mends.apply(node, account, identity, input.word("digest")), model);
		}
		catch (MendOutdatedException ex) {
			model.addAttribute("outdated", this.texts.of("page.mend.outdated", node));
			show(this.doctor.diagnose(node, account, identity), model);
		}
		return DOCTOR;
	}

	@GetMapping("/nodes/{name}/diagnosis")
	String list(@PathVariable String name, Model model) {
		Node node = this.nodes.get(name);
		Form.in(model, Map.of());
		model.addAttribute("node", node);
		model.addAttribute("kept", this.kept.of(node.id()));
		model.addAttribute("mends", this.mends.of(node.id()));
		return "nodes/mends";
	}

	@GetMapping("/nodes/{name}/mends/{id}/undo")
	String undone(@PathVariable String name, @PathVariable String id, Model model, RedirectAttributes after) {
		after.addFlashAttribute("form", Form.in(model, Map.of()));
		return "redirect:" + Links.node(name) + "/diagnosis";
	}

	@PostMapping("/nodes/{name}/mends/{id}/undo")
	String undo(@PathVariable String name, @PathVariable String id, Model model) {
		try {
			show(this.mends.undo(name, Mend.parseId(id)), model);
		}
		catch (MendOutdatedException ex) {
			throw new InvalidInputException(Fault.of("", "mend.outdated"));
		}
		return DOCTOR;
	}

	private static void show(MendOutcome outcome, Model model) {
		model.addAttribute("mended", outcome.mend());
		show(outcome.diagnosis(), model);
	}

	private static void show(Diagnosis diagnosis, Model model) {
		model.addAttribute("diagnosis", diagnosis);
		Map<String, String> values = new HashMap<>();
		values.put("node", diagnosis.node());
		values.put("account", diagnosis.account());
		if (diagnosis.identity() != null) {
			values.put("identity", diagnosis.identity());
		}
		Form.in(model, values);
	}

}
