# shellcheck shell=sh
#
# Latchkey's side of the conversation on a node. It comes over the exec channel together with
# sha256.sh, common.sh, words.sh, files.sh, sshd.sh and accounts.sh, and ask-sshd.sh, hold.sh, seldom.sh,
# passwords.sh, doctor.sh, mends.sh or debug-sshd.sh when that is needed, is kept in the variable "script"
# and evaluated by /bin/sh (dash, bash, busybox ash, ksh); nothing is installed. The first word of main:
#
#   all    answers for every account; the login is root
#   self   answers for the login's own account; the home folder is $HOME
#   read, write, hold, watch, confirm, remove, keypair, reach, examine, mend
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
#                                             home <name> <uid> <gid> <path>
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
#   known <name> <uid> <gid> <home>           nothing
#                                               what an earlier survey told of an account, by a home
#                                               that a glance has just found to be the same
#   write <name> <hash|-> <size>["t"] <path>  written <hash> <strict> | changed <hash|-> | failed
#     LF, content                               "-": there is no file; "t": the content is lines of
#                                               printable ASCII and tabs, each ended, and short
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
#                                             managed <text>
#                                               what a tool that writes the main file says of itself
#                                             lets-in <name>
#                                               of accounts that a Match lets in by password however
#                                               that is set outside of it, then
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
#                                             around <kind> <text>
#                                               what bears on it beside sshd,
#                                             examined
#   debug start <seconds>                     debugging <port> | failed
#                                               a second sshd for one try, which ends after so many
#                                               seconds, and when this conversation is gone
#   debug read <n>                            log <text>
#                                               what it said after so many lines, then
#                                             debugged <n> running | ended
#   debug stop                                stopped
#   mend <name> <deed> <seen> <wanted> <path> mended | changed | failed
#                                               one deed at one path, where that stands as it was seen:
#                                             mode: chmod, owner: chown by root where only root can turn
#                                               the way, own: made anew for the account, aside: set
#                                               aside, return: that undone, label: SELinux's
#   learn <size>                              learned
#     LF, content                               more words of this script: ask-sshd.sh, without
#                                               which "files", "logins", "accounts" and "vouch" are
#                                               unsupported, hold.sh: "hold", "confirm", seldom.sh: "remove", "keypair",
#                                               "reach" and globs, sshd-log.sh: "log",
#                                               passwords.sh, which wants ask-sshd.sh: "passwords",
#                                               "alter", "settle", "retract", doctor.sh or
#                                               debug-sshd.sh, which want it too: "examine", "debug",
#                                               or mends.sh: "mend"
#   log <token> <position>                    *part "logged" | failed
#                                               what the SSH server logged; the grammar stands in
#                                             sshd-log.sh
#   end                                       bye
#   anything else                             unsupported <word>
#
#   failed   = "failed" code detail
#   deed     = mode | owner | own | aside | return | label
#   seen     = <mode> "." <uid>, as stat shows them; of return the hash of the file of keys, or "-", and of
#              label the label
#   wanted   = of mode in octal, of owner a uid, of own, aside and return a token, of label a label or "right"
#   password = locked | none | empty | there
#   code     = no-space | read-only | no-permission | no-home | no-account | symlink | not-file
#            | ssh-not-folder | absent | too-large | short-input | io
#            of passwords and alter also: no-sshd | broken | overridden | reload | busy | marks
#            | link
#            of debug also: no-sshd | broken | busy | ports
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

# All accounts are looked up by one process, all owners, modes, sizes and times told by another, and all
# files hashed by a third. A file that changes meanwhile has other times than were told. With "sight" the
# answer says also by what a glance can tell that all is the same.
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
	find_hashable
	hash_all
	spoiler=
	told=$owners
	say_observations
	say_faults
	say_configuration
	chain=$chains$others
	say_sight
	say observed
}

# Sets hashes to the hasher's lines of the accounts' files, and configured to those of configuration. That is
# root's own, and comes first; where an account holds up the hasher, it is hashed alone: nothing there holds
# anybody up.
hash_all() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $configuration $hashable
	unset IFS
	hashes=
	[ $# -eq 0 ] || hashes=$(hash_files "$@" 2>/dev/null)
	if is_hash "${hashes%% *}"; then
		timeout_tried=yes
	else
		try_timeout
	fi
	configured=
	missing=
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $hashes
	for file in $configuration; do
		if hash_in "${1-}" "$file"; then
			configured=$configured$1$newline
			shift
		else
			missing=yes
		fi
	done
	hashes=$*
	if [ -n "$missing" ]; then
		all_guard=$guard
		guard=
		# shellcheck disable=SC2086 # a line each
		configured=$(hash_files $configuration 2>/dev/null)
		guard=$all_guard
	fi
	unset IFS
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
			if hash_in "${1-}" "$path"; then
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
		if hash_in "${1-}" "$file"; then
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
	text=${size#"${size%t}"}
	size=${size%t}
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
	elif [ -n "$text" ]; then
		take_text
		answer=$(printf '%s' "$text" | ask_account "$name" "$@")
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

# Sets text to so many bytes, which are lines. So short a one is read sooner than a head is started.
take_text() {
	text=
	while [ "${#text}" -lt "$size" ]; do
		IFS= read -r line || exit 1
		text=$text$line$newline
	done
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
	size=$1
	if [ "$1" -le 4096 ]; then
		take_text
	else
		text=$(take "$1")
	fi
	eval "$text"
	further=$further$newline$text
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
	known=
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
		"debug "*) heed relay_debug "${request#debug }" ;;
		"known "*" "*" "*" /"*) take_known "${request#known }" ;;
		"mend "*) heed relay_mend "${request#mend }" ;;
		"read "*) relay_read "${request#read }" ;;
		"write "*) relay_write "${request#write }" ;;
		"hold "*" "*)
			request=${request#hold }
			token=${request%% *}
			request=${request#* }
			seconds=${request%% *}
			relay_write "${request#* }"
			;;
		"confirm "*) heed relay_confirm "${request#confirm }" ;;
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
