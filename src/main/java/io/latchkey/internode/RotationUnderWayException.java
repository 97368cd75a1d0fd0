package io.latchkey.internode;

/**
 * A cluster's pairs are being rotated, and the old ones are not off every node yet.
 */
public class RotationUnderWayException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String cluster;

	RotationUnderWayException(String cluster) {
		super("The pairs of cluster %s are being rotated".formatted(cluster));
		this.cluster = cluster;
	}

	public String cluster() {
		return this.cluster;
	}

}
