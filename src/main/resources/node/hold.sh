# shellcheck shell=sh
#
# Part of latchkey-node.sh that comes only when it is needed: a file is written on trial, and the old one
# comes back by itself.

# As a write, but the old file is kept, and put back unless the hold is confirmed in time. The
# watchdog stands before anything is changed.
account_hold() {
	name_marks
	if replaced; then
		say "held $hash"
	fi
}

# Whether neither another file has come there nor this one was written to since it was read.
is_still_expected() {
	if [ "$expected" = - ]; then
		[ ! -e "$path" ] && [ ! -L "$path" ]
	else
		# shellcheck disable=SC3013 # all of these shells know it
		[ ! -L "$path" ] && [ ! "$path" -nt "$temporary" ] \
			&& { [ "$path" -ef /proc/self/fd/8 ] || [ ! -e /proc/self/fd/8 ]; }
	fi
}

name_marks() {
	old=${folder}.latchkey-$token.old.$until.${path##*/}
	moved=${folder}.latchkey-$token.moved.$until.${path##*/}
	none=${folder}.latchkey-$token.none.$until.${path##*/}
}

# Keeps the old file itself, so that it comes back with its owner, mode and label.
keep() {
	if [ "$expected" = - ]; then
		(set -C && : >"$none")
	else
		ln "$path" "$old" 2>/dev/null \
			|| mv "$path" "$moved"
	fi
}

undo_keeping() {
	if [ ! -e "$path" ]; then
		mv "$moved" "$path" 2>/dev/null
	fi
	rm -f "$old" "$none"
}

# Starts the watchdog in a session of its own, so that it outlives this process, the channel
# and the connection, and waits for its word. It closes all streams, or sshd would keep the
# channel open for it.
watched() {
	detach=
	for tool in setsid nohup; do
		if has "$tool"; then
			detach=$tool
			break
		fi
	done
	# ksh93 waits in a substitution for what it starts in the background, unless a pipe takes its word
	# shellcheck disable=SC2154 # script is where this text comes from
	watching=$( ($detach /bin/sh -c "$run" latchkey-node "$script${further-}" \
		watch "$later_guard" "$seconds" "$wanted" "$token" "$until" "$made" "$path" </dev/null 2>/dev/null &) | hear)
	watchdog=${watching#watching }
	is_number "$watchdog"
}

account_watch() {
	trap '' HUP INT TERM
	say "watching $$"
	exec >/dev/null 2>&1
	sleep "$seconds"
	name_marks
	put_back
}

# Nothing is done once the hold was confirmed or replaced, which takes the mark away, or the
# file is another than the one written. Whoever takes the mark first decides: both ways of
# taking it are one step for everybody else.
put_back() {
	look_closely
	if [ -e "$none" ]; then
		if rm "$none" && [ "$hash" = "$wanted" ]; then
			rm -f "$path"
			[ -z "$made" ] || rmdir "$folder"
		fi
	elif [ -e "$old" ]; then
		if [ "$hash" = "$wanted" ]; then
			mv -f "$old" "$path"
		else
			rm -f "$old"
		fi
	elif [ -e "$moved" ]; then
		if [ "$hash" = "$wanted" ] || [ "$presence" = absent ]; then
			mv -f "$moved" "$path"
		else
			rm -f "$moved"
		fi
	else
		return
	fi
	flush "$folder"
}

account_confirm() {
	set +f
	set -- "${folder}.latchkey-$token".*."${path##*/}"
	set -f
	if [ ! -e "$1" ]; then
		say gone
	elif problem=$(rm "$1" 2>&1); then
		say confirmed
	elif [ -e "$1" ]; then
		fail_with "$problem"
	else
		say gone
	fi
	sweep
}

# --- what root does -----------------------------------------------------------------------

relay_confirm() {
	token=${1%% *}
	rest=${1#* }
	name=${rest%% *}
	path=${rest#* }
	if ! is_token "$token" || ! is_account "$name" || ! is_path "$path"; then
		fail io "not a token, an account and a path"
		return
	elif ! become_ready "$name"; then
		fail "$code" "$reason"
		return
	fi
	write_as_root
	ask_shortly confirm "$guard" "$clock" "$token" "$path"
	case $answer in
	confirmed | gone) say "$answer" ;;
	"failed "[a-z]*" "?*) say "$(one_line "$answer")" ;;
	*) fail io "$name could not be asked" ;;
	esac
}
