package io.latchkey.bench;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;

/**
 * Those who are granted something: a team of ten, and two more.
 */
record People(List<SshKeyPair> ten, SshKeyPair eve, SshKeyPair frank) {

	static People generate() {
		return new People(Stream.generate(SshKeys::generate).limit(10).toList(), SshKeys.generate(),
				SshKeys.generate());
	}

	List<SshKeyPair> tenAnd(SshKeyPair... more) {
		return Stream.concat(this.ten.stream(), Stream.of(more)).toList();
	}

	void addTo(ManagedFleet managed) {
		for (int i = 0; i < this.ten.size(); i++) {
			managed.identity("person" + i, this.ten.get(i));
		}
		managed.team("ten", IntStream.range(0, this.ten.size()).mapToObj((i) -> "person" + i).toList());
		managed.identity("eve", this.eve);
		managed.identity("frank", this.frank);
	}

}
