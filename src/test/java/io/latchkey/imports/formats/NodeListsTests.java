package io.latchkey.imports.formats;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.latchkey.SampleKeys;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.imports.ImportFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class NodeListsTests {

	@Test
	void readsAnInventoryInSections() {
		ListedNodes listed = read(ImportFormat.ANSIBLE_INI, """
				# before any group
				gate ansible_host=192.0.2.1

				[web]
				web[01:03].example.org ansible_user=deploy   # by number
				"web9" ansible_host="2001:db8::9" ansible_port=2222

				[db]
				db-[a:b]:2200

				[prod:children]
				web
				db

				[prod:vars]
				ansible_user=ops
				ansible_ssh_common_args='-o StrictHostKeyChecking=yes -o ProxyJump=me@gate:22'

				[db:vars]
				ansible_user=postgres
				[all:vars]
				ansible_port=2022
				""");
		assertThat(listed.wrong()).isEmpty();
		assertThat(listed.nodes()).extracting(NodeListsTests::brief)
			.containsExactly("2 gate 192.0.2.1 2022 null [] via null",
					"5 web01.example.org web01.example.org 2022 deploy [prod, web] via gate:22",
					"5 web02.example.org web02.example.org 2022 deploy [prod, web] via gate:22",
					"5 web03.example.org web03.example.org 2022 deploy [prod, web] via gate:22",
					"6 web9 2001:db8::9 2222 ops [prod, web] via gate:22",
					"9 db-a db-a 2200 postgres [db, prod] via gate:22",
					"9 db-b db-b 2200 postgres [db, prod] via gate:22");
	}

	@Test
	void readsAnInventoryInYaml() {
		ListedNodes listed = read(ImportFormat.ANSIBLE_YAML, """
				all:
				  vars:
				    ansible_user: ops
				    packages: [vim, git]
				  hosts:
				    gate: {ansible_host: 192.0.2.1}
				    localhost:
				      ansible_connection: local
				  children:
				    prod:
				      children:
				        web:
				          hosts:
				            web[1:2]:
				              ansible_port: 2222
				              ansible_become_password: !vault |
				                $ANSIBLE_VAULT;1.1;AES256
				        db:
				          vars: {ansible_user: postgres}
				          hosts:
				            db1:
				""");
		assertThat(listed.wrong()).isEmpty();
		assertThat(listed.nodes()).extracting(NodeListsTests::brief)
			.containsExactly("6 gate 192.0.2.1 null ops [] via null", "14 web1 web1 2222 ops [prod, web] via null",
					"14 web2 web2 2222 ops [prod, web] via null", "21 db1 db1 null postgres [db, prod] via null");
		assertThat(listed.passedOver()).extracting(ListedNodes.Wrong::line).containsExactly(7);
	}

	@Test
	void readsTheConfigurationOfAClient() {
		ListedNodes listed = read(ImportFormat.SSH_CONFIG, """
				Include conf.d/*
				Host web1 web2
				  HostName %h.example.org
				  User=deploy
				Host gate
				\tHostName 192.0.2.1
				\tPort 2222
				Host web* !web2
				  ProxyJump ops@gate:2222
				Match user root
				  Port 1
				Host *
				  User root
				  Port 22
				  IdentityFile "~/.ssh/my key"
				""");
		assertThat(listed.wrong()).isEmpty();
		assertThat(listed.nodes()).extracting(NodeListsTests::brief)
			.containsExactly("2 web1 web1.example.org 22 deploy [] via gate:2222",
					"2 web2 web2.example.org 22 deploy [] via null", "5 gate 192.0.2.1 2222 root [] via null");
		assertThat(listed.passedOver()).extracting(ListedNodes.Wrong::line).containsExactly(1, 10);
	}

	@Test
	void readsTheHostsThatAClientKnows() {
		String key = SampleKeys.ed25519();
		ListedNodes listed = read(ImportFormat.KNOWN_HOSTS, """
				web1,192.0.2.1 %1$s somebody's comment
				[192.0.2.2]:2222 %1$s
				|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= %1$s
				@cert-authority *.example.org %1$s
				web1 ssh-ed25519 AAAAnonsense
				*.example.org %1$s
				""".formatted(key));
		assertThat(listed.nodes()).extracting(NodeListsTests::brief)
			.containsExactly("1 web1 web1 22 null [] via null", "2 192.0.2.2-2222 192.0.2.2 2222 null [] via null");
		assertThat(listed.nodes().get(0).hostKeys()).hasSize(1);
		assertThat(listed.wrong()).extracting(ListedNodes.Wrong::line).containsExactly(5);
		assertThat(listed.passedOver()).extracting(ListedNodes.Wrong::line).containsExactly(3, 4, 6);
	}

	@Test
	void readsCsvAsItIsExported() {
		ListedNodes listed = read(ImportFormat.CSV, """
				Name;address;port;managementAccount;clusters;labels;state
				web1;192.0.2.1;2222;deploy;web prod;env=prod tier=front;IN_SYNC
				"web2";;;;;;
				web3;192.0.2.3;many;;;;
				;192.0.2.4;;;;;
				web5;192.0.2.5
				""");
		assertThat(listed.nodes()).extracting(NodeListsTests::brief)
			.containsExactly("2 web1 192.0.2.1 2222 deploy [web, prod] via null", "3 web2 web2 null null [] via null");
		assertThat(listed.nodes().get(0).labels()).containsEntry("tier", "front");
		assertThat(listed.wrong()).extracting(ListedNodes.Wrong::line).containsExactly(4, 5, 6);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ANSIBLE_INI  | web1 ansible_host=
			ANSIBLE_INI  | web[3:1]
			ANSIBLE_INI  | web[1-3]
			ANSIBLE_INI  | web1 nonsense
			ANSIBLE_INI  | web1 ansible_host="192.0.2.1
			ANSIBLE_INI  | web1 ansible_host={{ip}}
			ANSIBLE_INI  | [web:hosts:x]
			ANSIBLE_INI  | [web:kids]
			ANSIBLE_INI  | web1 ansible_port=ssh
			ANSIBLE_YAML | all: [web1]
			ANSIBLE_YAML | all: {hosts: {web1: {ansible_port: x}}}
			ANSIBLE_YAML | all: {hosts
			ANSIBLE_YAML | all: {machines: {web1: }}
			ANSIBLE_YAML | plugin: amazon.aws.aws_ec2
			ANSIBLE_JSON | [1]
			ANSIBLE_JSON | {"web": {"hosts": "web1"}}
			ANSIBLE_JSON | {"web": 1}
			SSH_CONFIG   | Host
			SSH_CONFIG   | Host "web1
			KNOWN_HOSTS  | web1
			KNOWN_HOSTS  | @nobody web1 x y
			CSV          | address
			CSV          | name,name
			""")
	void saysWhichLineIsWrong(ImportFormat format, String text) {
		ListedNodes listed = read(format, text);
		boolean emptyAddress = listed.nodes().stream().anyMatch((node) -> node.address().isEmpty());
		assertThat(listed.wrong().size() + (emptyAddress ? 1 : 0)).as(listed.nodes().toString()).isPositive();
	}

	@Test
	void readsCsvAsSpreadsheetsWriteIt() {
		ListedNodes listed = read(ImportFormat.CSV, "sep=|\nHost Name|IP Address|SSH_port|User|Owner|Groups\r\n\r\n"
				+ "\"web1\"|\" 192.0.2.1 \"|2222|deploy|\"Ann\nand \"\"Bob\"\"\"|\"web prod\"\r\nweb2|||||\r\n");
		assertThat(listed.wrong()).isEmpty();
		assertThat(listed.nodes()).extracting(NodeListsTests::brief)
			.containsExactly("4 web1 192.0.2.1 2222 deploy [web, prod] via null", "6 web2 web2 null null [] via null");
		assertThat(listed.passedOver()).extracting((each) -> each.line() + " " + each.fault().arguments())
			.containsExactly("2 [Owner]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "name,address\nweb1,192.0.2.1\nweb2,\"192.0.2.2\nweb3,192.0.2.3\n",
			"name,address,ip\nweb1,192.0.2.1,192.0.2.2\n", "name,address\nweb1,\"192.0.2.1\" x\n",
			"name,address\nweb1,192.0.2.1\nweb\u0007,192.0.2.2\n" })
	void takesNothingOfCsvThatCannotBeReadToItsEnd(String text) {
		ListedNodes listed = read(ImportFormat.CSV, text);
		assertThat(listed.nodes()).isEmpty();
		assertThat(listed.wrong()).isNotEmpty();
	}

	@Test
	void takesAKeyForTheNodeWhoseAddressTheLineNames() {
		String key = SampleKeys.ed25519();
		String other = SampleKeys.rsa(3072);
		ListedNodes listed = read(ImportFormat.KNOWN_HOSTS, """
				web1,192.0.2.1 %1$s
				192.0.2.1,web1 %2$s
				[web2]:2222,[192.0.2.2]:2222 %1$s
				[web3 %1$s
				2001:db8::1 %1$s
				""".formatted(key, other));
		assertThat(listed.nodes())
			.extracting((node) -> node.address() + " " + node.port() + " " + node.hostKeys().size())
			.containsExactly("web1 22 2", "web2 2222 1", "2001:db8::1 22 1");
		assertThat(listed.wrong()).extracting(ListedNodes.Wrong::line).containsExactly(4);
	}

	@Test
	void saysWhatItPassesOverInAClientsConfiguration() {
		ListedNodes listed = read(ImportFormat.SSH_CONFIG, """
				CanonicalizeHostname yes
				Host *.example.org
				  User ann
				Host web1
				  Hostnme 192.0.2.1
				Host web1 web2
				  Port 2222
				Match exec "test -f x" originalhost web2
				  Port 22
				Match host nobody
				  Port 22
				Host web3
				  ProxyCommand cloudflared access ssh --hostname %h
				""");
		assertThat(listed.nodes()).extracting(NodeListsTests::brief)
			.containsExactly("6 web2 web2 2222 null [] via null");
		assertThat(listed.wrong()).extracting((each) -> each.line() + " " + each.fault().code())
			.containsExactly("5 import.ssh-config.keyword", "12 import.proxy-command");
		assertThat(listed.passedOver()).extracting((each) -> each.line() + " " + each.fault().code())
			.containsExactlyInAnyOrder("1 import.ssh-config.canonical", "2 import.ssh-config.pattern",
					"4 import.ssh-config.left-out", "8 import.ssh-config.match.unknown",
					"10 import.ssh-config.match.none");
	}

	@ParameterizedTest
	@MethodSource
	void readsNoListForLong(ImportFormat format, String text) {
		Deadline deadline = Deadline.in(Duration.ofSeconds(2));
		assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
			try {
				NodeLists.read(text, format, deadline);
			}
			catch (InvalidInputException ex) {
				assertThat(ex.faults()).extracting(Fault::code).containsExactly("import.too-long");
			}
		});
	}

	/** A megabyte each, which is what a page or a call takes. */
	static Stream<Arguments> readsNoListForLong() {
		String names = IntStream.range(0, 15_000).mapToObj((i) -> "n" + i).collect(Collectors.joining(" "));
		String bomb = IntStream.range(1, 20)
			.mapToObj((i) -> "  b%d: &b%d {children: {x%d: *b%d, y%d: *b%d}}%n".formatted(i, i, i, i - 1, i, i - 1))
			.collect(Collectors.joining());
		return Stream.of(Arguments.of(ImportFormat.SSH_CONFIG, "Host " + names + "\nHost " + "*1*2 ".repeat(490)),
				Arguments.of(ImportFormat.SSH_CONFIG, "Host web1\n  User a" + " ".repeat(1_000_000) + "b\n"),
				Arguments.of(ImportFormat.SSH_CONFIG, "Host *\n".repeat(100_000)),
				Arguments.of(ImportFormat.CSV, "name " + "name ".repeat(200_000)),
				Arguments.of(ImportFormat.ANSIBLE_INI, "web" + "[0:1]".repeat(200_000)),
				Arguments.of(ImportFormat.ANSIBLE_INI, "a".repeat(1_000_000) + ":22\n"),
				Arguments.of(ImportFormat.ANSIBLE_INI,
						IntStream.range(0, 40_000)
							.mapToObj((i) -> "[g" + i + ":children]\ng" + (i + 1) + "\n")
							.collect(Collectors.joining())),
				Arguments.of(ImportFormat.ANSIBLE_YAML, "all:\n  b0: &b0 {hosts: {web1: }}\n" + bomb),
				Arguments.of(ImportFormat.ANSIBLE_YAML, "a: ".repeat(2_000)),
				Arguments.of(ImportFormat.ANSIBLE_YAML, "a: &a {children: *a}\n"),
				Arguments.of(ImportFormat.ANSIBLE_JSON, "[".repeat(500_000)),
				Arguments.of(ImportFormat.ANSIBLE_JSON, "{\"a\":".repeat(200_000)),
				Arguments.of(ImportFormat.KNOWN_HOSTS, "a,".repeat(500_000)),
				Arguments.of(ImportFormat.KNOWN_HOSTS, "x\n".repeat(500_000)));
	}

	@Test
	void aMistypedRangeDoesNotTakeAllMemory() {
		ListedNodes listed = read(ImportFormat.ANSIBLE_INI, "web[000000000:999999999]-[a:z]");
		assertThat(listed.nodes()).isEmpty();
		assertThat(listed.wrong()).hasSize(1);
	}

	@Test
	void nestedGroupsThatLeadBackEnd() {
		ListedNodes listed = read(ImportFormat.ANSIBLE_INI, """
				[a:children]
				b
				[b:children]
				a
				[b]
				web1
				""");
		assertThat(listed.nodes()).extracting(ListedNode::clusters).containsExactly(List.of("a", "b"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CSV          | name,address
			CSV          | address;name
			SSH_CONFIG   | Host web1
			KNOWN_HOSTS  | web1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI
			ANSIBLE_INI  | [web]
			ANSIBLE_INI  | web1
			ANSIBLE_INI  | web1 ansible_host=192.0.2.1
			ANSIBLE_YAML | ---
			ANSIBLE_YAML | all:
			""")
	void tellsTheFormat(ImportFormat format, String text) {
		assertThat(NodeLists.formatOf("\n# a comment\n" + text + "\n")).isEqualTo(format);
	}

	private static ListedNodes read(ImportFormat format, String text) {
		return NodeLists.read(text, format, Deadline.in(Duration.ofMinutes(1)));
	}

	private static String brief(ListedNode node) {
		return "%d %s %s %s %s %s via %s".formatted(node.line(), node.name(), node.address(), node.port(),
				node.management().account(), node.clusters(), node.jumps().isEmpty() ? null
						: node.jumps().stream().map(Jump::toString).collect(Collectors.joining(",")));
	}

}
