package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.latchkey.foreignkeys.ForeignKey;
import io.latchkey.foreignkeys.ForeignKeys;
import io.latchkey.identity.IdentityKind;
import io.latchkey.logins.Logins;
import io.latchkey.nodestate.ForeignKeyCount.Which;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Form;
import io.latchkey.pages.Listing;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The page of all foreign keys, which every form about them comes back to. */
@Component
class ForeignKeyInbox {

	private static final List<Choice> KINDS = List.of(
			new Choice(IdentityKind.PERSON.name(), "page.identity.kind.PERSON"),
			new Choice(IdentityKind.SERVICE.name(), "page.identity.kind.SERVICE"));

	private static final int MOST_ROWS = 500;

	private static final Pageable FIRST = PageRequest.of(0, 50);

	/** Below those that need somebody. */
	private static final Pageable FIRST_TOLERATED = PageRequest.of(0, 20);

	private final ForeignKeys foreignKeys;

	private final UnseenRows unseen;

	private final Logins logins;

	ForeignKeyInbox(ForeignKeys foreignKeys, UnseenRows unseen, Logins logins) {
		this.foreignKeys = foreignKeys;
		this.unseen = unseen;
		this.logins = logins;
	}

	String show(HttpServletRequest request, Model model) {
		return show(FIRST, FIRST_TOLERATED, request, model);
	}

	String showOpen(Pageable page, HttpServletRequest request, Model model) {
		return show(page, FIRST_TOLERATED, request, model);
	}

	String showTolerated(Pageable page, HttpServletRequest request, Model model) {
		return show(FIRST, page, request, model);
	}

	private String show(Pageable open, Pageable tolerated, HttpServletRequest request, Model model) {
		Listing<ForeignKey> keys = Listing.of(this.foreignKeys.list(Which.OPEN, unsorted(open)), request);
		Form.in(model, Map.of("kind", IdentityKind.PERSON.name()));
		Listing<ForeignKey> standing = Listing.of(this.foreignKeys.list(Which.TOLERATED, unsorted(tolerated)), request);
		model.addAttribute("keys", keys);
		model.addAttribute("tolerated", standing);
		model.addAttribute("uses",
				this.logins.lastUses(Stream.concat(keys.rows().stream(), standing.rows().stream())
					.map((key) -> key.key().fingerprint())
					.toList()));
		model.addAttribute("unwanted", keys.rows().stream().anyMatch(ForeignKey::isUnwanted));
		model.addAttribute("unseen", this.unseen.first());
		model.addAttribute("kinds", KINDS);
		return "nodes/foreign-keys";
	}

	private static Pageable unsorted(Pageable page) {
		return PageRequest.of(page.getPageNumber(), Math.min(page.getPageSize(), MOST_ROWS));
	}

}
