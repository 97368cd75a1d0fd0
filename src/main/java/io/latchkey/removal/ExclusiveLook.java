package io.latchkey.removal;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.desired.RemovalPreview.AccountLoss;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.UnseenAccounts;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What {@code EXCLUSIVE} would take off a node, as last observed. Of lines that let
 * somebody in: comments and blank lines go as well, and are not remembered.
 *
 * @param mode in which the node is now
 * @param lookedAt when the node was last looked at, or null
 * @param fresh whether that is recent, and the last run did not fail
 * @param goes what would go, by account and place in the file
 * @param tolerated what would stay until a date
 * @param unseen the accounts that are not looked at: of these nothing goes, and nothing
 * is known
 */
public record ExclusiveLook(String node, Mode mode, @Nullable Instant lookedAt, boolean fresh, List<Line> goes,
		List<Line> tolerated, UnseenAccounts unseen) {

	/** Whether that is known, and nothing would go. */
	public boolean changesNothing() {
		return this.fresh && this.goes.isEmpty();
	}

	/** Stands for what would go, as where that is confirmed. */
	public String digest() {
		return digest(List.of(this));
	}

	/** The same for several nodes that are switched together. */
	public static String digest(Collection<ExclusiveLook> looks) {
		return new RemovalPreview(looks.stream().flatMap(ExclusiveLook::losses).toList()).digest();
	}

	private Stream<AccountLoss> losses() {
		Map<String, List<Line>> byAccount = this.goes.stream()
			.collect(Collectors.groupingBy(Line::account, LinkedHashMap::new, Collectors.toList()));
		return byAccount.entrySet()
			.stream()
			.map((account) -> new AccountLoss(this.node, account.getKey(), List.of(),
					account.getValue()
						.stream()
						.map((line) -> new RemovalPreview.Line(line.text(), line.identity()))
						.toList()));
	}

	/**
	 * A foreign line.
	 *
	 * @param fingerprint of its key, or null when that cannot be read
	 * @param identity whose key it is, when known
	 * @param until when its toleration ends; null when it is not tolerated
	 */
	public record Line(String account, @Nullable Fingerprint fingerprint, String comment, String text,
			@Nullable String identity, @Nullable Instant until) {

	}

}
