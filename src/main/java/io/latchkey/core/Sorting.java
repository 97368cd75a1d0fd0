package io.latchkey.core;

import java.util.List;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * The properties by which a list may be sorted. The first is the default and settles
 * ties.
 */
public record Sorting(List<String> properties) {

	public static Sorting by(String... properties) {
		return new Sorting(List.of(properties));
	}

	/**
	 * The page in a settled order.
	 * @throws InvalidInputException on the field {@code sort} when it names another
	 * property
	 */
	public Pageable apply(Pageable page) {
		List<Fault> faults = page.getSort()
			.stream()
			.filter((order) -> !this.properties.contains(order.getProperty()))
			.map((order) -> Fault.of("sort", "sort.unknown", order.getProperty(), String.join(", ", this.properties)))
			.toList();
		if (!faults.isEmpty()) {
			throw new InvalidInputException(faults);
		}
		Sort sort = settled(page.getSort());
		return page.isPaged() ? PageRequest.of(page.getPageNumber(), page.getPageSize(), sort) : Pageable.unpaged(sort);
	}

	private Sort settled(Sort sort) {
		String last = this.properties.get(0);
		return (sort.getOrderFor(last) != null) ? sort : sort.and(Sort.by(last));
	}

}
