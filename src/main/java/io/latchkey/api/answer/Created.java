package io.latchkey.api.answer;

import java.net.URI;

import io.latchkey.core.Saved;

import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The answers to what creates.
 */
public final class Created {

	private Created() {
	}

	/** 201 with the place of the resource, as {@code /api/v1/nodes/web1}. */
	public static <T> ResponseEntity<T> at(String collection, String name, T body) {
		URI location = UriComponentsBuilder.fromPath(collection)
			.pathSegment("{name}")
			.encode()
			.buildAndExpand(name)
			.toUri();
		return ResponseEntity.created(location).body(body);
	}

	/** 201 when it was created, 200 when it was replaced. */
	public static <T> ResponseEntity<T> orReplaced(Saved<?> saved, String collection, String name, T body) {
		return saved.created() ? at(collection, name, body) : ResponseEntity.ok(body);
	}

}
