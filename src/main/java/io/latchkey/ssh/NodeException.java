package io.latchkey.ssh;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A conversation with a node failed. The message says what happened, for a person;
 * {@link #remedy()} is the key of the text that says what to do. Never carries a secret.
 */
public abstract sealed class NodeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * From so many seconds of penalty on sshd turns an address away, and a little more
	 * ({@code PerSourcePenalties min}).
	 */
	private static final Duration PENALTY = Duration.ofSeconds(20);

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

	/**
	 * For how long the node is to be left alone at the least, since trying again at once
	 * would make it worse; zero where that does no harm.
	 */
	public Duration rest() {
		return Duration.ZERO;
	}

	/**
	 * The address cannot be resolved, or there is no route to it. Where a jump node is in
	 * the way, what helps is what helps there.
	 */
	public static final class NoRoute extends NodeException {

		private static final long serialVersionUID = 1L;

		public NoRoute(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

		@Override
		public String code() {
			return "no-route";
		}

		@Override
		public String remedy() {
			return (getCause() instanceof NodeException jump) ? jump.remedy() : super.remedy();
		}

		@Override
		public List<String> remedyArguments() {
			return (getCause() instanceof NodeException jump) ? jump.remedyArguments() : super.remedyArguments();
		}

	}

	/**
	 * The address lies in a network that Latchkey is told to stay out of; nothing was
	 * tried.
	 */
	public static final class NeverDialled extends NodeException {

		private static final long serialVersionUID = 1L;

		public NeverDialled(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

		@Override
		public String code() {
			return "never-dialled";
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

		private final boolean letIn;

		public TimedOut(String message, @Nullable Throwable cause) {
			this(message, false, cause);
		}

		TimedOut(String message, boolean letIn, @Nullable Throwable cause) {
			super(message, cause);
			this.letIn = letIn;
		}

		@Override
		public String code() {
			return "timed-out";
		}

		/** Of a node that had let Latchkey in, no firewall is to blame. */
		@Override
		public String remedy() {
			return this.letIn ? super.remedy() + ".let-in" : super.remedy();
		}

	}

	/** The connection broke, or what answers does not speak SSH. */
	public static final class Disconnected extends NodeException {

		private static final long serialVersionUID = 1L;

		private final Moment moment;

		public Disconnected(String message, Moment moment, @Nullable Throwable cause) {
			super(message, cause);
			this.moment = moment;
		}

		public Moment moment() {
			return this.moment;
		}

		@Override
		public String code() {
			return "disconnected";
		}

		@Override
		public String remedy() {
			return (this.moment != Moment.ANY)
					? super.remedy() + "." + this.moment.name().toLowerCase(Locale.ROOT).replace('_', '-')
					: super.remedy();
		}

		@Override
		public Duration rest() {
			return (this.moment == Moment.AT_LOGIN) ? PENALTY : super.rest();
		}

		/** When, as far as that tells why. */
		public enum Moment {

			/**
			 * Before a single word: the oldest sshd does so when it has too many logins
			 * under way ({@code MaxStartups}), and so do TCP wrappers and many a proxy.
			 */
			BEFORE_A_WORD,
			/**
			 * When it was asked to log in, in place of an answer:
			 * {@code RefuseConnection} (sshd_config(5), from OpenSSH 9.9) does so.
			 */
			AT_LOGIN,
			/** At any other. */
			ANY

		}

	}

	/**
	 * The node's sshd takes no connection from this address for now, and said so in place
	 * of its version string. It is there, and nothing is in the way. Says nothing of the
	 * account.
	 */
	public static final class TurnedAway extends NodeException {

		private static final long serialVersionUID = 1L;

		private final Reason reason;

		private final String from;

		/**
		 * @param from the address that is turned away, for a person
		 */
		public TurnedAway(String message, Reason reason, String from, @Nullable Throwable cause) {
			super(message, cause);
			this.reason = reason;
			this.from = from;
		}

		public Reason reason() {
			return this.reason;
		}

		@Override
		public String code() {
			return "turned-away";
		}

		@Override
		public String remedy() {
			return super.remedy() + "." + this.reason.name().toLowerCase(Locale.ROOT);
		}

		@Override
		public List<String> remedyArguments() {
			return List.of(this.from);
		}

		/** While it lasts, coming again costs nothing, and brings nothing. */
		@Override
		public Duration rest() {
			return (this.reason == Reason.PENALTY) ? PENALTY : super.rest();
		}

		String from() {
			return this.from;
		}

		/** By which words it said so. */
		public enum Reason {

			/**
			 * {@code Not allowed at this time}, from OpenSSH 9.8: the address is under a
			 * penalty ({@code PerSourcePenalties}), or too many logins are under way, for
			 * which it has the same words.
			 */
			PENALTY,
			/** {@code Exceeded MaxStartups}, before OpenSSH 9.8. */
			STARTUPS

		}

	}

	/**
	 * Latchkey did not try: it was refused there so often in a short time that one more
	 * try could shut its address out of the node, and with it every grant there.
	 */
	public static final class TriedTooOften extends NodeException {

		private static final long serialVersionUID = 1L;

		private final Duration rest;

		public TriedTooOften(String message, Duration rest) {
			super(message, null);
			this.rest = rest;
		}

		@Override
		public String code() {
			return "tried-too-often";
		}

		@Override
		public Duration rest() {
			return this.rest;
		}

		@Override
		public List<String> remedyArguments() {
			return List.of(Long.toString(this.rest.plusSeconds(1).minusNanos(1).toSeconds()));
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

		private final String option;

		private final String offered;

		private final boolean legacyHelps;

		/**
		 * @param option of sshd_config(5) that names those of the node
		 * @param offered what Latchkey can, one of which would do
		 * @param legacyHelps whether the node has some that Latchkey takes where legacy
		 * algorithms are allowed
		 */
		public NoCommonAlgorithm(String message, String option, String offered, boolean legacyHelps,
				@Nullable Throwable cause) {
			super(message, cause);
			this.option = option;
			this.offered = offered;
			this.legacyHelps = legacyHelps;
		}

		@Override
		public String code() {
			return "no-common-algorithm";
		}

		@Override
		public String remedy() {
			return this.legacyHelps ? super.remedy() + ".legacy" : super.remedy();
		}

		@Override
		public List<String> remedyArguments() {
			return List.of(this.option, this.offered);
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
	 * The node took the key or the password, and asks for more
	 * ({@code AuthenticationMethods}, sshd_config(5)), which nobody can give it.
	 */
	public static final class MoreAsked extends NodeException {

		private static final long serialVersionUID = 1L;

		private final String account;

		private final String more;

		/**
		 * @param more what it asks for, as sshd names it
		 */
		public MoreAsked(String message, String account, String more, @Nullable Throwable cause) {
			super(message, cause);
			this.account = account;
			this.more = more;
		}

		@Override
		public String code() {
			return "more-asked";
		}

		@Override
		public List<String> remedyArguments() {
			return List.of(this.account, this.more);
		}

	}

	/** The node lets the account in by other ways alone; nothing was tried. */
	public static final class MethodNotTaken extends NodeException {

		private static final long serialVersionUID = 1L;

		private final String account;

		private final String taken;

		/**
		 * @param taken by which it does, as sshd names them
		 */
		public MethodNotTaken(String message, String account, String taken, @Nullable Throwable cause) {
			super(message, cause);
			this.account = account;
			this.taken = taken;
		}

		@Override
		public String code() {
			return "method-not-taken";
		}

		@Override
		public List<String> remedyArguments() {
			return List.of(this.account, this.taken);
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

	/**
	 * The account's login shell printed so much, or did something else, that the script
	 * was not heard of.
	 */
	public static final class ShellNoise extends NodeException {

		private static final long serialVersionUID = 1L;

		private final String account;

		public ShellNoise(String message, String account, @Nullable Throwable cause) {
			super(message, cause);
			this.account = account;
		}

		@Override
		public String code() {
			return "shell-noise";
		}

		@Override
		public List<String> remedyArguments() {
			return List.of(this.account);
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
