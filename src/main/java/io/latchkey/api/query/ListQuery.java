package io.latchkey.api.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.latchkey.api.body.MalformedRequestException;
import io.latchkey.core.Fault;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * Which part of a list is asked for: {@code ?page=0&size=50&q=&sort=name,asc}.
 */
public final class ListQuery {

	private static final int DEFAULT_SIZE = 50;

	private static final int LARGEST_SIZE = 500;

	/** Longer than any name. */
	private static final int LONGEST_SEARCH = 255;

	private final int page;

	private final int size;

	private final @Nullable String search;

	private final List<String> sort;

	private ListQuery(int page, int size, @Nullable String search, List<String> sort) {
		this.page = page;
		this.size = size;
		this.search = search;
		this.sort = sort;
	}

	static ListQuery parse(@Nullable String page, @Nullable String size, @Nullable String search, List<String> sort) {
		List<Fault> faults = new ArrayList<>();
		int number = number(page, 0, 0, Integer.MAX_VALUE / LARGEST_SIZE)
			.orElseGet(() -> fault(faults, "page", "query.page", Integer.MAX_VALUE / LARGEST_SIZE));
		int length = number(size, DEFAULT_SIZE, 1, LARGEST_SIZE)
			.orElseGet(() -> fault(faults, "size", "query.size", LARGEST_SIZE));
		if (search != null && (search.length() > LONGEST_SEARCH || search.indexOf('\0') >= 0)) {
			fault(faults, "q", "query.search", LONGEST_SEARCH);
		}
		if (!faults.isEmpty()) {
			throw new MalformedRequestException(faults);
		}
		return new ListQuery(number, length, (search == null || search.isBlank()) ? null : search.strip(), sort);
	}

	private static Optional<Integer> number(@Nullable String text, int fallback, int least, int most) {
		if (text == null) {
			return Optional.of(fallback);
		}
		return Optional.of(text)
			.filter((digits) -> digits.matches("\\d{1,9}"))
			.map(Integer::valueOf)
			.filter((number) -> number >= least && number <= most);
	}

	private static int fault(List<Fault> faults, String field, String code, int bound) {
		faults.add(Fault.of(field, code, bound));
		return 0;
	}

	/** What to search for, or null for all. */
	public @Nullable String search() {
		return this.search;
	}

	/**
	 * The page, in the order that was asked for.
	 * @param fields what may be sorted by
	 * @throws MalformedRequestException when it cannot be sorted so
	 */
	public Pageable sortedBy(String... fields) {
		List<String> sortable = List.of(fields);
		List<Fault> faults = new ArrayList<>();
		List<Sort.Order> orders = this.sort.stream().flatMap((text) -> order(text, sortable, faults).stream()).toList();
		if (!faults.isEmpty()) {
			throw new MalformedRequestException(faults);
		}
		return PageRequest.of(this.page, this.size, Sort.by(orders));
	}

	/** The page of a list that has its one order. */
	public Pageable unsorted() {
		return sortedBy();
	}

	/** The page of a list that is short enough to be held. */
	public <T> Page<T> of(List<T> all) {
		Pageable page = unsorted();
		int start = (int) Math.min(page.getOffset(), all.size());
		int end = Math.min(start + this.size, all.size());
		return new PageImpl<>(all.subList(start, end), page, all.size());
	}

	private static Optional<Sort.Order> order(String text, List<String> sortable, List<Fault> faults) {
		String[] parts = text.split(",", -1);
		Optional<Sort.Direction> direction = (parts.length == 1) ? Optional.of(Sort.Direction.ASC)
				: Sort.Direction.fromOptionalString(parts[1]);
		if (parts.length > 2 || direction.isEmpty() || !sortable.contains(parts[0])) {
			faults.add(sortable.isEmpty() ? Fault.of("sort", "query.unsortable")
					: Fault.of("sort", "query.sort", String.join(", ", sortable)));
			return Optional.empty();
		}
		return Optional.of(new Sort.Order(direction.get(), parts[0]));
	}

}
