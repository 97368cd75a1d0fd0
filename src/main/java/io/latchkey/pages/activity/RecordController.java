package io.latchkey.pages.activity;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.audit.RecordExport;
import io.latchkey.syslog.SyslogDelivery;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Whether the record is whole, what it is signed with, and where it goes.
 */
@Controller
class RecordController {

	private final AuditTrail trail;

	private final RecordExport export;

	private final ObjectProvider<SyslogDelivery> syslog;

	private final Clock clock;

	RecordController(AuditTrail trail, RecordExport export, ObjectProvider<SyslogDelivery> syslog, Clock clock) {
		this.trail = trail;
		this.export = export;
		this.syslog = syslog;
		this.clock = clock;
	}

	@GetMapping("/changes/record")
	String show(Model model) {
		OptionalLong broken = this.trail.firstBroken();
		model.addAttribute("checked", this.clock.instant());
		model.addAttribute("records", this.trail.list(Pageable.ofSize(1)).getTotalElements());
		model.addAttribute("first", at(1));
		model.addAttribute("broken", broken.isPresent() ? broken.getAsLong() : null);
		model.addAttribute("lastFit", broken.isPresent() ? at(broken.getAsLong() - 1) : null);
		model.addAttribute("keys", this.export.keys());
		SyslogDelivery delivery = this.syslog.getIfAvailable();
		model.addAttribute("syslog", (delivery != null) ? delivery.status() : null);
		return "activity/record";
	}

	@GetMapping("/changes/record.jsonl")
	void export(HttpServletResponse response) throws IOException {
		response.setContentType("application/x-ndjson");
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"latchkey-record.jsonl\"");
		try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
			this.export.write(out);
		}
	}

	private @Nullable Instant at(long sequence) {
		List<AuditRecord> found = this.trail.after(sequence - 1, 1);
		return (sequence < 1 || found.isEmpty()) ? null : found.get(0).at();
	}

}
