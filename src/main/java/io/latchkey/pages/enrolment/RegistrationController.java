package io.latchkey.pages.enrolment;

import java.util.List;
import java.util.Map;

import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.registration.Registration;
import io.latchkey.registration.Registrations;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The nodes that registered themselves and wait for somebody.
 */
@Controller
class RegistrationController {

	private static final String PAGE = "/enrolment/registrations";

	private static final int MOST_ROWS = 100;

	private final Registrations registrations;

	RegistrationController(Registrations registrations) {
		this.registrations = registrations;
	}

	@GetMapping(PAGE)
	String list(Model model) {
		Form.in(model, Map.of());
		List<Registration> waiting = this.registrations.list(Registration.State.WAITING);
		model.addAttribute("waiting", waiting.stream().limit(MOST_ROWS).toList());
		model.addAttribute("former", this.registrations.formerOf(waiting));
		model.addAttribute("more", Math.max(0, waiting.size() - MOST_ROWS));
		model.addAttribute("refused",
				this.registrations.list(Registration.State.REFUSED).stream().limit(MOST_ROWS).toList());
		return "enrolment/registrations";
	}

	/** Each button names what is done, and its registration. */
	@PostMapping(PAGE)
	String decide(Input input) {
		if (input.isTicked("approve")) {
			return "redirect:" + Links.node(this.registrations.approve(input.number("approve")).said().name());
		}
		this.registrations.refuse(input.number("refuse"));
		return "redirect:" + PAGE;
	}

}
