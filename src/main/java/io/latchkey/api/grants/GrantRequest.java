package io.latchkey.api.grants;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.latchkey.core.Faults;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import org.jspecify.annotations.Nullable;

record GrantRequest(@Nullable String subject, @Nullable String target, @Nullable String account,
		@Nullable Duration duration, @Nullable Instant expiresAt, @Nullable Instant startsAt, @Nullable String reason,
		@Nullable OptionsRequest options, @Nullable Boolean accountMayBeMissing) {

	GrantDraft toDraft() {
		Faults faults = new Faults();
		Optional<Subject> who = faults.parsed("subject", this.subject, Subject::parse, "subject.malformed");
		Optional<Target> where = faults.parsed("target", this.target, Target::parse, "target.malformed");
		String as = faults.required("account", this.account, "");
		faults.check();
		return new GrantDraft(who.orElseThrow(), where.orElseThrow(), as, this.startsAt, this.duration, this.expiresAt,
				this.reason, (this.options != null) ? this.options.toOptions() : GrantOptions.NONE,
				Boolean.TRUE.equals(this.accountMayBeMissing));
	}

}
