package io.latchkey.pages;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * The forms of a session that may be sent once each: what comes of them is shown by the
 * answer itself, and a reload of that answer must not make another.
 */
public final class OnceForms implements Serializable {

	private static final long serialVersionUID = 1L;

	/** The field of the form that holds what {@link #open} returned. */
	public static final String FIELD = "once";

	/** More than anybody has open at once. */
	private static final int MOST = 20;

	private final ArrayDeque<String> open = new ArrayDeque<>();

	private OnceForms() {
	}

	/** Of a form that is about to be shown. */
	public static String open(HttpSession session) {
		return in(session).add();
	}

	/**
	 * @throws InvalidInputException when the form was sent before
	 */
	public static void redeem(HttpSession session, @Nullable String form) {
		if (form == null || !in(session).remove(form)) {
			throw new InvalidInputException(Fault.of("", "form.sent-before"));
		}
	}

	private static OnceForms in(HttpSession session) {
		synchronized (session.getServletContext()) {
			if (session.getAttribute(OnceForms.class.getName()) instanceof OnceForms forms) {
				return forms;
			}
			OnceForms forms = new OnceForms();
			session.setAttribute(OnceForms.class.getName(), forms);
			return forms;
		}
	}

	private synchronized String add() {
		Deque<String> forms = this.open;
		while (forms.size() >= MOST) {
			forms.removeFirst();
		}
		String form = UUID.randomUUID().toString();
		forms.add(form);
		return form;
	}

	private synchronized boolean remove(String form) {
		return this.open.remove(form);
	}

}
