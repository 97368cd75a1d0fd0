package io.latchkey.imports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;

/**
 * The text of a file with a list: in UTF-8, or in UTF-16 where it begins with the mark of
 * that, as spreadsheets and PowerShell write it.
 */
public final class ImportText {

	private ImportText() {
	}

	/**
	 * @return without such a mark
	 * @throws InvalidInputException when it is no text in either; the field is
	 * {@code file}
	 */
	public static String decode(byte[] file) {
		Charset charset = StandardCharsets.UTF_8;
		if (begins(file, 0xFF, 0xFE)) {
			charset = StandardCharsets.UTF_16LE;
		}
		else if (begins(file, 0xFE, 0xFF)) {
			charset = StandardCharsets.UTF_16BE;
		}
		try {
			String text = charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
			if (text.indexOf('\0') >= 0) {
				throw new InvalidInputException(Fault.of("file", "import.not-text"));
			}
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw new InvalidInputException(Fault.of("file", "import.not-text"));
		}
	}

	private static boolean begins(byte[] file, int first, int second) {
		return file.length > 1 && (file[0] & 0xFF) == first && (file[1] & 0xFF) == second;
	}

}
