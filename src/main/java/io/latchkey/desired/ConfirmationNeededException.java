package io.latchkey.desired;

/**
 * The change would take much away and was not confirmed, or something else was: nothing
 * was done.
 */
public class ConfirmationNeededException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient RemovalPreview preview;

	public ConfirmationNeededException(RemovalPreview preview) {
		super("Takes %d lines off %d nodes".formatted(preview.countRemoved(), preview.countNodes()));
		this.preview = preview;
	}

	public RemovalPreview preview() {
		return this.preview;
	}

}
