package io.latchkey.pages.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.latchkey.core.NotFoundException;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Question;
import io.latchkey.pages.Texts;
import io.latchkey.security.ApiToken;
import io.latchkey.security.ApiTokens;
import io.latchkey.security.IssuedToken;
import io.latchkey.users.Role;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The tokens of the API; for administrators alone.
 */
@Controller
class TokenController {

	private static final String PAGE = "/settings/tokens";

	private static final List<Choice> ROLES = Stream.of(Role.ADMIN, Role.OPERATOR, Role.AUDITOR)
		.map((role) -> new Choice(role.name(), "page.role." + role.name()))
		.toList();

	private final ApiTokens tokens;

	private final Texts texts;

	TokenController(ApiTokens tokens, Texts texts) {
		this.tokens = tokens;
		this.texts = texts;
	}

	@GetMapping(PAGE)
	String list(Model model) {
		Form.in(model, Map.of("role", Role.OPERATOR.name()));
		model.addAttribute("roles", ROLES);
		model.addAttribute("tokens", this.tokens.list());
		return "settings/tokens";
	}

	/** The text of the token is shown by the next page, and by no other. */
	@PostMapping(PAGE)
	String issue(Input input, RedirectAttributes redirect) {
		IssuedToken issued = this.tokens.issue(input.word("name"), input.choice("role", Role.class),
				input.instant("expiresAt"));
		redirect.addFlashAttribute("issued", issued);
		return "redirect:" + PAGE;
	}

	@GetMapping(PAGE + "/{id}/delete")
	String askToDelete(@PathVariable String id, Model model) {
		Form.in(model, Map.of());
		ApiToken token = this.tokens.list()
			.stream()
			.filter((each) -> each.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new NotFoundException("token", id));
		model.addAttribute("question",
				new Question(this.texts.of("page.token.delete.title", token.name()),
						List.of(this.texts.of("page.token.delete.consequence")), this.texts.of("page.delete"), null,
						PAGE, "settings"));
		return Question.VIEW;
	}

	@PostMapping(PAGE + "/{id}/delete")
	String delete(@PathVariable String id) {
		this.tokens.delete(id);
		return "redirect:" + PAGE;
	}

}
