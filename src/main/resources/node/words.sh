# shellcheck shell=sh
#
# Part of latchkey-node.sh: what else it says and takes, what it makes of a file, and which of its parts is begun. Together
# with sha256.sh, common.sh and files.sh it is all that an account runs.

tab='	'
limit=8388608

# --- words --------------------------------------------------------------------------------

is_number() {
	case $1 in
	'' | *[!0-9]* | ???????????*) return 1 ;;
	esac
}

# Sets real to the name itself.
real_name() {
	real=$1
	case $1 in
	*\\*) real=$(printf '%b' "$1") ;;
	esac
}

is_token() {
	case $1 in
	*[!0-9a-f]*) return 1 ;;
	esac
	[ "${#1}" -ge 16 ] && [ "${#1}" -le 64 ]
}

is_hash() {
	case $1 in
	*[!0-9a-f]*) return 1 ;;
	esac
	[ "${#1}" -eq 64 ]
}

is_path() {
	case $1 in
	/*[[:cntrl:]]*) return 1 ;;
	/*) ;;
	*) return 1 ;;
	esac
}

# The code for what a tool said on its standard error.
code_of() {
	case $1 in
	*'No space left'* | *'uota exceeded'*) say no-space ;;
	*'Read-only file system'*) say read-only ;;
	*'ermission denied'* | *'not permitted'*) say no-permission ;;
	*) say io ;;
	esac
}

fail_with() {
	fail "$(code_of "$1")" "$1"
}

# --- files --------------------------------------------------------------------------------

find_hasher() {
	for hasher in sha256sum shasum openssl; do
		if has "$hasher"; then
			return
		fi
	done
	if has busybox && busybox sha256sum /dev/null >/dev/null 2>&1; then
		hasher=busybox
	elif has od && [ "$((4294967296))" = 4294967296 ]; then
		hasher='od'
	else
		hasher=none
	fi
}

# Hashes the files named: one line for each, the hash first. In a subshell, as its last deed.
hash_files() {
	# shellcheck disable=SC2086 # a command in front, or none
	case $hasher in
	sha256sum) exec $guard sha256sum "$@" ;;
	shasum) exec $guard shasum -a 256 "$@" ;;
	openssl) exec $guard openssl dgst -sha256 -r "$@" ;;
	busybox) exec $guard busybox sha256sum "$@" ;;
	od)
		for each; do
			say "$(sha256 "$each")  $each"
		done
		;;
	*) return 1 ;;
	esac
}

# Sets hash; "-" when there is none. A backslash tells that one in the name is escaped.
hash_of() {
	hash=$(hash_files "$1" 2>/dev/null) || hash=
	hash=${hash%% *}
	hash=${hash#\\}
	is_hash "$hash" || hash=-
}

# Sets folder and presence of path and home. Opens nothing.
look() {
	folder=${path%/*}/
	if [ -L "$path" ]; then
		presence=symlink
	elif [ -f "$path" ]; then
		presence='file'
		[ -r "$path" ] || presence=unreadable
	elif [ -e "$path" ]; then
		presence=not-file
	elif [ -d "$folder" ]; then
		presence=absent
		[ -x "$folder" ] || presence=unreadable
	elif [ -e "${folder%/}" ] || [ -L "${folder%/}" ]; then
		presence=ssh-not-folder
	elif [ -d "$home/" ]; then
		presence=absent
		[ -x "$home/" ] || presence=unreadable
	else
		presence=no-home
	fi
}

# Looks again and sets hash as well.
look_closely() {
	look
	hash=-
	if [ "$presence" = file ]; then
		hash_of "$path"
		[ "$hash" != - ] || presence=unreadable
	fi
}

# Sets escaped to a path as sha256sum names it where that holds a backslash.
escape() {
	escaped=
	signs=$1
	while :; do
		case $signs in
		*\\*) ;;
		*) break ;;
		esac
		escaped=$escaped${signs%%\\*}"\\\\"
		signs=${signs#*\\}
	done
	escaped=$escaped$signs
}

# Sets hash to that of a line of a hasher's, if it is the path's.
hash_in() {
	hash=${1%% *}
	escape "$2"
	case $1 in
	"$hash "[\ *]"$2") ;;
	"$hash "[\ *]"$escaped") hash=${hash#\\} ;;
	*) return 1 ;;
	esac
}

hear() {
	IFS= read -r word
	say "$word"
}

is_in_home() {
	case $path in
	"$home"/*) ;;
	*) return 1 ;;
	esac
}

take() {
	[ "$1" -eq 0 ] || head -c "$1"
}

find_own_ids() {
	own_uid=
	own_gid=
	if [ -r /proc/self/status ]; then
		while read -r key _ effective _; do
			case $key in
			Uid:) own_uid=$effective ;;
			Gid:)
				own_gid=$effective
				break
				;;
			esac
		done </proc/self/status
	fi
	is_number "$own_uid" || own_uid=$(id -u)
	is_number "$own_gid" || own_gid=$(id -g)
}

# --- beginning ----------------------------------------------------------------------------

# How a part is started: with this text as its first argument.
# shellcheck disable=SC2016 # for the shell that is started
run='script=$1; shift; eval "$script"; main "$@"'

main() {
	guard=
	leash=
	find_hasher
	home=${HOME-}
	home=${home%/}
	case ${1-} in
	all | self)
		mode=$1
		# Nothing outlives the conversation for long: a file may turn into a FIFO, or never end.
		if has timeout; then
			guard='timeout -s KILL 5'
			leash='timeout -s KILL 10'
		fi
		serve
		;;
	as)
		# whoever was to give these rights may have given none
		find_own_ids
		[ "$own_uid" = "$2" ] || exit 77
		shift 2
		act "$@"
		;;
	*) act "$@" ;;
	esac
}

# Does a part with an account's own rights.
act() {
	mode=$1
	case $mode in
	read) guard=$2 now=$3 path=$4 ;;
	write) guard='' now=$2 until=$3 access=$4 expected=$5 size=$6 path=$7 ;;
	hold) guard='' later_guard=$2 now=$3 until=$4 access=$5 expected=$6 size=$7 token=$8 seconds=$9 path=${10} ;;
	watch) guard=$2 seconds=$3 wanted=$4 token=$5 until=$6 made=$7 path=$8 ;;
	confirm) guard=$2 now=$3 token=$4 path=$5 ;;
	remove) guard=$2 now=$3 expected=$4 path=$5 ;;
	reach) guard=$2 path=/ ;;
	keypair) now=$2 until=$3 path=$4 ;;
	examine) guard=$2 path=$3 ;;
	mend) guard=$2 until=$3 deed=$4 seen=$5 wanted=$6 path=$7 ;;
	*) exit 64 ;;
	esac
	folder=${path%/*}/
	"account_$mode"
}
