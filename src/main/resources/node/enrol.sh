#!/bin/sh
#
# Brings this machine under the management of Latchkey. It
#
#   1. asks for an enrolment token, and Latchkey for what account that is;
#   2. looks for the file in which sshd reads the keys of the account, for sshd's host keys and
#      port, and for the name and addresses of this machine; signs with the host keys what
#      Latchkey gave it to sign, which proves that they are this machine's;
#   3. asks Latchkey whether it would take the machine;
#   4. puts one line, Latchkey's public key, at the end of that file, unless it is there: of the
#      types that Latchkey has, the first that sshd takes;
#   5. tells Latchkey this machine's name, addresses and port, and sshd's PUBLIC host keys.
#
# Nothing else is changed. When a step fails it says which, and the file is put back as it was.
# It can be run again at any time: the second time changes nothing.
#
# Run it as root, as that account, or as one that may use sudo. The token comes from the terminal,
# or from standard input; never from the command line, which is for all to see. What it finds by
# itself can be told it:
#
#   LATCHKEY_NAME      the machine's name; otherwise its host name
#   LATCHKEY_ADDRESS   where Latchkey reaches its sshd; otherwise where this comes from
#   LATCHKEY_PORT      the port of its sshd
#
# as in: curl … | LATCHKEY_ADDRESS=web1.example.com sh
# or:    curl … >enrol.sh && LATCHKEY_NAME=web1 sh enrol.sh <token

latchkey='@address@'
newline='
'

say() {
	printf 'latchkey: %s\n' "$*"
}

die() {
	printf 'latchkey: failed while %s: %s\n' "$step" "$*" >&2
	exit 1
}

has() {
	command -v "$1" >/dev/null 2>&1
}

# --- what the token is for ------------------------------------------------------------------

# Sets token: from standard input, or from the terminal where that is the script itself.
take_token() {
	step="asking for the enrolment token"
	token=
	if [ -t 0 ]; then
		ask_token
	else
		read -r token
		if [ -z "$token" ] && (: </dev/tty) 2>/dev/null; then
			ask_token </dev/tty
		fi
	fi
	token=${token%"$(printf '\r')"}
	[ -n "$token" ] || die "there is none. Give it when it is asked for, or on standard input"
}

ask_token() {
	printf 'Enrolment token: ' >&2
	trap 'stty echo; exit 1' HUP INT TERM
	stty -echo
	read -r token
	stty echo
	trap - HUP INT TERM
	printf '\n' >&2
}

# Writes the beginning of a message. Not by printf, which is a program where it is no part of the
# shell, and what it prints would be on a command line.
begin_message() {
	cat >"$work/message" <<EOF
latchkey-registration 2
token $token
EOF
}

# Sets account, named as the node script takes it, and sudo_needed; lines to a line for each type of
# key that Latchkey has, the usual one first; hold to the name of what is kept of the old file until
# the machine is registered, and nonce to what is to be signed with the host keys.
take_terms() {
	begin_message
	tell "asking Latchkey at $latchkey" enrol/terms || die "${problem:-no answer}"
	[ "$outcome" != refused ] || die "$(reply)"
	account=
	named=
	sudo_needed=
	lines=
	hold=
	nonce=
	while IFS= read -r answer; do
		case $answer in
		"account "*) account=${answer#account } ;;
		"word "*) named=${answer#word } ;;
		"sudo needed") sudo_needed=yes ;;
		"line "*) lines=${lines:+$lines$newline}${answer#line } ;;
		"hold "*) hold=${answer#hold } ;;
		"nonce "*) nonce=${answer#nonce } ;;
		esac
	done <"$work/reply"
	for answer in "$account" "$named" "$lines" "$hold" "$nonce"; do
		[ -n "$answer" ] || die "what answers there is not this Latchkey: fetch the script again"
	done
}

# --- who acts -------------------------------------------------------------------------------

# Sets sudo to what stands before a command that needs root, and mode to what can be done.
find_rights() {
	step="looking for the rights of root"
	sudo=
	mode=all
	if [ "$(id -u)" = 0 ]; then
		return
	elif [ "$(id -un)" = "$account" ]; then
		if sudo -n true 2>/dev/null; then
			sudo='sudo -n'
			return
		fi
		mode=self
		[ -z "$sudo_needed" ] \
			|| say "Latchkey needs sudo without a password for $account, which is not allowed yet"
		return
	fi
	has sudo || die "this is neither root nor $account, and there is no sudo. Run it as root"
	sudo true || die "$(id -un) may not use sudo. Run it as root"
	sudo=sudo
}

# --- what is changed, and how -----------------------------------------------------------------

# Hands requests on its input to the node script below, as Latchkey itself does over SSH, and
# keeps the answer.
ask() {
	# shellcheck disable=SC2086 # a command in front, or none
	$sudo /bin/sh -c "$begin" latchkey-node "$script" "$mode" >"$work/answer"
}

# shellcheck disable=SC2016 # for the shell that is started
begin='script=$1; shift; eval "$script"; main "$@"'

# Sets answer to what was said after the greeting.
take_answer() {
	answer=
	{
		IFS= read -r _
		IFS= read -r answer
	} <"$work/answer"
}

# Leaves in "$work/files" a line for each file that sshd reads: presence, hash, path.
find_files() {
	step="looking for the authorized_keys file of $account"
	printf 'files 1\naccount %s\nend\n' "$named" | ask
	set --
	problem=
	while IFS= read -r answer; do
		case $answer in
		"pattern "*) set -- "$@" "$named ${answer#pattern }" ;;
		"unanswered "*) problem=${answer#unanswered * } ;;
		"barred $named locked") say "$account is locked here: sshd lets nobody in as $account" ;;
		"barred $named expired") say "$account has expired here: sshd lets nobody in as $account" ;;
		"barred $named shell "* | "barred $named no-shell "*) say "$account has no login shell here: nobody gets in as $account" ;;
		esac
	done <"$work/answer"
	[ -z "$problem" ] || die "sshd cannot be asked: $problem"
	[ $# -gt 0 ] || die "sshd reads none"
	{
		printf 'observe %d\n' $#
		printf 'account %s\n' "$@"
		say_end
	} | ask
	while IFS= read -r answer; do
		case $answer in
		"account $named "*) printf '%s\n' "${answer#"account $named "}" ;;
		esac
	done <"$work/answer" >"$work/files"
	[ -s "$work/files" ] || die "there is no account $account"
}

say_end() {
	printf 'end\n'
}

# Sets line to the first whose key sshd takes, and key to what of it is the key. Where sshd cannot
# be asked it is the usual one.
choose_line() {
	step="asking sshd which keys it takes"
	printf 'accepts %s\nend\n' "$named" | ask
	take_answer
	accepted=,${answer#accepts },
	line=
	while IFS= read -r each; do
		case $each in
		ssh-* | ecdsa-*) rest=$each ;;
		*) rest=${each#* } ;;
		esac
		type=${rest%% *}
		[ "$type" != ssh-rsa ] || type=rsa-sha2-512
		case $accepted in
		,-, | *",$type,"*)
			line=$each
			key=${rest% *}
			break
			;;
		esac
	done <<EOF
$lines
EOF
	[ -n "$line" ] || die "sshd takes none of the types of key that Latchkey has: $(types)"
}

types() {
	printf '%s\n' "$lines" | grep -Eo '(ssh|ecdsa)-[a-z0-9-]+ ' | tr -d '\n'
}

# Puts the line at the end of the first file unless it stands in one. Sets put to the path then.
put_line() {
	put=
	attempts=3
	while [ "$attempts" -gt 0 ]; do
		attempts=$((attempts - 1))
		find_files
		confirm_earlier
		if stands_already; then
			say "Latchkey's key stands in $path already"
			return
		fi
		IFS= read -r file <"$work/files"
		split_file
		case $presence in
		'file') read_file ;;
		absent) : >"$work/content" ;;
		*) die "$(explain "$presence")" ;;
		esac
		step="adding Latchkey's key to $path"
		cp "$work/content" "$work/new"
		[ -z "$(tail -c 1 "$work/content")" ] || printf '\n' >>"$work/new"
		printf '%s\n' "$line" >>"$work/new"
		size=$(wc -c <"$work/new")
		{
			printf 'hold %s 60 %s %s %d %s\n' "$hold" "$named" "$hash" "$size" "$path"
			cat "$work/new"
			say_end
		} | ask
		take_answer
		case $answer in
		"held "*)
			put=$path
			answer=${answer#held }
			put_hash=${answer%% *}
			[ "${answer#* }" = - ] || say "sshd will pass the file over (StrictModes): ${answer#* }"
			say "added Latchkey's key to $path"
			return
			;;
		"changed "*) ;;
		*) die "${answer#failed }" ;;
		esac
	done
	die "the file keeps changing"
}

# Sets presence, hash and path.
split_file() {
	presence=${file%% *}
	file=${file#* }
	hash=${file%% *}
	path=${file#* }
}

explain() {
	case $1 in
	symlink) printf '%s is a symbolic link, through which nothing is written' "$path" ;;
	no-account) printf 'there is no account %s' "$account" ;;
	no-home) printf '%s has no home folder' "$account" ;;
	not-file) printf '%s is not a file' "$path" ;;
	ssh-not-folder) printf '%s is not a folder' "${path%/*}" ;;
	*) printf '%s cannot be read' "$path" ;;
	esac
}

stands_already() {
	while IFS= read -r file; do
		split_file
		if [ "$presence" = file ]; then
			read_file
			if grep -v '^[[:space:]]*#' "$work/content" | grep -qF -- "$key"; then
				return
			fi
		fi
	done <"$work/files"
	return 1
}

# The content of the file at path, as it is.
read_file() {
	step="reading $path"
	printf 'read %s %s\nend\n' "$named" "$path" | ask
	take_answer
	case $answer in
	"content "*) tail -n +3 "$work/answer" | head -c "${answer#content }" >"$work/content" ;;
	*) die "${answer#failed }" ;;
	esac
}

# What an interrupted run left on trial would be undone within a minute: now it stays.
confirm_earlier() {
	while IFS= read -r file; do
		split_file
		if [ "$presence" = file ]; then
			printf 'confirm %s %s %s\nend\n' "$hold" "$named" "$path" | ask
		fi
	done <"$work/files"
}

keep_line() {
	[ -n "$put" ] || return 0
	printf 'confirm %s %s %s\nend\n' "$hold" "$named" "$put" | ask
}

# At once; without it, the node script puts the file back by itself within a minute.
take_line_back() {
	[ -n "$put" ] || return 0
	if [ "$hash" = - ]; then
		printf 'remove %s %s %s\nend\n' "$named" "$put_hash" "$put" | ask
	else
		size=$(wc -c <"$work/content")
		{
			printf 'write %s %s %d %s\n' "$named" "$put_hash" "$size" "$put"
			cat "$work/content"
			say_end
		} | ask
	fi
}

# --- what is told ---------------------------------------------------------------------------

# shellcheck disable=SC2016 # for the shell that is started
asking_sshd='script=$1
eval "$script"
leash=
find_sshd
find_connection
find_program && print_settings "$2" 2>/dev/null \
	|| grep -Eih "^[[:space:]]*(hostkey|port)[[:space:]]" "$sshd_config" 2>/dev/null'

# Leaves in "$work/facts" what Latchkey is told. Without root, sshd does not tell, but its
# configuration may.
find_facts() {
	step="looking for the host keys and the port of sshd"
	# shellcheck disable=SC2086 # a command in front, or none
	$sudo /bin/sh -c "$asking_sshd" latchkey-node "$script" "$named" >"$work/sshd"
	port=
	files=
	while read -r keyword value; do
		case $keyword in
		[Pp]ort) port=${port:-$value} ;;
		[Hh]ost[Kk]ey) files=$files$value$newline ;;
		esac
	done <"$work/sshd"
	# where this came in by SSH, that is the way
	IFS=' '
	# shellcheck disable=SC2086 # four words, or none
	set -- ${SSH_CONNECTION-}
	unset IFS
	near=${3-}
	port=${LATCHKEY_PORT:-${4:-${port:-22}}}
	{
		printf 'name %s\n' "${LATCHKEY_NAME:-$(hostname 2>/dev/null || uname -n)}"
		printf 'port %s\n' "$port"
		[ -z "${LATCHKEY_ADDRESS-}" ] || printf 'reach %s\n' "$LATCHKEY_ADDRESS"
		[ -z "$near" ] || printf 'address %s\n' "$near"
		own_addresses
		say_host_keys
	} >"$work/facts"
	grep -q '^host-key ' "$work/facts" || die "there is none that can be read"
}

own_addresses() {
	if has ip; then
		ip -o addr show scope global 2>/dev/null | while read -r _ _ _ address _; do
			printf 'address %s\n' "${address%%/*}"
		done
	else
		for address in $(hostname -I 2>/dev/null); do
			printf 'address %s\n' "$address"
		done
	fi
}

say_host_keys() {
	if [ -z "$files" ]; then
		for file in /etc/ssh/ssh_host_*_key.pub; do
			files=$files${file%.pub}$newline
		done
	fi
	printf '%s' "$files" | while IFS= read -r file; do
		if [ -r "$file.pub" ]; then
			IFS=' ' read -r type blob _ <"$file.pub"
		else
			type=
		fi
		case $type in
		ssh-ed25519 | ssh-rsa | ecdsa-sha2-*)
			sign_nonce "$file"
			printf 'host-key %s %s %s\n' "$type" "$blob" "${proof:--}"
			;;
		esac
	done
}

# Sets proof, in one line; to nothing where the key cannot be used from here, or ssh-keygen does not
# sign (before OpenSSH 8.1).
sign_nonce() {
	# shellcheck disable=SC2086 # a command in front, or none
	proof=$(printf %s "$nonce" | $sudo ssh-keygen -Y sign -q -n enrol@latchkey -f "$1" 2>/dev/null \
		| grep -v '^-' | tr -d '\n')
}

# Sends the message, the token in it, from a file: a command line is for all to see. The
# reply's first word is in outcome, the rest of it in "$work/reply".
tell() {
	step=$1
	rm -f "$work/reply"
	if has curl; then
		curl -fsS --max-time 30 -H 'Content-Type: text/plain' --data-binary "@$work/message" \
			-o "$work/reply" "$latchkey/$2" 2>"$work/errors"
	else
		wget -q -T 30 --header 'Content-Type: text/plain' --post-file "$work/message" \
			-O "$work/reply" "$latchkey/$2" 2>"$work/errors"
	fi || {
		problem=$(tail -n 1 "$work/errors")
		outcome=unreachable
		return 1
	}
	IFS= read -r outcome <"$work/reply"
	case $outcome in
	accepted | waiting | known | refused | terms) ;;
	*)
		problem="what answers there is not Latchkey"
		outcome=unreachable
		return 1
		;;
	esac
}

# The reply's lines for people.
reply() {
	tail -n +2 "$work/reply" | tr -d '\000-\010\013-\037\177'
}

enrol() {
	export LC_ALL=C
	export PATH="${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
	unset IFS
	umask 077
	step="getting ready"
	has curl || has wget || die "there is neither curl nor wget"
	work=$(mktemp -d) || die "there is no folder for temporary files"
	trap 'rm -rf "$work"' EXIT
	trap 'exit 1' HUP INT TERM
	script=$(node_script)
	take_terms
	find_rights
	find_facts
	begin_message
	{
		printf 'nonce %s\n' "$nonce"
		cat "$work/facts"
	} >>"$work/message"
	tell "asking Latchkey at $latchkey" enrol/check || die "${problem:-no answer}"
	[ "$outcome" != refused ] || die "$(reply)"
	choose_line
	put_line
	if ! tell "registering at $latchkey" enrol; then
		take_line_back
		die "${problem:-no answer}"
	elif [ "$outcome" = refused ]; then
		take_line_back
		die "$(reply)"
	fi
	keep_line
	reply | while IFS= read -r text; do
		say "$text"
	done
}

# --- the node script ------------------------------------------------------------------------

# What Latchkey runs here at each of its logins as well. Of what it can do, this script uses the
# requests files, accepts, observe, read, hold, confirm, write and remove.
node_script() {
	cat <<'LATCHKEY_NODE_SCRIPT'
@node-script@
LATCHKEY_NODE_SCRIPT
}

# Everything above is only prepared: a script that came in half does nothing.
take_token && enrol </dev/null
