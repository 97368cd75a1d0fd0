package io.latchkey.core;

import java.util.Locale;

import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * A unique constraint of the database, by its name.
 *
 * @param name the name in lower case, such as {@code uq_node_name}
 */
public record UniqueConstraint(String name) {

	/** Whether it is this one that a change would have violated. */
	public boolean isViolatedBy(DataIntegrityViolationException ex) {
		return ex.getCause() instanceof ConstraintViolationException violation
				&& names(violation.getConstraintName(), violation.getSQLException().getMessage());
	}

	/** H2 names the constraint's index, in upper case and with a suffix. */
	private boolean names(@Nullable String constraint, @Nullable String message) {
		return contains(constraint) || contains(message);
	}

	private boolean contains(@Nullable String text) {
		return text != null && text.toLowerCase(Locale.ROOT).contains(this.name);
	}

}
