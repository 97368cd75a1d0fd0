package io.latchkey.api.enrolment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import io.latchkey.registration.EnrolmentTokenDraft;
import org.jspecify.annotations.Nullable;

/**
 * An enrolment token as a caller describes it. By default for one node, for a day, the
 * account root, and without approval.
 *
 * @param duration from now on; or expiresAt
 */
record EnrolmentTokenRequest(@Nullable String purpose, @Nullable String managementAccount,
		@Nullable Privilege privilege, @Nullable Mode mode, @Nullable List<String> clusters,
		@Nullable Map<String, String> labels, @Nullable Integer uses, @Nullable Duration duration,
		@Nullable Instant expiresAt, @Nullable Boolean approval) {

	private static final String ROOT = "root";

	private static final Duration USUAL = Duration.ofDays(1);

	EnrolmentTokenDraft toDraft(Clock clock) {
		if (this.duration != null && this.expiresAt != null) {
			throw new InvalidInputException(Fault.of("duration", "enrolment-token.end"));
		}
		String account = Objects.requireNonNullElse(this.managementAccount, ROOT);
		Privilege ownPrivilege = account.equals(ROOT) ? Privilege.ROOT : Privilege.SUDO;
		Instant end = (this.expiresAt != null) ? this.expiresAt
				: clock.instant().plus(Objects.requireNonNullElse(this.duration, USUAL));
		return new EnrolmentTokenDraft(this.purpose, account, Objects.requireNonNullElse(this.privilege, ownPrivilege),
				Objects.requireNonNullElse(this.mode, Mode.ADDITIVE),
				Objects.requireNonNullElse(this.clusters, List.of()), Objects.requireNonNullElse(this.labels, Map.of()),
				Objects.requireNonNullElse(this.uses, 1), end, Objects.requireNonNullElse(this.approval, false));
	}

}
