package io.latchkey.secrets;

/**
 * A data key as the database may hold it.
 */
record WrappedKey(String id, String outerKey, String wrapped) {

	static WrappedKey of(SymmetricKey key, OuterKey outer) {
		return new WrappedKey(key.id(), outer.id(), outer.wrap(key, context(key.id())));
	}

	static String context(String id) {
		return "secret_data_key:wrapped:" + id;
	}

}
