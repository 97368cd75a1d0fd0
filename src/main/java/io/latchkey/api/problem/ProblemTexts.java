package io.latchkey.api.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.latchkey.core.Fault;

import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * Makes problems (RFC 9457): a type {@code /problems/<slug>}, and the texts of the bundle
 * for that slug.
 */
@Component
class ProblemTexts {

	private final MessageSource messages;

	ProblemTexts(MessageSource messages) {
		this.messages = messages;
	}

	ProblemDetail of(HttpStatusCode status, String slug, Object... arguments) {
		return said(status, slug, text("problem." + slug + ".detail", arguments));
	}

	/** A problem whose detail is said by somebody else. */
	ProblemDetail said(HttpStatusCode status, String slug, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("/problems/" + slug));
		problem.setTitle(text("problem." + slug + ".title"));
		return problem;
	}

	ProblemDetail of(HttpStatusCode status, String slug, List<Fault> faults) {
		ProblemDetail problem = of(status, slug, faults.size());
		problem.setProperty("errors", faults.stream().map(this::error).toList());
		return problem;
	}

	private FieldError error(Fault fault) {
		return new FieldError(fault.field(), text("fault." + fault.code(), fault.arguments().toArray()));
	}

	/** What happened, and what to do about it. */
	String sentences(@Nullable String happened, String remedy, Object... arguments) {
		String ended = String.valueOf(happened).replaceFirst("\\.?$", ". ");
		return (ended + this.messages.getMessage(remedy, arguments, "", Locale.ENGLISH)).strip();
	}

	String text(String key, Object... arguments) {
		Object[] texts = Arrays.stream(arguments).map(String::valueOf).toArray();
		return this.messages.getMessage(key, texts, Locale.ENGLISH);
	}

	/**
	 * What is wrong with one field.
	 */
	record FieldError(String field, String message) {

	}

}
