package io.latchkey.api.body;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON without latitude: no field twice in one object, nothing after the value.
 */
final class StrictJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	/** What Jackson repeats of the body. */
	private static final Pattern WORD = Pattern.compile("^(Unrecognized token) '.*?'(?=: was expecting)",
			Pattern.DOTALL);

	private StrictJson() {
	}

	/**
	 * @throws MalformedJsonException when it is not JSON; the message says where
	 */
	static JsonNode parse(byte[] body) {
		try {
			JsonNode tree = MAPPER.readTree(body);
			if (tree.isMissingNode()) {
				throw new MalformedJsonException("Expected an object, and there was nothing");
			}
			return tree;
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			String where = (location != null)
					? " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr()) : "";
			throw new MalformedJsonException(WORD.matcher(ex.getOriginalMessage()).replaceFirst("$1") + where);
		}
	}

	/** A value as the tree that it is written as. */
	static JsonNode tree(Object value) {
		return MAPPER.valueToTree(value);
	}

}
