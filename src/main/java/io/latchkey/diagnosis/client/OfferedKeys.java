package io.latchkey.diagnosis.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.diagnosis.client.OfferedKey.Answer;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/** The keys that a client offers, as its lines come. */
final class OfferedKeys {

	/** OpenSSH from 8.1 on. */
	private static final Pattern OFFERED = Pattern
		.compile("^Offering public key: (.{0,300}?) ([A-Z0-9-]{2,20}) (SHA256:\\S{43})(?: [a-z ]*)?$");

	/** OpenSSH 7.8 to 8.0. */
	private static final Pattern OFFERED_78 = Pattern
		.compile("^Offering public key: ([A-Z0-9-]{2,20}) (SHA256:\\S{43}) (.{1,300})$");

	/** OpenSSH before. */
	private static final Pattern OFFERED_OLD = Pattern
		.compile("^Offering (?:([A-Z0-9-]{2,20}) )?public key: (.{1,300}?)(?: [a-z]+)?$");

	private static final Pattern ACCEPTED = Pattern.compile("^(?:Server accepts key: |Offer of public key accepted)");

	/** OpenSSH, with -vv. */
	private static final Pattern ACCEPTED_AS = Pattern.compile("^input_userauth_pk_ok: .*?fp (SHA256:\\S{43})");

	private static final Pattern REFUSED = Pattern
		.compile("^(?:Authentications that can continue: |Server refused our key|.*Too many authentication failures)");

	private static final Pattern TRYING = Pattern.compile("^Trying private key: (.{1,300})$");

	private static final Pattern READING = Pattern.compile("^Reading (?:private )?key file \"(.{1,300})\"$");

	private static final Pattern PAGEANT = Pattern.compile("^Trying Pageant key (#\\d{1,4})$");

	private final List<OfferedKey> keys = new ArrayList<>();

	private @Nullable String tried;

	private String file = "";

	List<OfferedKey> all() {
		return List.copyOf(this.keys);
	}

	void forget() {
		this.keys.clear();
		this.tried = null;
	}

	void take(String line) {
		Matcher matcher = OFFERED.matcher(line);
		if (matcher.find()) {
			add(matcher.group(1), matcher.group(2), Fingerprint.find(matcher.group(3)).orElse(null));
		}
		else if ((matcher = OFFERED_78.matcher(line)).find()) {
			add(matcher.group(3), matcher.group(1), Fingerprint.find(matcher.group(2)).orElse(null));
		}
		else if ((matcher = OFFERED_OLD.matcher(line)).find()) {
			add(matcher.group(2), matcher.group(1), null);
		}
		else if (!takePutty(line)) {
			takeAnswer(line);
		}
	}

	private boolean takePutty(String line) {
		Matcher matcher = READING.matcher(line);
		if (matcher.find()) {
			this.file = matcher.group(1);
		}
		else if ("Offered public key".equals(line)) {
			add(this.file, null, null);
		}
		else if ((matcher = PAGEANT.matcher(line)).find()) {
			add("Pageant " + matcher.group(1), null, null);
		}
		else {
			return false;
		}
		return true;
	}

	private void takeAnswer(String line) {
		Matcher matcher = ACCEPTED_AS.matcher(line);
		if (matcher.find()) {
			answer(Answer.ACCEPTED);
			if (!this.keys.isEmpty() && last().fingerprint() == null) {
				this.keys.set(this.keys.size() - 1, last().with(Fingerprint.find(matcher.group(1)).orElse(null)));
			}
		}
		else if (ACCEPTED.matcher(line).find()) {
			answer(Answer.ACCEPTED);
		}
		else if (REFUSED.matcher(line).find()) {
			// a file without its public half beside it is offered by signing with it
			if (this.tried != null) {
				add(this.tried, null, null);
			}
			answer(Answer.REFUSED);
			this.tried = null;
		}
		else if ((matcher = TRYING.matcher(line)).find()) {
			this.tried = matcher.group(1);
		}
		else if (line.startsWith("No more authentication methods") || line.startsWith("Load key ")) {
			this.tried = null;
		}
	}

	private void add(String name, @Nullable String type, @Nullable Fingerprint fingerprint) {
		this.keys.add(new OfferedKey(name, type, fingerprint, Answer.NONE));
		this.tried = null;
	}

	private OfferedKey last() {
		return this.keys.get(this.keys.size() - 1);
	}

	private void answer(Answer answer) {
		if (!this.keys.isEmpty() && last().answer() == Answer.NONE) {
			this.keys.set(this.keys.size() - 1, last().with(answer));
		}
	}

}
