package io.latchkey.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Gathers all that is wrong with what came in, so that a person is told of it at once.
 */
public final class Faults {

	private final List<Fault> faults = new ArrayList<>();

	public void add(Fault fault) {
		this.faults.add(fault);
	}

	public void addAll(Collection<Fault> faults) {
		this.faults.addAll(faults);
	}

	/**
	 * The text, which has to be one line of no more than {@link FreeText#LIMIT}
	 * characters where there is one.
	 */
	public void text(String field, @Nullable String text) {
		if (text == null) {
			return;
		}
		if (text.codePointCount(0, text.length()) > FreeText.LIMIT) {
			add(Fault.of(field, "text.long", FreeText.LIMIT));
		}
		else if (!FreeText.isPlain(text)) {
			add(Fault.of(field, "text.control"));
		}
	}

	/** What it reads, or null where that is refused. */
	public <T> @Nullable T read(Supplier<? extends @Nullable T> reader) {
		try {
			return reader.get();
		}
		catch (InvalidInputException ex) {
			this.faults.addAll(ex.faults());
			return null;
		}
	}

	/** The value, or the stand-in and a fault when it is absent. */
	public <T> T required(String field, @Nullable T value, T standIn) {
		if (value == null) {
			this.faults.add(Fault.of(field, "required"));
			return standIn;
		}
		return value;
	}

	/** The name, which has to be well-formed. */
	public String name(@Nullable String name) {
		Names.fault("name", name).ifPresent(this.faults::add);
		return (name != null) ? name : "";
	}

	/** The name in the path; the body need not repeat it, and must not say another. */
	public String name(String path, @Nullable String body) {
		if (body != null && !body.equals(path)) {
			this.faults.add(Fault.of("name", "name.other", path));
		}
		return name(path);
	}

	/** What the text stands for, or nothing and a fault when it is absent or another. */
	public <T> Optional<T> parsed(String field, @Nullable String text, Function<String, T> form, String code) {
		if (text == null) {
			this.faults.add(Fault.of(field, "required"));
			return Optional.empty();
		}
		try {
			return Optional.of(form.apply(text));
		}
		catch (IllegalArgumentException ex) {
			this.faults.add(Fault.of(field, code));
			return Optional.empty();
		}
	}

	/**
	 * @throws InvalidInputException with all that was gathered
	 */
	public void check() {
		if (!this.faults.isEmpty()) {
			throw new InvalidInputException(this.faults);
		}
	}

}
