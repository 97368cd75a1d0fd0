package io.latchkey.grants;

import java.util.Objects;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the options of a grant as JSON. What cannot be read stops this grant and no
 * other: it is read together with all the grants of its node.
 */
@Converter
class GrantOptionsConverter implements AttributeConverter<GrantOptions, String> {

	private static final Logger log = LoggerFactory.getLogger(GrantOptionsConverter.class);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Override
	public String convertToDatabaseColumn(@Nullable GrantOptions options) {
		return JSON.writeValueAsString((options != null) ? options : GrantOptions.NONE);
	}

	@Override
	public GrantOptions convertToEntityAttribute(@Nullable String json) {
		return (json != null) ? read(json) : GrantOptions.NONE;
	}

	private static GrantOptions read(String json) {
		try {
			return Objects.requireNonNullElse(JSON.readValue(json, GrantOptions.class), GrantOptions.UNREADABLE);
		}
		catch (JacksonException ex) {
			log.error("The stored options of a grant cannot be read, and it is withheld: {}", ex.getOriginalMessage());
			return GrantOptions.UNREADABLE;
		}
	}

}
