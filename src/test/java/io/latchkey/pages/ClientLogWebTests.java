package io.latchkey.pages;

import java.util.Map;

import io.latchkey.diagnosis.ClientDoctor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** The box for what a client says. */
class ClientLogWebTests extends PagesTest {

	@Test
	void saysWhatHappenedAndGivesNothingBackThatIsNoEvidence() throws Exception {
		String page = send("/doctor", Map.of("clientLog", """
				$ sshpass -p hunter2 ssh -v db1
				-----BEGIN OPENSSH PRIVATE KEY-----
				b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
				-----END OPENSSH PRIVATE KEY-----
				ssh: connect to host db1 port 22: Connection refused
				<script>alert(1)</script>
				""")).andExpect(status().isOk()).andReturn().getResponse().getContentAsString();
		assertThat(page).contains("the connection was refused")
			.contains("A private key was pasted")
			.contains("connect to host db1 port 22")
			.doesNotContain("hunter2")
			.doesNotContain("b3BlbnNza")
			.doesNotContain("alert(1)");
	}

	@Test
	void showsKeysOfHostileNamesAsTheyAre() throws Exception {
		String page = send("/doctor",
				Map.of("clientLog",
						"""
								debug1: Authenticating to db1:22 as 'deploy'
								debug1: Offering public key: <b>`rm -rf ~`\u202e ED25519 SHA256:HxOGc7RFUrxLk+wTLdShk5Sz2mOqZVvmMyufD0gzUoM agent
								debug1: Authentications that can continue: publickey
								deploy@db1: Permission denied (publickey).
								"""))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
		assertThat(page).contains("Latchkey knows none of them")
			.contains("refused it")
			.doesNotContain("<b>`")
			.doesNotContain("\u202e")
			.doesNotContain("<code>rm -rf ~</code>");
	}

	@Test
	void saysHowMuchIsTakenAndKeepsNothingOfWhatIsTooMuch() throws Exception {
		assertThat(page("/doctor")).contains("at most 256 KiB");
		assertThat(refused("/doctor", Map.of("clientLog", "hunter2 " + "x".repeat(ClientDoctor.MOST_KIB * 1024))))
			.contains("Expected at most 256 KiB")
			.doesNotContain("hunter2");
		assertThat(refused("/doctor", Map.of("clientLog", " "))).contains("Expected what ssh -v prints");
	}

	@Test
	void answersByTheApi() throws Exception {
		this.mvc
			.perform(post("/api/v1/client-diagnosis").with(administrator()).contentType("application/json").content("""
					{"clientLog": "ssh: Could not resolve hostname nosuch: Name or service not known"}"""))
			.andExpect(status().isOk())
			.andExpect((result) -> assertThat(result.getResponse().getContentAsString())
				.contains("finds no address for the name nosuch")
				.contains("\"PROBLEM\""));
	}

}
