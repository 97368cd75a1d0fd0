package io.latchkey.https;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.latchkey.core.StartRefusedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;

/**
 * The certificate that is served. Its files are looked at every few seconds; what they
 * hold takes its place when it is whole and no worse, and until then the one before
 * stays.
 */
public final class HttpsCertificate implements AutoCloseable {

	static final String BUNDLE = "latchkey";

	private static final Logger LOGGER = LoggerFactory.getLogger(HttpsCertificate.class);

	/** What renews certificates does so weeks before. */
	private static final Duration SOON = Duration.ofDays(10);

	private final CertificateFiles files;

	private final SslBundleRegistry registry;

	private final Clock clock;

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "https-certificate");
		thread.setDaemon(true);
		return thread;
	});

	private volatile CertificateFiles.Contents contents;

	private volatile ServedCertificate served;

	private volatile @Nullable Trouble renewal;

	/**
	 * @throws StartRefusedException when the files hold nothing that could be served
	 */
	HttpsCertificate(CertificateFiles files, SslBundleRegistry registry, Clock clock) {
		this.files = files;
		this.registry = registry;
		this.clock = clock;
		try {
			this.contents = files.read();
			this.served = this.contents.parse();
			registry.registerBundle(BUNDLE, usable(this.served));
		}
		catch (CertificateRefusedException ex) {
			throw new StartRefusedException(String.valueOf(ex.getMessage()), ex.action());
		}
	}

	void lookEvery(Duration interval) {
		this.timer.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Whether something is to be done about it, and since when. */
	public Optional<Trouble> trouble() {
		Trouble renewal = this.renewal;
		Instant end = endsAt();
		if (renewal == null && end.isBefore(this.clock.instant().plus(SOON))) {
			return Optional.of(new Trouble("", "", null));
		}
		return Optional.ofNullable(renewal);
	}

	public Instant endsAt() {
		return this.served.endsAt();
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

	/** Never throws: it would be the last look. */
	void look() {
		try {
			CertificateFiles.Contents now = this.files.read();
			if (!now.equals(this.contents)) {
				take(now);
			}
			this.renewal = null;
		}
		catch (CertificateRefusedException ex) {
			say(String.valueOf(ex.getMessage()), ex.action());
		}
		catch (RuntimeException ex) {
			LOGGER.error("The certificate of HTTPS could not be renewed", ex);
			say("The certificate of HTTPS could not be renewed.", "See Latchkey's log.");
		}
	}

	private void take(CertificateFiles.Contents now) throws CertificateRefusedException {
		ServedCertificate next = now.parse();
		if (next.isOverAt(this.clock.instant()) && !this.served.isOverAt(this.clock.instant())) {
			throw new CertificateRefusedException("The new certificate of HTTPS has ended already, at " + next.endsAt()
					+ ", and the one that is served has not.", "Put one there that is yet to end.");
		}
		this.registry.updateBundle(BUNDLE, usable(next));
		this.contents = now;
		this.served = next;
		LOGGER.info("HTTPS is served with a new certificate, which ends at {}", next.endsAt());
	}

	private void say(String description, String action) {
		Trouble known = this.renewal;
		if (known == null || !known.description().equals(description)) {
			LOGGER.warn("{} {} The certificate that was served so far still is; it ends at {}.", description, action,
					endsAt());
			this.renewal = new Trouble(description, action, (known != null) ? known.since() : this.clock.instant());
		}
	}

	/** Made on trial, so that what the server can't use never gets to it. */
	private static SslBundle usable(ServedCertificate certificate) throws CertificateRefusedException {
		SslBundle bundle = certificate.bundle();
		try {
			bundle.createSslContext();
			return bundle;
		}
		catch (IllegalStateException ex) {
			throw new CertificateRefusedException("HTTPS cannot be served with this certificate and key.",
					"Put a certificate there whose key is RSA, ECDSA or Ed25519.");
		}
	}

	/**
	 * What is wrong.
	 *
	 * @param description why the files' new certificate isn't taken; empty where there is
	 * none, and the one that is served ends soon
	 * @param action what to do about it
	 * @param since null where it only ends soon
	 */
	public record Trouble(String description, String action, @Nullable Instant since) {

	}

}
