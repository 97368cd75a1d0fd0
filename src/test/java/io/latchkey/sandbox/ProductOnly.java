package io.latchkey.sandbox;

import java.io.IOException;

import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Keeps the configurations of tests, which lie beside the sandbox, out of the product
 * that runs with it.
 */
public class ProductOnly extends TypeExcludeFilter {

	private static final String TESTS = ProductOnly.class.getProtectionDomain()
		.getCodeSource()
		.getLocation()
		.toString();

	@Override
	public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		return reader.getResource().getURL().toString().startsWith(TESTS);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ProductOnly;
	}

	@Override
	public int hashCode() {
		return ProductOnly.class.hashCode();
	}

}
