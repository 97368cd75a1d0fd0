package io.latchkey.pages;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class CsvFileTests {

	@Test
	void noTextIsAFormulaOrShowsAsAnother() throws IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		CsvFile.send(response, "list.csv", List.of("text"), List.of(List.of("=1+1"), List.of("\uff1d1+1"),
				List.of("\n@SUM(1)"), List.of("a\u202eb\u009bc"), List.of("plain, \"quoted\"")));
		assertThat(response.getContentAsString())
			.isEqualTo("text\r\n'=1+1\r\n'＝1+1\r\n�@SUM(1)\r\na�b�c\r\n\"plain, \"\"quoted\"\"\"\r\n");
	}

}
