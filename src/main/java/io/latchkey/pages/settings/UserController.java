package io.latchkey.pages.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.PublicAddress;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Question;
import io.latchkey.pages.Texts;
import io.latchkey.security.OwnSessions;
import io.latchkey.users.Invitation;
import io.latchkey.users.Invitations;
import io.latchkey.users.Role;
import io.latchkey.users.SecondFactors;
import io.latchkey.users.User;
import io.latchkey.users.UserDraft;
import io.latchkey.users.Users;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The users and their invitations; for administrators alone.
 */
@Controller
class UserController {

	private static final String PAGE = "/settings/users";

	private static final String ONE = PAGE + "/{name}";

	private static final List<Choice> ROLES = Arrays.stream(Role.values())
		.map((role) -> new Choice(role.name(), "page.role." + role.name()))
		.toList();

	private final Users users;

	private final Invitations invitations;

	private final SecondFactors factors;

	private final OwnSessions sessions;

	private final PublicAddress address;

	private final Texts texts;

	UserController(Users users, Invitations invitations, SecondFactors factors, OwnSessions sessions,
			PublicAddress address, Texts texts) {
		this.users = users;
		this.invitations = invitations;
		this.factors = factors;
		this.sessions = sessions;
		this.address = address;
		this.texts = texts;
	}

	@GetMapping(PAGE)
	String list(Model model) {
		Form.in(model, Map.of("role", Role.MEMBER.name()));
		model.addAttribute("roles", ROLES);
		model.addAttribute("users", this.users.list());
		return "settings/users";
	}

	@PostMapping(PAGE)
	String invite(Input input, HttpServletRequest request, RedirectAttributes redirect) {
		try {
			show(this.users.invite(draft(input.word("username"), input)), request, redirect);
		}
		catch (NameInUseException ex) {
			throw new InvalidInputException(Fault.of("username", "name.in-use", ex.name()));
		}
		return "redirect:" + PAGE;
	}

	@GetMapping(ONE)
	String show(@PathVariable String name, HttpServletRequest request, Model model) {
		User user = this.users.get(name);
		Form.in(model,
				Map.of("role", user.role().name(), "identity", Objects.requireNonNullElse(user.identity(), ""),
						"displayName", Objects.requireNonNullElse(user.displayName(), ""), "email",
						Objects.requireNonNullElse(user.email(), ""), "version", Long.toString(user.version())));
		model.addAttribute("roles", ROLES);
		model.addAttribute("user", user);
		model.addAttribute("factor", this.factors.isAskedOf(name));
		model.addAttribute("sessions", this.sessions.of(user.username(), request.getSession(false)));
		return "settings/user";
	}

	@PostMapping(ONE)
	String change(@PathVariable String name, Input input, RedirectAttributes redirect) {
		this.users.change(draft(name, input), (long) input.number("version"));
		redirect.addFlashAttribute("done", this.texts.of("page.user.changed", name));
		return "redirect:" + PAGE;
	}

	/** The link is shown by the next page, and by no other. */
	@PostMapping(ONE + "/invitation")
	String inviteAgain(@PathVariable String name, HttpServletRequest request, RedirectAttributes redirect) {
		show(this.invitations.renew(name), request, redirect);
		return "redirect:" + PAGE;
	}

	@PostMapping(ONE + "/withdraw")
	String withdraw(@PathVariable String name) {
		this.invitations.withdraw(name);
		return "redirect:" + to(name);
	}

	@PostMapping(ONE + "/enable")
	String enable(@PathVariable String name) {
		this.users.enable(name);
		return "redirect:" + to(name);
	}

	@GetMapping(ONE + "/disable")
	String askToDisable(@PathVariable String name, Model model) {
		return ask(name, "disable", model);
	}

	@PostMapping(ONE + "/disable")
	String disable(@PathVariable String name) {
		this.users.disable(name);
		return "redirect:" + to(name);
	}

	@GetMapping(ONE + "/second-factor")
	String askToTakeAway(@PathVariable String name, Model model) {
		return ask(name, "factor.remove", model);
	}

	@PostMapping(ONE + "/second-factor")
	String takeAway(@PathVariable String name) {
		this.factors.takeAway(name);
		return "redirect:" + to(name);
	}

	@GetMapping(ONE + "/delete")
	String askToDelete(@PathVariable String name, Model model) {
		return ask(name, "delete", model);
	}

	@PostMapping(ONE + "/delete")
	String delete(@PathVariable String name) {
		this.users.delete(name);
		return "redirect:" + PAGE;
	}

	private String ask(String name, String deed, Model model) {
		User user = this.users.get(name);
		Form.in(model, Map.of());
		String texts = "page.user." + deed;
		model.addAttribute("question", new Question(this.texts.of(texts + ".title", user.username()),
				List.of(this.texts.of(texts + ".consequence")), this.texts.of(texts), null, to(name), "settings"));
		return Question.VIEW;
	}

	private void show(Invitation invitation, HttpServletRequest request, RedirectAttributes redirect) {
		String base = this.address.or(ServletUriComponentsBuilder.fromContextPath(request).build().toUri()).toString();
		redirect.addFlashAttribute("invited", invitation);
		redirect.addFlashAttribute("link", base + "/invitation/" + invitation.text());
	}

	private static UserDraft draft(String name, Input input) {
		return new UserDraft(name, input.choice("role", Role.class), input.text("identity"), input.text("displayName"),
				input.text("email"));
	}

	private static String to(String name) {
		return UriComponentsBuilder.fromPath(PAGE).pathSegment(name).build().encode().toUriString();
	}

}
