package io.latchkey.grants;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.Dialect;
import io.latchkey.desired.NodeRecords;
import io.latchkey.identity.HeldKey;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.IdentityKey;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.KeyOption;
import io.latchkey.openssh.PublicKey;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which options are taken, and that each that is taken can be written.
 */
class GrantOptionsCheckTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	@ParameterizedTest
	@ValueSource(strings = { "type C:\\logs\\", "\\", "echo \"\\" })
	void refusesACommandThatEndsInABackslash(String command) {
		assertThat(codes(command(command))).containsExactly("grant.command.backslash");
	}

	@ParameterizedTest
	@ValueSource(strings = { "type C:\\logs\\ ", "echo \\\"", "printf '%s' \\\\x", "echo \"a, b\" # é 🔑" })
	void takesWhatSshdReadsBack(String command) {
		assertThat(codes(command(command))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a\nb", "a\rb", "a\tb", "a\u0000b", "a\u0085b", "a\u2028b", "a\u202eb", "a\ud800",
			"\udc00b" })
	void refusesWhatIsNoPlainLine(String command) {
		assertThat(codes(command(command))).containsExactly("grant.command.malformed");
	}

	@Test
	void refusesTheSameInTheEnvironment() {
		assertThat(codes(environment("HOME_DIR", "C:\\"))).containsExactly("grant.environment.backslash");
		assertThat(codes(environment("A", "\ud800"))).containsExactly("grant.environment.malformed");
		assertThat(codes(environment("A-B", "c"))).containsExactly("grant.environment.malformed");
		assertThat(codes(environment("A", ""))).isEmpty();
	}

	@Test
	void refusesMoreThanALineMayHold() {
		Map<String, String> environment = Map.of("A", "é".repeat(1500), "B", "b".repeat(2000), "C", "c".repeat(1900));
		assertThat(codes(new GrantOptions(List.of(), null, false, Set.of(), environment, false)))
			.containsExactly("grant.options.long");
	}

	@Test
	void nobodyCanAskForWhatStandsForUnreadableOptions() {
		assertThat(codes(GrantOptions.UNREADABLE)).contains("grant.from.malformed");
	}

	@Test
	void whatIsStoredAndCannotBeReadIsTakenForThat() {
		GrantOptionsConverter converter = new GrantOptionsConverter();
		GrantOptions options = new GrantOptions(List.of("10.0.0.0/8"), "a \\ \"b\"", true, Set.of(Permission.PTY),
				Map.of("A", "b"), true);
		assertThat(converter.convertToEntityAttribute(converter.convertToDatabaseColumn(options))).isEqualTo(options);
		for (String json : List.of("", "null", "[]", "{", "{}", "{\"command\":\"id\"}",
				"{\"from\":[null],\"restrict\":false,\"permit\":[],\"environment\":{},\"verifyRequired\":false}",
				"{\"from\":[],\"restrict\":true,\"permit\":[\"FLYING\"],\"environment\":{},\"verifyRequired\":false}")) {
			assertThat(converter.convertToEntityAttribute(json)).as(json).isEqualTo(GrantOptions.UNREADABLE);
		}
	}

	@Property(tries = 500)
	void whateverIsTakenIsWrittenAsOneLineThatReadsBackTheSame(@ForAll("options") GrantOptions options,
			@ForAll("comments") String comment) throws InvalidKeyException {
		Assume.that(GrantOptionsCheck.faults(options).isEmpty());
		DesiredState state = records(options, comment).at(NOW, Dialect.CURRENT);
		assertThat(state.withheld()).isEmpty();
		assertThat(state.linesOf("deploy")).singleElement().satisfies((line) -> assertReadsBack(line, options));
		records(options, comment).at(NOW, Dialect.of("OpenSSH_7.1", ZoneOffset.UTC));
	}

	@Property(tries = 500)
	void whatIsStoredIsWrittenOrWithheldAndNeverThrows(@ForAll("anything") GrantOptions options,
			@ForAll("comments") String comment) throws InvalidKeyException {
		DesiredState state = records(options, comment).at(NOW, Dialect.CURRENT);
		assertThat(state.withheld().size() + state.linesOf("deploy").size()).isEqualTo(1);
		state.linesOf("deploy").forEach((line) -> assertReadsBack(line, options));
	}

	private static void assertReadsBack(DesiredLine line, GrantOptions options) {
		List<Line> lines = AuthorizedKeysFile.parse(AuthorizedKeysFile.of(List.of(Line.of(line.text()))).render())
			.lines();
		assertThat(lines).singleElement().isInstanceOfSatisfying(KeyLine.class, (key) -> {
			assertThat(key.text()).isEqualTo(line.text());
			assertThat(key.publicKey().fingerprint()).isEqualTo(line.fingerprint());
			assertThat(key.options().value("command").orElse(null)).isEqualTo(options.command());
			assertThat(key.options()
				.options()
				.stream()
				.filter((option) -> option.name().equals("environment"))
				.map(KeyOption::value))
				.containsExactlyInAnyOrderElementsOf(options.environment()
					.entrySet()
					.stream()
					.map((variable) -> variable.getKey() + "=" + variable.getValue())
					.toList());
			assertThat(key.options().has("restrict")).isEqualTo(options.restrict());
		});
	}

	@Provide
	Arbitrary<GrantOptions> options() {
		return options(Arbitraries.strings().withChars("a \\\",=#'é\t").ofMaxLength(8),
				Arbitraries.strings().withChars("ABC_1").ofMinLength(1).ofMaxLength(4));
	}

	@Provide
	Arbitrary<GrantOptions> anything() {
		return options(Arbitraries.strings().withChars("a \\\",=\t\n\r\u0000\u2028\ud800\udc00").ofMaxLength(8),
				Arbitraries.strings().withChars("A_=,\" \n").ofMaxLength(4));
	}

	private static Arbitrary<GrantOptions> options(Arbitrary<String> texts, Arbitrary<String> names) {
		return Combinators
			.combine(Arbitraries.of("10.0.0.0/8", "*.example.org", "!192.0.2.1", "2001:db8::/32").list().ofMaxSize(3),
					texts.injectNull(0.2), Arbitraries.of(true, false), Arbitraries.of(Permission.class).set(),
					Arbitraries.maps(names, texts).ofMaxSize(3))
			.as((from, command, restrict, permit, environment) -> new GrantOptions(from, command, restrict,
					restrict ? permit : Set.of(), environment, false));
	}

	@Provide
	Arbitrary<String> comments() {
		return Arbitraries.strings().withChars("a@#\"\\ \n\r\u0000\ud800").ofMaxLength(6);
	}

	private static List<String> codes(GrantOptions options) {
		return GrantOptionsCheck.faults(options).stream().map(Fault::code).toList();
	}

	private static GrantOptions command(@Nullable String command) {
		return new GrantOptions(List.of(), command, false, Set.of(), Map.of(), false);
	}

	private static GrantOptions environment(String name, String value) {
		return new GrantOptions(List.of(), null, false, Set.of(), Map.of(name, value), false);
	}

	private static NodeRecords records(GrantOptions options, String comment) throws InvalidKeyException {
		IdentityId alice = new IdentityId(3);
		IdentityKey key = new IdentityKey(PublicKey.parse(KEY), comment, NOW, null);
		GrantReach grant = new GrantReach(new GrantId(1), Subject.Kind.IDENTITY, 3, Target.Kind.NODE, 1, "deploy", NOW,
				null, options);
		return new NodeRecords(List.of(grant), Map.of(), Map.of(alice, List.of(new HeldKey(alice, "alice", key))),
				Map.of(), List.of());
	}

}
