package io.latchkey.diagnosis.mends;

import java.util.List;
import java.util.Set;

import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.MendStep;
import io.latchkey.diagnosis.Mender;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Moves away what stands where the file of keys or its folder belongs. */
@Component
class AsideMender implements Mender {

	private static final Set<String> CODES = Set.of("keys-folder", "keys-folder.file");

	@Override
	public List<MendStep> plan(Trouble trouble, LoginFacts facts) {
		if (!CODES.contains(trouble.code()) || facts.account().equals(facts.node().management().account())) {
			return List.of();
		}
		String path = String.valueOf(trouble.arguments().get(1));
		return facts.step(path)
			.filter((step) -> facts.told().entry() != null && path.startsWith(facts.told().entry().home() + "/"))
			.limit(1)
			.map(MendStep::aside)
			.toList();
	}

}
