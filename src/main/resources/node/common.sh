# shellcheck shell=sh
#
# Part of latchkey-node.sh and of latchkey-sessions.sh: what surrounds them, and how they say and take words.

export LC_ALL=C
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
unset IFS CDPATH ENV
set -f
umask 077
cd / || exit 1

newline='
'

say() {
	printf '%s\n' "$*"
}

has() {
	command -v "$1" >/dev/null 2>&1
}

# Whether it is the name of an account as the protocol has it. No sign stands for a control
# character, a slash or a colon, which no account's name holds.
is_account() {
	case $1 in
	'' | -* | . | .. | *[!A-Za-z0-9._@+$\\-]*) return 1 ;;
	esac
	[ "${#1}" -le 1280 ] || return 1
	signs=$1
	while :; do
		case $signs in
		*\\*) ;;
		*) break ;;
		esac
		signs=${signs#*\\}
		case $signs in
		00[0-3]* | 0177* | 0057* | 0072*) return 1 ;;
		0[0-3][0-7][0-7]*) ;;
		*) return 1 ;;
		esac
	done
}

one_line() {
	printf '%s' "$1" | tr '\n\t' '  ' | tr -d '\000-\037\177' | cut -c 1-300
}

fail() {
	detail=$(one_line "$2")
	say "failed $1 ${detail:--}"
}
