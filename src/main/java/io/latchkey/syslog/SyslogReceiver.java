package io.latchkey.syslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import io.latchkey.core.ConnectionShare;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * The receiver, by TLS (RFC 5425). Syslog acknowledges nothing. A batch therefore has a
 * connection of its own, and counts as received when the receiver has ended the
 * connection in good order after Latchkey did: it then has read all of it.
 */
class SyslogReceiver implements AutoCloseable {

	private final SyslogProperties properties;

	/** Ends what takes too long: a write has no deadline of its own. */
	private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1,
			ConnectionShare.RUNS.threads("syslog-watch"));

	SyslogReceiver(SyslogProperties properties) {
		this.properties = properties;
	}

	/**
	 * @throws IOException when it is not known whether all were received
	 */
	void send(List<SyslogMessage> messages) throws IOException {
		int timeout = Math.toIntExact(this.properties.timeout().toMillis());
		SSLSocketFactory tls = tls();
		try (Socket connection = new Socket()) {
			connection.connect(new InetSocketAddress(this.properties.address(), this.properties.port()), timeout);
			connection.setSoTimeout(timeout);
			ScheduledFuture<?> end = this.watch.schedule(() -> close(connection), timeout, TimeUnit.MILLISECONDS);
			try {
				deliver(messages, secured(tls, connection));
			}
			finally {
				end.cancel(false);
			}
		}
	}

	private static void deliver(List<SyslogMessage> messages, SSLSocket connection) throws IOException {
		ByteArrayOutputStream batch = new ByteArrayOutputStream();
		for (SyslogMessage message : messages) {
			batch.write(message.framed());
		}
		connection.startHandshake();
		connection.getOutputStream().write(batch.toByteArray());
		connection.getOutputStream().flush();
		connection.shutdownOutput();
		InputStream answer = connection.getInputStream();
		if (answer.read() >= 0) {
			throw new IOException("The receiver answered something, which syslog does not");
		}
	}

	@Override
	public void close() {
		this.watch.shutdownNow();
	}

	private SSLSocket secured(SSLSocketFactory tls, Socket connection) throws IOException {
		SSLSocket secured = (SSLSocket) tls.createSocket(connection, this.properties.address(), this.properties.port(),
				true);
		SSLParameters parameters = secured.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		secured.setSSLParameters(parameters);
		return secured;
	}

	/** Read each time, so that renewed files count. */
	private SSLSocketFactory tls() throws IOException {
		try {
			@Nullable PemSslStore own = (this.properties.certificate() != null)
					? PemSslStore.load(PemSslStoreDetails.forCertificates(text(this.properties.certificate()))
						.withPrivateKey(text(Objects.requireNonNull(this.properties.privateKey()))))
					: null;
			@Nullable PemSslStore trusted = (this.properties.ca() != null)
					? PemSslStore.load(PemSslStoreDetails.forCertificate(text(this.properties.ca()))) : null;
			return SslBundle.of(new PemSslStoreBundle(own, trusted)).createSslContext().getSocketFactory();
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			// Its text may quote what stands in a file.
			throw new IOException("The certificates of latchkey.audit.syslog cannot be used");
		}
	}

	private static String text(Path file) throws IOException {
		return Files.readString(file, StandardCharsets.US_ASCII);
	}

	private static void close(Socket connection) {
		try {
			connection.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
