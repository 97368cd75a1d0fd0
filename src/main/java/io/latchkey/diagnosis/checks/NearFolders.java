package io.latchkey.diagnosis.checks;

import io.latchkey.diagnosis.LoginFacts;

/** Where a file stands that sshd does not read. */
final class NearFolders {

	private NearFolders() {
	}

	/** Whether it is in a folder of the folder in which the right one would be. */
	static boolean isNested(String path, LoginFacts facts) {
		String file = facts.file();
		String folder = file.substring(0, file.lastIndexOf('/') + 1);
		return !folder.isEmpty() && path.startsWith(folder) && path.indexOf('/', folder.length()) > 0;
	}

	/**
	 * Whether a key that matters stands there: the account's own public halves do not.
	 */
	static boolean counts(LoginFacts.NearFile near, LoginFacts facts) {
		boolean isOwn = facts.keys().isEmpty() && near.file().path().endsWith(".pub");
		return !isOwn && facts.matters(near.content());
	}

	/** Whether sshd would read it by default. */
	static boolean isUsual(String path) {
		return path.endsWith("/.ssh/authorized_keys");
	}

}
