package io.latchkey.api.body;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;

/**
 * Reads the bodies of the API's requests: its own records, and {@link JsonBody}. A record
 * that is none of the API's is left to others.
 */
public final class JsonBodyConverter extends AbstractHttpMessageConverter<Object> {

	/** A merge-patch (RFC 7396). */
	public static final String MERGE_PATCH = "application/merge-patch+json";

	private static final String API = "io.latchkey.api.";

	public JsonBodyConverter() {
		super(MediaType.APPLICATION_JSON, MediaType.valueOf(MERGE_PATCH));
	}

	@Override
	protected boolean supports(Class<?> type) {
		return type == JsonBody.class || (type.isRecord() && type.getName().startsWith(API));
	}

	@Override
	public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
		return false;
	}

	@Override
	protected boolean canRead(@Nullable MediaType mediaType) {
		return mediaType != null && super.canRead(mediaType);
	}

	@Override
	protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
		JsonNode tree = StrictJson.parse(LimitedBody.read(message.getBody()));
		return (type == JsonBody.class) ? new JsonBody(tree) : RecordReader.read(tree, type.asSubclass(Record.class));
	}

	@Override
	protected void writeInternal(Object value, HttpOutputMessage message) {
		throw new HttpMessageNotWritableException("Only reads");
	}

}
