package io.latchkey.openssh;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;

/**
 * The curves of RFC 5656, section 10.1.
 */
enum Curve {

	NISTP256("nistp256", "secp256r1", 256), NISTP384("nistp384", "secp384r1", 384),
	NISTP521("nistp521", "secp521r1", 521);

	private static final byte UNCOMPRESSED = 4;

	private final String sshName;

	private final String standardName;

	private final int bits;

	Curve(String sshName, String standardName, int bits) {
		this.sshName = sshName;
		this.standardName = standardName;
		this.bits = bits;
	}

	String sshName() {
		return this.sshName;
	}

	int bits() {
		return this.bits;
	}

	/** The length of an uncompressed point in bytes. */
	int pointLength() {
		return 1 + 2 * coordinateLength();
	}

	/** Whether it is the uncompressed form of a point that OpenSSH takes as a key. */
	boolean holds(byte[] point) {
		if (point.length != pointLength() || point[0] != UNCOMPRESSED) {
			return false;
		}
		BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + coordinateLength()));
		BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + coordinateLength(), point.length));
		return isInRange(x) && isInRange(y) && isOnCurve(x, y);
	}

	private boolean isInRange(BigInteger coordinate) {
		BigInteger order = parameters().getOrder();
		return coordinate.bitLength() > order.bitLength() / 2
				&& coordinate.compareTo(order.subtract(BigInteger.ONE)) < 0;
	}

	private boolean isOnCurve(BigInteger x, BigInteger y) {
		ECParameterSpec parameters = parameters();
		BigInteger prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
		BigInteger right = x.pow(3)
			.add(parameters.getCurve().getA().multiply(x))
			.add(parameters.getCurve().getB())
			.mod(prime);
		return y.pow(2).mod(prime).equals(right);
	}

	private int coordinateLength() {
		return (this.bits + 7) / 8;
	}

	private ECParameterSpec parameters() {
		try {
			AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
			parameters.init(new ECGenParameterSpec(this.standardName));
			return parameters.getParameterSpec(ECParameterSpec.class);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
