package io.latchkey.https;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Says that a certificate could not be renewed or ends soon, while it is still good.
 */
class HttpsHealth implements HealthIndicator {

	private static final Status WARNING = new Status("WARNING");

	private final HttpsCertificate certificate;

	HttpsHealth(HttpsCertificate certificate) {
		this.certificate = certificate;
	}

	@Override
	public Health health() {
		Health.Builder health = Health.up().withDetail("endsAt", this.certificate.endsAt());
		this.certificate.trouble()
			.ifPresent((trouble) -> health.status(WARNING)
				.withDetail("renewal", trouble.description().isEmpty() ? "ends soon" : trouble.description()));
		return health.build();
	}

}
