package io.latchkey.transport;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A conversation with a node failed. The message says what happened, for a person;
 * {@link #remedy()} is the key of the text that says what to do. Never carries a secret.
 */
public abstract sealed class NodeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private transient @Nullable LoginTimes loginTimes;

	private transient @Nullable Handshake handshake;

	NodeException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/** Notes in which login it failed. */
	NodeException in(Handshake login) {
		return in(login, login.times());
	}

	/** Notes in which session it failed, and what its login took this time. */
	NodeException in(Handshake login, LoginTimes times) {
		this.handshake = login;
		this.loginTimes = times;
		return this;
	}

	/** How far the login came; null when there was none. */
	public @Nullable LoginTimes loginTimes() {
		return this.loginTimes;
	}

	/**
	 * What happened at the login, line by line, at most some KB; null when nothing did.
	 */
	public @Nullable String handshakeLog() {
		String text = (this.handshake != null) ? this.handshake.text() : "";
		return text.isEmpty() ? null : text;
	}

	/** Which kind of failure it is; a stable word. */
	public abstract String code();

	/** The key of the text that says what to do, in {@code messages.properties}. */
	public String remedy() {
		return "node.failure." + code();
	}

	/** What stands in that text for {@code {0}} and so on. */
	public List<String> remedyArguments() {
		return List.of();
	}

	/** The address cannot be resolved, or there is no route to it. */
	public static final class NoRoute extends NodeException {

		private static final long serialVersionUID = 1L;

		public NoRoute(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

		@Override
		public String code() {
			return "no-route";
		}

	}

	/** Nothing listens there. */
	public static final class Refused extends NodeException {

		private static final long serialVersionUID = 1L;

		public Refused(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

		@Override
		public String code() {
			return "refused";
		}

	}

	/** A deadline passed; the message says of which phase. */
	public static final class TimedOut extends NodeException {

		private static final long serialVersionUID = 1L;

		public TimedOut(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

		@Override
		public String code() {
			return "timed-out";
		}

	}

	/** The connection broke, or what answers does not speak SSH. */
	public static final class Disconnected extends NodeException {

		private static final long serialVersionUID = 1L;

		public Disconnected(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

		@Override
		public String code() {
			return "disconnected";
		}

	}

	/** The node showed another host key than the pinned one. */
	public static final class HostKeyChanged extends NodeException {

		private static final long serialVersionUID = 1L;

		private final String shown;

		/**
		 * @param shown the fingerprint of the key that it showed, or the algorithms that
		 * it has keys of where none is of a pinned one
		 */
		public HostKeyChanged(String message, String shown, @Nullable Throwable cause) {
			super(message, cause);
			this.shown = shown;
		}

		/**
		 * What the node showed: a fingerprint, or the algorithms of its keys where it has
		 * none of a pinned one.
		 */
		public String shown() {
			return this.shown;
		}

		@Override
		public String code() {
			return "host-key-changed";
		}

	}

	/** Node and Latchkey share no way to encrypt or to sign. */
	public static final class NoCommonAlgorithm extends NodeException {

		private static final long serialVersionUID = 1L;

		public NoCommonAlgorithm(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

		@Override
		public String code() {
			return "no-common-algorithm";
		}

	}

	/** The node did not let the account in. */
	public static final class NotLetIn extends NodeException {

		private static final long serialVersionUID = 1L;

		public NotLetIn(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

		@Override
		public String code() {
			return "not-let-in";
		}

	}

	/**
	 * The SSH agent that holds the management key does not answer, does not hold it, or
	 * does not sign. Says nothing of any node.
	 */
	public static final class AgentUnavailable extends NodeException {

		private static final long serialVersionUID = 1L;

		public AgentUnavailable(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

		@Override
		public String code() {
			return "agent-unavailable";
		}

	}

	/** The account has no shell that runs commands. */
	public static final class NoShell extends NodeException {

		private static final long serialVersionUID = 1L;

		public NoShell(String message) {
			super(message, null);
		}

		@Override
		public String code() {
			return "no-shell";
		}

	}

	/** The account must change its password at its next login. */
	public static final class PasswordExpired extends NodeException {

		private static final long serialVersionUID = 1L;

		public PasswordExpired(String message) {
			super(message, null);
		}

		@Override
		public String code() {
			return "password-expired";
		}

	}

	/** sudo does not let the account act. */
	public static final class NoSudo extends NodeException {

		private static final long serialVersionUID = 1L;

		private final Refusal refusal;

		private final String account;

		public NoSudo(String message, Refusal refusal, String account) {
			super(message, null);
			this.refusal = refusal;
			this.account = account;
		}

		public Refusal refusal() {
			return this.refusal;
		}

		@Override
		public String code() {
			return "no-sudo";
		}

		@Override
		public String remedy() {
			return super.remedy() + "." + this.refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

		@Override
		public List<String> remedyArguments() {
			return List.of(this.account);
		}

		/** Why. */
		public enum Refusal {

			/**
			 * It asks for a password: no line of sudoers lets the account act without
			 * one. Of an account that is not in sudoers sudo says the same, so that
			 * nobody learns who is.
			 */
			PASSWORD,
			/** It wants a terminal ({@code requiretty}). */
			TERMINAL,
			/** It is not installed, or not where it is looked for. */
			MISSING,
			/** It says that the account may not. */
			NOT_ALLOWED,
			/** Something else, which the message repeats. */
			OTHER

		}

	}

	/** The account was to be root, or to become it by sudo, and is not. */
	public static final class NotRoot extends NodeException {

		private static final long serialVersionUID = 1L;

		public NotRoot(String message) {
			super(message, null);
		}

		@Override
		public String code() {
			return "not-root";
		}

	}

	/** The node has not the tools that the script needs. */
	public static final class ToolMissing extends NodeException {

		private static final long serialVersionUID = 1L;

		public ToolMissing(String message) {
			super(message, null);
		}

		@Override
		public String code() {
			return "tool-missing";
		}

	}

	/** An account's file could not be read. */
	public static final class FileUnreadable extends NodeException {

		private static final long serialVersionUID = 1L;

		private final String reason;

		public FileUnreadable(String message, String reason) {
			super(message, null);
			this.reason = reason;
		}

		/** The script's word for why, such as {@code no-permission}. */
		public String reason() {
			return this.reason;
		}

		@Override
		public String code() {
			return "file-unreadable";
		}

	}

	/** The answer is not one that the script gives; nothing of it was used. */
	public static final class AnswerUnreadable extends NodeException {

		private static final long serialVersionUID = 1L;

		public AnswerUnreadable(String message) {
			super(message, null);
		}

		@Override
		public String code() {
			return "answer-unreadable";
		}

	}

	/** The node's script ended before its time. */
	public static final class ScriptFailed extends NodeException {

		private static final long serialVersionUID = 1L;

		private final int exitStatus;

		private final String output;

		private final String errorOutput;

		public ScriptFailed(int exitStatus, String output, String errorOutput) {
			super("The script on the node ended with exit status %d: %s".formatted(exitStatus, errorOutput), null);
			this.exitStatus = exitStatus;
			this.output = output;
			this.errorOutput = errorOutput;
		}

		public int exitStatus() {
			return this.exitStatus;
		}

		public String output() {
			return this.output;
		}

		public String errorOutput() {
			return this.errorOutput;
		}

		@Override
		public String code() {
			return "script-failed";
		}

	}

}
