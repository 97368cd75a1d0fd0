package io.latchkey.ssh;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A conversation with a node failed. The message says what happened, for a person;
 * {@link #remedy()} is the key of the text that says what to do. Never carries a secret.
 * <p>
 * What is caught for itself, or tells more than others, has a type of its own here.
 */
public class NodeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final FailureKind kind;

	private final transient List<String> remedyArguments;

	private transient @Nullable LoginTimes loginTimes;

	private transient @Nullable Supplier<String> log;

	public NodeException(FailureKind kind, String message, @Nullable Throwable cause) {
		this(kind, message, List.of(), cause);
	}

	/**
	 * @param remedyArguments what stands in the text that says what to do for {@code {0}}
	 * and so on
	 */
	public NodeException(FailureKind kind, String message, List<String> remedyArguments, @Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
		this.remedyArguments = List.copyOf(remedyArguments);
	}

	/**
	 * Notes how it failed.
	 * @param times what the login took this time
	 * @param log what happened at it, line by line, until it is asked for
	 */
	NodeException after(LoginTimes times, Supplier<String> log) {
		this.loginTimes = times;
		this.log = log;
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
		String text = (this.log != null) ? this.log.get() : "";
		return text.isEmpty() ? null : text;
	}

	public FailureKind kind() {
		return this.kind;
	}

	/** Which kind of failure it is; a stable word. */
	public String code() {
		return this.kind.code();
	}

	/** The key of the text that says what to do, in {@code messages.properties}. */
	public String remedy() {
		return this.kind.remedy();
	}

	/** What stands in that text for {@code {0}} and so on. */
	public List<String> remedyArguments() {
		return this.remedyArguments;
	}

	/**
	 * For how long the node is to be left alone at the least, since trying again at once
	 * would make it worse; zero where that does no harm.
	 */
	public Duration rest() {
		return this.kind.rest();
	}

	/** The jump node in the way is not to be reached: what helps is what helps there. */
	static final class NoWayThrough extends NodeException {

		private static final long serialVersionUID = 1L;

		private final String remedy;

		NoWayThrough(String message, NodeException jump) {
			super(FailureKind.NO_ROUTE, message, jump.remedyArguments(), jump);
			this.remedy = jump.remedy();
		}

		@Override
		public String remedy() {
			return this.remedy;
		}

	}

	/** A deadline passed; the message says of which phase. */
	public static final class TimedOut extends NodeException {

		private static final long serialVersionUID = 1L;

		TimedOut(FailureKind kind, String message, @Nullable Throwable cause) {
			super(kind, message, cause);
		}

	}

	/** See {@link FailureKind#TRIED_TOO_OFTEN}. */
	public static final class TriedTooOften extends NodeException {

		private static final long serialVersionUID = 1L;

		private final Duration rest;

		TriedTooOften(String message, Duration rest) {
			super(FailureKind.TRIED_TOO_OFTEN, message,
					List.of(Long.toString(rest.plusSeconds(1).minusNanos(1).toSeconds())), null);
			this.rest = rest;
		}

		@Override
		public Duration rest() {
			return this.rest;
		}

	}

	/** The node showed another host key than the pinned one. */
	public static final class HostKeyChanged extends NodeException {

		private static final long serialVersionUID = 1L;

		private final String shown;

		HostKeyChanged(String message, String shown, @Nullable Throwable cause) {
			super(FailureKind.HOST_KEY_CHANGED, message, cause);
			this.shown = shown;
		}

		/**
		 * What the node showed: a fingerprint, or the algorithms of its keys where it has
		 * none of a pinned one.
		 */
		public String shown() {
			return this.shown;
		}

	}

	/** The node did not let the account in. */
	public static final class NotLetIn extends NodeException {

		private static final long serialVersionUID = 1L;

		NotLetIn(String message, @Nullable Throwable cause) {
			super(FailureKind.NOT_LET_IN, message, cause);
		}

	}

	/** See {@link FailureKind#AGENT_UNAVAILABLE}. */
	public static final class AgentUnavailable extends NodeException {

		private static final long serialVersionUID = 1L;

		AgentUnavailable(String message, @Nullable Throwable cause) {
			super(FailureKind.AGENT_UNAVAILABLE, message, cause);
		}

	}

	/** An account's file could not be read. */
	public static final class FileUnreadable extends NodeException {

		private static final long serialVersionUID = 1L;

		private final String reason;

		/**
		 * @param reason the script's word for why, such as {@code no-permission}
		 */
		public FileUnreadable(String message, String reason) {
			super(FailureKind.FILE_UNREADABLE, message, null);
			this.reason = reason;
		}

		/** The script's word for why, such as {@code no-permission}. */
		public String reason() {
			return this.reason;
		}

	}

}
