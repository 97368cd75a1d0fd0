package io.latchkey.openssh;

/**
 * The part of a certificate that follows the key (OpenSSH's PROTOCOL.certkeys). It is
 * checked for its form; the signature is not verified.
 */
final class CertificateBody {

	private static final int USER = 1;

	private static final int HOST = 2;

	private CertificateBody() {
	}

	/** Returns the blob of the authority's key, which is still to be read. */
	static byte[] check(WireReader reader) throws InvalidKeyException {
		reader.skip(8, "serial");
		long purpose = reader.number(4, "certificate type");
		if (purpose != USER && purpose != HOST) {
			throw reader.failure("certificate type", "is neither 1 (user) nor 2 (host)");
		}
		reader.text("key id");
		checkStrings(reader.string("principals"), "principals");
		reader.skip(8, "start of validity");
		reader.skip(8, "end of validity");
		checkStrings(reader.string("critical options"), "critical options");
		checkStrings(reader.string("extensions"), "extensions");
		reader.string("reserved field");
		byte[] authority = reader.string("authority");
		checkAuthority(authority, reader);
		reader.string("signature");
		return authority;
	}

	private static void checkStrings(byte[] section, String field) throws InvalidKeyException {
		WireReader reader = new WireReader(section);
		while (reader.hasMore()) {
			reader.string(field);
		}
	}

	private static void checkAuthority(byte[] blob, WireReader reader) throws InvalidKeyException {
		String name = new WireReader(blob).text("authority's type");
		// before it is read, or else a chain of them could be made deeper than the stack
		if (KeyType.declared(name).filter((type) -> type.isCertificateNamed(name)).isPresent()) {
			throw reader.failure("authority", "is a certificate itself");
		}
	}

}
