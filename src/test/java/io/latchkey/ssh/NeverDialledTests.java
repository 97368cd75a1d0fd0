package io.latchkey.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.latchkey.Patience;
import io.latchkey.conversation.TestConnector;
import io.latchkey.core.StartRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NeverDialledTests {

	private static final List<String> DEFAULT = new Binder(new MapConfigurationPropertySource())
		.bindOrCreate("latchkey.transport", TransportProperties.class)
		.neverDialled();

	private final NeverDialled usual = NeverDialled.of(DEFAULT);

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%2", "::ffff:169.254.169.254",
			"64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "::ffff:0:a9fe:a9fe", "2002:a9fe:a9fe::1", "0.0.0.0", "::",
			"224.0.0.1", "255.255.255.255", "ff02::1", "168.63.129.16", "100.100.100.200", "192.0.0.192",
			"fd00:ec2::254", "fd20:ce::254" })
	void areTheLinksOfThisMachineAndWhatCloudsTellTheirs(String address) throws IOException {
		assertThatExceptionOfType(NeverDialledException.class).isThrownBy(() -> this.usual.checkLiteral(address));
		assertThatExceptionOfType(NeverDialledException.class)
			.isThrownBy(() -> this.usual.check(InetAddress.getByName(address)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1", "10.0.0.7", "192.168.1.1", "169.253.255.255", "2001:db8::7", "fd00::7",
			"64:ff9b::a00:7", "2002:a00:7::a9fe:a9fe", "8.8.8.8" })
	void areNoneOfTheOthers(String address) throws IOException {
		assertThatCode(() -> this.usual.checkLiteral(address)).doesNotThrowAnyException();
		assertThatCode(() -> this.usual.check(InetAddress.getByName(address))).doesNotThrowAnyException();
	}

	/** An IPv4 address has more than one form, of which C's library reads all. */
	@ParameterizedTest
	@ValueSource(strings = { "0xa9fea9fe", "2852039166", "169.254.43518", "0251.0376.0251.0376" })
	void areFoundInOtherForms(String address) {
		assertThatExceptionOfType(NeverDialledException.class).isThrownBy(() -> this.usual.checkLiteral(address));
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/33", "10.0.0.1/8", "web1", "10.0.0.0/x", "10.0.0.0/-1", "", "fe80::/129",
			"10.0.0.0/8/8" })
	void stopTheStartWhenTheyAreNone(String network) {
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> NeverDialled.of(List.of("127.0.0.0/8", network)))
			.withMessageStartingWith("latchkey.transport.never-dialled is not a list of networks: '" + network + "'");
	}

	/** The name is looked up once, and what it leads to is what is checked. */
	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "2130706433" })
	void getNoConnectionByWhateverName(String name) throws IOException {
		TestConnector connector = connector(List.of("127.0.0.0/8", "::1"));
		try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
			assertThatExceptionOfType(NodeException.class)
				.isThrownBy(() -> connector.hostKeysOf(name, listening.getLocalPort()))
				.returns(FailureKind.NEVER_DIALLED, NodeException::kind)
				.withMessageContaining("where Latchkey connects to nothing")
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo("never-dialled"));
			listening.setSoTimeout(100);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(listening::accept);
		}
		finally {
			connector.close();
		}
	}

	@Test
	void mayBeNone() {
		TransportProperties properties = new Binder(
				new MapConfigurationPropertySource(Map.of("latchkey.transport.never-dialled", "")))
			.bindOrCreate("latchkey.transport", TransportProperties.class);
		assertThat(properties.neverDialled()).isEmpty();
		assertThatCode(() -> NeverDialled.of(properties.neverDialled()).checkLiteral("169.254.169.254"))
			.doesNotThrowAnyException();
	}

	static TestConnector connector(List<String> neverDialled) {
		Duration enough = Patience.of(Duration.ofSeconds(10));
		return new TestConnector(
				new TransportProperties(enough, enough, enough, enough, Duration.ZERO, 0, neverDialled),
				() -> new byte[0]);
	}

}
