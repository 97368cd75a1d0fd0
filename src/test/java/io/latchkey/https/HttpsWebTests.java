package io.latchkey.https;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.TestDatabase;
import io.latchkey.VaultConfiguration;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * HTTPS as Latchkey serves it by itself, with files as certbot lays them out: links to
 * links, swapped at a renewal.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "db-scheduler.enabled=false", "latchkey.https.look-every=20ms" })
@ContextConfiguration(initializers = TestDatabase.class)
@Import(VaultConfiguration.class)
@RequiresProgram("openssl")
class HttpsWebTests {

	private static final Duration ENOUGH = Patience.of(Duration.ofSeconds(20));

	@TempDir
	static Path folder;

	private static int plainPort;

	@Autowired
	HttpsCertificate certificate;

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void https(DynamicPropertyRegistry registry) throws IOException {
		plainPort = freePort();
		registry.add("latchkey.https.certificate", () -> live("fullchain.pem"));
		registry.add("latchkey.https.private-key", () -> live("privkey.pem"));
		registry.add("latchkey.https.redirect-port", () -> plainPort);
		renew("first");
	}

	@Test
	void takesARenewedPairWhileConnectionsAreOpen() throws Exception {
		renew("one");
		await().atMost(ENOUGH).until(() -> subject(socket("TLSv1.3")).equals("CN=one"));
		try (SSLSocket open = socket("TLSv1.3")) {
			assertThat(ask(open)).startsWith("HTTP/1.1 200");
			renew("two");
			await().atMost(ENOUGH).until(() -> subject(socket("TLSv1.2")).equals("CN=two"));
			assertThat(ask(open)).startsWith("HTTP/1.1 200");
			assertThat(subject(open)).isEqualTo("CN=one");
		}
		Files.copy(folder.resolve("archive/one/privkey.pem"), folder.resolve("archive/two/privkey.pem"),
				StandardCopyOption.REPLACE_EXISTING);
		await().atMost(ENOUGH).until(() -> this.certificate.trouble().isPresent());
		assertThat(subject(socket("TLSv1.3"))).isEqualTo("CN=two");
		renew("three");
		await().atMost(ENOUGH).until(() -> subject(socket("TLSv1.3")).equals("CN=three"));
		assertThat(this.certificate.trouble()).isEmpty();
	}

	@Test
	void speaksNothingOlderThanTls12() {
		for (String old : List.of("-tls1", "-tls1_1")) {
			ProgramRun run = ProgramRun.of("openssl", "s_client", "-connect", "localhost:" + this.port, old, "-cipher",
					"DEFAULT@SECLEVEL=0");
			assertThat(run.exitStatus()).isNotZero();
		}
		assertThat(connect("-tls1_2").exitStatus()).isZero();
		assertThat(connect("-tls1_3").exitStatus()).isZero();
		assertThat(ProgramRun
			.of("openssl", "s_client", "-connect", "localhost:" + this.port, "-tls1_2", "-cipher",
					"AES128-SHA:AES256-GCM-SHA384:ECDHE-RSA-AES128-SHA")
			.exitStatus()).isNotZero();
	}

	@Test
	void hasBrowsersComeByHttpsAlone() throws Exception {
		HttpResponse<String> form = get("https://localhost:" + this.port + "/assets/https-form");
		assertThat(form.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
		assertThat(form.headers().firstValue("Set-Cookie"))
			.hasValueSatisfying((cookie) -> assertThat(cookie).startsWith("__Host-latchkey-form=")
				.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"));
	}

	@Test
	void leadsToHttpsFromThePlainPort() throws Exception {
		String plain = "http://localhost:" + plainPort;
		HttpResponse<String> led = get(plain + "/nodes?state=FAILED");
		assertThat(led.statusCode()).isEqualTo(308);
		assertThat(led.headers().firstValue("Location"))
			.hasValue("https://localhost:" + this.port + "/nodes?state=FAILED");
		assertThat(led.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(client()
			.send(HttpRequest.newBuilder(URI.create(plain + "/sign-in"))
				.POST(HttpRequest.BodyPublishers.ofString("password=x"))
				.build(), HttpResponse.BodyHandlers.ofString())
			.statusCode()).isEqualTo(403);
		assertThat(client().send(
				HttpRequest.newBuilder(URI.create(plain + "/api/v1/nodes")).header("Authorization", "Bearer x").build(),
				HttpResponse.BodyHandlers.ofString())
			.statusCode()).isEqualTo(403);
		assertThat(get(plain + "/actuator/health/readiness").statusCode()).isEqualTo(200);
	}

	private ProgramRun connect(String version) {
		return ProgramRun.of("openssl", "s_client", "-connect", "localhost:" + this.port, version);
	}

	private static HttpResponse<String> get(String address) throws Exception {
		return client().send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpClient client() {
		return HttpClient.newBuilder().sslContext(trusting()).build();
	}

	private SSLSocket socket(String version) throws IOException {
		SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket("localhost", this.port);
		socket.setSoTimeout(Math.toIntExact(ENOUGH.toMillis()));
		socket.setEnabledProtocols(new String[] { version });
		socket.startHandshake();
		return socket;
	}

	private static String subject(SSLSocket socket) throws IOException {
		X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
		return certificate.getSubjectX500Principal().getName();
	}

	private static String ask(SSLSocket socket) throws IOException {
		socket.getOutputStream()
			.write("GET /assets/https-form HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
		byte[] answer = new byte[8_192];
		return new String(answer, 0, socket.getInputStream().read(answer), StandardCharsets.US_ASCII);
	}

	private static String live(String name) {
		return folder.resolve("live").resolve(name).toString();
	}

	/** As certbot does: a new pair, and then the links one after the other. */
	private static void renew(String name) throws IOException {
		OpenSslPair pair = OpenSslPair.make(folder.resolve("archive").resolve(name), OpenSslPair.RSA);
		Files.createDirectories(folder.resolve("live"));
		for (Path file : List.of(pair.certificate(), pair.privateKey())) {
			Path link = folder.resolve("live").resolve(file.getFileName() + ".new");
			Files.createSymbolicLink(link, file);
			Files.move(link, folder.resolve("live").resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SSLContext trusting() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { new Trusting() }, null);
			return context;
		}
		catch (java.security.GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Who is there is what the tests ask. */
	private static final class Trusting extends X509ExtendedTrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ConfigurationPropertiesScan({ "io.latchkey.security", "io.latchkey.https" })
	@ComponentScan(
			basePackages = { "io.latchkey.security", "io.latchkey.users", "io.latchkey.core", "io.latchkey.https" },
			excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
	@Import(Pages.class)
	static class Application {

	}

	@RestController
	static class Pages {

		@GetMapping("/assets/https-form")
		String form(CsrfToken token) {
			return token.getToken();
		}

	}

}
