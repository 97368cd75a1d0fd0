package io.latchkey.security;

import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/**
 * The users, as form sign-in asks for them.
 */
@Service
class SignInUsers implements UserDetailsService {

	private final UserRepository repository;

	private final Passwords passwords;

	SignInUsers(UserRepository repository, Passwords passwords) {
		this.repository = repository;
		this.passwords = passwords;
	}

	@Override
	public UserDetails loadUserByUsername(String username) {
		return this.repository.findByUsername(username)
			.map((user) -> new SignInUser(user.username(), user.passwordHash(),
					this.passwords.mark(user.passwordHash()), Authorities.of(user.role())))
			.orElseThrow(() -> new UsernameNotFoundException("There is no such user"));
	}

}
