package io.latchkey.pages;

import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Sort;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * One page of a list, and the ways from it to the others. All of what was chosen stays in
 * the address.
 *
 * @param address the path and query of the page at hand
 */
public record Listing<T>(Page<T> page, String address) {

	private static final String PAGE = "page";

	private static final String SORT = "sort";

	/** The page sizes that are offered. */
	public static final List<Integer> SIZES = List.of(20, 50, 100, 500);

	public static <T> Listing<T> of(Page<T> page, HttpServletRequest request) {
		return new Listing<>(page,
				ServletUriComponentsBuilder.fromRequest(request)
					.scheme(null)
					.host(null)
					.port(null)
					.build()
					.toUriString());
	}

	public List<T> rows() {
		return this.page.getContent();
	}

	public List<Integer> sizes() {
		return SIZES;
	}

	/** The number of the first row on this page, counted from 1. */
	public long first() {
		return this.page.getPageable().getOffset() + 1;
	}

	public long last() {
		return this.page.getPageable().getOffset() + this.page.getNumberOfElements();
	}

	public String toPage(int number) {
		return builder().replaceQueryParam(PAGE, number).build().toUriString();
	}

	public String sized(int size) {
		return builder().replaceQueryParam(PAGE).replaceQueryParam("size", size).build().toUriString();
	}

	/** Sorts by the property, or turns round when it is sorted so already. */
	public String sortedBy(String property) {
		String direction = (directionOf(property) == Sort.Direction.ASC) ? "desc" : "asc";
		return builder().replaceQueryParam(PAGE)
			.replaceQueryParam(SORT, property + "," + direction)
			.build()
			.toUriString();
	}

	/** The same rows, all of them, as CSV. */
	public String csv() {
		UriComponentsBuilder builder = builder().replaceQueryParam(PAGE).replaceQueryParam("size");
		return builder.replacePath(builder.build().getPath() + ".csv").build().toUriString();
	}

	/** The value of {@code aria-sort} for a column. */
	public String order(String property) {
		Sort.Direction direction = directionOf(property);
		return (direction == null) ? "none" : (direction.name().toLowerCase(Locale.ROOT) + "ending");
	}

	private Sort.@org.jspecify.annotations.Nullable Direction directionOf(String property) {
		Sort.Order order = this.page.getSort().getOrderFor(property);
		return (order == null) ? null : order.getDirection();
	}

	private UriComponentsBuilder builder() {
		return UriComponentsBuilder.fromUriString(this.address);
	}

}
