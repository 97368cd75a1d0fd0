#!/bin/sh
# ansible 14.4.0+dfsg-1 (sid); 7.7.0 of bookworm does the same
#
# sshd goes through the lines of a key one by one, so that a key may stand twice with other
# options: from= one network with a pty, and a command for another one. The module
# authorized_key keeps one line for each key: whatever it is asked to change, it writes the
# file anew with the last line of each key, even of keys that the task does not name. A task
# that adds Carol's key so takes one of Alice's two lines away, and says "changed" either
# way. A key that stands with options, and that a task without key_options asks to be
# present, loses its options.
#
# Seen: two lines of a key before, one after another key was added; the options gone.
. ./common
need_root
need ssh-keygen

suite sid ansible 14.4.0+dfsg-1
for name in alice carol; do
	ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$folder/$name"
done
alice=$(cat "$folder/alice.pub")
carol=$(cat "$folder/carol.pub")

# present KEY: as a task of ansible's does, by the module itself
present() {
	printf '{"ANSIBLE_MODULE_ARGS": {"user": "root", "path": "/keys", "manage_dir": false, "key": "%s"}}' "$1" \
		>"$root/task.json"
	chroot "$root" python3 -m ansible_collections.ansible.posix.plugins.modules.authorized_key /task.json \
		>"$folder/said" 2>&1 || cannot "the module does not run: $(tail -n 1 "$folder/said")"
}

printf 'from="10.1.0.0/16" %s\nfrom="10.2.0.0/16",command="/bin/true" %s\n' "$alice" "$alice" >"$root/keys"
present "$carol"
same 'lines of the key that nobody named' 1 "$(grep -c 'alice$' "$root/keys")"
same 'the one that is left' 'from="10.2.0.0/16",command="/bin/true"' "$(sed -n 's/ ssh-ed25519 .* alice$//p' "$root/keys")"

printf 'from="10.1.0.0/16" %s\n' "$alice" >"$root/keys"
present "$alice"
same 'the options of a key that was there' none "$(sed -n 's/^ssh-ed25519 .* alice$/none/p' "$root/keys")"
