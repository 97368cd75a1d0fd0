package io.latchkey.core;

import java.util.Collection;
import java.util.List;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;

/**
 * Puts rows together with what other tables have of them: a fixed number of queries for
 * any number of rows.
 *
 * @param <E> the rows
 * @param <T> what becomes of each
 */
public abstract class RowReader<E, T> {

	/** In the same order. */
	public abstract List<T> readAll(Collection<E> rows);

	public T read(E row) {
		return readAll(List.of(row)).get(0);
	}

	public Page<T> read(Page<E> page) {
		return new PageImpl<>(readAll(page.getContent()), page.getPageable(), page.getTotalElements());
	}

}
