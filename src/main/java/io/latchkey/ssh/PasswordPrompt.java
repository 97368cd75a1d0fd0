package io.latchkey.ssh;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import org.jspecify.annotations.Nullable;

/**
 * Answers a node that asks for the password by keyboard-interactive (RFC 4256), where
 * JSch does not recognise the question: once, and only one question that is not echoed.
 */
final class PasswordPrompt implements UserInfo, UIKeyboardInteractive {

	private final char[] password;

	private boolean answered;

	PasswordPrompt(char[] password) {
		this.password = password;
	}

	@Override
	public String @Nullable [] promptKeyboardInteractive(String destination, String name, String instruction,
			String[] prompt, boolean[] echo) {
		if (prompt.length == 0) {
			return new String[0];
		}
		if (this.answered || prompt.length > 1 || echo[0]) {
			return null;
		}
		this.answered = true;
		return new String[] { new String(this.password) };
	}

	@Override
	public @Nullable String getPassphrase() {
		return null;
	}

	@Override
	public @Nullable String getPassword() {
		return null;
	}

	@Override
	public boolean promptPassword(String message) {
		return false;
	}

	@Override
	public boolean promptPassphrase(String message) {
		return false;
	}

	@Override
	public boolean promptYesNo(String message) {
		return false;
	}

	@Override
	public void showMessage(String message) {
		// a banner
	}

}
