package io.latchkey.enrolment.imports;

import java.util.List;

import io.latchkey.SampleKeys;
import io.latchkey.enrolment.ImportFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

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
					"5 web01.example.org web01.example.org 2022 deploy [prod, web] via gate",
					"5 web02.example.org web02.example.org 2022 deploy [prod, web] via gate",
					"5 web03.example.org web03.example.org 2022 deploy [prod, web] via gate",
					"6 web9 2001:db8::9 2222 ops [prod, web] via gate", "9 db-a db-a 2200 postgres [db, prod] via gate",
					"9 db-b db-b 2200 postgres [db, prod] via gate");
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
			.containsExactly("2 web1 web1.example.org 22 deploy [] via gate",
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
		return NodeLists.read(text, format);
	}

	private static String brief(ListedNode node) {
		return "%d %s %s %s %s %s via %s".formatted(node.line(), node.name(), node.address(), node.port(),
				node.account(), node.clusters(), node.jumpNode());
	}

}
