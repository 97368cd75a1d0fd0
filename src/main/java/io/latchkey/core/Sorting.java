package io.latchkey.core;

import java.util.List;
import java.util.Map;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * The properties by which a list may be sorted. The first is the default and settles
 * ties.
 *
 * @param stored what those are called where the rows are kept that have another name
 * there
 * @param byDefault the direction of the first where nobody chose one
 */
public record Sorting(List<String> properties, Map<String, String> stored, Sort.Direction byDefault) {

	public static Sorting by(String... properties) {
		return new Sorting(List.of(properties), Map.of(), Sort.Direction.ASC);
	}

	public Sorting storedAs(Map<String, String> stored) {
		return new Sorting(this.properties, stored, this.byDefault);
	}

	/** With the last by the first property first. */
	public Sorting lastFirst() {
		return new Sorting(this.properties, this.stored, Sort.Direction.DESC);
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
		Sort sort = Sort.by(settled(page.getSort()).stream()
			.map((order) -> order.withProperty(this.stored.getOrDefault(order.getProperty(), order.getProperty())))
			.toList());
		return page.isPaged() ? PageRequest.of(page.getPageNumber(), page.getPageSize(), sort) : Pageable.unpaged(sort);
	}

	private Sort settled(Sort sort) {
		String last = this.properties.get(0);
		return (sort.getOrderFor(last) != null) ? sort : sort.and(Sort.by(this.byDefault, last));
	}

}
