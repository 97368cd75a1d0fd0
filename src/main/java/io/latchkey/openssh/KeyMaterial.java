package io.latchkey.openssh;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/**
 * What a key consists of besides its type, in the forms of RFC 4253 (section 6.6), RFC
 * 5656, RFC 8709 and OpenSSH's PROTOCOL.u2f.
 */
sealed interface KeyMaterial {

	/** The size that {@code ssh-keygen -l} prints. */
	int bits();

	void write(WireWriter writer);

	static KeyMaterial read(KeyType type, WireReader reader) throws InvalidKeyException {
		return switch (type) {
			case ED25519 -> Ed25519.read(reader);
			case MLDSA44_ED25519 -> Composite.read(reader);
			case ED25519_SK -> new SecurityKey(Ed25519.read(reader), reader.text("application"));
			case ECDSA_256 -> Ecdsa.read(Curve.NISTP256, reader);
			case ECDSA_384 -> Ecdsa.read(Curve.NISTP384, reader);
			case ECDSA_521 -> Ecdsa.read(Curve.NISTP521, reader);
			case ECDSA_SK -> new SecurityKey(Ecdsa.read(Curve.NISTP256, reader), reader.text("application"));
			case RSA -> Rsa.read(reader);
			case DSA -> Dsa.read(reader);
		};
	}

	record Ed25519(byte[] point) implements KeyMaterial {

		private static final int LENGTH = 32;

		private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

		/**
		 * The y coordinates of the points whose order divides 8 (RFC 7748, section 7).
		 */
		private static final Set<BigInteger> SMALL_ORDER = Set.of(BigInteger.ZERO, BigInteger.ONE,
				PRIME.subtract(BigInteger.ONE),
				new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
				new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16));

		static Ed25519 read(WireReader reader) throws InvalidKeyException {
			byte[] point = reader.string("public value");
			if (point.length != LENGTH) {
				throw reader.failure("public value", "has " + point.length + " bytes instead of " + LENGTH);
			}
			return new Ed25519(point);
		}

		/** Whether anybody can make signatures that verify with it. */
		boolean isOfSmallOrder() {
			byte[] bigEndian = new byte[LENGTH];
			for (int i = 0; i < LENGTH; i++) {
				bigEndian[i] = this.point[LENGTH - 1 - i];
			}
			BigInteger y = new BigInteger(1, bigEndian).clearBit(255).mod(PRIME);
			return SMALL_ORDER.contains(y);
		}

		@Override
		public int bits() {
			return LENGTH * 8;
		}

		@Override
		public void write(WireWriter writer) {
			writer.string(this.point);
		}

	}

	/** The public key of ML-DSA-44 (FIPS 204) with that of Ed25519 after it. */
	record Composite(byte[] keys) implements KeyMaterial {

		private static final int LENGTH = 1312 + Ed25519.LENGTH;

		/** What ssh-keygen prints of it. */
		private static final int BITS = 512;

		static Composite read(WireReader reader) throws InvalidKeyException {
			byte[] keys = reader.string("public value");
			if (keys.length != LENGTH) {
				throw reader.failure("public value", "has " + keys.length + " bytes instead of " + LENGTH);
			}
			return new Composite(keys);
		}

		@Override
		public int bits() {
			return BITS;
		}

		@Override
		public void write(WireWriter writer) {
			writer.string(this.keys);
		}

	}

	record Ecdsa(Curve curve, byte[] point) implements KeyMaterial {

		static Ecdsa read(Curve curve, WireReader reader) throws InvalidKeyException {
			String name = reader.text("curve");
			if (!name.equals(curve.sshName())) {
				throw reader.failure("curve", "is not " + curve.sshName() + ", which its type asks for");
			}
			byte[] point = reader.string("public point");
			if (point.length != curve.pointLength()) {
				throw reader.failure("public point",
						"has " + point.length + " bytes instead of " + curve.pointLength());
			}
			if (!curve.holds(point)) {
				throw reader.failure("public point", "is not an uncompressed point on " + curve.sshName());
			}
			return new Ecdsa(curve, point);
		}

		@Override
		public int bits() {
			return this.curve.bits();
		}

		@Override
		public void write(WireWriter writer) {
			writer.text(this.curve.sshName()).string(this.point);
		}

	}

	/** A key inside a FIDO authenticator. */
	record SecurityKey(KeyMaterial key, String application) implements KeyMaterial {

		@Override
		public int bits() {
			return this.key.bits();
		}

		@Override
		public void write(WireWriter writer) {
			this.key.write(writer);
			writer.text(this.application);
		}

	}

	record Rsa(BigInteger exponent, BigInteger modulus) implements KeyMaterial {

		static Rsa read(WireReader reader) throws InvalidKeyException {
			BigInteger exponent = reader.mpint("exponent");
			BigInteger modulus = reader.mpint("modulus");
			if (modulus.signum() == 0) {
				throw reader.failure("modulus", "is zero");
			}
			return new Rsa(exponent, modulus);
		}

		@Override
		public int bits() {
			return this.modulus.bitLength();
		}

		@Override
		public void write(WireWriter writer) {
			writer.mpint(this.exponent).mpint(this.modulus);
		}

	}

	record Dsa(List<BigInteger> numbers) implements KeyMaterial {

		static Dsa read(WireReader reader) throws InvalidKeyException {
			return new Dsa(List.of(reader.mpint("p"), reader.mpint("q"), reader.mpint("g"), reader.mpint("y")));
		}

		@Override
		public int bits() {
			return this.numbers.get(0).bitLength();
		}

		@Override
		public void write(WireWriter writer) {
			this.numbers.forEach(writer::mpint);
		}

	}

}
