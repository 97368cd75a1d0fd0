package io.latchkey.api.body;

import java.util.List;

import io.latchkey.core.Fault;

/**
 * A request has not the form that was expected: an unknown field, a value of another
 * type, a parameter out of range. Holds all the faults at once.
 */
public final class MalformedRequestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Fault> faults;

	public MalformedRequestException(List<Fault> faults) {
		super("Malformed request: " + faults.stream().map((fault) -> fault.field() + " " + fault.code()).toList());
		this.faults = List.copyOf(faults);
	}

	public MalformedRequestException(Fault fault) {
		this(List.of(fault));
	}

	public List<Fault> faults() {
		return this.faults;
	}

}
