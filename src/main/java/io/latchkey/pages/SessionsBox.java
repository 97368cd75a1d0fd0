package io.latchkey.pages;

import io.latchkey.delivery.LiveSessions;
import io.latchkey.delivery.Revocations;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * The box on a question that takes access away: whether the sessions that are open are
 * ended as well.
 */
@Component
public class SessionsBox {

	private static final String FIELD = "endSessions";

	private final Revocations revocations;

	SessionsBox(Revocations revocations) {
		this.revocations = revocations;
	}

	/** Puts it on the page; where the policy decides, the page says so instead. */
	public void offer(Model model) {
		model.addAttribute("sessions", this.revocations.alwaysEndSessions() ? "always" : "ask");
	}

	public LiveSessions chosen(Input input) {
		return input.isTicked(FIELD) ? LiveSessions.END : LiveSessions.LEAVE;
	}

}
