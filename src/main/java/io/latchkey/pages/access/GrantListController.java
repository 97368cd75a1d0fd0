package io.latchkey.pages.access;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.pages.Choice;
import io.latchkey.pages.CsvFile;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;
import io.latchkey.pages.Input;
import io.latchkey.pages.Listing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.web.PageableDefault;
import org.springframework.data.web.SortDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The list of grants.
 */
@Controller
class GrantListController {

	private static final int MOST_EXPORTED = 1_000_000;

	private static final List<Choice> STATUSES = List.of(new Choice("", "page.filter.any"),
			new Choice("ACTIVE", "page.grant.status.ACTIVE"), new Choice("SCHEDULED", "page.grant.status.SCHEDULED"),
			new Choice("EXPIRED", "page.grant.status.EXPIRED"), new Choice("REVOKED", "page.grant.status.REVOKED"));

	private final Grants grants;

	private final GrantRows rows;

	private final Parties parties;

	GrantListController(Grants grants, GrantRows rows, Parties parties) {
		this.grants = grants;
		this.rows = rows;
		this.parties = parties;
	}

	@GetMapping("/grants")
	String list(Input filter,
			@PageableDefault(50) @SortDefault(sort = "id", direction = Sort.Direction.DESC) Pageable page,
			HttpServletRequest request, Model model) {
		GrantQuery query = query(filter);
		Page<Grant> grants = this.grants.list(query, page);
		List<GrantRow> rows = this.rows.of(grants.getContent());
		model.addAttribute("listing", Listing.of(new PageImpl<>(rows, page, grants.getTotalElements()), request));
		model.addAttribute("statuses", STATUSES);
		for (String field : List.of("q", "subject", "target", "account", "status")) {
			model.addAttribute(field, filter.word(field));
		}
		model.addAttribute("filtered", !query.equals(GrantQuery.ALL));
		return "access/list";
	}

	@GetMapping("/grants.csv")
	void export(Input filter, @SortDefault(sort = "id", direction = Sort.Direction.DESC) Pageable page,
			HttpServletResponse response) throws IOException {
		List<List<@Nullable Object>> rows = this.rows
			.of(this.grants.list(query(filter), PageRequest.of(0, MOST_EXPORTED, page.getSort())).getContent())
			.stream()
			.map(GrantListController::row)
			.toList();
		CsvFile.send(response, "grants.csv", List.of("id", "subject", "target", "account", "startsAt", "expiresAt",
				"status", "nodes", "delivery", "reason"), rows);
	}

	private static List<@Nullable Object> row(GrantRow row) {
		return Arrays.asList(row.id(), row.grant().subject(), row.grant().target(), row.grant().account(),
				row.grant().startsAt(), row.grant().expiresAt(), row.status(), row.nodes().size(),
				row.progress().sentence(), row.grant().history().reason());
	}

	private GrantQuery query(Input filter) {
		String subject = filter.text("subject");
		String target = filter.text("target");
		return new GrantQuery((subject == null) ? null : this.parties.subject(subject),
				(target == null) ? null : this.parties.target(target),
				(filter.text("status") == null) ? null : filter.choice("status", GrantStatus.class),
				filter.text("account"), null, filter.text("q"));
	}

}
