package io.latchkey.syslog;

import java.nio.file.Path;
import java.time.Duration;

import io.latchkey.core.StartRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the record goes; without an address it goes nowhere.
 *
 * @param address name or address of the receiver, which its certificate has to name
 * @param ca a file in PEM with the certificates to trust; otherwise those that Java
 * trusts
 * @param certificate a file in PEM with the certificate that Latchkey shows, if any
 * @param privateKey the file of its private key in PEM, without a passphrase
 * @param timeout for the connection, and for each batch
 */
@ConfigurationProperties("latchkey.audit.syslog")
record SyslogProperties(@Nullable String address, @DefaultValue("6514") int port, @Nullable Path ca,
		@Nullable Path certificate, @Nullable Path privateKey, @DefaultValue("10s") Duration timeout) {

	SyslogProperties {
		if (port < 1 || port > 65535) {
			throw new StartRefusedException("latchkey.audit.syslog.port is %d.".formatted(port),
					"Set it to a port from 1 to 65535.");
		}
		if ((certificate == null) != (privateKey == null)) {
			throw new StartRefusedException(
					"Of latchkey.audit.syslog.certificate and latchkey.audit.syslog.private-key only one is set.",
					"Set both, or none where the receiver asks for no certificate.");
		}
	}

	/** In short. */
	String receiver() {
		String host = (this.address != null) ? this.address : "";
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + this.port;
	}

}
