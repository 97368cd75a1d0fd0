package io.latchkey.conversation.sshd;

/**
 * What a node says of its sshd, or why it says nothing.
 */
public sealed interface SshdLook permits PasswordLogins, SshdLook.Unasked {

	/**
	 * It cannot be asked here.
	 *
	 * @param code {@code no-permission}, where Latchkey is not root, or {@code no-sshd},
	 * where another server than OpenSSH's let it in
	 * @param detail in the words of the node, one line
	 */
	record Unasked(String code, String detail) implements SshdLook {

	}

}
