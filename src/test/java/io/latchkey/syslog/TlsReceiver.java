package io.latchkey.syslog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import io.latchkey.https.OpenSslPair;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * A receiver of syslog over TLS, which keeps the messages that it got whole.
 */
class TlsReceiver implements AutoCloseable {

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private final SSLServerSocket server;

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile Manner manner;

	TlsReceiver(OpenSslPair own, @Nullable OpenSslPair client, int port, Manner manner) throws IOException {
		this.manner = manner;
		PemSslStore key = PemSslStore.load(PemSslStoreDetails.forCertificates(Files.readString(own.certificate()))
			.withPrivateKey(Files.readString(own.privateKey())));
		PemSslStore trusted = (client != null)
				? PemSslStore.load(PemSslStoreDetails.forCertificate(Files.readString(client.certificate()))) : null;
		SSLContext context = SslBundle.of(new PemSslStoreBundle(key, trusted)).createSslContext();
		this.server = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(port, 10, InetAddress.getByName("127.0.0.1"));
		this.server.setNeedClientAuth(client != null);
		Thread thread = new Thread(this::serve, "syslog-receiver");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.server.getLocalPort();
	}

	List<String> messages() {
		return this.messages;
	}

	void behave(Manner manner) {
		this.manner = manner;
	}

	private void serve() {
		while (!this.server.isClosed()) {
			try (Socket connection = this.server.accept()) {
				receive(connection);
			}
			catch (IOException ex) {
				// The next connection is another one.
				continue;
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void receive(Socket connection) throws IOException, InterruptedException {
		InputStream input = connection.getInputStream();
		switch (this.manner) {
			case READS -> parse(input.readAllBytes());
			case CUTS_OFF -> {
				parse(input.readNBytes(2000));
				connection.setSoLinger(true, 0);
			}
			case STALLS -> {
				input.read();
				this.closed.await();
			}
		}
	}

	/** What is not whole is left out. */
	private void parse(byte[] bytes) throws IOException {
		ByteArrayInputStream frames = new ByteArrayInputStream(bytes);
		while (frames.available() > 0) {
			int length = 0;
			for (int digit = frames.read(); digit != ' '; digit = frames.read()) {
				if (digit < '0' || digit > '9') {
					return;
				}
				length = length * 10 + digit - '0';
			}
			byte[] message = frames.readNBytes(length);
			if (message.length == length) {
				this.messages.add(new String(message, StandardCharsets.UTF_8));
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.closed.countDown();
		this.server.close();
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
	}

	enum Manner {

		READS, CUTS_OFF, STALLS

	}

}
