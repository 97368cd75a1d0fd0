package io.latchkey.pages.enrolment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.Candidate;
import io.latchkey.enrolment.Candidates;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.inventory.NodeId;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.registration.Registrations;
import io.latchkey.ssh.Secret;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The nodes that are not enrolled yet: their host keys asked for and confirmed, then
 * Latchkey let in, on many at a time.
 */
@Controller
class CandidateController {

	private static final int MOST_ROWS = 500;

	private static final String PAGE = "redirect:/enrolment";

	private final Candidates candidates;

	private final ManagementKeys managementKeys;

	private final Registrations registrations;

	CandidateController(Candidates candidates, Registrations registrations, ManagementKeys managementKeys) {
		this.candidates = candidates;
		this.registrations = registrations;
		this.managementKeys = managementKeys;
	}

	@GetMapping("/enrolment")
	String list(Input input, Model model) {
		Form.in(model, Map.of("method", Enrolment.Method.KEY_INSTALLED.name()));
		List<Candidate> all = this.candidates.all();
		model.addAttribute("candidates", all.stream().limit(MOST_ROWS).toList());
		model.addAttribute("more", Math.max(0, all.size() - MOST_ROWS));
		model.addAttribute("line", this.managementKeys.authorizedKeysLine());
		count(all, model);
		model.addAttribute("asked", Math.max(0, input.number("asked")));
		model.addAttribute("waiting", this.registrations.countWaiting());
		return "enrolment/list";
	}

	/** Asked for again while nodes are talked to; at the end the page is loaded anew. */
	@GetMapping("/enrolment/progress")
	String progress(Model model, HttpServletResponse response) {
		List<Candidate> all = this.candidates.all();
		count(all, model);
		if (all.stream().noneMatch(Candidate::underWay)) {
			response.setHeader("HX-Refresh", "true");
		}
		return "enrolment/list :: progress";
	}

	private static void count(List<Candidate> all, Model model) {
		model.addAttribute("total", all.size());
		model.addAttribute("underWay", all.stream().filter(Candidate::underWay).count());
		model.addAttribute("pinned", all.stream().filter(Candidate::isPinned).count());
		model.addAttribute("shown", all.stream().filter((candidate) -> !candidate.unconfirmed().isEmpty()).count());
	}

	@PostMapping("/enrolment/scan")
	String scan() {
		List<NodeId> unpinned = this.candidates.all()
			.stream()
			.filter((candidate) -> !candidate.isPinned())
			.map((candidate) -> candidate.node().id())
			.toList();
		this.candidates.scan(unpinned);
		return PAGE;
	}

	@PostMapping("/enrolment/confirm")
	String confirm(@RequestParam(name = "node", required = false) List<String> names) {
		if (names != null) {
			this.candidates.confirm(names);
		}
		return PAGE;
	}

	/** Either by a list, or by a first login: each has a form on the page. */
	@PostMapping("/enrolment")
	String advance(Input input) {
		if (input.text("list") != null || input.isTicked("compare")) {
			if (this.candidates.confirmAgainst(input.word("list")) == 0) {
				throw new InvalidInputException(Fault.of("list", "host-keys.no-match"));
			}
		}
		else {
			int asked = this.candidates.enrolAll(new Enrolment(secret(input), input.text("account"), null));
			if (asked == 0) {
				throw new InvalidInputException(Fault.of("method", "host-keys.none-pinned"));
			}
			return PAGE + "?asked=" + asked;
		}
		return PAGE;
	}

	private static Secret secret(Input input) {
		return switch (input.choice("method", Enrolment.Method.class)) {
			case PASSWORD -> new Secret.Password(input.raw("password").toCharArray());
			case PRIVATE_KEY -> new Secret.PrivateKey(input.raw("privateKey").getBytes(StandardCharsets.UTF_8),
					input.raw("passphrase").getBytes(StandardCharsets.UTF_8));
			case KEY_INSTALLED -> new Secret.ManagementKey();
		};
	}

}
