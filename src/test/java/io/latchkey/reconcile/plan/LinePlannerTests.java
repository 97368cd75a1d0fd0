package io.latchkey.reconcile.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinePlannerTests {

	private static final String ALICE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	private static final String BOB = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi";

	private static final String LATCHKEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMz";

	@Test
	void aToleratedKeyStandsWhereOnlyDesiredLinesMay() {
		KnownLines known = new KnownLines(List.of(), Set.of(), List.of(), Set.of(fingerprint(LATCHKEY)),
				Set.of(fingerprint(ALICE)), Set.of());
		LinePlan plan = new LinePlanner(parse(ALICE + " vendor\n" + BOB + " bob\n"), List.of(), known, Mode.EXCLUSIVE)
			.plan();
		assertThat(plan.target()).isEqualTo(parse(ALICE + " vendor\n"));
		assertThat(plan.hasForeignLinesBut(Set.of(fingerprint(ALICE), fingerprint(BOB)))).isFalse();
	}

	@Test
	void anUnwantedKeyGoesInEveryModeWhateverElseIsForeign() {
		KnownLines known = new KnownLines(List.of(), Set.of(), List.of(), Set.of(fingerprint(LATCHKEY)),
				Set.of(fingerprint(ALICE)), Set.of(fingerprint(ALICE), fingerprint(LATCHKEY)));
		AuthorizedKeysFile file = parse(LATCHKEY + "\n# hand\n" + ALICE + " one\nrestrict " + ALICE + " two\n");
		LinePlan plan = new LinePlanner(file, List.of(), known, Mode.ADDITIVE).plan();
		assertThat(plan.target()).isEqualTo(parse(LATCHKEY + "\n# hand\n"));
		assertThat(plan.removedForeign()).hasSize(2);
		assertThat(new LinePlanner(file, List.of(), known, Mode.EXCLUSIVE).plan().target())
			.isEqualTo(parse(LATCHKEY + "\n"));
	}

	@Test
	void aGrantThatCameMeanwhileSpeaksForAnUnwantedKey() {
		KnownLines known = new KnownLines(List.of(), Set.of(), List.of(), Set.of(), Set.of(),
				Set.of(fingerprint(ALICE)));
		AuthorizedKeysFile file = parse(ALICE + " alice@home\n");
		LinePlan plan = new LinePlanner(file, List.of(desired(ALICE + " alice")), known, Mode.ADDITIVE).plan();
		assertThat(plan.target()).isEqualTo(file);
	}

	@Test
	void takesNoLineForAChangedOneWhereNotAllForeignLinesAreKnown() {
		DesiredLine desired = desired(ALICE + " alice");
		AuthorizedKeysFile file = parse("restrict " + ALICE + " mine\n" + BOB + " bob\n");
		KnownLines all = new KnownLines(List.of(placed(ALICE + " alice")), Set.of(), List.of(), Set.of());
		assertThat(new LinePlanner(file, List.of(desired), all, Mode.ADDITIVE).plan().removed()).hasSize(1);
		KnownLines some = new KnownLines(List.of(placed(ALICE + " alice")), Set.of(), List.of(), Set.of(), Set.of(),
				Set.of(), false);
		LinePlan plan = new LinePlanner(file, List.of(desired), some, Mode.ADDITIVE).plan();
		assertThat(plan.target()).isEqualTo(parse(ALICE + " alice\nrestrict " + ALICE + " mine\n" + BOB + " bob\n"));
	}

	@Test
	void appendsAMissingLineAndKeepsEveryOtherByte() {
		LinePlan plan = plan("# mine\r\n\n" + BOB + " bob@old", Mode.ADDITIVE, List.of(desired(ALICE + " alice")));
		assertThat(text(plan)).isEqualTo("# mine\r\n\n" + BOB + " bob@old\n" + ALICE + " alice\n");
		assertThat(plan.added()).containsExactly(ALICE + " alice");
		assertThat(plan.allRemoved()).isEmpty();
	}

	@Test
	void changesNothingWhenEverythingStands() {
		String file = BOB + " bob@old\n" + ALICE + " alice";
		LinePlan plan = plan(file, Mode.ADDITIVE, List.of(desired(ALICE + " alice")));
		assertThat(plan.isNothingToDo()).isTrue();
		assertThat(text(plan)).isEqualTo(file);
	}

	@Test
	void takesOffALineThatItPlacedAndThatIsDesiredNoMore() {
		LinePlan plan = plan(ALICE + " alice\n" + BOB + " bob\n", Mode.ADDITIVE, List.of(), ALICE + " alice");
		assertThat(text(plan)).isEqualTo(BOB + " bob\n");
		assertThat(plan.removed()).containsExactly(ALICE + " alice");
	}

	@Test
	void replacesAPlacedLineThatSomebodyChanged() {
		String desired = "restrict " + ALICE + " alice";
		LinePlan plan = plan(ALICE + " alice\n", Mode.ADDITIVE, List.of(desired(desired)), desired);
		assertThat(text(plan)).isEqualTo(desired + "\n");
		assertThat(plan.entries()).singleElement().satisfies((entry) -> {
			assertThat(entry.shouldBe()).isEqualTo(desired);
			assertThat(entry.is()).isEqualTo(ALICE + " alice");
			assertThat(entry.status()).isEqualTo(AccountState.Status.MISSING);
		});
	}

	@Test
	void leavesALineWithTheSameKeyThatWasForeignBeforeAndGoesAheadOfIt() {
		String desired = "restrict " + ALICE + " alice";
		AuthorizedKeysFile file = parse(BOB + " bob\n" + ALICE + " alice@home\n");
		KnownLines known = new KnownLines(List.of(placed(desired)), Set.of(ALICE + " alice@home"), List.of(),
				Set.of(fingerprint(LATCHKEY)));
		LinePlan plan = new LinePlanner(file, List.of(desired(desired)), known, Mode.ADDITIVE).plan();
		assertThat(text(plan)).isEqualTo(BOB + " bob\n" + desired + "\n" + ALICE + " alice@home\n");
	}

	@Test
	void exclusiveTakesOffWhatIsForeignButTheManagementKey() {
		String file = "# hand-made\n" + LATCHKEY + " latchkey\n" + BOB + " bob\nnonsense\n" + ALICE + " alice\n";
		LinePlan plan = plan(file, Mode.EXCLUSIVE, List.of(desired(ALICE + " alice")));
		assertThat(text(plan)).isEqualTo(LATCHKEY + " latchkey\n" + ALICE + " alice\n");
		assertThat(plan.removedForeign()).extracting(AuthorizedKeysFile.Line::text)
			.containsExactly("# hand-made", BOB + " bob", "nonsense");
	}

	@Test
	void keepsOneOfTwoEqualDesiredLines() {
		LinePlan plan = plan(ALICE + " alice\n" + ALICE + " alice\n", Mode.ADDITIVE, List.of(desired(ALICE + " alice")),
				ALICE + " alice");
		assertThat(text(plan)).isEqualTo(ALICE + " alice\n");
	}

	@Test
	void aForeignLineThatDoesTheSameStandsForTheDesiredOne() {
		String file = "RESTRICT,from=\"10.0.0.0/8\" " + ALICE + " alice@home\n";
		DesiredLine desired = desired("restrict,from=\"10.0.0.0/8\" " + ALICE + " alice");
		LinePlan plan = plan(file, Mode.ADDITIVE, List.of(desired));
		assertThat(plan.isNothingToDo()).isTrue();
		assertThat(plan.served()).containsExactly(desired);
		assertThat(plan.entries()).singleElement().satisfies((entry) -> {
			assertThat(entry.origin()).isEqualTo(AccountState.Origin.FOREIGN);
			assertThat(entry.status()).isEqualTo(AccountState.Status.IN_PLACE);
			assertThat(entry.identity()).isEqualTo("somebody");
			assertThat(entry.grants()).containsExactly(1L);
		});
		assertThat(plan.hasForeignLinesBut(Set.of())).isFalse();
	}

	@Test
	void aForeignLineWithOtherOptionsIsNamedAndGoneAheadOf() {
		DesiredLine desired = desired("restrict " + ALICE + " alice");
		LinePlan plan = plan(ALICE + " alice@home\n" + "restrict " + ALICE + " again\n", Mode.ADDITIVE,
				List.of(desired));
		assertThat(text(plan)).startsWith(desired.text() + "\n");
		assertThat(plan.served()).isEmpty();
		assertThat(plan.removed()).isEmpty();
		assertThat(plan.entries()).filteredOn((entry) -> entry.origin() == AccountState.Origin.FOREIGN)
			.hasSize(2)
			.allSatisfy((entry) -> {
				assertThat(entry.identity()).isEqualTo("somebody");
				assertThat(entry.grants()).isEmpty();
			});
	}

	@Test
	void movesItsOwnLineAheadOfOneThatDecidesInsteadOfIt() {
		String desired = "restrict " + ALICE + " alice";
		AuthorizedKeysFile file = parse(ALICE + " alice@home\n" + desired + "\n" + BOB + " bob\n");
		KnownLines known = new KnownLines(List.of(placed(desired)), Set.of(), List.of(), Set.of(fingerprint(LATCHKEY)));
		LinePlan plan = new LinePlanner(file, List.of(desired(desired)), known, Mode.ADDITIVE).plan();
		assertThat(text(plan)).isEqualTo(desired + "\n" + ALICE + " alice@home\n" + BOB + " bob\n");
	}

	@Test
	void keepsTheOrderOfTheLinesOfOneKey() {
		String open = "from=\"10.0.0.1\" " + ALICE + " alice";
		String narrow = "restrict,command=\"/bin/true\" " + ALICE + " alice";
		LinePlan plan = plan(narrow + "\n", Mode.ADDITIVE, List.of(desired(open), desired(narrow)), narrow);
		assertThat(text(plan)).isEqualTo(open + "\n" + narrow + "\n");
		LinePlan turned = plan(narrow + "\n" + open + "\n", Mode.ADDITIVE, List.of(desired(open), desired(narrow)),
				narrow, open);
		assertThat(text(turned)).isEqualTo(open + "\n" + narrow + "\n");
	}

	@Test
	void takesNoLineForChangedThatItOnlyMeantToWrite() {
		String desired = "restrict " + ALICE + " alice";
		PlacedLine meant = PlacedLine.own("deploy", desired(desired), "/home/deploy/.ssh/authorized_keys");
		KnownLines known = new KnownLines(List.of(meant), Set.of(), List.of(), Set.of(fingerprint(LATCHKEY)));
		LinePlan plan = new LinePlanner(parse(ALICE + " alice@home\n"), List.of(desired(desired)), known, Mode.ADDITIVE)
			.plan();
		assertThat(text(plan)).isEqualTo(desired + "\n" + ALICE + " alice@home\n");
		assertThat(plan.removed()).isEmpty();
	}

	@Test
	void leavesTheForeignLineThatStoodForARevokedOne() {
		PlacedLine served = PlacedLine.served("deploy", desired(ALICE + " alice"));
		KnownLines known = new KnownLines(List.of(served), Set.of(), List.of(), Set.of(fingerprint(LATCHKEY)));
		LinePlan plan = new LinePlanner(parse(ALICE + " alice\n"), List.of(), known, Mode.ADDITIVE).plan();
		assertThat(plan.isNothingToDo()).isTrue();
		assertThat(plan.entries()).singleElement()
			.satisfies((entry) -> assertThat(entry.origin()).isEqualTo(AccountState.Origin.FOREIGN));
	}

	@Test
	void exclusiveLeavesTheDesiredLinesAlone() {
		DesiredLine desired = desired(ALICE + " alice");
		LinePlan plan = plan(ALICE + " alice@home\n" + ALICE + " alice\n", Mode.EXCLUSIVE, List.of(desired));
		assertThat(text(plan)).isEqualTo(ALICE + " alice\n");
		assertThat(plan.removedForeign()).extracting(AuthorizedKeysFile.Line::text)
			.containsExactly(ALICE + " alice@home");
	}

	@Test
	void planningTwiceChangesNothingMore() {
		for (Mode mode : List.of(Mode.ADDITIVE, Mode.EXCLUSIVE)) {
			List<DesiredLine> desired = List.of(desired(ALICE + " alice"), desired("restrict " + BOB + " bob"));
			KnownLines known = new KnownLines(List.of(placed(ALICE + " alice"), placed("restrict " + BOB + " bob")),
					Set.of(), List.of(), Set.of(fingerprint(LATCHKEY)));
			LinePlan once = new LinePlanner(parse("# x\n" + BOB + " bob\n"), desired, known, mode).plan();
			LinePlan twice = new LinePlanner(once.target(), desired, known, mode).plan();
			assertThat(once.isNothingToDo()).isFalse();
			assertThat(twice.isNothingToDo()).isTrue();
		}
	}

	@Test
	void exclusiveKeepsALineThatWasRestored() {
		String restored = "from=\"10.0.0.0/8\" " + BOB + "  bob \r\n";
		LinePlan plan = planKeeping(restored, ALICE + " alice", Mode.EXCLUSIVE);
		assertThat(text(plan)).isEqualTo(restored);
		assertThat(plan.added()).hasSize(1);
		assertThat(plan.entries()).filteredOn((entry) -> entry.status() == AccountState.Status.MISSING)
			.singleElement()
			.satisfies((entry) -> assertThat(entry.origin()).isEqualTo(AccountState.Origin.FOREIGN));

		LinePlan again = planKeeping(restored, text(plan), Mode.EXCLUSIVE);
		assertThat(again.isNothingToDo()).isTrue();
		assertThat(again.hasForeignLinesBut(Set.of())).isFalse();
	}

	@Test
	void putsARestoredLineBackInEveryModeButDoublesNone() {
		assertThat(text(planKeeping(BOB + " bob", "# mine", Mode.ADDITIVE))).isEqualTo("# mine\n" + BOB + " bob");
		KnownLines known = new KnownLines(List.of(placed(BOB + " bob")), Set.of(), parse(BOB + " bob\n").lines(),
				Set.of(fingerprint(LATCHKEY)));
		List<DesiredLine> desired = List.of(desired(BOB + " bob"));
		assertThat(text(new LinePlanner(parse(""), desired, known, Mode.EXCLUSIVE).plan())).isEqualTo(BOB + " bob\n");
		LinePlan revoked = new LinePlanner(parse(BOB + " bob\n"), List.of(), known, Mode.EXCLUSIVE).plan();
		assertThat(revoked.isNothingToDo()).isTrue();
	}

	private static LinePlan planKeeping(String kept, String file, Mode mode) {
		KnownLines known = new KnownLines(List.of(), Set.of(), parse(kept).lines(), Set.of(fingerprint(LATCHKEY)));
		return new LinePlanner(parse(file), List.of(), known, mode).plan();
	}

	private static LinePlan plan(String file, Mode mode, List<DesiredLine> desired, String... placed) {
		KnownLines known = new KnownLines(Arrays.stream(placed).map(LinePlannerTests::placed).toList(), Set.of(),
				List.of(), Set.of(fingerprint(LATCHKEY)));
		return new LinePlanner(parse(file), desired, known, mode).plan();
	}

	private static AuthorizedKeysFile parse(String file) {
		return AuthorizedKeysFile.parse(file.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(LinePlan plan) {
		return new String(plan.target().render(), StandardCharsets.UTF_8);
	}

	private static DesiredLine desired(String text) {
		return new DesiredLine(text, fingerprint(text), "somebody", new TreeSet<>(Set.of(1L)), null);
	}

	private static PlacedLine placed(String text) {
		return new PlacedLine(1, "deploy", text, fingerprint(text), "somebody", new TreeSet<>(Set.of(1L)), null,
				AccountState.Origin.LATCHKEY, true, null);
	}

	private static Fingerprint fingerprint(String line) {
		return AuthorizedKeysFile.Line.of(line).key().map(PublicKey::fingerprint).orElseThrow();
	}

}
