package io.latchkey.pages;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.latchkey.desired.RemovalPreview.AccountLoss;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;

/**
 * What a change would take off, as it is shown before it is confirmed.
 *
 * @param digest stands for all of it in the form that confirms
 * @param rows the first of the lines that would go
 * @param more how many lines are not among the rows
 * @param identities the first of those who lose a key
 * @param moreIdentities how many are not among them
 * @param observed how many of the nodes are only observed, so that nothing goes there
 */
public record Losses(String digest, long nodes, int lines, List<Row> rows, int more, List<String> identities,
		int moreIdentities, int observed) {

	/** The field that confirms. */
	public static final String FIELD = "digest";

	static final String ATTRIBUTE = "losses";

	private static final int SHOWN = 20;

	/**
	 * A line that would go.
	 *
	 * @param otherGrants the ids of the grants by which its holder gets in there all the
	 * same
	 * @param foreignKeys the keys with which they do so by lines that Latchkey did not
	 * write
	 */
	public record Row(String node, String account, String line, @Nullable String identity, List<Long> otherGrants,
			List<Fingerprint> foreignKeys) {

	}

	/**
	 * Puts them on a question, for that to be confirmed with it.
	 * @param note what is said above them
	 */
	public static void show(RemovalPreview preview, String note, Model model) {
		if (preview.countRemoved() > 0) {
			model.addAttribute(ATTRIBUTE, of(preview));
			model.addAttribute("lossesNote", note);
		}
		else {
			model.addAttribute("hidden", Map.of(FIELD, preview.digest()));
		}
	}

	static Losses of(RemovalPreview preview) {
		List<Row> rows = preview.accounts().stream().flatMap(Losses::rows).limit(SHOWN).toList();
		List<String> identities = preview.identities();
		List<String> shown = identities.stream().limit(SHOWN).toList();
		return new Losses(preview.digest(), preview.countNodes(), preview.countRemoved(), rows,
				preview.countRemoved() - rows.size(), shown, identities.size() - shown.size(),
				preview.observed().size());
	}

	private static Stream<Row> rows(AccountLoss account) {
		return account.remove()
			.stream()
			.map((line) -> new Row(account.node(), account.account(), line.text(), line.identity(), line.otherGrants(),
					line.foreignKeys()));
	}

}
