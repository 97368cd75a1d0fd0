package io.latchkey.pages;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.latchkey.Patience;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.support.TransactionTemplate;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** What others keep from being done who write the same at that moment. */
class OthersWritingWebTests extends PagesTest {

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(30));

	@Autowired
	private TransactionTemplate transaction;

	/** Both wait as long as the database lets them. */
	@Test
	void isToBeRepeatedAndChangesNothing() {
		this.nodes.create(new NodeDraft("web-1", "web-1.example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		ExecutorService callers = Executors.newFixedThreadPool(2);
		try {
			this.transaction.executeWithoutResult((status) -> {
				this.jdbc.sql("select id from node for update").query(Long.class).list();
				Future<ResultActions> api = callers
					.submit(() -> this.mvc.perform(delete("/api/v1/nodes/web-1").with(administrator()).with(form())));
				Future<String> page = callers
					.submit(() -> refused("/nodes/web-1/delete", Map.of("name", "web-1", "confirm", "web-1")));
				check(api, page);
			});
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(this.nodes.find("web-1")).isPresent();
	}

	private static void check(Future<ResultActions> api, Future<String> page) {
		try {
			api.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
				.andExpect(status().isServiceUnavailable())
				.andExpect(header().string("Retry-After", "1"))
				.andExpect(jsonPath("$.type").value("/problems/others-writing"));
			assertThat(page.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
				.contains("Others were changing the same at that moment, so nothing was changed here.");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
