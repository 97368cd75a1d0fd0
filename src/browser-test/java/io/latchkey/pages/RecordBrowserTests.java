package io.latchkey.pages;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class RecordBrowserTests {

	@Autowired
	Visitor visitor;

	@Autowired
	JdbcClient jdbc;

	@Test
	void somebodyVerifiesTheRecordAndSeesWhereItWasChanged() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/changes");
			page.click("text=Verify");
			assertThat(page.locator("[role=status]").first().innerText()).contains("Intact.");
			EveryPageBrowserTests.inspectInEveryLook(page, "record");
			assertThat(page.waitForDownload(() -> page.click("text=Export")).suggestedFilename())
				.isEqualTo("latchkey-record.jsonl");
			this.jdbc.sql("update audit_head set broken_at = 2").update();
			try {
				page.navigate("/changes/record");
				assertThat(page.locator("[role=alert]").innerText()).contains("Broken at record 2.",
						"The records up to 1");
				EveryPageBrowserTests.inspectInEveryLook(page, "record-broken");
			}
			finally {
				this.jdbc.sql("update audit_head set broken_at = null").update();
			}
		});
	}

}
