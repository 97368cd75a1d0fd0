package io.latchkey.transport;

import com.jcraft.jsch.Logger;

/** JSch would log the whole handshake. */
final class SilentLogger implements Logger {

	@Override
	public boolean isEnabled(int level) {
		return false;
	}

	@Override
	public void log(int level, String message) {
		// nothing is enabled
	}

}
