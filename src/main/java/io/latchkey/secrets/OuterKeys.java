package io.latchkey.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.StartRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * The outer keys that there are. The first of these is the current one, all are known: a
 * transit engine, {@code LATCHKEY_SECRET_KEY}, a credential of systemd, the file
 * {@code secret.key}.
 */
@Component
class OuterKeys {

	static final String VARIABLE = "LATCHKEY_SECRET_KEY (latchkey.secret-key)";

	private static final String CREDENTIAL = "latchkey-secret-key";

	private static final String FORMER_CREDENTIAL = "latchkey-former-secret-key";

	private final SecretsProperties properties;

	private final TransitProperties transit;

	private final KeyFile file;

	OuterKeys(SecretsProperties properties, TransitProperties transit) {
		this.properties = properties;
		this.transit = transit;
		this.file = KeyFile.in(properties.dataDir());
	}

	/** Whether the current one is that of the file, which may be missing. */
	boolean isFile() {
		return elsewhere().isEmpty();
	}

	KeyFile file() {
		return this.file;
	}

	OuterKey current() {
		return elsewhere().orElseGet(() -> local(this.file));
	}

	/** The current one before the others. */
	List<OuterKey> all() {
		List<OuterKey> all = new ArrayList<>();
		elsewhere().ifPresent(all::add);
		given(this.properties.secretKey(), VARIABLE).ifPresent(all::add);
		given(this.properties.formerSecretKey(), "LATCHKEY_FORMER_SECRET_KEY").ifPresent(all::add);
		credential(CREDENTIAL).ifPresent(all::add);
		credential(FORMER_CREDENTIAL).ifPresent(all::add);
		List.of(this.file, this.file.next(), this.file.former())
			.stream()
			.filter(KeyFile::exists)
			.map(OuterKeys::local)
			.forEach(all::add);
		return all;
	}

	Optional<OuterKey> find(String id) {
		OuterKey first = elsewhere().orElse(null);
		if (first != null && first.id().equals(id)) {
			return Optional.of(first);
		}
		return all().stream().filter((key) -> key.id().equals(id)).findFirst();
	}

	private Optional<OuterKey> elsewhere() {
		if (StringUtils.hasText(this.transit.address())) {
			return Optional.of(new TransitKey(this.transit));
		}
		return given(this.properties.secretKey(), VARIABLE).or(() -> credential(CREDENTIAL));
	}

	private static Optional<OuterKey> given(@Nullable String text, String name) {
		return Optional.ofNullable(text).filter(StringUtils::hasText).map((key) -> parse(key, name));
	}

	private Optional<OuterKey> credential(String name) {
		return Optional.ofNullable(this.properties.credentialsDirectory())
			.filter((directory) -> !directory.toString().isEmpty())
			.map((directory) -> directory.resolve(name))
			.filter(Files::exists)
			.map((path) -> parse(read(path), "systemd credential " + name));
	}

	private static String read(Path path) {
		try {
			return Files.readString(path, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new StartRefusedException("The credential '%s' cannot be read: %s".formatted(path, ex),
					"Look at LoadCredential= of the service.", ex);
		}
	}

	private static OuterKey parse(String text, String name) {
		return new LocalOuterKey(SymmetricKey.parse(text)
			.orElseThrow(() -> new StartRefusedException(name + " is not a key: the Base64 of 32 bytes was expected.",
					"Set it to the key that was used so far. For a new installation make one with: openssl rand "
							+ "-base64 32")),
				name);
	}

	private static OuterKey local(KeyFile file) {
		return new LocalOuterKey(file.read(), "file " + file.path());
	}

}
