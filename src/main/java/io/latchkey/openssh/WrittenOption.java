package io.latchkey.openssh;

/**
 * An option and how it is written.
 */
record WrittenOption(KeyOption option, String source) {

	boolean isNamed(String name) {
		return this.option.name().equalsIgnoreCase(name);
	}

}
