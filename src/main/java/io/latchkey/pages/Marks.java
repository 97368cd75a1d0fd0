package io.latchkey.pages;

import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.UnendedSession;
import io.latchkey.grants.GrantStatus;
import io.latchkey.identity.IdentityStatus;
import io.latchkey.logins.Standing;
import io.latchkey.nodestate.InterNodeState;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.Run;
import io.latchkey.users.UserStatus;

import org.springframework.stereotype.Component;

/**
 * The marks of all states.
 */
@Component("marks")
public class Marks {

	private static final Mark IN_SYNC = new Mark("s-in-sync", "ti-check", "page.state.IN_SYNC");

	private static final Mark UNREACHABLE = new Mark("s-unreachable", "ti-plug-off", "page.state.UNREACHABLE");

	private static final Mark REFUSED = new Mark("s-refused", "ti-ban", "page.state.REFUSED");

	private static final Mark FAILED = new Mark("s-failed", "ti-x", "page.state.FAILED");

	private static final Mark CONVERGING = new Mark("s-converging", "ti-refresh", "page.state.CONVERGING");

	private static final Mark STILL_PRESENT = new Mark("s-failed", "ti-alarm", "page.delivery.STILL_PRESENT");

	private static final Mark OTHER_WAY = new Mark("s-drifted", "ti-key", "page.delivery.other-way");

	private static final Mark WAS_IN_PLACE = new Mark("s-unreachable", "ti-history", "page.delivery.was-in-place");

	static final Mark KEYLESS = new Mark("s-pending", "ti-minus", "page.delivery.keyless");

	private static final Mark WAITING = new Mark("s-pending", "ti-calendar", "page.delivery.waiting");

	/** A mark is its own. */
	public Mark of(Mark mark) {
		return mark;
	}

	/** What was so when it was seen last, which is past. */
	public Mark past(Mark mark) {
		return new Mark("s-unreachable", "ti-history", mark.text());
	}

	public Mark of(NodeState state) {
		return switch (state) {
			case PENDING_ENROLMENT -> new Mark("s-pending", "ti-hourglass", "page.state.PENDING_ENROLMENT");
			case IN_SYNC -> IN_SYNC;
			case DRIFTED -> new Mark("s-drifted", "ti-equal-not", "page.state.DRIFTED");
			case CONVERGING -> CONVERGING;
			case UNREACHABLE -> UNREACHABLE;
			case REFUSED -> REFUSED;
			case FAILED -> FAILED;
		};
	}

	public Mark of(Standing standing) {
		return switch (standing) {
			case GRANTED -> new Mark("s-in-sync", "ti-key", "page.login.standing.GRANTED");
			case INTER_NODE -> new Mark("s-in-sync", "ti-server-2", "page.login.standing.INTER_NODE");
			case LATCHKEY -> new Mark("s-in-sync", "ti-robot", "page.login.standing.LATCHKEY");
			case TOLERATED -> new Mark("s-foreign", "ti-fingerprint", "page.login.standing.TOLERATED");
			case UNGRANTED -> new Mark("s-failed", "ti-alert-triangle", "page.login.standing.UNGRANTED");
			case NO_KEY -> new Mark("s-drifted", "ti-password", "page.login.standing.NO_KEY");
		};
	}

	public Mark of(GrantStatus status) {
		return switch (status) {
			case SCHEDULED -> new Mark("s-pending", "ti-calendar", "page.grant.status.SCHEDULED");
			case ACTIVE -> new Mark("s-in-sync", "ti-key", "page.grant.status.ACTIVE");
			case EXPIRED -> new Mark("s-unreachable", "ti-clock-off", "page.grant.status.EXPIRED");
			case REVOKED -> new Mark("s-unreachable", "ti-key-off", "page.grant.status.REVOKED");
		};
	}

	public Mark of(IdentityStatus status) {
		return switch (status) {
			case ACTIVE -> new Mark("s-in-sync", "ti-check", "page.identity.status.ACTIVE");
			case SUSPENDED -> new Mark("s-drifted", "ti-user-off", "page.identity.status.SUSPENDED");
		};
	}

	public Mark of(UserStatus status) {
		return switch (status) {
			case INVITED -> new Mark("s-pending", "ti-mail", "page.user.status.INVITED");
			case ACTIVE -> new Mark("s-in-sync", "ti-check", "page.user.status.ACTIVE");
			case DISABLED -> new Mark("s-drifted", "ti-user-off", "page.user.status.DISABLED");
		};
	}

	/** A node that cannot be reached, or refuses, says more than that it is pending. */
	public Mark of(Delivery.Entry entry) {
		return switch (entry.state()) {
			case IN_PLACE ->
				entry.wasInPlace() ? WAS_IN_PLACE : new Mark("s-in-sync", "ti-check", "page.delivery.IN_PLACE");
			case REMOVED -> entry.isGone() ? new Mark("s-in-sync", "ti-check", "page.delivery.REMOVED") : OTHER_WAY;
			case STILL_PRESENT -> isStuck(entry.nodeState()) ? STILL_PRESENT : CONVERGING;
			case FAILED -> FAILED;
			case PENDING -> pending(entry);
		};
	}

	/** A node that is as it should be has been told all that there is now. */
	private Mark pending(Delivery.Entry entry) {
		if (entry.keyless()) {
			return KEYLESS;
		}
		if (entry.nodeState() == NodeState.IN_SYNC) {
			return WAITING;
		}
		return isStuck(entry.nodeState()) ? of(entry.nodeState()) : CONVERGING;
	}

	public Mark of(Run.Outcome outcome) {
		return switch (outcome) {
			case UNCHANGED -> IN_SYNC;
			case CHANGED -> new Mark("s-in-sync", "ti-check", "page.run.outcome.CHANGED");
			case DRIFT_FOUND -> new Mark("s-drifted", "ti-equal-not", "page.run.outcome.DRIFT_FOUND");
			case UNREACHABLE -> UNREACHABLE;
			case REFUSED -> REFUSED;
			case FAILED -> FAILED;
		};
	}

	public Mark of(InterNodeState.Stand stand) {
		return switch (stand) {
			case IN_PLACE -> new Mark("s-in-sync", "ti-check", "page.inter-node.stand.IN_PLACE");
			case PENDING -> CONVERGING;
			case AWAY -> UNREACHABLE;
			case FAILED -> FAILED;
			case OBSERVED -> new Mark("s-unreachable", "ti-eye", "page.inter-node.stand.OBSERVED");
			case NOT_ENROLLED -> new Mark("s-pending", "ti-hourglass", "page.inter-node.stand.NOT_ENROLLED");
		};
	}

	public Mark of(UnendedSession.Standing standing) {
		return switch (standing) {
			case WAITING -> new Mark("s-converging", "ti-refresh", "page.unended.WAITING");
			case TRYING -> new Mark("s-drifted", "ti-refresh", "page.unended.TRYING");
			case LEFT -> new Mark("s-failed", "ti-x", "page.unended.LEFT");
			case GIVEN_UP -> new Mark("s-failed", "ti-x", "page.unended.GIVEN_UP");
		};
	}

	private static boolean isStuck(NodeState state) {
		return switch (state) {
			case DRIFTED, UNREACHABLE, REFUSED, FAILED, PENDING_ENROLMENT -> true;
			case IN_SYNC, CONVERGING -> false;
		};
	}

}
