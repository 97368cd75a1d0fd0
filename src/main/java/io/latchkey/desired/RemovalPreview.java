package io.latchkey.desired;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What a change would take off.
 *
 * @param accounts those that would lose lines, by node and account
 * @param steps what is done for it, where that is more than was asked for by name, such
 * as {@code revoke grant:7}
 * @param observed the nodes among them that are only observed, so that nothing goes there
 */
public record RemovalPreview(List<AccountLoss> accounts, List<String> steps, Set<String> observed) {

	/** What was asked for is all that is done. */
	public RemovalPreview(List<AccountLoss> accounts) {
		this(accounts, List.of(), Set.of());
	}

	public RemovalPreview {
		accounts = accounts.stream()
			.sorted(Comparator.comparing(AccountLoss::node).thenComparing(AccountLoss::account))
			.toList();
		Set<String> losing = accounts.stream().map(AccountLoss::node).collect(Collectors.toSet());
		observed = observed.stream().filter(losing::contains).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * One account that would lose lines.
	 *
	 * @param node the node's name
	 * @param add the lines that would come, in place of others for instance
	 */
	public record AccountLoss(String node, String account, List<String> add, List<Line> remove) {

	}

	/**
	 * A line that would go.
	 *
	 * @param identity whose key it is, when known
	 * @param keyStays whether another line lets the same key in on that account
	 * @param otherGrants the ids of the grants by which the identity gets in on that
	 * account all the same
	 * @param foreignKeys the keys of the identity in lines there that Latchkey did not
	 * write, and that stay
	 */
	public record Line(String text, @Nullable String identity, boolean keyStays, List<Long> otherGrants,
			List<Fingerprint> foreignKeys) {

		/** One beside which nothing is known to let in. */
		public Line(String text, @Nullable String identity) {
			this(text, identity, false, List.of(), List.of());
		}

		/** The same, where foreign lines bear these keys. */
		public Line with(Collection<Fingerprint> foreign) {
			return new Line(this.text, this.identity, this.keyStays, this.otherGrants, List.copyOf(foreign));
		}

		/** Whether the identity gets in there all the same. */
		public boolean isStillLetIn() {
			return this.keyStays || !this.otherGrants.isEmpty() || !this.foreignKeys.isEmpty();
		}

	}

	public long countNodes() {
		return this.accounts.stream().map(AccountLoss::node).distinct().count();
	}

	public int countRemoved() {
		return this.accounts.stream().mapToInt((account) -> account.remove().size()).sum();
	}

	public int countAdded() {
		return this.accounts.stream().mapToInt((account) -> account.add().size()).sum();
	}

	/** Those who would not get in to an account any more, by name. */
	public List<String> identities() {
		return this.accounts.stream()
			.flatMap((account) -> account.remove().stream())
			.filter((line) -> !line.isStillLetIn())
			.map(Line::identity)
			.filter((identity) -> identity != null)
			.distinct()
			.sorted()
			.toList();
	}

	/**
	 * Stands for what would go, and for nothing else: SHA-256, in hex, over a line
	 * {@code <node> <account> <line>} for each, by node, account and place in the file,
	 * and a line for each step.
	 */
	public String digest() {
		StringBuilder canonical = new StringBuilder();
		this.accounts.forEach((account) -> account.remove()
			.forEach((line) -> canonical.append(account.node())
				.append(' ')
				.append(account.account())
				.append(' ')
				.append(line.text())
				.append('\n')));
		this.steps.forEach((step) -> canonical.append(step).append('\n'));
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
