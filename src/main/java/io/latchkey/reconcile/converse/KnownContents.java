package io.latchkey.reconcile.converse;

import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.conversation.protocol.ContentHash;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Contents that were read or written lately, by their hash. A hash stands for one content
 * alone: where a node says it, the file needs not be read, on whichever node it stands.
 */
@Component
public class KnownContents {

	/** Together, in bytes. */
	private static final long MOST = 16 * 1024 * 1024;

	/** What is larger would drive out too many others. */
	private static final int LARGEST = 256 * 1024;

	private final Cache<String, byte[]> contents = Caffeine.newBuilder()
		.maximumWeight(MOST)
		.<String, byte[]>weigher((hash, content) -> hash.length() + content.length)
		.build();

	Optional<byte[]> find(@Nullable String hash) {
		return Optional.ofNullable((hash != null) ? this.contents.getIfPresent(hash) : null).map(byte[]::clone);
	}

	void keep(byte[] content) {
		if (content.length <= LARGEST) {
			this.contents.put(ContentHash.of(content), content.clone());
		}
	}

}
