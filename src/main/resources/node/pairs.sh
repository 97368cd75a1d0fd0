# shellcheck shell=sh
#
# Part of latchkey-node.sh: key pairs that are made on the node, and whether it reaches others. It comes
# only when it is needed.

# --- what root does -------------------------------------------------------------------------

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
