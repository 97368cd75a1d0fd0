package io.latchkey.core;

import java.util.Objects;

import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/**
 * A row of a {@link NamedKind}: it has an id, a name, and a version that counts its
 * changes.
 */
@MappedSuperclass
public abstract class NamedEntity {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	private String name;

	private long version;

	@SuppressWarnings("NullAway.Init")
	protected NamedEntity() {
	}

	protected NamedEntity(String name) {
		this.name = name;
	}

	/** Its id as the database has it, once it is stored. */
	public long key() {
		return Objects.requireNonNull(this.id);
	}

	public String name() {
		return this.name;
	}

	public long version() {
		return this.version;
	}

	public void touch() {
		this.version++;
	}

}
