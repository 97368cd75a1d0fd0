package io.latchkey.pages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.Contention;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.VersionConflictException;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.diagnosis.MendReservedException;
import io.latchkey.enrolment.HostKeyUnconfirmedException;
import io.latchkey.enrolment.ManagementKeyRefusedException;
import io.latchkey.foreignkeys.AdoptionUnconfirmedException;
import io.latchkey.identity.DuplicateKeyException;
import io.latchkey.identity.KeyRefusedException;
import io.latchkey.internode.RotationUnderWayException;
import io.latchkey.inventory.FormerHostKeysException;
import io.latchkey.inventory.JumpNodeInUseException;
import io.latchkey.managementkeys.KeyRotationUnderWayException;
import io.latchkey.ssh.NodeException;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Turns what the modules refuse into errors beside the fields. Every form is sent to the
 * address that shows it: a refused one goes back there, with what was typed, except for
 * secrets.
 */
@ControllerAdvice("io.latchkey.pages")
class FormRefusals {

	private static final Logger log = LoggerFactory.getLogger(FormRefusals.class);

	private static final Set<String> NEVER_KEPT = Set.of("password", "passwordAgain", "oldPassword", "code",
			"privateKey", "passphrase", "passphraseAgain", "clientLog", "_csrf");

	private final Texts texts;

	FormRefusals(Texts texts) {
		this.texts = texts;
	}

	@ExceptionHandler
	ModelAndView refuse(InvalidInputException ex, HttpServletRequest request, RedirectAttributes redirect) {
		return refuse(ex.faults(), request, redirect, NEVER_KEPT);
	}

	/** The form comes back with what would go, and confirms just that when it is sent. */
	@ExceptionHandler
	ModelAndView refuse(ConfirmationNeededException ex, HttpServletRequest request, RedirectAttributes redirect) {
		redirect.addFlashAttribute(Losses.ATTRIBUTE, Losses.of(ex.preview()));
		boolean changed = request.getParameter(Losses.FIELD) != null;
		return refuse(changed ? List.of(Fault.of("", "confirmation.changed")) : List.of(), request, redirect,
				NEVER_KEPT);
	}

	/** The form comes back with where the keys would be let in. */
	@ExceptionHandler
	ModelAndView refuse(AdoptionUnconfirmedException ex, HttpServletRequest request, RedirectAttributes redirect) {
		redirect.addFlashAttribute("reach", ex.reach());
		boolean changed = request.getParameter(Losses.FIELD) != null;
		return refuse(changed ? List.of(Fault.of("", "confirmation.reach-changed")) : List.of(), request, redirect,
				NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(NameInUseException ex, HttpServletRequest request, RedirectAttributes redirect) {
		Fault fault = Fault.of("name", "name.in-use", ex.name());
		return refuse(List.of(fault), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(JumpNodeInUseException ex, HttpServletRequest request, RedirectAttributes redirect) {
		Fault fault = Fault.of("", "jump-node.in-use", ex.node(), String.join(", ", ex.behind()));
		return refuse(List.of(fault), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(DuplicateKeyException ex, HttpServletRequest request, RedirectAttributes redirect) {
		Fault fault = Fault.of("publicKey", "key.duplicate", ex.owner());
		return refuse(List.of(fault), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(KeyRefusedException ex, HttpServletRequest request, RedirectAttributes redirect) {
		Fault fault = Fault.of("publicKey", "verbatim", String.valueOf(ex.getMessage()));
		boolean secret = ex.reason() == KeyRefusedException.Reason.PRIVATE_KEY;
		return refuse(List.of(fault), request, redirect, secret
				? Set.of("password", "privateKey", "passphrase", "passphraseAgain", "_csrf", "publicKey") : NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(RotationUnderWayException ex, HttpServletRequest request, RedirectAttributes redirect) {
		return refuse(List.of(Fault.of("", "inter-node.rotating", ex.cluster())), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(VersionConflictException ex, HttpServletRequest request, RedirectAttributes redirect) {
		return refuse(List.of(Fault.of("", "changed-meanwhile")), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(OptimisticLockingFailureException ex, HttpServletRequest request, RedirectAttributes redirect) {
		return refuse(List.of(Fault.of("", "changed-meanwhile")), request, redirect, NEVER_KEPT);
	}

	/** What fails for another reason fails as it does without this. */
	@ExceptionHandler
	ModelAndView refuse(DataAccessException ex, HttpServletRequest request, RedirectAttributes redirect) {
		if (!Contention.isBehind(ex) || HttpMethod.GET.matches(request.getMethod())) {
			throw ex;
		}
		log.warn("A form was given up, for others were writing the same", ex);
		return refuse(List.of(Fault.of("", "others-writing")), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(MendReservedException ex, HttpServletRequest request, RedirectAttributes redirect) {
		return refuse(List.of(Fault.of("", "mend.reserved")), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(KeyRotationUnderWayException ex, HttpServletRequest request, RedirectAttributes redirect) {
		return refuse(List.of(Fault.of("", "rotation.under-way")), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(NodeException ex, HttpServletRequest request, RedirectAttributes redirect) {
		Fault what = Fault.of("", "verbatim", String.valueOf(ex.getMessage()));
		String remedy = this.texts.of(ex.remedy(), ex.remedyArguments().toArray());
		return refuse(List.of(what, Fault.of("", "verbatim", remedy)), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(ManagementKeyRefusedException ex, HttpServletRequest request, RedirectAttributes redirect) {
		Fault fault = Fault.of("", "verbatim", String.valueOf(ex.getMessage()));
		return refuse(List.of(fault), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(HostKeyUnconfirmedException ex, HttpServletRequest request, RedirectAttributes redirect) {
		Fault fault = Fault.of("acceptHostKey", ex.isMismatch() ? "host-key.mismatch" : "host-key.unconfirmed");
		return refuse(List.of(fault), request, redirect, NEVER_KEPT);
	}

	@ExceptionHandler
	ModelAndView refuse(FormerHostKeysException ex, HttpServletRequest request, RedirectAttributes redirect) {
		Fault fault = Fault.of("acceptHostKey", "host-key.former", ex.former().name(), ex.former().place(),
				Integer.toString(ex.former().port()), ex.former().told());
		return refuse(List.of(fault), request, redirect, NEVER_KEPT);
	}

	/** What a form names and is not there stands beside its field. */
	@ExceptionHandler
	ModelAndView refuse(NotFoundException ex, HttpServletRequest request, RedirectAttributes redirect) {
		List<Fault> faults = request.getParameterMap()
			.entrySet()
			.stream()
			.filter((parameter) -> Arrays.asList(parameter.getValue()).contains(ex.name()))
			.map((parameter) -> Fault.of(parameter.getKey(), "not-found", ex.kind(), ex.name()))
			.toList();
		if (!faults.isEmpty() && !HttpMethod.GET.matches(request.getMethod())) {
			return refuse(faults, request, redirect, NEVER_KEPT);
		}
		ModelAndView page = new ModelAndView("error/404", HttpStatus.NOT_FOUND);
		page.addObject("what", this.texts.of("fault.not-found", ex.kind(), ex.name()));
		return page;
	}

	private ModelAndView refuse(List<Fault> faults, HttpServletRequest request, RedirectAttributes redirect,
			Set<String> neverKept) {
		Map<String, List<String>> values = valuesOf(request, neverKept);
		Form form = formOf(faults, values, request.getParameterMap().keySet());
		if (HttpMethod.GET.matches(request.getMethod())) {
			return new ModelAndView("error/400", new ExtendedModelMap().addAttribute("form", form),
					HttpStatus.BAD_REQUEST);
		}
		redirect.addFlashAttribute(Form.ATTRIBUTE, form);
		return new ModelAndView("redirect:" + request.getRequestURI().substring(request.getContextPath().length()));
	}

	private static Map<String, List<String>> valuesOf(HttpServletRequest request, Set<String> neverKept) {
		Map<String, List<String>> values = new HashMap<>();
		request.getParameterMap().forEach((field, value) -> {
			if (!neverKept.contains(field)) {
				values.put(field, Arrays.asList(value));
			}
		});
		return values;
	}

	/** A fault of a field that the form has not is said above it. */
	private Form formOf(List<Fault> faults, Map<String, List<String>> values, Set<String> fields) {
		Map<String, List<String>> errors = new HashMap<>();
		List<String> alerts = new ArrayList<>();
		for (Fault fault : faults) {
			List<String> place = fields.contains(fault.field())
					? errors.computeIfAbsent(fault.field(), (field) -> new ArrayList<>()) : alerts;
			place.add(this.texts.of(fault));
		}
		return new Form(values, errors, alerts);
	}

}
