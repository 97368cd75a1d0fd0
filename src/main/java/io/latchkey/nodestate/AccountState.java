package io.latchkey.nodestate;

import java.util.List;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What one account's file holds beside what it should hold, as last observed.
 *
 * @param file the path on the node
 * @param state IN_SYNC, DRIFTED, CONVERGING or FAILED
 * @param detail what is the matter, or null
 * @param foreignBeyond how many more lines that nobody granted stand there than the
 * entries tell
 */
public record AccountState(String account, String file, NodeState state, @Nullable String detail, List<Entry> entries,
		long foreignBeyond) {

	public AccountState(String account, String file, NodeState state, @Nullable String detail, List<Entry> entries) {
		this(account, file, state, detail, entries, 0);
	}

	/**
	 * One line that is there or should be.
	 *
	 * @param shouldBe the desired line, or null when there should be none
	 * @param is the observed line, or null when there is none
	 * @param identity whose key it is, when known
	 * @param grants the ids of the grants it stands for
	 * @param options the options field, empty when none
	 * @param file where it stands when that is not the account's first file, or null
	 */
	public record Entry(@Nullable Fingerprint fingerprint, @Nullable String shouldBe, @Nullable String is,
			@Nullable String identity, List<Long> grants, String options, Origin origin, Status status,
			@Nullable String file) {

		public Entry(@Nullable Fingerprint fingerprint, @Nullable String shouldBe, @Nullable String is,
				@Nullable String identity, List<Long> grants, String options, Origin origin, Status status) {
			this(fingerprint, shouldBe, is, identity, grants, options, origin, status, null);
		}

		public Entry in(String file) {
			return new Entry(this.fingerprint, this.shouldBe, this.is, this.identity, this.grants, this.options,
					this.origin, this.status, file);
		}

	}

	/** Who wrote a line. */
	public enum Origin {

		LATCHKEY, FOREIGN

	}

	/** How a line stands: EXTRA is there and should not be, or is not Latchkey's. */
	public enum Status {

		IN_PLACE, MISSING, EXTRA

	}

}
