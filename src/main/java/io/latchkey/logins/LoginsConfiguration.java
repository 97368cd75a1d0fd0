package io.latchkey.logins;

import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done for logins from time to time. */
@Configuration(proxyBeanMethods = false)
class LoginsConfiguration {

	@Bean
	RecurringTask<Void> forgetOldLogins(Logins logins) {
		return Tasks.recurring("forget-old-logins", FixedDelay.of(Duration.ofHours(1)))
			.execute((instance, context) -> logins.forgetOld());
	}

}
