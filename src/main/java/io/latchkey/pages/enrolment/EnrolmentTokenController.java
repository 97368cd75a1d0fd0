package io.latchkey.pages.enrolment;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Question;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Mark;
import io.latchkey.pages.OnceForms;
import io.latchkey.pages.Texts;
import io.latchkey.registration.EnrolmentScript;
import io.latchkey.registration.EnrolmentToken;
import io.latchkey.registration.EnrolmentTokenDraft;
import io.latchkey.registration.EnrolmentTokens;
import io.latchkey.registration.MadeEnrolmentToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * The tokens with which nodes register themselves; for administrators alone. The text of
 * one is in the answer to the form and in no other.
 */
@Controller
class EnrolmentTokenController {

	private static final String PAGE = "/enrolment/tokens";

	private static final int MOST_ROWS = 100;

	private static final Map<String, Duration> DURATIONS = durations();

	private final EnrolmentTokens tokens;

	private final EnrolmentScript script;

	private final Texts texts;

	private final Clock clock;

	EnrolmentTokenController(EnrolmentTokens tokens, EnrolmentScript script, Texts texts, Clock clock) {
		this.tokens = tokens;
		this.script = script;
		this.texts = texts;
		this.clock = clock;
	}

	@ModelAttribute("privileges")
	List<Choice> privileges() {
		return Arrays.stream(Privilege.values())
			.map((privilege) -> new Choice(privilege.name(), "page.node.privilege." + privilege))
			.toList();
	}

	@ModelAttribute("modes")
	List<Choice> modes() {
		return Arrays.stream(Mode.values()).map((mode) -> new Choice(mode.name(), "page.node.mode." + mode)).toList();
	}

	@ModelAttribute("durations")
	List<Choice> choicesOfDuration() {
		return DURATIONS.keySet()
			.stream()
			.map((duration) -> new Choice(duration, "page.enrolment-token.for." + duration))
			.toList();
	}

	@GetMapping(PAGE)
	String list(Model model, HttpSession session) {
		show(model, session);
		return "enrolment/tokens";
	}

	@PostMapping(PAGE)
	String make(Input input, Model model, HttpServletRequest request, HttpSession session,
			HttpServletResponse response) {
		EnrolmentTokenDraft draft = draft(input);
		OnceForms.redeem(session, input.text(OnceForms.FIELD));
		MadeEnrolmentToken made = this.tokens.make(draft);
		model.addAttribute("made", made.token());
		model.addAttribute("text", made.text().text());
		URI address = ServletUriComponentsBuilder.fromContextPath(request).build().toUri();
		model.addAttribute("commands", this.script.commands(address));
		model.addAttribute("plain", this.script.addressOf(address).startsWith("http:"));
		show(model, session);
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
		return "enrolment/tokens";
	}

	@GetMapping(PAGE + "/{id}/end")
	String askToEnd(@PathVariable String id, Model model) {
		Form.in(model, Map.of());
		EnrolmentToken token = this.tokens.get(id);
		model.addAttribute("question",
				new Question(this.texts.of("page.enrolment-token.end.title", token.id()),
						List.of(this.texts.of("page.enrolment-token.end.consequence", token.used(), token.uses())),
						this.texts.of("page.enrolment-token.end"), null, PAGE, "nodes"));
		return Question.VIEW;
	}

	@PostMapping(PAGE + "/{id}/end")
	String end(@PathVariable String id) {
		this.tokens.end(id);
		return "redirect:" + PAGE;
	}

	private void show(Model model, HttpSession session) {
		Form.in(model, Map.of("managementAccount", "root", "privilege", Privilege.ROOT.name(), "mode",
				Mode.ADDITIVE.name(), "uses", "1", "duration", "P1D"));
		Instant now = this.clock.instant();
		List<EnrolmentToken> all = this.tokens.list();
		model.addAttribute("rows",
				all.stream().limit(MOST_ROWS).map((token) -> new Row(token, token.stateAt(now))).toList());
		model.addAttribute("more", Math.max(0, all.size() - MOST_ROWS));
		model.addAttribute(OnceForms.FIELD, OnceForms.open(session));
	}

	private EnrolmentTokenDraft draft(Input input) {
		Duration duration = DURATIONS.get(input.word("duration"));
		if (duration == null) {
			throw new InvalidInputException(Fault.of("duration", "choice.unknown"));
		}
		return new EnrolmentTokenDraft(input.text("purpose"), input.word("managementAccount"),
				input.choice("privilege", Privilege.class), input.choice("mode", Mode.class), input.words("clusters"),
				labels(input), input.number("uses"), this.clock.instant().plus(duration), input.isTicked("approval"));
	}

	private static Map<String, String> labels(Input input) {
		Map<String, String> labels = new LinkedHashMap<>();
		Faults faults = new Faults();
		input.words("labels").forEach((label) -> {
			int equals = label.indexOf('=');
			if (equals < 1) {
				faults.add(Fault.of("labels", "label.malformed", label));
			}
			else {
				labels.put(label.substring(0, equals), label.substring(equals + 1));
			}
		});
		faults.check();
		return labels;
	}

	private static Map<String, Duration> durations() {
		Map<String, Duration> durations = new LinkedHashMap<>();
		durations.put("PT1H", Duration.ofHours(1));
		durations.put("P1D", Duration.ofDays(1));
		durations.put("P7D", Duration.ofDays(7));
		durations.put("P30D", Duration.ofDays(30));
		return durations;
	}

	/**
	 * A token and how it stands.
	 */
	record Row(EnrolmentToken token, EnrolmentToken.State state) {

		public Mark mark() {
			String text = "page.enrolment-token.state." + this.state;
			return switch (this.state) {
				case OPEN -> new Mark("s-in-sync", "ti-check", text);
				case USED_UP -> new Mark("s-unreachable", "ti-checks", text);
				case EXPIRED -> new Mark("s-unreachable", "ti-clock-off", text);
				case ENDED -> new Mark("s-unreachable", "ti-ban", text);
			};
		}

		public boolean canEnd() {
			return this.state == EnrolmentToken.State.OPEN || this.state == EnrolmentToken.State.USED_UP;
		}

	}

}
