package io.latchkey.sshd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the OpenSSH that is installed.
 */
record OpenSshVersion(int major, int minor) {

	private static final Pattern BANNER = Pattern.compile("OpenSSH_(\\d+)\\.(\\d+)");

	static OpenSshVersion installed() {
		String banner = ProgramRun.of("ssh", "-V").orThrow().errorOutput();
		Matcher matcher = BANNER.matcher(banner);
		if (!matcher.find()) {
			throw new IllegalStateException("ssh -V says: " + banner);
		}
		return new OpenSshVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
	}

	boolean isAtLeast(int otherMajor, int otherMinor) {
		return this.major > otherMajor || (this.major == otherMajor && this.minor >= otherMinor);
	}

}
