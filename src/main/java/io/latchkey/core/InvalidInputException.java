package io.latchkey.core;

import java.util.List;

/**
 * What came in is not valid. Holds all the faults at once.
 */
public class InvalidInputException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Fault> faults;

	public InvalidInputException(List<Fault> faults) {
		super("Invalid input: " + faults.stream().map((fault) -> fault.field() + " " + fault.code()).toList());
		this.faults = List.copyOf(faults);
	}

	public InvalidInputException(Fault fault) {
		this(List.of(fault));
	}

	public List<Fault> faults() {
		return this.faults;
	}

}
