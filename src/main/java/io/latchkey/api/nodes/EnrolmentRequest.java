package io.latchkey.api.nodes;

import java.util.Optional;

import io.latchkey.api.body.Faults;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

record EnrolmentRequest(Enrolment.@Nullable Method method, @Nullable String password, @Nullable String account,
		@Nullable String acceptHostKey) {

	Enrolment toEnrolment() {
		Faults faults = new Faults();
		Enrolment.Method way = faults.required("method", this.method, Enrolment.Method.KEY_INSTALLED);
		if (way == Enrolment.Method.PASSWORD) {
			faults.required("password", this.password, "");
		}
		Optional<Fingerprint> accepted = (this.acceptHostKey != null)
				? faults.parsed("acceptHostKey", this.acceptHostKey, Fingerprint::parse, "fingerprint.malformed")
				: Optional.empty();
		faults.check();
		char[] secret = (this.password != null && way == Enrolment.Method.PASSWORD) ? this.password.toCharArray()
				: null;
		return new Enrolment(way, secret, this.account, accepted.orElse(null));
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "EnrolmentRequest[method=" + this.method + ", account=" + this.account + "]";
	}

}
