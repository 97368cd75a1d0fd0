package io.latchkey.openssh;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A list of the hosts that a login may come from, its entries parted by commas:
 * {@code from=} of sshd(8). One that fits a {@code !} is refused, else one that fits any
 * other is let in.
 */
public record AddressPatterns(List<AddressPattern> entries) {

	public AddressPatterns {
		entries = List.copyOf(entries);
	}

	public static AddressPatterns parse(String list) {
		return new AddressPatterns(Arrays.stream(list.split(",", -1)).map(AddressPattern::parse).toList());
	}

	/** The entry for which sshd refuses the whole list. */
	public Optional<AddressPattern> refused() {
		return this.entries.stream().filter((entry) -> entry.kind() == AddressPattern.Kind.REFUSED).findFirst();
	}

	/**
	 * Whether there can be a host that it lets in.
	 * @param names whether sshd knows more of a host than its address
	 */
	public boolean letsAnyIn(Names names) {
		return refused().isEmpty() && this.entries.stream()
			.filter((entry) -> !entry.negated())
			.anyMatch((entry) -> entry.fitsAddresses()
					|| (entry.kind() == AddressPattern.Kind.NAME && names == Names.LOOKED_UP));
	}

	/** Whether it lets every host in. */
	boolean letsAllIn() {
		return refused().isEmpty() && this.entries.stream().noneMatch(AddressPattern::negated)
				&& this.entries.stream().anyMatch(AddressPattern::isForAll);
	}

	/** Whether sshd looks up the names of hosts ({@code UseDNS}). */
	public enum Names {

		LOOKED_UP, NOT_LOOKED_UP

	}

}
