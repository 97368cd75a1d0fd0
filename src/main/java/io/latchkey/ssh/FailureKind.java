package io.latchkey.ssh;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What kind of failure ended a conversation with a node. Some share a code, which is a
 * stable word of the API, and differ in what a person is to do.
 */
public enum FailureKind {

	/** The address cannot be resolved, or there is no route to it. */
	NO_ROUTE("no-route"),
	/** The address lies in a network that Latchkey is told to stay out of. */
	NEVER_DIALLED("never-dialled"),
	/** Nothing listens there. */
	REFUSED("refused"),
	/** A deadline passed before the node let Latchkey in. */
	TIMED_OUT("timed-out"),
	/** A deadline passed after it had, so that no firewall is to blame. */
	TIMED_OUT_LET_IN("timed-out", "let-in"),
	/** The connection broke, or what answers does not speak SSH. */
	DISCONNECTED("disconnected"),
	/**
	 * It was closed before a single word: the oldest sshd does so when it has too many
	 * logins under way ({@code MaxStartups}), and so do TCP wrappers and many a proxy.
	 */
	CLOSED_BEFORE_A_WORD("disconnected", "before-a-word"),
	/**
	 * It was closed in place of an answer to the login: {@code RefuseConnection}
	 * (sshd_config(5), from OpenSSH 9.9) does so.
	 */
	CLOSED_AT_LOGIN("disconnected", "at-login"),
	/**
	 * sshd takes no connection from this address for now, and said so in place of its
	 * version string: {@code Not allowed at this time}, from OpenSSH 9.8. The address is
	 * under a penalty ({@code PerSourcePenalties}), or too many logins are under way, for
	 * which it has the same words. Coming again meanwhile costs nothing, and brings
	 * nothing.
	 */
	TURNED_AWAY_BY_PENALTY("turned-away", "penalty"),
	/** It said {@code Exceeded MaxStartups}, before OpenSSH 9.8. */
	TURNED_AWAY_BY_STARTUPS("turned-away", "startups"),
	/**
	 * Latchkey did not try: it was refused there so often in a short time that one more
	 * try could shut its address out of the node, and with it every grant there.
	 */
	TRIED_TOO_OFTEN("tried-too-often"),
	/** The node showed another host key than the pinned one. */
	HOST_KEY_CHANGED("host-key-changed"),
	/** Node and Latchkey share no way to encrypt or to sign. */
	NO_COMMON_ALGORITHM("no-common-algorithm"),
	/** The same, and legacy algorithms would be taken by both if they were allowed. */
	ONLY_LEGACY_ALGORITHM("no-common-algorithm", "legacy"),
	/** The node did not let the account in. */
	NOT_LET_IN("not-let-in"),
	/**
	 * The node took the key or the password, and asks for more
	 * ({@code AuthenticationMethods}, sshd_config(5)), which nobody can give it.
	 */
	MORE_ASKED("more-asked"),
	/** The node lets the account in by other ways alone; nothing was tried. */
	METHOD_NOT_TAKEN("method-not-taken"),
	/**
	 * The SSH agent that holds the management key does not answer, does not hold it, or
	 * does not sign. Says nothing of any node.
	 */
	AGENT_UNAVAILABLE("agent-unavailable"),
	/** The account has no shell that runs commands. */
	NO_SHELL("no-shell"),
	/**
	 * The account's login shell printed so much, or did something else, that the script
	 * was not heard of.
	 */
	SHELL_NOISE("shell-noise"),
	/** The account must change its password at its next login. */
	PASSWORD_EXPIRED("password-expired"),
	/**
	 * sudo asks for a password: no line of sudoers lets the account act without one. Of
	 * an account that is not in sudoers it says the same, so that nobody learns who is.
	 */
	SUDO_PASSWORD("no-sudo", "password"),
	/** sudo wants a terminal ({@code requiretty}). */
	SUDO_TERMINAL("no-sudo", "terminal"),
	/** sudo is not installed, or not where it is looked for. */
	SUDO_MISSING("no-sudo", "missing"),
	/** sudo says that the account may not. */
	SUDO_NOT_ALLOWED("no-sudo", "not-allowed"),
	/** sudo says something else, which the message repeats. */
	SUDO_OTHER("no-sudo", "other"),
	/** The account was to be root, or to become it by sudo, and is not. */
	NOT_ROOT("not-root"),
	/** The node has not the tools that the script needs. */
	TOOL_MISSING("tool-missing"),
	/** An account's file could not be read. */
	FILE_UNREADABLE("file-unreadable"),
	/** The answer is not one that the script gives; nothing of it was used. */
	ANSWER_UNREADABLE("answer-unreadable"),
	/** The node's script ended before its time. */
	SCRIPT_FAILED("script-failed");

	/**
	 * From so many seconds of penalty on sshd does turn an address away, and a little
	 * more ({@code PerSourcePenalties min}).
	 */
	private static final Duration TURNED_AWAY_FOR = Duration.ofSeconds(20);

	private final String code;

	private final String remedy;

	FailureKind(String code) {
		this(code, null);
	}

	FailureKind(String code, @Nullable String variant) {
		this.code = code;
		this.remedy = "node.failure." + code + ((variant != null) ? "." + variant : "");
	}

	/** A stable word. */
	public String code() {
		return this.code;
	}

	/** The key of the text that says what to do, in {@code messages.properties}. */
	public String remedy() {
		return this.remedy;
	}

	/** {@link NodeException#rest()} after such a failure. */
	Duration rest() {
		return switch (this) {
			case CLOSED_AT_LOGIN, TURNED_AWAY_BY_PENALTY -> TURNED_AWAY_FOR;
			default -> Duration.ZERO;
		};
	}

}
