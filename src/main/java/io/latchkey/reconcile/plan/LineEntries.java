package io.latchkey.reconcile.plan;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.desired.DesiredLine;
import io.latchkey.nodestate.AccountState.Entry;
import io.latchkey.nodestate.AccountState.Origin;
import io.latchkey.nodestate.AccountState.Status;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/** Says of each line of a file that counts how it stands now. */
final class LineEntries {

	private final DesiredOrder order;

	private final List<Entry> entries = new ArrayList<>();

	LineEntries(DesiredOrder order) {
		this.order = order;
	}

	void inPlace(DesiredLine line) {
		this.entries.add(entry(line, line.text(), Status.IN_PLACE));
	}

	/**
	 * @param is what stands there instead, or null
	 */
	void missing(DesiredLine line, @Nullable String is) {
		this.entries.add(entry(line, is, Status.MISSING));
	}

	/** Which lets Latchkey itself in. */
	void ofManagement(Line line, Fingerprint fingerprint) {
		this.entries.add(new Entry(fingerprint, line.text(), line.text(), null, List.of(), optionsOf(line),
				Origin.LATCHKEY, Status.IN_PLACE));
	}

	/**
	 * One of Latchkey's that should not be there.
	 * @param placed as which it was placed, or null
	 */
	void extra(Line line, @Nullable Fingerprint fingerprint, @Nullable PlacedLine placed) {
		this.entries.add(new Entry(fingerprint, null, line.text(), (placed != null) ? placed.identity() : null,
				(placed != null) ? List.copyOf(placed.grants()) : List.of(), optionsOf(line), Origin.LATCHKEY,
				Status.EXTRA));
	}

	/** A foreign one that stands for a desired one. */
	void serves(Line line, Fingerprint fingerprint, DesiredLine served) {
		this.entries.add(new Entry(fingerprint, served.text(), line.text(), served.identity(),
				List.copyOf(served.grants()), optionsOf(line), Origin.FOREIGN, Status.IN_PLACE));
	}

	/** Any other foreign one, as far as it lets anybody in. */
	void foreign(Line line, @Nullable Fingerprint fingerprint) {
		if (letsIn(line)) {
			this.entries.add(new Entry(fingerprint, null, line.text(), this.order.identityOf(fingerprint), List.of(),
					optionsOf(line), Origin.FOREIGN, Status.EXTRA));
		}
	}

	/** The same of one that was restored and is kept. */
	void kept(Line line, @Nullable Fingerprint fingerprint) {
		if (letsIn(line)) {
			this.entries.add(new Entry(fingerprint, line.text(), line.text(), this.order.identityOf(fingerprint),
					List.of(), optionsOf(line), Origin.FOREIGN, Status.IN_PLACE));
		}
	}

	/** One that is kept and is not there. */
	void missing(Line kept) {
		this.entries.add(new Entry(kept.key().map(PublicKey::fingerprint).orElse(null), kept.text(), null, null,
				List.of(), optionsOf(kept), Origin.FOREIGN, Status.MISSING));
	}

	List<Entry> all() {
		return List.copyOf(this.entries);
	}

	private static boolean letsIn(Line line) {
		return line instanceof KeyLine
				|| (line instanceof OtherLine other && other.kind() == OtherLine.Kind.UNREADABLE);
	}

	private static Entry entry(DesiredLine line, @Nullable String is, Status status) {
		return new Entry(line.fingerprint(), line.text(), is, line.identity(), List.copyOf(line.grants()),
				optionsOf(Line.of(line.text())), Origin.LATCHKEY, status);
	}

	private static String optionsOf(Line line) {
		return (line instanceof KeyLine key) ? key.options().render() : "";
	}

}
