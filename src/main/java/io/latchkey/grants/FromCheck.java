package io.latchkey.grants;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.latchkey.core.Fault;
import io.latchkey.core.FreeText;
import io.latchkey.openssh.AddressPattern;

/**
 * Which hosts a grant may be limited to. sshd refuses the key wherever it comes from for
 * one entry that it cannot read as a network, and says so nowhere but in its log.
 */
final class FromCheck {

	private static final Pattern ENTRY = Pattern.compile("!?[A-Za-z0-9.:*?_-]+(/\\d{1,3})?");

	/** Other spellings of an address mean another one than they seem to. */
	private static final Pattern IPV4 = Pattern.compile("!?(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}(/\\d+)?");

	private FromCheck() {
	}

	static List<Fault> faults(List<String> from) {
		List<Fault> faults = new ArrayList<>();
		from.forEach((entry) -> fault(entry).ifPresent(faults::add));
		if (faults.isEmpty() && !from.isEmpty() && from.stream().allMatch((entry) -> entry.startsWith("!"))) {
			faults.add(Fault.of("options.from", "grant.from.only-negated"));
		}
		return faults;
	}

	private static Optional<Fault> fault(String entry) {
		AddressPattern pattern = AddressPattern.parse(entry);
		Optional<String> network = pattern.network();
		if (network.isPresent()) {
			return Optional
				.of(Fault.of("options.from", "grant.from.host-bits", FreeText.oneLine(entry), network.get()));
		}
		boolean isOne = ENTRY.matcher(entry).matches() && switch (pattern.kind()) {
			case ADDRESS -> entry.contains(":") || IPV4.matcher(entry).matches();
			case PATTERN, NAME -> true;
			case NOTHING, REFUSED -> false;
		};
		return isOne ? Optional.empty()
				: Optional.of(Fault.of("options.from", "grant.from.malformed", FreeText.oneLine(entry)));
	}

}
