package io.latchkey.api.answer;

import java.util.List;
import java.util.function.Function;

import org.springframework.data.domain.Page;

/**
 * One page of a list.
 */
public record ListAnswer<T>(List<T> items, PageAnswer page) {

	public static <S, T> ListAnswer<T> of(Page<S> page, Function<? super S, T> answer) {
		return new ListAnswer<>(page.getContent().stream().<T>map(answer).toList(),
				new PageAnswer(page.getNumber(), page.getSize(), page.getTotalElements(), page.getTotalPages()));
	}

	/** Which page it is, of how many. */
	public record PageAnswer(int number, int size, long totalItems, int totalPages) {

	}

}
