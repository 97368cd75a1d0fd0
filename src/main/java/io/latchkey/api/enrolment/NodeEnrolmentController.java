package io.latchkey.api.enrolment;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.FreeText;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.registration.EnrolmentScript;
import io.latchkey.registration.EnrolmentTerms;
import io.latchkey.registration.EnrolmentTokenRefusedException;
import io.latchkey.registration.RegistrationAnswer;
import io.latchkey.registration.RegistrationMessage;
import io.latchkey.registration.Registrations;
import io.latchkey.security.EnrolmentAttempts;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * What nodes ask that register themselves; nobody is signed in, the enrolment token
 * decides. Every answer may be passed on to a shell. A registration that is refused is
 * told so with 200: wget would not show it otherwise.
 */
@RestController
@Hidden
class NodeEnrolmentController {

	private static final Logger log = LoggerFactory.getLogger(NodeEnrolmentController.class);

	private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

	private final Registrations registrations;

	private final EnrolmentScript script;

	private final EnrolmentAttempts attempts;

	private final MessageSource messages;

	NodeEnrolmentController(Registrations registrations, EnrolmentScript script, EnrolmentAttempts attempts,
			MessageSource messages) {
		this.registrations = registrations;
		this.script = script;
		this.attempts = attempts;
		this.messages = messages;
	}

	/** It holds no secret: it asks for the token. */
	@GetMapping("/enrol")
	ResponseEntity<String> script(HttpServletRequest request) {
		return answer(HttpStatus.OK).body(this.script.render(address(request)));
	}

	/**
	 * As it was until the token was asked for. With a status of success, since the
	 * command shows nothing of an answer with another.
	 */
	@GetMapping("/enrol/{token}")
	ResponseEntity<String> scriptWithToken(@PathVariable String token, HttpServletRequest request) {
		return answer(HttpStatus.OK).body(EnrolmentScript.refusal(
				text(Fault.of("token", "enrolment-token.in-address", this.script.commands(address(request)).get(0)))));
	}

	/** What there is to know before a registration. */
	@PostMapping("/enrol/terms")
	ResponseEntity<String> terms(HttpServletRequest request) throws IOException {
		String cameFrom = request.getRemoteAddr();
		Optional<Duration> wait = this.attempts.begin(cameFrom);
		if (wait.isPresent()) {
			return tooMany(wait.get());
		}
		try {
			EnrolmentTerms terms = this.registrations.termsFor(RegistrationMessage.parseToken(body(request)), cameFrom);
			this.attempts.giveBack(cameFrom);
			return answer(HttpStatus.OK).body("terms\n" + this.script.render(terms));
		}
		catch (EnrolmentTokenRefusedException ex) {
			return refused(List.of(ex.fault()));
		}
		catch (InvalidInputException ex) {
			return refused(ex.faults());
		}
	}

	private ResponseEntity<String> refused(List<Fault> faults) {
		return answer(HttpStatus.OK)
			.body(text(new RegistrationAnswer(RegistrationAnswer.Outcome.REFUSED, "", faults), ""));
	}

	/** What a registration would come to. */
	@PostMapping("/enrol/check")
	ResponseEntity<String> check(HttpServletRequest request) throws IOException {
		return reply(request, this.registrations::check);
	}

	@PostMapping("/enrol")
	ResponseEntity<String> register(HttpServletRequest request) throws IOException {
		return reply(request, this.registrations::register);
	}

	private ResponseEntity<String> reply(HttpServletRequest request,
			BiFunction<RegistrationMessage, String, RegistrationAnswer> registration) throws IOException {
		String cameFrom = request.getRemoteAddr();
		Optional<Duration> wait = this.attempts.begin(cameFrom);
		if (wait.isPresent()) {
			return tooMany(wait.get());
		}
		RegistrationAnswer answer = answer(body(request), cameFrom, registration);
		if (answer.outcome() == RegistrationAnswer.Outcome.REFUSED) {
			log.warn("Refused the registration of '{}' from {}: {}", FreeText.oneLine(answer.node()), cameFrom,
					answer.faults().stream().map(Fault::code).toList());
		}
		else {
			this.attempts.giveBack(cameFrom);
		}
		return answer(HttpStatus.OK).body(text(answer, this.script.addressOf(address(request))));
	}

	private static String body(HttpServletRequest request) throws IOException {
		return new String(request.getInputStream().readNBytes(RegistrationMessage.LIMIT + 1), StandardCharsets.UTF_8);
	}

	private static RegistrationAnswer answer(String body, String cameFrom,
			BiFunction<RegistrationMessage, String, RegistrationAnswer> registration) {
		try {
			return registration.apply(RegistrationMessage.parse(body), cameFrom);
		}
		catch (InvalidInputException ex) {
			return new RegistrationAnswer(RegistrationAnswer.Outcome.REFUSED, "", ex.faults());
		}
		catch (NameInUseException ex) {
			return new RegistrationAnswer(RegistrationAnswer.Outcome.REFUSED, ex.name(),
					List.of(Fault.of("name", "registration.name", ex.name())));
		}
	}

	private String text(RegistrationAnswer answer, String address) {
		String outcome = answer.outcome().name().toLowerCase(Locale.ROOT);
		String detail = (answer.outcome() == RegistrationAnswer.Outcome.REFUSED)
				? answer.faults().stream().map(this::text).collect(Collectors.joining("\n")) : this.messages.getMessage(
						"registration." + answer.outcome(), new Object[] { answer.node(), address }, Locale.ENGLISH);
		return outcome + "\n" + detail + "\n";
	}

	private String text(Fault fault) {
		return this.messages.getMessage("fault." + fault.code(), fault.arguments().toArray(), Locale.ENGLISH);
	}

	private ResponseEntity<String> tooMany(Duration wait) {
		String seconds = Long.toString(wait.toSeconds() + 1);
		return answer(HttpStatus.TOO_MANY_REQUESTS).header(HttpHeaders.RETRY_AFTER, seconds)
			.body("refused\n" + text(Fault.of("", "enrolment-token.too-many", seconds)) + "\n");
	}

	private static ResponseEntity.BodyBuilder answer(HttpStatus status) {
		return ResponseEntity.status(status)
			.contentType(TEXT)
			.cacheControl(CacheControl.noStore())
			.header("X-Content-Type-Options", "nosniff");
	}

	private static URI address(HttpServletRequest request) {
		return ServletUriComponentsBuilder.fromContextPath(request).build().toUri();
	}

}
