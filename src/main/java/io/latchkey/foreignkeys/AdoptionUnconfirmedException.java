package io.latchkey.foreignkeys;

/**
 * The adoption would let keys in where they are not let in yet, and that was not
 * confirmed, or something else was: nothing was done.
 */
public class AdoptionUnconfirmedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient AdoptionReach reach;

	AdoptionUnconfirmedException(AdoptionReach reach) {
		super("Lets keys in at %d more places as '%s'".formatted(reach.places().size(), reach.identity()));
		this.reach = reach;
	}

	public AdoptionReach reach() {
		return this.reach;
	}

}
