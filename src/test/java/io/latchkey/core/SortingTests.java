package io.latchkey.core;

import org.junit.jupiter.api.Test;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SortingTests {

	private final Sorting sorting = Sorting.by("name", "kind");

	@Test
	void sortsByTheFirstByDefault() {
		assertThat(this.sorting.apply(PageRequest.of(2, 5))).isEqualTo(PageRequest.of(2, 5, Sort.by("name")));
		assertThat(this.sorting.apply(Pageable.unpaged()).getSort()).isEqualTo(Sort.by("name"));
	}

	@Test
	void settlesTies() {
		assertThat(this.sorting.apply(PageRequest.of(0, 5, Sort.by("kind"))).getSort())
			.isEqualTo(Sort.by("kind", "name"));
	}

	@Test
	void keepsTheDirectionOfTheFirst() {
		Sort descending = Sort.by(Sort.Direction.DESC, "name");
		assertThat(this.sorting.apply(PageRequest.of(0, 5, descending)).getSort()).isEqualTo(descending);
	}

	@Test
	void saysWhatIsOffered() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.sorting.apply(PageRequest.of(0, 5, Sort.by("secret"))))
			.satisfies((ex) -> assertThat(ex.faults())
				.containsExactly(Fault.of("sort", "sort.unknown", "secret", "name, kind")));
	}

}
