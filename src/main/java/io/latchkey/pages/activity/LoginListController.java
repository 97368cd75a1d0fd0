package io.latchkey.pages.activity;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.latchkey.inventory.Nodes;
import io.latchkey.logins.LogReading;
import io.latchkey.logins.Login;
import io.latchkey.logins.LoginQuery;
import io.latchkey.logins.Logins;
import io.latchkey.logins.Standing;
import io.latchkey.pages.Choice;
import io.latchkey.pages.CsvFile;
import io.latchkey.pages.Input;
import io.latchkey.pages.Listing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Who came in, and who was refused.
 */
@Controller
class LoginListController {

	private static final int MOST_EXPORTED = 100_000;

	private static final List<String> WORDS = List.of("identity", "node", "account", "address", "fingerprint", "grant",
			"outcome", "standing", "method", "fresh", "since", "until");

	private static final List<Choice> OUTCOMES = List.of(new Choice("", "page.filter.any"),
			new Choice("ACCEPTED", "page.login.outcome.ACCEPTED"), new Choice("REFUSED", "page.login.outcome.REFUSED"));

	private static final List<Choice> METHODS = List.of(new Choice("", "page.filter.any"),
			new Choice("KEY", "page.login.method.KEY"), new Choice("PASSWORD", "page.login.method.PASSWORD"));

	private static final List<Choice> STANDINGS = standings();

	private final Logins logins;

	private final Nodes nodes;

	LoginListController(Logins logins, Nodes nodes) {
		this.logins = logins;
		this.nodes = nodes;
	}

	@GetMapping("/logins")
	String list(Input filter, @PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		LoginQuery query = query(filter);
		Page<Login> found = this.logins.list(query, PageRequest.of(page.getPageNumber(), page.getPageSize()));
		model.addAttribute("listing", Listing.of(found.map(LoginRow::of), request));
		model.addAttribute("outcomes", OUTCOMES);
		model.addAttribute("standings", STANDINGS);
		model.addAttribute("methods", METHODS);
		WORDS.forEach((field) -> model.addAttribute(field, filter.word(field)));
		model.addAttribute("filtered", !query.equals(LoginQuery.ALL));
		model.addAttribute("most", (found.getTotalElements() < Logins.MOST_COUNTED) ? null : Logins.MOST_COUNTED);
		model.addAttribute("reading", reading(query.node()).orElse(null));
		return "activity/logins";
	}

	@GetMapping("/logins.csv")
	void export(Input filter, HttpServletResponse response) throws IOException {
		List<List<@Nullable Object>> rows = this.logins.list(query(filter), PageRequest.of(0, MOST_EXPORTED))
			.getContent()
			.stream()
			.map(LoginListController::row)
			.toList();
		CsvFile.send(response, "logins.csv", List.of("at", "since", "times", "node", "account", "outcome", "method",
				"address", "fingerprint", "standing", "identity", "grant", "proved", "fresh"), rows);
	}

	private static List<@Nullable Object> row(Login login) {
		return Arrays.asList(login.at(), login.since(), login.times(), login.node(), login.account(), login.outcome(),
				login.method(), login.address(), login.fingerprint(), login.standing(), login.identity(), login.grant(),
				login.proved(), login.fresh());
	}

	private Optional<LogReading> reading(@Nullable String node) {
		return Optional.ofNullable(node).flatMap(this.nodes::find).flatMap((found) -> this.logins.reading(found.id()));
	}

	private static LoginQuery query(Input filter) {
		String grant = filter.word("grant");
		return new LoginQuery(filter.text("identity"), filter.text("node"), filter.text("account"),
				filter.text("address"), filter.text("fingerprint"),
				grant.matches("\\d{1,18}") ? Long.valueOf(grant) : null,
				choice(filter.word("outcome"), Login.Outcome.class), choice(filter.word("standing"), Standing.class),
				day(filter, "since", 0), day(filter, "until", 1),
				choice(filter.word("method"), LoginQuery.Method.class), filter.isTicked("fresh"));
	}

	/** The beginning of a day in the viewer's zone; another filter than one is none. */
	private static @Nullable Instant day(Input filter, String field, int daysLater) {
		try {
			String zone = filter.word("zone");
			return LocalDate.parse(filter.word(field))
				.plusDays(daysLater)
				.atStartOfDay(zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone))
				.toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static <E extends Enum<E>> @Nullable E choice(String word, Class<E> type) {
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> constant.name().equals(word))
			.findFirst()
			.orElse(null);
	}

	private static List<Choice> standings() {
		List<Choice> choices = new ArrayList<>(List.of(new Choice("", "page.filter.any")));
		for (Standing standing : Standing.values()) {
			choices.add(new Choice(standing.name(), "page.login.standing." + standing.name()));
		}
		return List.copyOf(choices);
	}

}
