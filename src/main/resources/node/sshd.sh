# shellcheck shell=sh
#
# Part of latchkey-node.sh: what the node's sshd makes of its configuration and of an account's
# files.

# --- the configuration ----------------------------------------------------------------------

# Sets listener to the sshd that listens, the topmost one above this process, or to nothing where
# another server serves this; and sshd_config to its main file.
find_sshd() {
	listener=
	sshd_config=/etc/ssh/sshd_config
	process=$PPID
	while is_number "$process" && [ -r "/proc/$process/status" ]; do
		parent=
		while read -r key value _; do
			case $key in
			Name:) program=$value ;;
			PPid:)
				parent=$value
				break
				;;
			esac
		done <"/proc/$process/status"
		case $program in
		sshd | sshd-session | sshd-auth) listener=$process ;;
		*) [ -z "$listener" ] || break ;;
		esac
		process=$parent
	done
	[ -n "$listener" ] || return 0
	# a read leaves out the NUL after each argument; sshd's own title has spaces instead
	command=
	{ read -r command <"/proc/$listener/cmdline"; } 2>/dev/null
	case $command in
	"sshd: "*) ;;
	*-f*) command=$(tr '\000' ' ' <"/proc/$listener/cmdline" 2>/dev/null) ;;
	esac
	case $command in
	*' -f'*)
		command=${command#*' -f'}
		command=${command# }
		case $command in
		/*) sshd_config=${command%% *} ;;
		esac
		;;
	esac
}

# Sets sshd to the program that listens, or where that cannot be told to the one that is there.
find_program() {
	sshd=sshd
	if [ -n "$listener" ]; then
		sshd=$(tr '\000' ' ' <"/proc/$listener/cmdline" 2>/dev/null)
		sshd=${sshd#sshd: }
		sshd=${sshd%% *}
		case $sshd in
		/*) ;;
		*) sshd=sshd ;;
		esac
	elif [ -r /proc/self/status ]; then
		return 1
	fi
	has "$sshd"
}

# Sets configuration to the main file and those of the usual Include, a line each.
find_configuration() {
	configuration=
	set +f
	for file in "$sshd_config" "${sshd_config%/*}"/sshd_config.d/*.conf; do
		if [ -f "$file" ] && is_path "$file"; then
			configuration=$configuration$file$newline
		fi
	done
	set -f
}

# As well as what says who may log in at all, for root can read it, and by which host keys the node
# is known.
find_conditions() {
	find_configuration
	[ "$mode" = all ] || return 0
	set +f
	for file in "${sshd_config%/*}"/ssh_host_*_key.pub; do
		if [ -f "$file" ] && is_path "$file"; then
			configuration=$configuration$file$newline
		fi
	done
	set -f
	for file in /etc/passwd /etc/shadow; do
		if [ -f "$file" ]; then
			configuration=$configuration$file$newline
		fi
	done
}

# Which files sshd reads for each account, by its own word.
key_files() {
	take_lines "$1" || return
	strict=unknown
	pam=unknown
	by_account=
	find_configuration
	if [ "$mode" = all ] && find_program; then
		IFS=$newline
		# shellcheck disable=SC2086 # a line each
		if grep -Eiqs '^[[:space:]]*match[[:space:]"=]' $configuration || includes_others; then
			by_account=yes
		fi
		unset IFS
		[ -n "$by_account" ] || ask_sshd root
	else
		patterns=.ssh/authorized_keys
	fi
	IFS=$newline
	for query in $lines; do
		unset IFS
		name=${query#account }
		if is_account "$name"; then
			[ -z "$by_account" ] || ask_sshd "$name"
			say_files
		else
			say "files - 0"
		fi
	done
	unset IFS
	[ "$mode" != all ] || say_barred
	say "listed $strict"
}

# Whether more is included than is looked at for Match.
includes_others() {
	# shellcheck disable=SC2086 # a line each
	grep -Eihs '^[[:space:]]*include[[:space:]"=]' $configuration \
		| grep -Eivq '^[[:space:]]*include[[:space:]=]+"?(/etc/ssh/)?sshd_config\.d/\*\.conf"?[[:space:]]*$'
}

# What sshd makes of its configuration for the account, which counts as coming from where this login
# comes from.
print_settings() {
	real_name "$1"
	from=${SSH_CONNECTION:-127.0.0.1}
	from=${from%% *}
	"$sshd" -T -f "$sshd_config" -C "user=$real,host=$from,addr=$from" 2>/dev/null
}

# Sets patterns and strict.
ask_sshd() {
	patterns=
	while read -r key value; do
		case $key in
		authorizedkeysfile) patterns=$value ;;
		strictmodes)
			strict=$value
			[ "$pam" != unknown ] || pam=no
			;;
		usepam) pam=$value ;;
		esac
	done <<EOF
$(print_settings "$1" | grep -Ei '^(authorizedkeysfile|strictmodes|usepam) ')
EOF
	[ -n "$patterns" ] || patterns=.ssh/authorized_keys
}

# Says which signature algorithms sshd takes from the account's keys; it has the list under another
# name since 8.5.
say_accepted() {
	accepted=
	if is_account "$1" && [ "$mode" = all ] && find_program; then
		accepted=$(print_settings "$1" | grep -Ei '^pubkeyaccepted(algorithms|keytypes) ')
		accepted=${accepted#* }
	fi
	case $accepted in
	'' | *[!A-Za-z0-9@.,-]*) accepted=- ;;
	esac
	[ "${#accepted}" -le 4000 ] || accepted=-
	say "accepts $accepted"
}

say_files() {
	if [ "$patterns" = none ]; then
		say "files $name 0"
		return
	fi
	# shellcheck disable=SC2086 # a word each
	set -- $patterns
	say "files $name $#"
	for pattern; do
		say "pattern $pattern"
	done
}

# The host keys of the sshd that listens, each with what proves that its private half is here.
vouch() {
	if ! is_token "$1"; then
		fail io "not a token"
		return
	fi
	if [ "$mode" = all ] && find_program; then
		print_settings root | grep -i '^hostkey ' | head -n 20 | while read -r _ file; do
			say_host_key "$1" "$file" </dev/null
		done
	fi
	say vouched
}

say_host_key() {
	is_path "$2" && [ -f "$2.pub" ] || return 0
	read -r type key _ <"$2.pub"
	case $type$key in
	'' | *[!A-Za-z0-9+/=@.-]*) return ;;
	esac
	proof=$(printf %s "$1" | $leash ssh-keygen -Y sign -q -n host-key@latchkey -f "$2" 2>/dev/null | grep -v '^-' | tr -d '\n')
	[ $((${#type} + ${#key} + ${#proof})) -gt 8000 ] || say "hostkey $type ${key:--} ${proof:--}"
}

# Names the accounts that cannot log in although a key of theirs is taken.
say_barred() {
	set --
	IFS=$newline
	for query in $lines; do
		name=${query#account }
		if is_account "$name"; then
			real_name "$name"
			set -- "$@" "$real"
		fi
	done
	look_up "$@"
	look_up_shadow "$@"
	for query in $lines; do
		unset IFS
		name=${query#account }
		if is_account "$name" && find_account "$name"; then
			say_bar
		fi
		IFS=$newline
	done
	unset IFS
}

# Reads the entries of all the accounts named at once: shadow.
look_up_shadow() {
	shadow=$newline
	if [ $# -eq 0 ] || [ "$own_uid" != 0 ]; then
		return
	elif has getent; then
		shadow=$newline$(exec getent shadow "$@" 2>/dev/null)
	elif [ -r /etc/shadow ]; then
		while IFS= read -r entry; do
			shadow=$shadow$entry$newline
		done </etc/shadow
	fi
}

say_bar() {
	entry=
	real_name "$name"
	case $shadow in
	*"$newline$real:"*)
		entry=${shadow#*"$newline$real:"}
		entry=${entry%%"$newline"*}:
		;;
	esac
	IFS=:
	# shellcheck disable=SC2086 # password, five numbers, the day on which it expires
	set -- $entry
	unset IFS
	# with PAM it is PAM that decides, and it lets a locked account in by its key
	if [ "$pam" = no ] && [ "${1#!}" != "${1-}" ]; then
		say "barred $name locked"
	elif is_number "${7-}" && [ "${7-}" -lt $((clock / 86400)) ]; then
		say "barred $name expired"
	else
		case $shell in
		*/nologin | */false) say_bad_shell ;;
		/*) [ -x "$shell" ] || say_bad_shell ;;
		esac
	fi
}

say_bad_shell() {
	[ "${#shell}" -gt 500 ] || ! is_path "$shell" || say "barred $name shell $shell"
}

# --- StrictModes ------------------------------------------------------------------------------

# Adds to chain, from the path, what sshd looks at, as safe_path in its misc.c does: real names,
# from the file up to the home, or to / for a file elsewhere.
add_chain() {
	real_home=
	if [ "$home" != /nonexistent ] && cd -P "$home/" 2>/dev/null; then
		real_home=$PWD
	fi
	step=
	if cd -P "$folder" 2>/dev/null; then
		step=${PWD%/}
		[ "$presence" != file ] || add_step "$step/${path##*/}"
	else
		case $path in
		"$home"/*) step=$real_home ;;
		esac
	fi
	cd /
	is_path "$step" || return 0
	while :; do
		add_step "${step:-/}"
		case ${step:-/} in
		"$real_home" | /) break ;;
		esac
		step=${step%/*}
	done
}

add_step() {
	chain=$chain$1$newline
}

# Sets owners to the lines "mode uid gid path" of what the chain names, in its order.
look_at_owners() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $chain
	unset IFS
	owners=
	[ $# -gt 0 ] || return 0
	owners=$(exec stat -c '%A %u %g %n' "$@" 2>/dev/null)
	[ -n "$owners" ] || list_owners "$@"
}

# Where there is no stat. What ls says is in another order.
list_owners() {
	listing=$newline$(exec ls -ldn "$@" 2>/dev/null)$newline
	for each; do
		case $listing in
		*" $each$newline"*)
			line=${listing%%" $each$newline"*}
			# shellcheck disable=SC2086 # mode, links, uid, gid
			pick_owner ${line##*"$newline"}
			;;
		esac
	done
}

pick_owner() {
	owners=$owners${1%[.+@]}' '$3' '$4' '$each$newline
}

# Sets fault from a line of owners for the account with that uid and gid.
judge() {
	entry=$1
	access=${entry%% *}
	entry=${entry#* }
	owner=${entry%% *}
	entry=${entry#* }
	group=${entry%% *}
	entry=${entry#* }
	fault=-
	if [ "$owner" != 0 ] && [ "$owner" != "$uid" ]; then
		fault="owner $entry"
	fi
	case $access in
	????????w*) fault="all $entry" ;;
	?????w*)
		# Debian's sshd lets the account's own group, which has no other members there
		if [ "$group" != "$gid" ] || [ ! -e /etc/debian_version ]; then
			fault="group $entry"
		fi
		;;
	esac
}

# Sets fault for the path of the account that was found.
strict_fault() {
	chain=
	look
	add_chain
	look_at_owners
	fault=-
	IFS=$newline
	for line in $owners; do
		judge "$line"
		[ "$fault" = - ] || break
	done
	unset IFS
}

# Says the faults of all that was observed: steps has a line "=<index> <uid> <gid> <presence>" for
# each account, and after it the paths that were looked at for it, the file first.
say_faults() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $owners
	unset IFS
	relabelled=
	if [ -e /sys/fs/selinux/enforce ] && has restorecon; then
		find_relabelled
	fi
	IFS=$newline
	fault=-
	for step in $steps; do
		case $step in
		/*)
			stands=$first
			first=
			if [ "${1-}" = "${1%" $step"}" ]; then
				continue
			fi
			if [ "$stands" = file ] && is_altered "$1" "${2-}"; then
				say "alters $index"
			fi
			if [ "$fault" = - ]; then
				judge "$1"
				[ "$fault" = - ] || say "strict $index $fault"
			fi
			shift
			;;
		*)
			index=${step%% *}
			index=${index#=}
			step=${step#* }
			uid=${step%% *}
			step=${step#* }
			gid=${step%% *}
			first=${step#* }
			fault=-
			;;
		esac
	done
	unset IFS
}

# Whether a write gives the file another owner, mode or label; from its line of owners, and its
# folder's.
is_altered() {
	case $1 in
	"-rw------- $uid "*) ;;
	"-rw-r--r-- 0 "*)
		# as it is written into a folder of root's
		[ "$uid" != 0 ] || return 0
		case ${2#* } in
		"0 "*) ;;
		*) return 0 ;;
		esac
		;;
	*) return 0 ;;
	esac
	case $relabelled in
	*" ${1#* * * } "*) return 0 ;;
	esac
	return 1
}

# Sets relabelled to what restorecon would do.
find_relabelled() {
	IFS=$newline
	set --
	for step in $steps; do
		case $step in
		/*)
			[ "$first" != file ] || set -- "$@" "$step"
			first=
			;;
		*) first=${step##* } ;;
		esac
	done
	unset IFS
	[ $# -eq 0 ] || relabelled=$(exec restorecon -n -v "$@" 2>/dev/null)
	relabelled=$relabelled' '
}
