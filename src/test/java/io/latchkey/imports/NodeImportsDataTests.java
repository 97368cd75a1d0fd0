package io.latchkey.imports;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.latchkey.SampleKeys;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.imports.ImportPlan.Outcome;
import io.latchkey.imports.ImportPlan.Remark;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@UnscheduledTest
@Transactional
class NodeImportsDataTests {

	private static final ImportDefaults DEFAULTS = new ImportDefaults("root", Privilege.SUDO, Mode.ADDITIVE, null);

	private static final String INVENTORY = """
			[gates]
			gate ansible_host=192.0.2.1
			[web]
			web[1:2] ansible_user=deploy ansible_ssh_common_args='-J gate'
			""";

	@Autowired
	Nodes nodes;

	@Autowired
	Clusters clusters;

	@Autowired
	NodeImports imports;

	@Autowired
	Tables tables;

	@Test
	void makesWhatThePreviewShowed() {
		ImportPlan plan = this.imports.plan(INVENTORY, null, DEFAULTS);
		assertThat(plan.format()).isEqualTo(ImportFormat.ANSIBLE_INI);
		assertThat(plan.with(Outcome.NEW)).hasSize(3);
		assertThat(plan.newClusters()).containsExactly("gates", "web");
		assertThat(this.nodes.allIds()).isEmpty();
		assertThat(this.imports.carryOut(INVENTORY, null, DEFAULTS, plan.digest())).hasSize(3);
		Node web1 = this.nodes.get("web1");
		assertThat(web1.management().privilege()).isEqualTo(Privilege.SUDO);
		assertThat(web1.management().account()).isEqualTo("deploy");
		assertThat(web1.route().jumpNode()).isEqualTo("gate");
		assertThat(web1.clusters()).containsExactly("web");
		assertThat(this.nodes.get("gate").management().privilege()).isEqualTo(Privilege.ROOT);
	}

	@Test
	void aSecondTimeChangesNothing() {
		carryOut(INVENTORY, DEFAULTS);
		assertThat(this.imports.plan(INVENTORY, null, DEFAULTS).changesAnything()).isFalse();
		ImportDefaults all = new ImportDefaults("root", Privilege.SUDO, Mode.ADDITIVE, "all-of-it");
		ImportPlan plan = this.imports.plan(INVENTORY, null, all);
		assertThat(plan.with(Outcome.JOINS)).hasSize(3);
		this.imports.carryOut(INVENTORY, null, all, plan.digest());
		assertThat(this.clusters.get("all-of-it").nodes()).containsExactly("gate", "web1", "web2");
		assertThat(this.nodes.get("web1").clusters()).containsExactly("all-of-it", "web");
	}

	@Test
	void doesNothingElseThanWasConfirmed() {
		String digest = this.imports.plan(INVENTORY, null, DEFAULTS).digest();
		add("web1", "web1");
		assertThatExceptionOfType(ImportChangedException.class)
			.isThrownBy(() -> this.imports.carryOut(INVENTORY, null, DEFAULTS, digest))
			.satisfies((ex) -> assertThat(ex.plan().wrong()).isNotEmpty());
		assertThat(this.nodes.allIds()).hasSize(1);
	}

	@Test
	void saysWhatIsWrongWithWhichLine() {
		add("old", "192.0.2.1");
		ImportPlan plan = this.imports.plan("""
				name,address,port,managementAccount,privilege,clusters,jumpNode
				web1,192.0.2.9,22,root,,,
				web1,192.0.2.10,22,root,,,
				web2,192.0.2.9,22,root,,,
				other,192.0.2.1,22,root,,,
				old,192.0.2.2,22,root,,,
				-bad-,not an address,70000,no:way,LORD,Prod!,
				behind,192.0.2.11,22,root,,,nobody
				a,192.0.2.12,22,root,,,b
				b,192.0.2.13,22,root,,,a
				""", null, DEFAULTS);
		assertThat(plan.nodes()).extracting((node) -> node.draft().name()).containsExactly("web1");
		assertThat(plan.wrong()).extracting(Remark::line).contains(3, 4, 5, 6, 7, 8, 9, 10);
		assertThat(plan.wrong()).extracting((remark) -> remark.fault().code())
			.contains("import.duplicate.name", "import.duplicate.address", "import.other-address", "name.malformed",
					"address.malformed", "port.range", "account.malformed", "node.privilege", "import.cluster",
					"import.jump.unknown");
		assertThat(this.imports.carryOut("name,address\nweb1,192.0.2.9\n-bad-,x", ImportFormat.CSV, DEFAULTS,
				this.imports.plan("name,address\nweb1,192.0.2.9", null, DEFAULTS).digest()))
			.hasSize(1);
	}

	@Test
	void pinsTheHostKeysOfAKnownHosts() {
		carryOut("web1 " + SampleKeys.ed25519(), DEFAULTS);
		assertThat(this.nodes.get("web1").hostKeys()).hasSize(1);
	}

	/** Host keys are no secret: naming the former one proves nothing of the other. */
	@Test
	void pinsNoHostKeyBesideAFormerOne() {
		String key = SampleKeys.ed25519();
		carryOut("web1 " + key, DEFAULTS);
		this.nodes.delete("web1");
		String both = "web1 " + key + "\nweb1 " + SampleKeys.ed25519();
		assertThat(this.imports.plan(both, null, DEFAULTS).passedOver()).extracting((remark) -> remark.fault().code())
			.containsExactly("import.former-host-keys");
		carryOut(both, DEFAULTS);
		assertThat(this.nodes.get("web1").hostKeys()).isEmpty();
	}

	@Test
	void pinsNoHostKeyInPlaceOfAFormerOne() {
		String key = SampleKeys.ed25519();
		carryOut("web1 " + key, DEFAULTS);
		this.nodes.delete("web1");
		String other = "web1 " + SampleKeys.ed25519();
		assertThat(this.imports.plan(other, null, DEFAULTS).passedOver()).extracting((remark) -> remark.fault().code())
			.containsExactly("import.former-host-keys");
		carryOut(other, DEFAULTS);
		assertThat(this.nodes.get("web1").hostKeys()).isEmpty();
		this.nodes.delete("web1");
		carryOut("web1 " + key, DEFAULTS);
		assertThat(this.nodes.get("web1").hostKeys()).hasSize(1);
	}

	@Test
	void takesThousandsOfLinesWithErrorsInSome() {
		ImportPlan plan = this.imports.plan(list(5000), null, DEFAULTS);
		assertThat(plan.wrong()).hasSize(50);
		assertThat(plan.nodes()).hasSize(5000);
	}

	/** Of one transaction with so many nodes each further one would cost more. */
	@Test
	@Transactional(propagation = Propagation.NOT_SUPPORTED)
	void makesHundredsOfNodesInSeveralTransactions() {
		try {
			String list = list(450);
			String digest = this.imports.plan(list, null, DEFAULTS).digest();
			assertThat(this.imports.carryOut(list, null, DEFAULTS, digest)).hasSize(450);
			assertThat(this.clusters.get("web").nodes()).hasSize(450);
			assertThat(this.imports.plan(list, null, DEFAULTS).changesAnything()).isFalse();
		}
		finally {
			this.tables.clear();
		}
	}

	private static String list(int nodes) {
		return IntStream.rangeClosed(1, nodes)
			.mapToObj((i) -> (i % 100 == 0)
					? "web%1$d ansible_host=web%1$d.example\nwrong%1$d ansible_port=no".formatted(i)
					: "web%d ansible_host=10.0.%d.%d".formatted(i, i / 250, i % 250))
			.collect(Collectors.joining("\n", "[web]\n", "\n"));
	}

	@Test
	void expectsAList() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.imports.plan(" \n", null, DEFAULTS))
			.satisfies((ex) -> assertThat(ex.faults()).containsExactly(Fault.of("text", "import.empty")));
	}

	private void carryOut(String list, ImportDefaults defaults) {
		this.imports.carryOut(list, null, defaults, this.imports.plan(list, null, defaults).digest());
	}

	private void add(String name, String address) {
		this.nodes.create(new NodeDraft(name, address, 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
	}

}
