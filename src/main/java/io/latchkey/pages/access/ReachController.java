package io.latchkey.pages.access;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.latchkey.access.Access;
import io.latchkey.access.AccessQuery;
import io.latchkey.access.EffectiveAccess;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.GrantId;
import io.latchkey.pages.CsvFile;
import io.latchkey.pages.Input;
import io.latchkey.pages.Listing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Who can log in where, now, at another instant or on a day; who let them, and who did.
 */
@Controller
class ReachController {

	private static final int MOST_EXPORTED = 100_000;

	private static final List<String> WORDS = List.of("identity", "node", "account", "when");

	private final EffectiveAccess access;

	private final Clock clock;

	ReachController(EffectiveAccess access, Clock clock) {
		this.access = access;
		this.clock = clock;
	}

	@GetMapping("/access")
	String list(Input filter, @PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		WORDS.forEach((field) -> model.addAttribute(field, filter.word(field)));
		boolean asked = filter.text("identity") != null || filter.text("node") != null;
		model.addAttribute("asked", asked);
		if (asked) {
			try {
				AccessQuery query = query(filter);
				model.addAttribute("day", day(filter));
				model.addAttribute("listing", Listing
					.of(this.access.list(query, PageRequest.of(page.getPageNumber(), page.getPageSize())), request));
			}
			catch (InvalidInputException ex) {
				model.addAttribute("faults", ex.faults());
			}
		}
		return "access/reach";
	}

	@GetMapping("/access.csv")
	void export(Input filter, HttpServletResponse response) throws IOException {
		List<List<@Nullable Object>> rows = this.access.list(query(filter), PageRequest.of(0, MOST_EXPORTED))
			.getContent()
			.stream()
			.map(ReachController::row)
			.toList();
		CsvFile.send(response, "access.csv",
				List.of("identity", "node", "account", "grants", "grantedBy", "until", "lastLoginAt", "logins"), rows);
	}

	private static List<@Nullable Object> row(Access access) {
		return Arrays.asList(access.identity(), access.node(), access.account(),
				access.via().stream().map(GrantId::value).map(String::valueOf).collect(Collectors.joining(" ")),
				String.join(" ", access.grantedBy()), access.until(), access.lastLoginAt(), access.logins());
	}

	/** A day is all of it, in the viewer's zone. */
	private AccessQuery query(Input filter) {
		LocalDate day = day(filter);
		if (day != null) {
			ZoneId zone = zone(filter);
			return new AccessQuery(filter.text("identity"), filter.text("node"), filter.text("account"),
					day.atStartOfDay(zone).toInstant(),
					day.plusDays(1).atStartOfDay(zone).toInstant().minus(Duration.ofNanos(1000)));
		}
		Instant at = filter.instant("when");
		return AccessQuery.at(filter.text("identity"), filter.text("node"), filter.text("account"),
				(at != null) ? at : this.clock.instant());
	}

	private static @Nullable LocalDate day(Input filter) {
		try {
			return LocalDate.parse(filter.word("when"));
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static ZoneId zone(Input filter) {
		try {
			return ZoneId.of(filter.word("zone"));
		}
		catch (DateTimeException ex) {
			return ZoneOffset.UTC;
		}
	}

}
