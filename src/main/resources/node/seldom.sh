# shellcheck shell=sh
#
# Part of latchkey-node.sh: what is seldom done. Files are removed, key pairs are made on the node, other
# nodes are reached, and patterns of AuthorizedKeysFile are followed. It comes only when it is needed.

# --- patterns -----------------------------------------------------------------------------

# The names that a pattern stands for, in a process of its own: there may be any number of them.
# shellcheck disable=SC2016 # for the shell that is started
globbing='IFS= count=0
for each in $1; do
	case $each in
	*[[:cntrl:]]*) continue ;;
	esac
	if [ -e "$each" ] || [ -L "$each" ]; then
		printf "%s\n" "$each"
		count=$((count + 1))
	fi
	[ "$count" -lt 200 ] || break
done'

# Sets matches to the paths that a pattern of AuthorizedKeysFile names, a line each, as glob(3) finds
# them for sshd since OpenSSH 10.0; and says in observations how many there are.
find_matches() {
	observe_account "$1" "$2"
	matches=
	count=0
	case $path in
	-) ;;
	*)
		unset IFS
		# shellcheck disable=SC2086 # a command in front, or none
		found=$($guard /bin/sh -c "$globbing" sh "$path" 2>/dev/null)
		IFS=$newline
		for match in $found; do
			if [ "$count" -lt 200 ] && is_path "$match"; then
				matches=$matches$match$newline
				count=$((count + 1))
			fi
		done
		;;
	esac
	observations=$observations'= '$count' '$name$newline
}

# --- what root does -----------------------------------------------------------------------

relay_remove() {
	name=${1%% *}
	rest=${1#* }
	expected=${rest%% *}
	path=${rest#* }
	if ! is_account "$name" || ! is_hash "$expected" || ! is_path "$path"; then
		fail io "not an account, a hash and a path"
		return
	fi
	relay_short remove "$guard" "$clock" "$expected" "$path"
}

relay_keypair() {
	name=${1%% *}
	path=${1#* }
	if ! is_account "$name" || ! is_path "$path"; then
		fail io "not an account and a path"
		return
	fi
	relay_short keypair "$clock" $((clock + 3600)) "$path"
}

# Latchkey knows what was tried and not answered.
relay_reach() {
	name=${1%% *}
	take_lines "${1#* }" || return
	if ! is_account "$name"; then
		fail io "not an account"
		return
	elif ! become_ready "$name"; then
		fail "$code" "$reason"
		return
	fi
	allow 50
	printf '%s' "$lines" | as_account "$name" reach "${guard:+timeout -s KILL 8}" | $leash head -c 65536 \
		| while IFS= read -r answer; do
			case $answer in
			"reached "*) say "$(one_line "$answer")" ;;
			esac
		done
	say tried
}

# --- removing -----------------------------------------------------------------------------

# Only what was expected goes.
account_remove() {
	temporary=
	stands_as_expected || return
	if problem=$(rm -f "$path" 2>&1); then
		flush "$folder" >/dev/null 2>&1
		sweep
		say removed
	else
		fail_with "$problem"
	fi
}

# --- key pairs ----------------------------------------------------------------------------

# The private half stands last: where it stands, the public half does, or comes from it.
account_keypair() {
	look
	sweep
	temporary=${folder}.latchkey-$$.new.$until.${path##*/}
	trap 'rm -f "$temporary" "$temporary.pub"' EXIT
	trap 'exit 1' HUP INT TERM PIPE
	case $presence in
	file) ;;
	absent) ;;
	*)
		fail "$presence" "$path"
		return
		;;
	esac
	if ! has ssh-keygen; then
		fail io "there is no ssh-keygen"
	elif problem=$({ "make_$presence" && flush "$folder"; } 2>&1 </dev/null); then
		say paired
	else
		fail_with "${problem%%"$newline"*}"
	fi
}

make_absent() {
	if [ ! -d "$folder" ]; then
		mkdir "$folder" || return
		label "${folder%/}"
	fi
	ssh-keygen -q -t ed25519 -N '' -C latchkey -f "$temporary" \
		&& flush "$temporary" \
		&& mv -f "$temporary.pub" "$path.pub" \
		&& mv "$temporary" "$path"
}

make_file() {
	chmod 600 "$path" || return
	[ ! -f "$path.pub" ] || return 0
	ssh-keygen -y -P '' -f "$path" >"$temporary" && mv -f "$temporary" "$path.pub"
}

# --- reaching other nodes -----------------------------------------------------------------

# A few at a time.
account_reach() {
	index=0
	while IFS= read -r host; do
		reach_host "$index" "${host#host }" &
		index=$((index + 1))
		[ $((index % 8)) -ne 0 ] || wait
	done
	wait
}

reach_host() {
	case $2 in
	-* | *[!A-Za-z0-9._-]*)
		say "reached $1 failed not a host"
		return
		;;
	esac
	# shellcheck disable=SC2086 # a command in front, or none
	if problem=$($guard ssh -n -o BatchMode=yes -o ConnectTimeout=5 "$2" true 2>&1 >/dev/null); then
		say "reached $1 ok"
	else
		problem=${problem##*"$newline"}
		say "reached $1 failed ${problem:-no answer}"
	fi
}
