package io.latchkey.pages.identities;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.identity.Identity;
import io.latchkey.identity.KeyReplacement;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Input;
import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;

/**
 * The part of a form that says which key a new one replaces, and for how long both let
 * in.
 */
final class Replacing {

	static final String USUAL_OVERLAP = KeyReplacement.USUAL_OVERLAP.toString();

	private static final List<Choice> OVERLAPS = List.of(new Choice("PT0S", "page.key.overlap.none"),
			new Choice("PT24H", "page.key.overlap.day"), new Choice(USUAL_OVERLAP, "page.key.overlap.week"),
			new Choice("PT720H", "page.key.overlap.month"));

	private Replacing() {
	}

	static void offer(Identity identity, Model model) {
		model.addAttribute("replaceable", identity.keys());
		model.addAttribute("overlaps", OVERLAPS);
	}

	/** Null where it replaces none. */
	static @Nullable KeyReplacement read(Input input) {
		String replaces = input.text("replaces");
		return (replaces != null) ? new KeyReplacement(fingerprint(replaces), overlap(input.word("overlap"))) : null;
	}

	private static Fingerprint fingerprint(String text) {
		try {
			return Fingerprint.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidInputException(Fault.of("replaces", "fingerprint.malformed"));
		}
	}

	private static Duration overlap(String text) {
		try {
			return Duration.parse(text);
		}
		catch (DateTimeException ex) {
			throw new InvalidInputException(Fault.of("overlap", "choice.unknown"));
		}
	}

}
