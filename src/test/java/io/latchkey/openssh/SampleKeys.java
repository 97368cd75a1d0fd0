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

	static final String MLDSA44 = "ssh-mldsa44-ed25519 AAAAE3NzaC1tbGRzYTQ0LWVkMjU1MTkAAAVATNKoQVN0sHzbEDDrhv4GxxzWyCCOoIw77XOidYwh2UKh"
			+ "b2AdWNDc1+M8gJbi64x+sh7svj7f9hu8tk7xW6ML2KXXlLmOEgi0L/7DonTHf/Fww+sNg2H5v9qG/2dfieCCvqIa8UAw4VU1QQ84"
			+ "wVsIXA91ulwnbl1hoCaqwu0Y0g2nS8epr6Y9hYB+Y/A/85KYKFUymyEASGl+jR8WTMSDmWTvhbTcohYp3eDnM9no84JRgAT503re"
			+ "gZmSJ7ImwyjB9PTfjaXtGBwEJDy24JnIrZkMS6JOei0QcvlQFn1ST7apNqBA27FVxjUP8jARCC2C1ywFBDsyn1jrR4ngN4PW6wdL"
			+ "LBVbNkOILjvSBVgXlRwuyYXVbWQMjftjQVCrtTrHsLdpdEvPHs1OQ12RBO5Pd6E0lTW7yd/1nNmD9BaMeXDauFWK+nk3FsMnSXAE"
			+ "pvmk3x0eRf3Xj1MOnCLrRfq2TaxLNMmWGP/NcGXv9+KeG5AvDoVCNavw+QDj+UlHrSoFc9UA04As7u89IDVxgysaSFdOy1lgeShV"
			+ "jO7dr2ks9Y2xF5lpxii/+Gp2WrPW+051OE1njayNhFdI8rg0H//gsuW4NCzzEYYJpDOCEQ/4NNEVSQVF7jNr7FKWm6S1D7B0nDT+"
			+ "Z6/c0duyxG5hGcu4i5SK8x5t0T9HpB8RcovCVJkkzkhcHDEGrz9texGjJY1GM6pagclMVfU4ZF2Z+8gkYOLYf7bFVeMdFkbv9Y43"
			+ "n60H0oCzeMxKnuGk7EJCyFoVtyLJg8BpJsEe2mle8JzVcXObUgX1GZmvW1DADhiHLbWzJQmzrx01lHoxOg10bCMKDBUj1bWFS7P5"
			+ "YdczXOlJ9z3FBqogaFdCtUEPRAyuBqOccin0xR00tLwaMsiirdeYRC5u4AXhOTdJq3mdMwRM/RtDiCr1V5yGaF42S6yb3jQr0rcF"
			+ "IU9iLyUvqIoF+JSrsAZkhcCP69l3ewk/nJ6HUuXoaIIpi2Gfkep8WmczBFkRNu4WtzUyRJRuUgkhr0PQq9iTSPmrrEHjghT8ildq"
			+ "tLBUSXUD78ROUF0AdlIL31dPFrn2i7k6msdgb7FBs0OKqa+CHpP/AeGop3Unadvvir9P+bxQcoS2L28ps65QRMaP04stCq1pmnPn"
			+ "yM/MG4YnbDEd9SdlnPA8atlg2gDpRUrGq6TUqMW+/lSblzTVV7LmjN+BGM3o7oLF+GAB5nGXe1waW7uv8y+LzVFqoWzFMNLp2tQi"
			+ "yOX/bKUsmLIwB+2U3T0tD1nEakamxGaCBlJfKvxAYmlZvmjuin0s85EvA90m8GIR3aJkWYP9JhAMZeJAxPKX4UOwT3rOX0fSA82Y"
			+ "9jbKPO5k0nCGlu7Wezqlyi2vrgRUzXkM00h1ZzGsFafwUO6GyUog8oxOyJ29o708NXlePI4oX1WRJBM8SJy6JfgLPkt2UpCwTP9S"
			+ "kfNdaEIkWzQMeKT16SX8N5qcTrIK17wPJBL1oq0rcMA986rOk9aOk7YBO+e86bkVKt+dGhFd5NseQRhhjRLbi8I3crta74e3sKzc"
			+ "hw8BEaDFgnNQarrRF3ldId2x7zZ3Pm574ItS8sRGXcUxB4AIOXlkEaaNJd0YcIdwY9VceGRQnVoXijerviSY7ALPVRTMSMY/D8E/"
			+ "/Hljh3Rix30rDRZZMjLYB8VlmqhrHWPE2WT41NcqBK5ina6VjZbeAuWEsc10zFZSumdlzJAVYegdDER8ve9BfUhKnwahsvhfhmys"
			+ "o3eq9iOfrjsHPf603g9AYhv7gQnSd4h8I/K92jPH4JXNV42x";

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
