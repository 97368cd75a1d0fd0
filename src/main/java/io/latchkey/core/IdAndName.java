package io.latchkey.core;

/** A row of what a query finds of a {@link NamedKind}: an id and its name. */
public interface IdAndName {

	long getId();

	String getName();

}
