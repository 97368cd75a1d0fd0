package io.latchkey.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.latchkey.SampleKeys;
import io.latchkey.core.InvalidInputException;
import io.latchkey.imports.formats.Deadline;
import io.latchkey.imports.formats.NodeLists;
import io.latchkey.inventory.FormerPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lists that people have, with what comes of each line. The host keys, the groups and the
 * ways are those that {@code ssh}, {@code ssh-keygen} and {@code ansible-inventory} see.
 */
class ImportPlannerTests {

	private static final ImportDefaults DEFAULTS = new ImportDefaults("root", Privilege.SUDO, Mode.ADDITIVE, null);

	/** The file, the nodes, the lines that are wrong, and those that are passed over. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					ssh-config-bom.conf | web1 192.0.2.1:22 ann, web2 192.0.2.2:22 bob, web3 web3:22 cal | |
					yaml-bom.yml | web1 192.0.2.1:22 root | |
					ssh-config-proxycommand.conf | gate 192.0.2.9:22 root, app1 10.0.0.11:22 root via gate, app2 10.0.0.12:22 root via gate | |
					ini-proxycommand.ini | gate 192.0.2.9:22 root, app1 10.0.0.11:22 root via gate | |
					ini-jump-by-address.ini | gate 192.0.2.9:22 ops, app1 10.0.0.11:22 root via gate | |
					ssh-config-jump-by-hostname.conf | gate gate.example.org:22 root, app1 10.0.0.11:22 root via gate, app2 10.0.0.12:22 root via gate6, gate6 2001:db8::9:22 root | |
					yaml-merge-keys.yml | web1 web1:2222 ops, web2 192.0.2.2:2222 ops | |
					ini-group-order.ini | web1 192.0.2.1:2202 bert | |
					yaml-group-depth.yml | web1 192.0.2.1:22 fromdeep | |
					yaml-null-hosts.yml | web1 web1:22 root, web2 web2:22 root, web3 web3:22 root, gate 192.0.2.9:22 root | |
					ini-escaped-quotes.ini | web1 192.0.2.1:22 ann, web2 192.0.2.2:22 bob, web3 192.0.2.3:22 root, web4 192.0.2.4:22 dan | |
					ini-other-connections.ini | web1 192.0.2.1:22 root | | 5 11 17 20
					ansible-json.json | web1 192.0.2.1:22 root, web2 192.0.2.2:22 ops | |
					ssh-config-match.conf | web1 192.0.2.1:2222 ops, web2 198.51.100.2:22 ops | |
					ssh-config-alias-chars.conf | prod-web1 192.0.2.1:22 root, c--build 192.0.2.2:22 root, quoted4 192.0.2.4:22 root, web5 192.0.2.5:22 root | 5 | 1 3
					csv-sep-line.csv | web1 192.0.2.1:22 root, web2 192.0.2.2:2222 root | |
					known-hosts-revoked.txt | web2.example.org web2.example.org:22 root | 1 | 3
					""")
	void readsTheLists(String file, String nodes, String wrong, String passedOver) throws IOException {
		ImportPlan plan = plan(list(file));
		assertThat(nodes(plan)).isEqualTo(nodes);
		assertThat(lines(plan.wrong())).isEqualTo(Objects.requireNonNullElse(wrong, ""));
		assertThat(lines(plan.passedOver())).isEqualTo(Objects.requireNonNullElse(passedOver, ""));
	}

	@Test
	void namesTheConnectionThatIsNotSsh() throws IOException {
		assertThat(plan(list("ini-other-connections.ini")).passedOver()).extracting((remark) -> remark.fault().code())
			.containsExactly("import.ansible.connection", "import.ansible.connection", "import.ansible.connection",
					"import.ansible.local");
	}

	/** Spreadsheets and PowerShell write UTF-16. */
	@ParameterizedTest
	@ValueSource(strings = { "UTF-16LE", "UTF-16BE", "UTF-8" })
	void readsAFileInEachEncodingThatTellsItself(String charset) {
		byte[] file = "\uFEFFname;address\r\nweb1;192.0.2.1\r\n".getBytes(java.nio.charset.Charset.forName(charset));
		assertThat(nodes(plan(ImportText.decode(file)))).isEqualTo("web1 192.0.2.1:22 root");
	}

	@Test
	void refusesAFileThatIsNoText() {
		byte[] image = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0 };
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> ImportText.decode(image));
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> ImportText.decode("web1\0".getBytes(StandardCharsets.US_ASCII)));
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> ImportText.decode("name\n".getBytes(StandardCharsets.UTF_16LE)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Dear all,\nplease find the list attached.\n", "<html>\n<body>web1</body>\n</html>\n",
			"resource \"aws_instance\" \"web\" {\n  ami = \"x\"\n}\n", "[\"web1\", \"web2\"]\n" })
	void refusesWhatLooksLikeNoList(String text) {
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> plan(text))
			.satisfies((ex) -> assertThat(ex.faults()).extracting("code").containsExactly("import.format"));
	}

	static List<String> lists() {
		return List.of("name,address\nweb1,192.0.2.1\n", "Host web1\n  HostName 192.0.2.1\n",
				"web1 " + SampleKeys.ed25519() + "\n", "[web]\nweb1 ansible_host=192.0.2.1\n",
				"all:\n  hosts:\n    web1: {ansible_host: 192.0.2.1}\n",
				"{\"web\": {\"hosts\": [\"web1\"]}, \"_meta\": {\"hostvars\": {\"web1\": {\"ansible_host\": \"192.0.2.1\"}}}}\n");
	}

	@ParameterizedTest
	@MethodSource("lists")
	void neverReadsAListInAnotherFormatThanItsOwn(String text) {
		ImportFormat own = NodeLists.formatOf(text);
		for (ImportFormat format : ImportFormat.values()) {
			ImportPlan plan = plan(text, format);
			assertThat(plan.nodes()).as(format + ": " + plan.wrong()).hasSize((format == own) ? 1 : 0);
			assertThat(plan.wrong().isEmpty()).as(format + ": " + text).isEqualTo(format == own);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Host a\\n ProxyJump gate\\nHost gate | a via gate, gate
					Host a\\n ProxyJump GATE.example.org.\\nHost gate\\n HostName gate.example.org | a via gate, gate
					Host a\\n ProxyJump [2001:db8:0:0::9]\\nHost gate\\n HostName 2001:db8::9 | a via gate, gate
					Host a\\n ProxyJump 192.0.2.9:2222\\nHost g1 g2\\n HostName 192.0.2.9\\nHost g2\\n Port 2222 | a via g2, g1, g2
					Host a\\n ProxyJump 192.0.2.9\\nHost g1 g2\\n HostName 192.0.2.9\\nHost g2\\n Port 2222 | a via g1, g1, g2
					Host a\\n ProxyJump first,gate\\nHost gate\\n ProxyJump first\\nHost first | a via gate, gate via first, first
					""")
	void findsJumpNodesByNameAndAddress(String text, String ways) {
		ImportPlan plan = plan(text.replace("\\n", "\n"));
		assertThat(plan.nodes()
			.stream()
			.map((node) -> node.draft().name()
					+ ((node.draft().passage().jumpNode() != null) ? " via " + node.draft().passage().jumpNode() : ""))
			.collect(Collectors.joining(", "))).isEqualTo(ways);
		assertThat(plan.wrong()).isEmpty();
		assertThat(plan.passedOver()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Host a\\n ProxyJump nowhere | import.jump.unknown
			Host a\\n ProxyJump 192.0.2.9:23\\nHost gate\\n HostName 192.0.2.9 | import.jump.unknown
			Host a\\n ProxyJump a | import.jump.unreachable
			Host a\\n ProxyJump b\\nHost b\\n ProxyJump a | import.jump.unreachable
			Host *\\n ProxyJump gate\\nHost gate a | import.jump.unreachable
			""")
	void leavesOutANodeToWhichThereIsNoWay(String text, String code) {
		ImportPlan plan = plan(text.replace("\\n", "\n"));
		assertThat(plan.nodes()).extracting((node) -> node.draft().name()).doesNotContain("a");
		assertThat(plan.wrong()).extracting((remark) -> remark.fault().code()).contains(code);
	}

	@Test
	void leavesOutWhatLiesBehindTooManyJumps() {
		String chain = IntStream.range(0, 20)
			.mapToObj((i) -> "Host n%d\n%s".formatted(i, (i > 0) ? "  ProxyJump n" + (i - 1) + "\n" : ""))
			.collect(Collectors.joining());
		ImportPlan plan = plan(chain);
		assertThat(plan.nodes()).hasSize(9);
		assertThat(plan.wrong()).hasSize(11);
	}

	@Test
	void saysWhereTheWayToAJumpNodeIsAnother() {
		ImportPlan plan = plan("Host a\n ProxyJump first,gate:2222\nHost gate\nHost first\n");
		assertThat(plan.nodes()).hasSize(3);
		assertThat(plan.passedOver()).extracting((remark) -> remark.fault().code())
			.containsExactlyInAnyOrder("import.jump.port", "import.jump.way");
	}

	@Test
	void pinsARevokedKeyNowhere() {
		String other = SampleKeys.rsa(3072);
		ImportPlan plan = plan("""
				web1 %1$s
				web1 %2$s
				@revoked [web9]:2222,*.example.org %1$s
				@cert-authority *.example.org %2$s
				web2,web3 %1$s a comment
				""".formatted(SampleKeys.ed25519(), other));
		assertThat(plan.nodes()).singleElement().satisfies((node) -> {
			assertThat(node.draft().name()).isEqualTo("web1");
			assertThat(node.hostKeys()).extracting((key) -> key.key().render()).containsExactly(other);
		});
		assertThat(lines(plan.wrong())).isEqualTo("1 5");
		assertThat(lines(plan.passedOver())).isEqualTo("3 4");
	}

	@Test
	void refusesAListOfNothingButMistakesInOneRemark() {
		ImportPlan plan = plan("[web]\n" + "web1 what\n".repeat(30_000), ImportFormat.ANSIBLE_INI);
		assertThat(plan.wrong()).singleElement()
			.satisfies((remark) -> assertThat(remark.fault().code()).isEqualTo("import.remarks"));
		assertThat(plan.nodes()).isEmpty();
	}

	private static ImportPlan plan(String text) {
		return plan(text, NodeLists.formatOf(text));
	}

	private static ImportPlan plan(String text, ImportFormat format) {
		Deadline deadline = Deadline.in(Duration.ofMinutes(1));
		return new ImportPlanner(List.of(), FormerPins.none(), Set.of(), DEFAULTS, deadline).plan(format,
				NodeLists.read(text, format, deadline));
	}

	private static String list(String file) throws IOException {
		try (InputStream in = Objects
			.requireNonNull(ImportPlannerTests.class.getResourceAsStream("/imports/lists/" + file))) {
			return ImportText.decode(in.readAllBytes());
		}
	}

	private static String nodes(ImportPlan plan) {
		return plan.nodes()
			.stream()
			.map((node) -> "%s %s:%d %s%s".formatted(node.draft().name(), node.draft().address(), node.draft().port(),
					node.draft().managementAccount(),
					(node.draft().passage().jumpNode() != null) ? " via " + node.draft().passage().jumpNode() : ""))
			.collect(Collectors.joining(", "));
	}

	private static String lines(List<ImportPlan.Remark> remarks) {
		return remarks.stream().map((remark) -> Integer.toString(remark.line())).collect(Collectors.joining(" "));
	}

}
