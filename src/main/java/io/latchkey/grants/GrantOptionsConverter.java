package io.latchkey.grants;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the options of a grant as JSON. */
@Converter
class GrantOptionsConverter implements AttributeConverter<GrantOptions, String> {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Override
	public String convertToDatabaseColumn(@Nullable GrantOptions options) {
		return JSON.writeValueAsString((options != null) ? options : GrantOptions.NONE);
	}

	@Override
	public GrantOptions convertToEntityAttribute(@Nullable String json) {
		return (json != null) ? JSON.readValue(json, GrantOptions.class) : GrantOptions.NONE;
	}

}
