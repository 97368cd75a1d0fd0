package io.latchkey.openssh;

import java.util.List;

/**
 * A public key on one line, {@code type base64 comment}, as in a {@code .pub} file
 * (sshd(8), AUTHORIZED_KEYS FILE FORMAT, without the options).
 */
final class OneLine {

	private OneLine() {
	}

	static CommentedKey parse(List<String> lines) throws InvalidKeyException {
		String line = lines.get(0);
		if (line.startsWith("-----BEGIN ")) {
			throw new InvalidKeyException(
					"This is PEM. Expected one line, as in a .pub file: ssh-keygen -i -m PKCS8 -f FILE makes it of a "
							+ "PEM public key");
		}
		if (lines.size() > 1) {
			throw new InvalidKeyException(
					"The text has " + lines.size() + " lines. Expected one key on one line, as in a .pub file");
		}
		if (hasOptions(line)) {
			throw new InvalidKeyException("Options stand before the key. Expected the key alone, as in a .pub file");
		}
		KeyField field = KeyField.read(line);
		return new CommentedKey(PublicKey.of(field), field.rest());
	}

	private static boolean hasOptions(String line) {
		int end = KeyOptionsReader.endOfOptions(line);
		if (end < 0) {
			return false;
		}
		String[] words = line.substring(end).strip().split("[ \\t]", 2);
		return words.length == 2 && KeyType.named(words[0]).isPresent();
	}

}
