package io.latchkey.security;

import io.latchkey.users.Passwords;
import io.latchkey.users.Users;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/**
 * The users, as form sign-in asks for them.
 */
@Service
class SignInUsers implements UserDetailsService, UserDetailsPasswordService {

	private final Users users;

	private final Passwords passwords;

	SignInUsers(Users users, Passwords passwords) {
		this.users = users;
		this.passwords = passwords;
	}

	@Override
	public UserDetails loadUserByUsername(String username) {
		return this.users.credentialsOf(username)
			.map((user) -> new SignInUser(user.username(), user.passwordHash(), user.mark(),
					Authorities.of(user.role())))
			.orElseThrow(() -> new UsernameNotFoundException("There is no such user"));
	}

	/** The password was right, and is hashed as is advised now. */
	@Override
	public UserDetails updatePassword(UserDetails user, @Nullable String newPassword) {
		if (newPassword != null) {
			this.users.credentialsOf(user.getUsername())
				.filter((now) -> now.passwordHash().equals(user.getPassword()))
				.ifPresent((now) -> this.passwords.rehash(now, newPassword));
		}
		return user;
	}

}
