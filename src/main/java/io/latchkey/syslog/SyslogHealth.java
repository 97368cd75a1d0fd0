package io.latchkey.syslog;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Says that the record waits for its receiver; Latchkey works all the same.
 */
class SyslogHealth implements HealthIndicator {

	private static final Status WARNING = new Status("WARNING");

	private final SyslogDelivery delivery;

	SyslogHealth(SyslogDelivery delivery) {
		this.delivery = delivery;
	}

	@Override
	public Health health() {
		SyslogStatus status = this.delivery.status();
		Health.Builder health = Health.up()
			.withDetail("receiver", status.receiver())
			.withDetail("sent", status.sent())
			.withDetail("left", status.left());
		SyslogStatus.Trouble trouble = status.trouble();
		if (trouble != null) {
			health.status(WARNING).withDetail("trouble", trouble.description()).withDetail("since", trouble.since());
		}
		return health.build();
	}

}
