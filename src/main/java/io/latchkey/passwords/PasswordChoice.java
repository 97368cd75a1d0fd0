package io.latchkey.passwords;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node's sshd is to do, as somebody decides.
 */
public record PasswordChoice(Passwords passwords, RootLogin rootLogin) {

	/** What sshd does without Latchkey. */
	public static final PasswordChoice NOTHING = new PasswordChoice(Passwords.AS_CONFIGURED, RootLogin.AS_CONFIGURED);

	private static final Pattern VERSION = Pattern.compile("OpenSSH_(\\d{1,3})\\.(\\d{1,3}).*");

	/** Whether anybody is let in by password. */
	public enum Passwords {

		OFF, AS_CONFIGURED

	}

	/** How root is let in. */
	public enum RootLogin {

		/** By a key, never by password ({@code PermitRootLogin prohibit-password}). */
		KEY_ONLY,

		AS_CONFIGURED

	}

	/**
	 * The lines of sshd_config(5) that say so; none for nothing.
	 * @param sshVersion of the node's banner: before 8.7, what PAM asks for was another
	 * setting
	 */
	List<String> directives(String sshVersion) {
		List<String> directives = new ArrayList<>();
		if (this.passwords == Passwords.OFF) {
			directives.add("PasswordAuthentication no");
			directives.add("KbdInteractiveAuthentication no");
			if (isBefore8Dot7(sshVersion)) {
				directives.add("ChallengeResponseAuthentication no");
			}
		}
		if (this.rootLogin == RootLogin.KEY_ONLY) {
			directives.add("PermitRootLogin prohibit-password");
		}
		return directives;
	}

	private static boolean isBefore8Dot7(String sshVersion) {
		Matcher matcher = VERSION.matcher(sshVersion);
		if (!matcher.matches()) {
			return false;
		}
		int major = Integer.parseInt(matcher.group(1));
		return major < 8 || (major == 8 && Integer.parseInt(matcher.group(2)) < 7);
	}

}
