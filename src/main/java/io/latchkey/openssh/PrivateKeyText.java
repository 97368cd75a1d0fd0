package io.latchkey.openssh;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells whether a text holds a private key of any format, whole or in part. Rather too
 * cautious than too late: nothing of it may be stored or logged.
 */
public final class PrivateKeyText {

	private static final List<Pattern> MARKS = List.of(
			// PEM of every kind, OpenSSH, PGP, ssh.com (SSH2 ENCRYPTED PRIVATE KEY)
			Pattern.compile("(BEGIN|END)[ A-Z0-9]{0,60}\\sPRIVATE\\s{1,9}KEY", Pattern.CASE_INSENSITIVE),
			// what follows the first line in OpenSSH's format: openssh-key-v1
			Pattern.compile("b3BlbnNzaC1rZXktdjE"),
			// SSH 1
			Pattern.compile("SSH PRIVATE KEY FILE FORMAT"),
			// PuTTY, unless it says that no such line follows
			Pattern.compile("Private-Lines[ \\t]{0,9}:(?![ \\t]{0,9}0{1,9}[ \\t]{0,9}(\\R|$))",
					Pattern.CASE_INSENSITIVE));

	private PrivateKeyText() {
	}

	public static boolean matches(String text) {
		return MARKS.stream().anyMatch((mark) -> mark.matcher(text).find());
	}

}
