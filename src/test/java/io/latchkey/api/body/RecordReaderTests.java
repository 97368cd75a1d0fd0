package io.latchkey.api.body;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RecordReaderTests {

	@Test
	void readsEveryFormOfValue() {
		Thing thing = read("""
				{"name": "web", "size": 3, "on": true, "colour": "RED", "at": "2026-11-22T18:00:00Z", "length": "PT2H",
				 "tags": ["a", "b"], "labels": {"k": "v"}, "inner": {"name": "x"}}""");
		assertThat(thing).isEqualTo(new Thing("web", 3, true, Colour.RED, Instant.parse("2026-11-22T18:00:00Z"),
				Duration.ofHours(2), List.of("a", "b"), Map.of("k", "v"), new Inner("x")));
	}

	@Test
	void takesWhatIsAbsentOrNullAsNull() {
		assertThat(read("{\"name\": null}")).isEqualTo(new Thing(null, null, null, null, null, null, null, null, null));
	}

	@Test
	void namesAllFaultsAtOnce() {
		assertThat(faults("""
				{"nam": "web", "name": 1, "size": "3", "on": "true", "colour": "PINK", "at": "tomorrow",
				 "length": "2 hours", "tags": ["a", 1, null], "labels": [], "inner": {"nam": "x"}}"""))
			.extracting(Fault::field)
			.containsExactlyInAnyOrder("nam", "name", "size", "on", "colour", "at", "length", "tags[1]", "tags[2]",
					"labels", "inner.nam");
	}

	@Test
	void namesTheKnownFieldsAndChoices() {
		assertThat(faults("{\"inner\": {\"x\": 1}, \"colour\": \"red\"}")).containsExactlyInAnyOrder(
				Fault.of("inner.x", "json.unknown", "name"), Fault.of("colour", "json.choice", "RED, GREEN"));
	}

	@Test
	void coercesNoNumber() {
		assertThat(faults("{\"size\": 2.0}")).containsExactly(Fault.of("size", "json.integer"));
		assertThat(faults("{\"size\": 99999999999}")).containsExactly(Fault.of("size", "json.integer"));
	}

	@Test
	void refusesInstantsThatNoCalendarHasAndDurationsWithoutFixedLength() {
		for (String instant : List.of("2026-02-30T00:00:00Z", "2026-11-22", "2026-11-22T18:00:00",
				"+12026-01-01T00:00:00Z")) {
			assertThat(faults("{\"at\": \"" + instant + "\"}")).as(instant).hasSize(1);
		}
		for (String duration : List.of("P1M", "PT", "2h", "PT9999999H", "P99999999999999D")) {
			assertThat(faults("{\"length\": \"" + duration + "\"}")).as(duration).hasSize(1);
		}
	}

	@Test
	void takesInstantsOfOtherZones() {
		assertThat(read("{\"at\": \"2026-11-22T19:00:00.5+01:00\"}").at()).isEqualTo("2026-11-22T18:00:00.5Z");
	}

	@Test
	void refusesNulCharacters() {
		assertThat(faults("{\"name\": \"a\\u0000b\"}")).containsExactly(Fault.of("name", "json.nul"));
	}

	@Test
	void refusesAFieldThatIsThereTwiceAndWhatFollowsTheValue() {
		for (String json : List.of("{\"name\": \"a\", \"name\": \"b\"}", "{} {}", "{", "", "{'name': 1}")) {
			assertThatExceptionOfType(MalformedJsonException.class).as(json).isThrownBy(() -> read(json));
		}
	}

	@Test
	void refusesABodyThatIsNoObject() {
		for (String json : List.of("[]", "null", "\"x\"")) {
			assertThat(faults(json)).as(json).hasSize(1);
		}
	}

	@Test
	void patchesOnlyWhatIsNamed() {
		Thing current = read("{\"name\": \"web\", \"size\": 3, \"labels\": {\"a\": \"1\", \"b\": \"2\"}}");
		Thing patched = body("{\"size\": null, \"labels\": {\"a\": null, \"c\": \"3\"}}").patching(current, current);
		assertThat(patched).isEqualTo(read("{\"name\": \"web\", \"labels\": {\"b\": \"2\", \"c\": \"3\"}}"));
	}

	@Test
	void refusesUnknownFieldsInAPatchEvenToRemoveThem() {
		Thing current = read("{\"name\": \"web\"}");
		assertThatExceptionOfType(MalformedRequestException.class)
			.isThrownBy(() -> body("{\"nam\": null}").patching(current, current));
	}

	@Test
	void takesWhatOnlyLatchkeySetsAsItWasReadAndNotOtherwise() {
		Shown now = new Shown("x", "ACTIVE", "PENDING");
		assertThat(body("{\"name\": \"y\", \"status\": \"ACTIVE\", \"state\": \"DONE\"}").replacing(Inner.class,
				Optional.of(now)))
			.isEqualTo(new Inner("y"));
		MalformedRequestException refused = catchThrowableOfType(MalformedRequestException.class,
				() -> body("{\"name\": \"y\", \"status\": \"GONE\"}").replacing(Inner.class, Optional.of(now)));
		assertThat(refused.faults()).containsExactly(Fault.of("status", "json.read-only"));
	}

	private static Thing read(String json) {
		return RecordReader.read(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)), Thing.class);
	}

	private static JsonBody body(String json) {
		return new JsonBody(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)));
	}

	private static List<Fault> faults(String json) {
		return catchThrowableOfType(MalformedRequestException.class, () -> read(json)).faults();
	}

	record Thing(@Nullable String name, @Nullable Integer size, @Nullable Boolean on, @Nullable Colour colour,
			@Nullable Instant at, @Nullable Duration length, @Nullable List<String> tags,
			@Nullable Map<String, String> labels, @Nullable Inner inner) {

	}

	record Inner(@Nullable String name) {

	}

	record Shown(String name, String status, @Volatile String state) {

	}

	enum Colour {

		RED, GREEN

	}

}
