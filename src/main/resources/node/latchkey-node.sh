#!/bin/sh
#
# Latchkey's side of the conversation on a node. It comes over the exec channel, is kept in
# the variable "script" and evaluated by /bin/sh (dash, bash, busybox ash, ksh); nothing is
# installed. Its word:
#
#   all    answers for every account; the login is root
#   self   answers for the login's own account; the home folder is $HOME
#   read, write
#          the part that "all" and "self" start with an account's own rights, so that a link
#          which the account planted leads nowhere that it could not go itself
#
# The protocol, version 1. Lines end with LF, fields are separated by one space, a path is the
# last field of its line and may hold spaces, but no control characters. <hash> is the SHA-256
# of a file in lower-case hex. Content follows its line as exactly <size> bytes, at most 8 MiB.
#
#   greeting = "latchkey-node 1" uid seconds["."fraction] zone hasher switcher
#              zone: +hhmm · hasher: sha256sum, shasum, openssl or none
#              switcher: setpriv, runuser, su or none
#
#   request                                   answer
#   observe <n>                               account <name> <presence> <hash|-> <path|->
#     and n lines:                              one for each, in that order, then
#     account <name> <pattern>                observed
#   read <name> <path>                        content <size>, LF, content | failed
#   write <name> <hash|-> <size> <path>       written <hash> | changed <hash|-> | failed
#     LF, content                               "-": there is no file
#   end                                       bye
#   anything else                             unsupported <word>
#
#   failed   = "failed" code detail
#   code     = no-space | read-only | no-permission | no-home | no-account | symlink | not-file
#            | ssh-not-folder | absent | too-large | short-input | io
#   presence = file | absent | no-account | no-home | not-file | symlink | ssh-not-folder
#            | unreadable
#   pattern  = AuthorizedKeysFile of sshd_config(5), with %h, %u, %U and %%
#
# Kept free for the commit-confirm of the management account's file:
#   hold <token> <seconds> <name> <hash|-> <size> <path>, content    and    confirm <token>
#
# "file" with the hash "-" does not occur: what cannot be hashed is "unreadable".

export LC_ALL=C
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
unset IFS CDPATH ENV
set -f
umask 077
cd / || exit 1

newline='
'
limit=8388608

# --- words --------------------------------------------------------------------------------

say() {
	printf '%s\n' "$*"
}

has() {
	command -v "$1" >/dev/null 2>&1
}

is_number() {
	case $1 in
	'' | *[!0-9]* | ???????????*) return 1 ;;
	esac
}

is_account() {
	case ${1%\$} in
	'' | [!A-Za-z_]* | *[!A-Za-z0-9._-]*) return 1 ;;
	esac
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

one_line() {
	printf '%s' "$1" | tr '\n\t' '  ' | tr -d '\000-\037\177' | cut -c 1-300
}

fail() {
	detail=$(one_line "$2")
	say "failed $1 ${detail:--}"
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
	hasher=none
	for tool in sha256sum shasum openssl; do
		if has "$tool"; then
			hasher=$tool
			return
		fi
	done
}

# Hashes the files named, or the standard input: one line for each, the hash first. In a
# subshell, as its last deed.
hash_files() {
	case $hasher in
	sha256sum) exec $guard sha256sum "$@" ;;
	shasum) exec $guard shasum -a 256 "$@" ;;
	openssl) exec $guard openssl dgst -sha256 -r "$@" ;;
	*) return 1 ;;
	esac
}

# Sets hash; "-" when there is none.
hash_of() {
	hash=$({ hash_files <"$1"; } 2>/dev/null) || hash=
	hash=${hash%% *}
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

# --- with an account's own rights -----------------------------------------------------------

account_read() {
	look
	case $presence in
	file) ;;
	unreadable)
		fail no-permission "$path"
		return
		;;
	*)
		fail "$presence" "$path"
		return
		;;
	esac
	if ! size=$({ wc -c <"$path"; } 2>&1); then
		fail_with "$size"
		return
	fi
	size=${size##* }
	if ! is_number "$size" || [ "$size" -gt "$limit" ]; then
		fail too-large "$size bytes"
		return
	fi
	say "content $size"
	cat <"$path"
}

account_write() {
	expected=$1
	size=$2
	stands_as_expected || return
	temporary=
	trap '[ -z "$temporary" ] || rm -f "$temporary"' EXIT
	trap 'exit 1' HUP INT TERM PIPE
	if put_beside && put_in_place; then
		say "written $hash"
	fi
}

stands_as_expected() {
	look_closely
	case $presence in
	file | absent) ;;
	unreadable)
		fail no-permission "$path"
		return 1
		;;
	*)
		fail "$presence" "$path"
		return 1
		;;
	esac
	if [ "$hash" != "$expected" ]; then
		say "changed $hash"
		return 1
	fi
}

# The content stands whole, flushed, in a file of the same folder: temporary, with its hash.
put_beside() {
	if [ ! -d "$folder" ]; then
		if ! problem=$(mkdir "$folder" 2>&1); then
			fail_with "$problem"
			return 1
		fi
		label "${folder%/}"
	fi
	if ! problem=$(mktemp "${folder}.latchkey.XXXXXXXXXX" 2>&1); then
		fail_with "$problem"
		return 1
	fi
	temporary=$problem
	if ! problem=$({ cat >"$temporary"; } 2>&1); then
		fail_with "$problem"
		return 1
	fi
	arrived=$(wc -c <"$temporary")
	if [ "${arrived##* }" != "$size" ]; then
		fail short-input "${arrived##* } of $size bytes arrived"
		return 1
	fi
	if ! problem=$({ chmod 600 "$temporary" && flush "$temporary"; } 2>&1); then
		fail_with "$problem"
		return 1
	fi
	label "$temporary"
	hash_of "$temporary"
	if [ "$hash" = - ]; then
		fail io "$temporary cannot be read back"
		return 1
	fi
	wanted=$hash
}

# The file beside takes the place of the one that was expected, and is read back.
put_in_place() {
	stands_as_expected || return
	if ! problem=$(mv -f "$temporary" "$path" 2>&1); then
		fail_with "$problem"
		return 1
	fi
	temporary=
	flush "$folder" >/dev/null 2>&1
	look_closely
	if [ "$presence" != file ] || [ "$hash" != "$wanted" ]; then
		say "changed $hash"
		return 1
	fi
}

# An old sync takes no file, and flushes everything instead.
flush() {
	if problem=$(sync "$1" 2>&1); then
		return
	fi
	case $problem in
	*'No space left'* | *'uota exceeded'* | *'nput/output error'*)
		say "$problem"
		return 1
		;;
	esac
	sync
}

# Where SELinux is on; a file made in its folder mostly has the right label already.
label() {
	if [ -e /sys/fs/selinux/enforce ] && has restorecon; then
		restorecon "$1" >/dev/null 2>&1
	fi
}

# --- accounts -----------------------------------------------------------------------------

# Reads the entries of all the accounts named at once: passwd.
look_up() {
	passwd=$newline
	if [ "$mode" = self ] || [ $# -eq 0 ]; then
		return
	elif has getent; then
		passwd=$newline$(exec getent passwd "$@" 2>/dev/null)
	else
		while IFS= read -r entry; do
			passwd=$passwd$entry$newline
		done </etc/passwd
	fi
}

# Sets uid, gid and home of an account that was looked up.
find_account() {
	if [ "$mode" = self ]; then
		uid=$own_uid
		home=${HOME:-/nonexistent}
	else
		case $passwd in
		*"$newline$1:"*) ;;
		*) return 1 ;;
		esac
		entry=${passwd#*"$newline$1:"}
		entry=${entry%%"$newline"*}
		entry=${entry#*:}
		uid=${entry%%:*}
		entry=${entry#*:}
		gid=${entry%%:*}
		entry=${entry#*:}
		entry=${entry#*:}
		home=${entry%%:*}
		is_number "$gid" || return 1
	fi
	is_number "$uid" || return 1
	case $home in
	/*) home=${home%/} ;;
	*) home=/nonexistent ;;
	esac
}

# Sets path from the pattern for the account that was found.
expand() {
	rest=$2
	path=
	while :; do
		case $rest in
		*%*) ;;
		*) break ;;
		esac
		path=$path${rest%%"%"*}
		rest=${rest#*"%"}
		case $rest in
		h*) path=$path$home ;;
		u*) path=$path$1 ;;
		U*) path=$path$uid ;;
		%*) path=$path% ;;
		*) return 1 ;;
		esac
		rest=${rest#?}
	done
	path=$path$rest
	case $path in
	/*) ;;
	*) path=$home/$path ;;
	esac
	is_path "$path"
}

find_switcher() {
	for switcher in setpriv runuser su none; do
		if has "$switcher"; then
			return
		fi
	done
}

# Finds the one that works: busybox has a setpriv that switches nothing.
try_switcher() {
	[ -z "$switcher_tried" ] || return 0
	switcher_tried=yes
	for switcher in setpriv runuser su none; do
		if [ "$switcher" = none ] || { has "$switcher" && switches "$switcher"; }; then
			return
		fi
	done
}

switches() {
	case $1 in
	setpriv) setpriv --reuid=0 --regid=0 --init-groups true ;;
	runuser) runuser -u root -- true ;;
	su) su -s /bin/sh -c true root ;;
	esac >/dev/null 2>&1 </dev/null
}

# An old busybox has a timeout with other options.
try_timeout() {
	if [ -n "$guard" ] && ! $guard true 2>/dev/null; then
		guard=
		leash=
	fi
}

# Makes ready to act as an account, or sets code and reason of what stands in the way.
become_ready() {
	look_up "$1"
	if ! find_account "$1"; then
		code=no-account
		reason=$1
		return 1
	fi
	try_timeout
	if [ "$uid" = "$own_uid" ]; then
		way=direct
		return
	fi
	try_switcher
	way=$switcher
	if [ "$own_uid" != 0 ] || [ "$way" = none ]; then
		code=no-permission
		reason="nothing here acts as $1"
		return 1
	fi
}

# Runs this script's words with the account's rights. It never gets the channel itself, only
# pipes that are read with care: another process of that account could take it over.
as_account() {
	name=$1
	shift
	# shellcheck disable=SC2154 # script is where this text comes from
	case $way in
	direct) $leash env HOME="$home" /bin/sh -c "$script" latchkey-node "$@" ;;
	setpriv) $leash setpriv --reuid="$uid" --regid="$gid" --init-groups \
		env -i HOME="$home" /bin/sh -c "$script" latchkey-node "$@" ;;
	runuser) $leash runuser -u "$name" -- env -i HOME="$home" /bin/sh -c "$script" latchkey-node "$@" ;;
	su) $leash su -s /bin/sh -c "$script" "$name" latchkey-node "$@" ;;
	esac 2>/dev/null
}

# --- the conversation -------------------------------------------------------------------------

find_own_uid() {
	own_uid=
	if [ -r /proc/self/status ]; then
		while read -r key _ effective _; do
			if [ "$key" = Uid: ]; then
				own_uid=$effective
				break
			fi
		done </proc/self/status
	fi
	is_number "$own_uid" || own_uid=$(id -u)
}

greet() {
	# shellcheck disable=SC2046 # three words
	set -- $(exec date '+%s %z %N')
	instant=$1
	if is_fraction "${3-}"; then
		instant=$1.$3
	fi
	say "latchkey-node 1 $own_uid $instant $2 $hasher $switcher"
}

is_fraction() {
	case $1 in
	'' | *[!0-9]* | ??????????*) return 1 ;;
	esac
}

# Every account's file is hashed by one process, and all accounts are looked up by another.
observe() {
	if ! is_number "$1" || [ "$1" -gt 10000 ]; then
		say "unsupported observe"
		return
	fi
	left=$1
	queries=
	set --
	while [ "$left" -gt 0 ]; do
		IFS= read -r query || exit 0
		query=${query#account }
		queries=$queries$query$newline
		if is_account "${query%% *}"; then
			set -- "$@" "${query%% *}"
		fi
		left=$((left - 1))
	done
	look_up "$@"
	observations=
	set --
	IFS=$newline
	for query in $queries; do
		observe_account "${query%% *}" "${query#* }"
		if [ "$presence" = file ]; then
			set -- "$@" "$path"
		fi
		observations=$observations$name' '$presence' '$path$newline
	done
	if [ $# -gt 0 ]; then
		unset IFS
		hashes=$(hash_files "$@" 2>/dev/null)
		[ -n "$hashes" ] || try_timeout
		IFS=$newline
		# shellcheck disable=SC2086 # a line each
		set -- $hashes
	fi
	for observation in $observations; do
		name=${observation%% *}
		observation=${observation#* }
		presence=${observation%% *}
		path=${observation#* }
		hash=-
		if [ "$presence" = file ]; then
			hash=${1-}
			hash=${hash%% *}
			if [ "${1-}" = "$hash  $path" ] || [ "${1-}" = "$hash *$path" ]; then
				shift
			else
				hash_apart
			fi
		fi
		say "account $name $presence $hash $path"
	done
	unset IFS
	say observed
}

# Sets name, presence and path.
observe_account() {
	name=$1
	path=-
	presence=no-account
	if ! is_account "$name"; then
		name=-
	elif find_account "$name"; then
		presence=no-home
		if expand "$name" "$2"; then
			look
		else
			path=-
			presence=unreadable
		fi
		if [ "$presence" = no-home ]; then
			path=-
		fi
	fi
}

# A file whose hash did not come with the others': it went, changed, or held them up. One that
# is too large to be read is not hashed either: there may be no end to it.
hash_apart() {
	unset IFS
	wanted_name=$name
	if [ -n "$(find "$path" -prune -type f -size +$((limit / 512)) 2>/dev/null)" ]; then
		presence=unreadable
		hash=-
	else
		look_closely
	fi
	name=$wanted_name
	IFS=$newline
}

relay_read() {
	name=${1%% *}
	path=${1#* }
	if ! is_account "$name" || ! is_path "$path"; then
		fail io "not an account and a path"
		return
	fi
	if ! become_ready "$name"; then
		fail "$code" "$reason"
		return
	fi
	as_account "$name" read "$path" </dev/null | head -c $((limit + 64)) | (
		IFS= read -r answer
		size=${answer#content }
		case $answer in
		"content "*)
			if is_number "$size" && [ "$size" -le "$limit" ]; then
				say "content $size"
				pass_on "$size"
				exit
			fi
			;;
		"failed "[a-z]*" "?*)
			say "$(one_line "$answer")"
			exit
			;;
		esac
		fail io "$name could not be asked"
	)
}

# Exactly that many bytes, also when fewer come.
pass_on() {
	[ "$1" -eq 0 ] || { cat; cat /dev/zero; } 2>/dev/null | head -c "$1"
}

# Takes in the whole content before it answers: some heads read on beyond it, and eat what
# Latchkey says next.
relay_write() {
	name=${1%% *}
	rest=${1#* }
	expected=${rest%% *}
	rest=${rest#* }
	size=${rest%% *}
	path=${rest#* }
	if ! is_number "$size"; then
		fail io "not a size"
		exit 1
	elif [ "$size" -gt "$limit" ]; then
		take "$size" >/dev/null
		fail too-large "$size bytes"
		return
	elif ! is_account "$name" || ! is_path "$path" || { [ "$expected" != - ] && ! is_hash "$expected"; }; then
		take "$size" >/dev/null
		fail io "not an account, a hash and a path"
		return
	elif ! become_ready "$name"; then
		take "$size" >/dev/null
		fail "$code" "$reason"
		return
	fi
	answer=$(take "$size" | {
		as_account "$name" write "$expected" "$size" "$path"
		cat >/dev/null
	} | head -c 1024)
	answer=${answer%%"$newline"*}
	case $answer in
	"written "* | "changed "*)
		if is_hash "${answer#* }" || [ "$answer" = "changed -" ]; then
			say "$answer"
			return
		fi
		;;
	"failed "[a-z]*" "?*)
		say "$(one_line "$answer")"
		return
		;;
	esac
	fail io "$name could not be asked"
}

take() {
	[ "$1" -eq 0 ] || head -c "$1"
}

serve() {
	find_own_uid
	find_switcher
	switcher_tried=
	greet
	while IFS= read -r request; do
		case $request in
		"observe "*) observe "${request#observe }" ;;
		"read "*) relay_read "${request#read }" ;;
		"write "*) relay_write "${request#write }" ;;
		end)
			say bye
			exit 0
			;;
		*)
			request=$(one_line "$request")
			say "unsupported ${request%% *}"
			;;
		esac
	done
}

# Nothing outlives the conversation for long: a file may turn into a FIFO, or never end.
guard=
leash=
find_hasher
home=${HOME-}
home=${home%/}
mode=${1-}
case $mode in
all | self)
	if has timeout; then
		guard='timeout -s KILL 5'
		leash='timeout 60'
	fi
	serve
	;;
read)
	path=$2
	account_read
	;;
write)
	path=$4
	account_write "$2" "$3"
	;;
*) exit 64 ;;
esac
