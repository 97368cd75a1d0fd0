package io.latchkey.imports;

/**
 * What was confirmed is not what would be made now.
 */
public class ImportChangedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ImportPlan plan;

	ImportChangedException(ImportPlan plan) {
		super("The import would do something else than what was confirmed");
		this.plan = plan;
	}

	/** As it is now. */
	public ImportPlan plan() {
		return this.plan;
	}

}
