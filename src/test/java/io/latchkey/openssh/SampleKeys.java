package io.latchkey.openssh;

/**
 * Keys whose private halves are gone, as {@code type base64}.
 */
final class SampleKeys {

	static final String ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILcvCLBT4hTbJyN0LrusYsywv6xIX2lLlUUJyax9TpbK";

	static final String ED25519_SK = "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAILcvCLBT4hTbJyN0Lru"
			+ "sYsywv6xIX2lLlUUJyax9TpbKAAAABHNzaDo=";

	static final String ECDSA = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGu/U9AMg9h38d6vtB"
			+ "uUJPII737CcSMbbMrnDDB7QVYlAZ2TKgTaf3Tphgo+HXUwORAsw8b8a8oai/YATjND9iw=";

	static final String ECDSA_SK = "sk-ecdsa-sha2-nistp256@openssh.com AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAA"
			+ "IbmlzdHAyNTYAAABBBGu/U9AMg9h38d6vtBuUJPII737CcSMbbMrnDDB7QVYlAZ2TKgTaf3Tphgo+HXUwORAsw8b8a"
			+ "8oai/YATjND9iwAAAAEc3NoOg==";

	static final String RSA = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCt4EOtKl6u5L6m1urBMvU7RoI5ED4tXk7jrs3dF7dG8+ox+/PeNN"
			+ "XKMyjkDjY9xRvUvOEpECE8xotZ+q1kZoGy3sccAQcwZnUZ/0rx2yUkGTfODwjKb+0Q5C71d+sb3HMKKb5VgJgn5w9Y"
			+ "qdK+/4B6EaHOoSQrz3/ynfnCBeY4yze6njzlVd1f/86kXcVCGVVev5lCqJ9H4hIK9t5NRbDyBoR/Y++wgNNgdjaYgz"
			+ "W4aBj+xLoc3p5xQS0i6LUMAFjmrjNB5F8KmUR1jmZf9IlxIvtcyMdZ424H5ngv2+oZKMI6ZmxDrqbVH13JnXqBCb2h"
			+ "z/VpRbrhm7k5BsVQCCJt";

	static final String DSA = "ssh-dss AAAAB3NzaC1kc3MAAACBAMcl9K9Q2aYzgRmVKYlVC98tiaOoFHC8E2h83VcKgw6tYNcgdJ+4f/izTOjc7n"
			+ "uJTM50v7WB232+zrJ1kVAQ3d8csEdNLhhm/BO3jmhDxNnAMcfTwH9ZAicBabaYy/i3YwBxlNRCTY/Nn3fsNNb7Po4A"
			+ "U9V3vR4u1d/8y8Kdn7jRAAAAFQCvC7rzVrlZvqhM/iAWw/Yvas0iBwAAAIApBT0LythyVZPVEFPmQ+5SdMo/QOkQ21"
			+ "0lI6GIPIyh+hK2AUPzbhP8sMCIhSoHrbyrOqYqhxx3RGZMRaMvl2DqR20kdMlPC6Y44YPRXkPkci9zla9Hu12Ogpgh"
			+ "Ezg5sx60caVJQqASM6Oc5M8EbIkgox7FQ8fq06iizErF4dzdcwAAAIA3EA6nB4nlvbNCRucSBBaW9GA056lv4F52ux"
			+ "Mv8+ey9YkGwDowX9NaiUSi87WCJXZvAUDlW7CBZsHQLWjumHiQT9CUCJ1Fa8ogi4FcqT5WA/sq7LjEtdAkegceKZZX"
			+ "eyyKjPxx6L1WkidFE9cJZSIAgy8Xb7gv++nQkW2XgvuMyg==";

	private SampleKeys() {
	}

	static PublicKey parse(String text) {
		try {
			return PublicKey.parse(text);
		}
		catch (InvalidKeyException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	static PublicKey of(WireWriter blob) {
		try {
			return PublicKey.of(blob.toByteArray());
		}
		catch (InvalidKeyException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
