package io.latchkey.syslog;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

import io.latchkey.audit.AuditTrail;
import io.latchkey.audit.RecordExport;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends the record, where a receiver is named. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("latchkey.audit.syslog.address")
class SyslogConfiguration {

	@Bean
	SyslogReceiver syslogReceiver(SyslogProperties properties) {
		return new SyslogReceiver(properties);
	}

	@Bean
	SyslogDelivery syslogDelivery(SyslogProperties properties, AuditTrail trail, RecordExport export,
			SyslogPositionRepository positions, SyslogReceiver receiver, Clock clock) {
		return new SyslogDelivery(properties, hostname(), trail, export, positions, receiver, clock);
	}

	@Bean
	SyslogLoop syslogLoop(SyslogDelivery delivery) {
		return new SyslogLoop(delivery);
	}

	@Bean
	SyslogHealth syslogHealthIndicator(SyslogDelivery delivery) {
		return new SyslogHealth(delivery);
	}

	/** Nothing where the machine doesn't know (RFC 5424, 6.2.4). */
	private static String hostname() {
		try {
			String name = InetAddress.getLocalHost().getHostName().replaceAll("[^!-~]", "");
			return name.isEmpty() ? "-" : name;
		}
		catch (UnknownHostException ex) {
			return "-";
		}
	}

}
