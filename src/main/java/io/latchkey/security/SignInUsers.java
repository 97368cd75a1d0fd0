package io.latchkey.security;

import org.springframework.security.core.userdetails.User;
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

	SignInUsers(UserRepository repository) {
		this.repository = repository;
	}

	@Override
	public UserDetails loadUserByUsername(String username) {
		return this.repository.findByUsername(username)
			.map((user) -> new User(user.username(), user.passwordHash(), Authorities.of(user.role())))
			.orElseThrow(() -> new UsernameNotFoundException("There is no such user"));
	}

}
