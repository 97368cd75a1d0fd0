# shellcheck shell=sh
#
# Latchkey's side of the conversation on a node. It comes over the exec channel together with
# sha256.sh, common.sh, words.sh, files.sh and sshd.sh, and ask-sshd.sh, seldom.sh, passwords.sh or doctor.sh when that is needed, is kept in the variable "script" and evaluated by /bin/sh
# (dash, bash, busybox ash, ksh); nothing is installed. The first word of main:
#
#   all    answers for every account; the login is root
#   self   answers for the login's own account; the home folder is $HOME
#   read, write, hold, watch, confirm, remove, keypair, reach, examine
#          the parts that "all" and "self" start with an account's own rights, so that a link
#          which the account planted leads nowhere that it could not go itself
#
# The protocol, version 1. Lines end with LF, fields are separated by one space, a path is the
# last field of its line and may hold spaces, but no control characters. <hash> is the SHA-256
# of a file in lower-case hex. Content follows its line as exactly <size> bytes, at most 8 MiB.
# <name> is an account's, in which each byte that is none of A-Z a-z 0-9 . _ @ + $ - stands as a
# backslash, a zero and three octal digits, as printf %b has it: CORP\0134alice\0040smith.
#
#   greeting = "latchkey-node 1" uid seconds["."fraction] zone hasher switcher
#              zone: +hhmm · hasher: sha256sum, shasum, openssl, busybox, od or none
#              switcher: setpriv, runuser, su or none
#
#   request                                   answer
#   observe <n>                               account <name> <presence> <hash|-> <path|->
#     and n lines:                              one for each, in that order; for a glob
#     account <name> <pattern>                matches <name> <m>, and m lines account; then
#     or glob <name> <pattern>                strict <index> <fault> <path>
#                                               for those that sshd's StrictModes refuses, and
#                                             alters <index>
#                                               for files to which a write gives another owner, mode
#                                               or label, then
#                                             config <hash|-> <path>
#                                               one for each file of sshd's configuration, then
#                                             observed
#   survey <n>                                as observe, and before the last line, unless there is
#     and n lines: as for observe               something by which that cannot be told:
#                                             home <name> <path>
#                                               where the shell finds the account's home
#                                             seen <mode> <uid> <gid> <size> <device> <inode>
#                                               <changed> <date> <time> <zone> <path>
#                                               for each file that was looked at, and each folder:
#                                               while these stay, so does the answer
#   files <n>                                 files <name> <m> <s> <g>, m lines: pattern <pattern>,
#     and n lines: account <name>               s lines: setting <keyword> <value>, in lower case,
#                                               g lines: group <name>, of the account's where the
#                                               settings name groups; with s "=": those of the
#                                               account before; or, when sshd could not be asked,
#                                             unanswered <name> <unanswered> <detail>
#                                               for each, in that order, then
#                                             barred <name> locked | expired | shell <path>
#                                               | no-shell <path>
#                                               for those whose logins fail whatever the key, then
#                                               where sshd was asked
#                                             asked login | assumed <from> <to> <port>
#                                               for which connection, then where there is a Match
#                                             elsewhere
#                                               if files are included that are not looked at
#                                             in <path>
#                                             rule <text>
#                                               the lines of a file that bear on logins, then
#                                             listed yes | no | unknown
#                                               whether sshd heeds StrictModes; unknown: it was not
#                                               asked, for the login is not root's, or no sshd serves
#                                               it. The patterns are its default then
#   logins <most>                             login <name>
#                                               at most so many, of the accounts that could log in:
#                                               their shell turns nobody away, or keys of theirs are
#                                               there all the same; then
#                                             logins <left|->
#                                               how many more there are; "-": looking took too long
#   accounts <most>                           name <name>
#                                               of every account with a plain name; then
#                                             accounts whole | part
#                                               "part": there are more than so many, or others from
#                                               elsewhere than the node's own files
#   accepts <name>                            accepts <algorithms|->
#                                               which signatures sshd takes from keys, with commas
#   read <name> <path>                        content <size>, LF, content | failed
#   write <name> <hash|-> <size> <path>       written <hash> <strict> | changed <hash|-> | failed
#     LF, content                               "-": there is no file
#   hold <token> <seconds>                    held <hash> <strict> | changed <hash|-> | failed
#     and on as write                           the old file comes back by itself unless
#   confirm <token> <name> <path>             confirmed | gone | failed
#   remove <name> <hash> <path>               removed | changed <hash|-> | failed
#   keypair <name> <path>                     paired | failed
#                                               an Ed25519 pair, at <path> and <path>.pub; one that
#                                               is there stays
#   reach <name> <n>                          n × reached <index> ok | failed <detail>, in no order,
#     and n lines: host <host>                  then tried | failed
#                                               what the account's own ssh says that logs in there
#   vouch <token>                             hostkey <type> <base64> <proof|->
#                                               one for each host key of the sshd that listens, then
#                                             vouched | failed
#                                               proof: what ssh-keygen -Y sign says of the token
#                                               in the namespace host-key@latchkey, in one line
#   passwords all | settings                  target <way> <served> ours | theirs <hash|-> <path>
#                                               where Latchkey decides about logins by password; then
#                                             trial
#                                               if a change of that is on trial, then
#                                             setting <keyword> <value>, in lower case
#                                               outside of any Match, as sshd -T has it, or
#                                             broken <detail>
#                                               what sshd -t says, then
#                                             elsewhere
#                                               if files are included that are not looked at
#                                             in <path>
#                                             line <n> <text>
#                                               the lines of a file that bear on it, then
#                                               and with "all"
#                                             passworded <name>
#                                               of accounts with a plain name, then
#                                             came <text>
#                                               a line of sshd's log: a login by password, then
#                                             log journal | syslog | none
#                                             looked | failed
#   alter <token> <seconds> <hash|-> <size>   altered <hash|-> <reloaded> | changed <hash|-> | failed
#     LF, content                               what sshd is to heed, a line each, in lower case but
#                                               for the keyword; nothing: as it would without
#                                               Latchkey. What was there comes back unless
#   settle <token>                            settled | gone | failed
#   retract <token>                           retracted | gone | failed
#                                               it comes back now
#   examine <name> <path>                     entry <uid> <gid> <home>, shell <path>,
#                                               of the account where there is one, then
#                                             shadow <password> <changed> <most> <inactive> <last>
#                                               in days, "-" where there is none; then
#                                             step <mode> <uid> <gid> <size> <path>
#                                               for each that is there of the path and its folders,
#                                             link <path>, and target <text>, for those that are links,
#                                             room <blocks> <inodes> <free inodes> yes | no
#                                               what is left there, and whether the account may write,
#                                             relabel <text>
#                                               what restorecon would do,
#                                             near <mode> <uid> <gid> <size> <path>
#                                               for names nearly as that of the file; then
#                                             setting <keyword> <value>, or broken <text>
#                                               what sshd -T says for the account, then
#                                             in <path>, and rule <number> <text>
#                                               the lines of a file that bear on logins, then
#                                             nologin <path> <text>, selinux <enforcing>, log <text>,
#                                             examined
#   learn <size>                              learned
#     LF, content                               more words of this script: ask-sshd.sh, without
#                                               which "files", "logins", "accounts" and "vouch" are
#                                               unsupported, seldom.sh: "remove", "keypair",
#                                               "reach" and globs, sshd-log.sh: "log",
#                                               passwords.sh, which wants ask-sshd.sh: "passwords",
#                                               "alter", "settle", "retract", or doctor.sh, which
#                                               wants it too: "examine"
#   log <token> <position>                    *part "logged" | failed
#                                               what the SSH server logged; the grammar stands in
#                                             sshd-log.sh
#   end                                       bye
#   anything else                             unsupported <word>
#
#   failed   = "failed" code detail
#   password = locked | none | empty | there
#   code     = no-space | read-only | no-permission | no-home | no-account | symlink | not-file
#            | ssh-not-folder | absent | too-large | short-input | io
#            of passwords and alter also: no-sshd | broken | overridden | reload | busy | marks
#   presence = file | absent | no-account | no-home | not-file | symlink | ssh-not-folder
#            | unreadable | too-large
#   strict   = "-" | fault path
#   fault    = owner | all | group
#              has another owner; is writable by all, by its group
#   pattern  = a word of AuthorizedKeysFile of sshd_config(5), with %h, %u, %U and %%; may hold spaces
#   unanswered = no-program | failed | not-understood
#   way      = include | block
#              a file of its own that sshd reads before anything else; the top of its main file
#   served   = listener | each
#              by an sshd that listens; by one for each connection, as inetd does it
#   reloaded = systemctl | rc-service | signal | none
#   token    = 16 to 64 digits of lower-case hex
#   index    = of the account's line in the answer, from 0
#
# "file" with the hash "-" does not occur: what cannot be hashed is "unreadable", and what is larger
# than 8 MiB is not hashed at all.

# --- accounts -----------------------------------------------------------------------------

# Reads the entries of all the accounts named at once, by their names themselves: passwd.
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

# Sets uid, gid, home and shell of an account that was looked up.
find_account() {
	if [ "$mode" = self ]; then
		uid=$own_uid
		gid=$own_gid
		home=${HOME:-/nonexistent}
		shell=
	else
		real_name "$1"
		case $passwd in
		*"$newline$real:"*) ;;
		*) return 1 ;;
		esac
		entry=${passwd#*"$newline$real:"}
		entry=${entry%%"$newline"*}
		entry=${entry#*:}
		uid=${entry%%:*}
		entry=${entry#*:}
		gid=${entry%%:*}
		entry=${entry#*:}
		entry=${entry#*:}
		home=${entry%%:*}
		shell=${entry#*:}
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
	real_name "$1"
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
		u*) path=$path$real ;;
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

# How long what an account does may take, in seconds.
allow() {
	[ -z "$leash" ] || leash="timeout -s KILL $1"
}

# An old busybox has a timeout with other options. What was hashed under it says that it works.
try_timeout() {
	[ -z "$timeout_tried" ] || return 0
	timeout_tried=yes
	if [ -n "$guard" ] && ! is_own_program timeout && ! $guard true 2>/dev/null; then
		guard=
		leash=
	fi
}

# Whether it is a program by itself, and not one name of many of a busybox.
is_own_program() {
	found=$(command -v "$1")
	# shellcheck disable=SC3013 # all of these shells know it
	[ -f "$found" ] && [ ! -L "$found" ] && [ ! "$found" -ef "$(command -v busybox)" ]
}

# Makes ready to act as an account, or sets code and reason of what stands in the way.
become_ready() {
	access=600
	real_name "$1"
	case $passwd in
	*"$newline$real:"*) ;;
	*) look_up_own || look_up "$real" ;;
	esac
	if ! find_account "$1"; then
		code=no-account
		reason=$real
		return 1
	fi
	if [ "$uid" = "$own_uid" ]; then
		way=direct
		return
	fi
	try_timeout
	allow 10
	if [ "$switcher" != setpriv ] || ! is_own_program setpriv; then
		try_switcher
	fi
	way=$switcher
	if [ "$own_uid" != 0 ] || [ "$way" = none ]; then
		code=no-permission
		reason="nothing here acts as $real"
		return 1
	fi
}

# The account by which sshd let this in is as sshd says.
look_up_own() {
	[ "$mode" = all ] && [ "$real" = "${USER-}" ] && [ -z "${SUDO_USER-}" ] || return 1
	case $real in
	[!A-Za-z_]* | *[!A-Za-z0-9._-]*) return 1 ;;
	esac
	eval "found=~$real"
	[ "$found" = "${HOME-}" ] || return 1
	passwd=$newline$real:x:$own_uid:$own_gid::$found:$newline
}

# Whether another tool has to be taken than the one that was trusted.
finds_other_way() {
	[ "$way" != direct ] && [ -z "$switcher_tried" ] || return 1
	try_switcher
	[ "$switcher" != "$way" ] || return 1
	way=$switcher
}

# A file that sshd reads from a folder of root's is written by root, readable for the account:
# there is nothing on that way that the account could turn elsewhere.
write_as_root() {
	if [ "$way" != direct ] && is_roots_folder; then
		way=direct
		access=644
	fi
}

# Whether nobody but root can change a name on the way to the path, and all can go there. Where the
# folder is not there, outside of the home, it is root that makes it.
is_roots_folder() {
	folder=${path%/*}/
	if [ ! -e "$folder" ] && [ ! -L "${folder%/}" ] && ! is_in_home; then
		folder=${folder%/}
		folder=${folder%/*}/
	fi
	# shellcheck disable=SC3067 # all of these shells know it
	[ -O "$folder" ] || return 1
	cd -P "$folder" 2>/dev/null || return 1
	real=${PWD%/}/
	cd /
	[ "$real" = "$folder" ] || return 1
	chain=
	step=${folder%/}
	while [ -n "$step" ]; do
		add_step "$step"
		step=${step%/*}
	done
	add_step /
	look_at_owners
	IFS=$newline
	for line in $owners; do
		case $line in
		?????w* | ????????w*) break ;;
		?????????[xt]" 0 "*) line= ;;
		*) break ;;
		esac
	done
	unset IFS
	[ -n "$owners" ] && [ -z "$line" ]
}

# Does a part with the account's rights. It never gets the channel itself, only pipes that are read with
# care: another process of that account could take it over. Where these rights are the ones that there
# are already, it needs no shell of its own.
as_account() {
	real_name "$1"
	shift
	part=${script%%": end of what an account runs"*}$further
	# shellcheck disable=SC2086 # a command in front, or none
	case $way in
	direct) (HOME=$home act "$@") ;;
	setpriv) $leash setpriv --reuid="$uid" --regid="$gid" --init-groups \
		env -i HOME="$home" /bin/sh -c "$run" latchkey-node "$part" as "$uid" "$@" ;;
	runuser) $leash runuser -u "$real" -- \
		env -i HOME="$home" /bin/sh -c "$run" latchkey-node "$part" as "$uid" "$@" ;;
	su) $leash su -s /bin/sh -c "$run" "$real" latchkey-node "$part" as "$uid" "$@" ;;
	esac 2>/dev/null
}

# Writes with the rights that there are already, from the channel itself, and leaves none of the content
# there: it would be taken for requests.
write_directly() {
	taken=
	HOME=$home
	act "$@" 2>/dev/null
	[ -n "$taken" ] || take "$size" >/dev/null
}

# Says the first line of what a part with the account's rights says. A process of the account's may hold on
# to the pipe for ever: an empty line comes from here at the latest, when the part has had its time.
ask_account() {
	{
		as_account "$@"
		say
		# nothing is mostly left
		! IFS= read -r _ || cat >/dev/null
	} | {
		IFS= read -r line
		say "$line"
	}
}

# Sets answer to that of a part which needs nothing of the channel.
ask_shortly() {
	answer=$(ask_account "$name" "$@" </dev/null)
	if [ -z "$answer" ] && finds_other_way; then
		answer=$(ask_account "$name" "$@" </dev/null)
	fi
}

# --- the conversation -------------------------------------------------------------------------

# What date said when the script had come is in clock, zone and fraction; an old date does not
# know all of that at once.
greet() {
	# shellcheck disable=SC2086 # of stat: the date, the time and the zone are the last but one
	[ -z "${seen-}" ] || take_clock ${seen%%"$newline"*}
	if ! is_number "${clock-}"; then
		clock=$(date +%s)
		zone=$(date +%z)
	fi
	is_fraction "${fraction-}" || fraction=5
	say "latchkey-node 1 $own_uid $clock.$fraction $zone $hasher $switcher"
}

# From what a glance was told of /proc/self, which is made for each process.
take_clock() {
	[ "${11-}" = /proc/self/ ] || return 0
	clock=$7
	fraction=${9#*.}
	zone=${10}
}

is_fraction() {
	case $1 in
	'' | *[!0-9]* | ??????????*) return 1 ;;
	esac
}

# Takes so many lines: lines.
take_lines() {
	lines=
	left=$1
	if ! is_number "$left" || [ "$left" -gt 10000 ]; then
		say "unsupported ${request%% *}"
		return 1
	fi
	while [ "$left" -gt 0 ]; do
		IFS= read -r line || exit 0
		lines=$lines$line$newline
		left=$((left - 1))
	done
}

# All accounts are looked up by one process, and all owners, modes, sizes and times told by another. What
# decides about all accounts is hashed by a third, before anything is opened that one of them owns,
# and all that they own by a fourth. A file that changes meanwhile has other times than were told. With
# "sight" the answer says also by what a glance can tell that all is the same.
observe() {
	take_lines "$1" || return
	IFS=$newline
	set --
	for query in $lines; do
		query=${query#* }
		if is_account "${query%% *}"; then
			real_name "${query%% *}"
			set -- "$@" "$real"
		fi
	done
	unset IFS
	look_up "$@"
	find_conditions
	observations=
	steps=
	chains=
	others=
	homes=
	index=0
	IFS=$newline
	for query in $lines; do
		case $query in
		"glob "*)
			query=${query#glob }
			heed find_matches "${query%% *}" "${query#* }"
			;;
		*)
			query=${query#account }
			observe_account "${query%% *}" "${query#* }"
			[ -z "$sight" ] || note_home
			take_note
			continue
			;;
		esac
		sight=
		for path in $matches; do
			look
			take_note
		done
	done
	unset IFS
	chain=$chains$others
	[ -z "$sight" ] || add_conditions
	look_at_owners
	must_be_told
	hash_configuration
	find_hashable
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $hashable
	unset IFS
	hashes=
	if [ $# -gt 0 ]; then
		hashes=$(hash_files "$@" 2>/dev/null)
		if is_hash "${hashes%% *}"; then
			timeout_tried=yes
		else
			try_timeout
		fi
	fi
	spoiler=
	told=$owners
	say_observations
	say_faults
	say_configuration
	chain=$chains$others
	say_sight
	say observed
}

# Sets configured to the hashes of configuration. It is root's own: nothing there holds anybody up.
hash_configuration() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $configuration
	unset IFS
	configured=
	all_guard=$guard
	guard=
	[ $# -eq 0 ] || configured=$(hash_files "$@" 2>/dev/null)
	guard=$all_guard
}

# Sets hashable to the accounts' files, a line each, and oversized to those that are too large, of
# which nothing is opened: there may be no end to them.
find_hashable() {
	hashable=
	oversized=
	file=
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $owners
	for step in $steps; do
		case $step in
		=*)
			step=${step#* * * }
			file=
			case $step in
			"file "*)
				file=${step#* }
				hashable=$hashable$file$newline
				;;
			esac
			continue
			;;
		esac
		if [ "${1-}" != "${1%" $step"}" ]; then
			if [ -n "$file" ] && is_oversized "$1"; then
				hashable=${hashable%"$file$newline"}
				oversized=$oversized$newline$file$newline
			fi
			shift
		fi
		file=
	done
	unset IFS
}

# By its line of owners. More digits than that are more than a number of mksh holds.
is_oversized() {
	size=${1#* * * }
	size=${size%% *}
	case $1 in
	-*) [ "${#size}" -gt "${#limit}" ] || [ "$size" -gt "$limit" ] ;;
	*) return 1 ;;
	esac
}

# Adds what was seen at the path to what is to be said.
take_note() {
	chain=
	case $presence in
	file | absent) add_chain && others=$others${called:+"$called$newline"} ;;
	esac
	steps=$steps'='$index' '$uid' '$gid' '$presence' '$path$newline$chain
	chains=$chains$chain
	observations=$observations$name' '$presence' '$path$newline
	index=$((index + 1))
}

say_observations() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $hashes
	for observation in $observations; do
		name=${observation%% *}
		if [ "$name" = '=' ]; then
			observation=${observation#= }
			say "matches ${observation#* } ${observation%% *}"
			continue
		fi
		observation=${observation#* }
		presence=${observation%% *}
		path=${observation#* }
		hash=-
		case $presence$oversized in
		file*"$newline$path$newline"*) presence=too-large ;;
		esac
		if [ "$presence" = file ]; then
			hash=${1-}
			hash=${hash%% *}
			escape "$path"
			if [ "${1-}" = "$hash  $path" ] || [ "${1-}" = "$hash *$path" ]; then
				shift
			elif [ "${1-}" = "$hash  $escaped" ] || [ "${1-}" = "$hash *$escaped" ]; then
				hash=${hash#\\}
				shift
			else
				hash_apart
			fi
		fi
		say "account $name $presence $hash $path"
	done
	unset IFS
}

say_configuration() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $configured
	for file in $configuration; do
		hash=${1-}
		hash=${hash%% *}
		escape "$file"
		if [ "${1-}" = "$hash  $file" ] || [ "${1-}" = "$hash *$file" ]; then
			shift
		elif [ "${1-}" = "$hash  $escaped" ] || [ "${1-}" = "$hash *$escaped" ]; then
			hash=${hash#\\}
			shift
		else
			hash=-
		fi
		say "config $hash $file"
	done
	unset IFS
}

# Sets name, presence, path, uid and gid.
observe_account() {
	name=$1
	uid=0
	gid=0
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
			[ -z "$sight" ] || note_no_home
			path=-
		fi
	fi
}

# A file whose hash did not come with the others': it went, changed, or held them up. An account
# whose file does so is not waited for again, and the others not for long.
hash_apart() {
	unset IFS
	presence=unreadable
	hash=-
	if [ "$name" != "$spoiler" ]; then
		find_account "$name"
		all_guard=$guard
		guard=${guard:+timeout -s KILL 2}
		look_closely
		guard=$all_guard
		[ "$presence" != unreadable ] || spoiler=$name
	fi
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
	[ "$way" = direct ] || { try_switcher && way=$switcher; }
	as_account "$name" read "$guard" "$clock" "$path" </dev/null | $leash head -c $((limit + 64)) | (
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
# Latchkey says next. For a hold, token and seconds are set.
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
	elif [ "$kind" = hold ] && { ! is_token "$token" || ! is_number "$seconds" || [ "$seconds" -gt 3600 ]; }; then
		take "$size" >/dev/null
		fail io "not a token and at most 3600 seconds"
		return
	elif ! become_ready "$name"; then
		take "$size" >/dev/null
		fail "$code" "$reason"
		return
	fi
	write_as_root
	# the content may come over a slow line
	allow $((10 + size / 65536))
	if [ "$kind" = hold ]; then
		set -- hold "$guard" "$clock" $((clock + seconds + 3600)) "$access" "$expected" "$size" "$token" "$seconds" "$path"
	else
		set -- write "$clock" $((clock + 3600)) "$access" "$expected" "$size" "$path"
	fi
	if [ "$way" = direct ]; then
		answer=$(write_directly "$@" | hear)
	else
		answer=$(take "$size" | ask_account "$name" "$@")
	fi
	case $answer in
	"written "* | "held "*)
		if is_hash "${answer#* }"; then
			strict_fault
			say "$answer $fault"
			return
		fi
		;;
	"changed "*)
		if is_hash "${answer#* }" || [ "$answer" = "changed -" ]; then
			say "$answer"
			return
		fi
		;;
	"failed "[a-z]*" "?*)
		say "$(one_line "$answer")"
		case $answer in
		# nobody knows what is left of it
		"failed short-input "*) exit 1 ;;
		esac
		return
		;;
	'')
		# the content is gone: it has to come once more
		if finds_other_way; then
			say "changed $expected"
			return
		fi
		;;
	esac
	fail io "$name could not be asked"
}

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

# Passes on an answer of one line.
relay_short() {
	if ! become_ready "$name"; then
		fail "$code" "$reason"
		return
	fi
	ask_shortly "$@"
	case $answer in
	removed | paired | "changed -") say "$answer" ;;
	"changed "*) ! is_hash "${answer#* }" || say "$answer" ;;
	"failed "[a-z]*" "?*) say "$(one_line "$answer")" ;;
	*) fail io "$name could not be asked" ;;
	esac
}

# Does what has been learned, if it has.
heed() {
	if has "$1"; then
		"$@"
	else
		say "unsupported $kind"
	fi
}

# Takes in more of this script.
learn() {
	if ! is_number "$1" || [ "$1" -gt 65536 ]; then
		say "unsupported learn"
		exit 1
	fi
	words=$(take "$1")
	eval "$words"
	further=$further$newline$words
	say learned
}

serve() {
	find_own_ids
	find_switcher
	switcher_tried=
	timeout_tried=
	further=
	owners=
	told=
	passwd=$newline
	greet
	find_sshd
	while IFS= read -r request; do
		kind=${request%% *}
		case $request in
		"observe "*)
			sight=
			observe "${request#observe }"
			;;
		"survey "*)
			sight=yes
			observe "${request#survey }"
			;;
		"files "*) heed key_files "${request#files }" ;;
		"logins "*) heed say_logins "${request#logins }" ;;
		"accounts "*) heed say_accounts "${request#accounts }" ;;
		"log "*) heed read_log "${request#log }" ;;
		"accepts "*) heed say_accepted "${request#accepts }" ;;
		"examine "*) heed examine "${request#examine }" ;;
		"read "*) relay_read "${request#read }" ;;
		"write "*) relay_write "${request#write }" ;;
		"hold "*" "*)
			request=${request#hold }
			token=${request%% *}
			request=${request#* }
			seconds=${request%% *}
			relay_write "${request#* }"
			;;
		"confirm "*) relay_confirm "${request#confirm }" ;;
		"remove "*) heed relay_remove "${request#remove }" ;;
		"reach "*) heed relay_reach "${request#reach }" ;;
		"vouch "*) heed vouch "${request#vouch }" ;;
		"learn "*) learn "${request#learn }" ;;
		"passwords "*) heed relay_passwords "${request#passwords }" ;;
		"alter "*) heed relay_alter "${request#alter }" ;;
		"settle "*) heed relay_settle "${request#settle }" ;;
		"retract "*) heed relay_retract "${request#retract }" ;;
		"keypair "*) heed relay_keypair "${request#keypair }" ;;
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
