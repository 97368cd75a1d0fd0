package io.latchkey.security;

import io.latchkey.users.Users;

import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/**
 * The users, as form sign-in asks for them.
 */
@Service
class SignInUsers implements UserDetailsService {

	private final Users users;

	SignInUsers(Users users) {
		this.users = users;
	}

	@Override
	public UserDetails loadUserByUsername(String username) {
		return this.users.credentialsOf(username)
			.map((user) -> new SignInUser(user.username(), user.passwordHash(), user.mark(),
					Authorities.of(user.role())))
			.orElseThrow(() -> new UsernameNotFoundException("There is no such user"));
	}

}
