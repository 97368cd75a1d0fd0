package io.latchkey.users;

import java.time.Clock;

import io.latchkey.secrets.SecretVault;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The users of a database, without the rest of the application.
 */
public record TestUsers(JdbcClient jdbc, SecretVault vault, ApplicationEventPublisher events, Clock clock) {

	public Passwords passwords() {
		return new Passwords(new UserRepository(this.jdbc), new PasswordConfiguration().passwordEncoder(), this.vault,
				new Guesses(this.clock), this.events);
	}

	public SecondFactors secondFactors() {
		return new SecondFactors(new SecondFactorRepository(this.jdbc), users(), this.vault, new Guesses(this.clock),
				this.events, this.clock);
	}

	public Users users() {
		return new Users(new UserRepository(this.jdbc), passwords(), invitations(), this.events, this.clock);
	}

	public Invitations invitations() {
		return new Invitations(new UserRepository(this.jdbc), passwords(), this.events, this.clock);
	}

}
