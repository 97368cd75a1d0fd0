package io.latchkey.nodestate;

import java.time.Duration;
import java.time.ZoneOffset;

import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.desired.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * What a node said of itself when it was last asked.
 *
 * @param version the software of its banner, or null before the first answer
 * @param zone its time zone then
 * @param clockOffsetMillis how far its clock is ahead, or null
 * @param config a digest of sshd's configuration, or null when it is not known
 * @param strictModes whether sshd heeds owners and modes
 * @param clockAllowanceSeconds by how much expiry times are moved for its clock
 */
public record SshdMemory(@Nullable String version, ZoneOffset zone, @Nullable Long clockOffsetMillis,
		@Nullable String config, boolean strictModes, long clockAllowanceSeconds) {

	/** What a clock may be off by before it counts. */
	public static final Duration TOLERANCE = Duration.ofSeconds(5);

	/**
	 * By how much expiry times are moved for a clock that is off by so much. Stays as it
	 * was as long as that is good enough: each change rewrites every line that ends.
	 */
	private long allowanceFor(Duration offset) {
		Duration off = offset.minusSeconds(this.clockAllowanceSeconds).abs();
		return (off.compareTo(TOLERANCE) <= 0) ? this.clockAllowanceSeconds : Math.round(offset.toMillis() / 1000.0);
	}

	/** What its sshd understands, as far as that is known. */
	public Dialect dialect() {
		Dialect dialect = (this.version != null) ? Dialect.of(this.version, this.zone) : Dialect.CURRENT;
		return dialect.allowing(Duration.ofSeconds(this.clockAllowanceSeconds));
	}

	/** The same after it has said this of itself. */
	public SshdMemory after(NodeFacts facts, @Nullable String config, boolean strictModes) {
		return new SshdMemory(facts.sshVersion(), facts.zone(), facts.clockOffset().toMillis(), config, strictModes,
				allowanceFor(facts.clockOffset()));
	}

}
