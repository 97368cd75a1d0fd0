package io.latchkey.reconcile.plan;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.Dialect;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FittingLinesTests {

	private static final String ALICE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	private static final String BOB = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi";

	private static final String LATCHKEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMz";

	private static final DesiredLine PLAIN = desired(ALICE + " alice");

	private static final DesiredLine NARROW = desired("no-pty " + ALICE + " alice");

	private static final DesiredLine BOBS = desired("no-pty " + BOB + " bob");

	@Test
	void takesAllWhereThereIsRoomOrNoBound() {
		assertThat(fitting("# 1\n".repeat(298), 300, PLAIN, BOBS)).containsExactly(PLAIN, BOBS);
		assertThat(fitting("# 1\n".repeat(1000), Dialect.ANY_NUMBER, PLAIN, BOBS)).containsExactly(PLAIN, BOBS);
	}

	@Test
	void countsEveryLineAsTheServerDoes() {
		assertThat(fitting("# 1\n".repeat(299), 300, PLAIN, BOBS)).containsExactly(PLAIN);
		assertThat(fitting("\n".repeat(300), 300, PLAIN, BOBS)).isEmpty();
		assertThat(fitting("# 1\r\n".repeat(149) + "\n", 300, PLAIN, BOBS)).containsExactly(PLAIN);
		assertThat(fitting("# 1\r\n".repeat(150), 300, PLAIN, BOBS)).isEmpty();
	}

	@Test
	void pushesNobodyOutWhoIsLetIn() {
		String file = "# 1\n".repeat(298) + "restrict " + ALICE + " by hand\n" + BOB + " by hand\n";
		assertThat(fitting(file, 300, PLAIN)).isEmpty();
		assertThat(fitting(file, 301, PLAIN)).containsExactly(PLAIN);
		String management = "# 1\n".repeat(299) + LATCHKEY + " latchkey\n";
		assertThat(fitting(management, 300, PLAIN)).isEmpty();
	}

	@Test
	void thoseThatStandThereGoBeforeOthers() {
		String file = "# 1\n".repeat(299) + BOBS.text() + "\n";
		assertThat(fitting(file, 300, PLAIN, BOBS)).containsExactly(BOBS);
	}

	@Test
	void oneForWhichAForeignLineStandsTakesNoRoom() {
		String file = ALICE + " by hand\n" + "# 1\n".repeat(298);
		assertThat(fitting(file, 300, PLAIN, BOBS)).containsExactly(PLAIN, BOBS);
		assertThat(fitting("# 1\n".repeat(300) + ALICE + " by hand\n", 300, PLAIN)).isEmpty();
	}

	@Test
	void ofManyTakesAsManyAsThereIsRoomFor() {
		String file = "# 1\n".repeat(299);
		assertThat(fitting(file, 300, PLAIN, NARROW, BOBS)).containsExactly(PLAIN);
	}

	@Test
	void tellsHowManyKeysStandBehindTheBound() {
		AuthorizedKeysFile file = parse(ALICE + "\n# 2\n" + BOB + "\n" + LATCHKEY + "\n");
		assertThat(LinesRead.of(file, 2)).isEqualTo(new LinesRead(Set.of(ALICE), 2));
		assertThat(LinesRead.of(file, Dialect.ANY_NUMBER).beyond()).isZero();
	}

	private static List<DesiredLine> fitting(String content, int mostLines, DesiredLine... desired) {
		AuthorizedKeysFile file = parse(content);
		List<PlacedLine> placed = file.lines().stream().anyMatch((line) -> line.text().equals(BOBS.text()))
				? List.of(PlacedLine.own("alice", BOBS, "")) : List.of();
		KnownLines known = new KnownLines(placed, Set.of(), List.of(), Set.of(fingerprint(LATCHKEY)), Set.of(),
				Set.of());
		return new FittingLines(file, List.of(desired), mostLines,
				(lines) -> new LinePlanner(file, lines, known, Mode.ADDITIVE).plan())
			.find();
	}

	private static DesiredLine desired(String text) {
		String key = text.substring(text.indexOf("ssh-ed25519")).replaceFirst(" \\w+$", "");
		return new DesiredLine(text, fingerprint(key), "someone", new TreeSet<>(Set.of(1L)), null);
	}

	private static AuthorizedKeysFile parse(String content) {
		return AuthorizedKeysFile.parse(content.getBytes(StandardCharsets.UTF_8));
	}

	private static Fingerprint fingerprint(String key) {
		return AuthorizedKeysFile.Line.of(key).key().map(PublicKey::fingerprint).orElseThrow();
	}

}
