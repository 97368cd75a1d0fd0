# shellcheck shell=sh
#
# Part of latchkey-node.sh that comes only when it is needed, by the request "learn": what the node's
# sshd says of its configuration, and by it of each account.

# The settings that decide about a login by a key, and what makes them hold for some logins only.
ruling='match|include|authorizedkeysfile|allowusers|denyusers|allowgroups|denygroups|pubkeyauthentication'
ruling=$ruling'|permitrootlogin|authenticationmethods|pubkeyacceptedalgorithms|pubkeyacceptedkeytypes'
ruling=$ruling'|revokedkeys|refuseconnection|chrootdirectory'

# Sets sshd to the program that listens, or where that cannot be told to the one that is there; to
# nothing where another server serves this.
find_program() {
	sshd=sshd
	overrides=
	if [ -n "$listener" ]; then
		command=$(tr '\000' ' ' <"/proc/$listener/cmdline" 2>/dev/null)
		find_overrides
		sshd=${command#sshd: }
		sshd=${sshd%% *}
		case $sshd in
		/*) has "$sshd" || sshd=sshd ;;
		*) sshd=sshd ;;
		esac
	elif [ -r /proc/self/status ]; then
		sshd=
		return 1
	fi
	has "$sshd"
}

# Sets overrides to the settings that sshd was started with, a line each: they go before those of its
# configuration.
find_overrides() {
	follows=
	for word in $command; do
		if [ -n "$follows" ]; then
			overrides=$overrides-o$word$newline
			follows=
			continue
		fi
		case $word in
		-o) follows=yes ;;
		-o?*) overrides=$overrides$word$newline ;;
		esac
	done
}

# Sets from, near and port to the ends of the connection by which this login came, and how to
# whether that is known. sudo takes them away, but was given them itself.
find_connection() {
	connection=${SSH_CONNECTION-}
	process=$PPID
	while ! is_connection && is_number "$process" && [ "$process" -gt 1 ] && [ "$process" != "$listener" ] \
		&& [ -r "/proc/$process/status" ]; do
		connection=$({ tr '\000' '\n' <"/proc/$process/environ"; } 2>/dev/null | grep '^SSH_CONNECTION=')
		connection=${connection%%"$newline"*}
		connection=${connection#*=}
		while read -r key value _; do
			if [ "$key" = PPid: ]; then
				process=$value
				break
			fi
		done <"/proc/$process/status"
	done
	how=login
	if ! is_connection; then
		how=assumed
		connection='127.0.0.1 0 127.0.0.1 22'
	fi
	from=${connection%% *}
	port=${connection##* }
	near=${connection% *}
	near=${near##* }
}

is_connection() {
	case $connection in
	*[!0-9A-Za-z.:%\ _-]* | *' '*' '*' '*' '*) return 1 ;;
	[0-9A-Fa-f:]*' '[0-9]*' '[0-9A-Fa-f:]*' '[0-9]*) is_number "${connection##* }" ;;
	*) return 1 ;;
	esac
}

# Which files sshd reads for each account, and what else decides about its logins, by its own word.
# An answer that does not come, or is not understood, is said as that and never taken for the default.
key_files() {
	take_lines "$1" || return
	strict=unknown
	pam=unknown
	asked=
	by_account=
	others=
	inclusions=
	unanswered=
	settings=
	patterns=.ssh/authorized_keys
	find_configuration
	if [ "$mode" = all ] && find_program; then
		asked=yes
		find_connection
		find_included
		IFS=$newline
		# shellcheck disable=SC2086 # a line each
		if [ -n "$others" ] || grep -Eiqs '^[[:space:]]*match[[:space:]"=]' $configuration $inclusions; then
			by_account=yes
		fi
		unset IFS
		[ -n "$by_account" ] || ask_sshd root
	elif [ "$mode" = all ] && [ -n "$sshd" ]; then
		unanswered="no-program $sshd"
	fi
	before=
	IFS=$newline
	for query in $lines; do
		unset IFS
		name=${query#account }
		if is_account "$name"; then
			[ -z "$by_account" ] || ask_sshd "$name"
			say_files
		else
			say "unanswered - not-understood not an account"
		fi
	done
	unset IFS
	[ "$mode" != all ] || say_barred
	[ -z "$asked" ] || say_circumstances
	say "listed $strict"
}

# Sets inclusions to the files that are included beside those of configuration, a line each, and others
# when these include more, which is not looked at.
find_included() {
	inclusions=
	others=
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	included=$(grep -Eihs '^[[:space:]]*include[[:space:]"=]' $configuration \
		| grep -Eiv '^[[:space:]]*include[[:space:]=]+"?(/etc/ssh/)?sshd_config\.d/\*\.conf"?[[:space:]]*$')
	for line in $included; do
		cut_setting "$line" include
		for word in $words; do
			case $word in
			/*) ;;
			*) word=/etc/ssh/$word ;;
			esac
			set +f
			for file in $word; do
				if [ -f "$file" ] && is_path "$file"; then
					inclusions=$inclusions$file$newline
				fi
			done
			set -f
		done
	done
	# shellcheck disable=SC2086 # a line each
	if [ -n "$inclusions" ] && grep -Eiqs '^[[:space:]]*include[[:space:]"=]' $inclusions; then
		others=yes
	fi
	unset IFS
}

# What sshd makes of its configuration for the account, which counts as coming by the connection by
# which this login came. Where no port is named, any Match LocalPort is the end of it.
print_settings() {
	real_name "$1"
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- "user=$real,host=$from,addr=$from,laddr=$near,lport=$port" $overrides
	unset IFS
	# shellcheck disable=SC2086 # a command in front, or none
	$leash "$sshd" -T -f "$sshd_config" -C "$@"
}

# Puts the first word of each line into lower case. sshd prints the names of its settings in mixed
# case since OpenSSH 10.4, as its manual has them.
fold() {
	sed -n -e h -e 'y/ABCDEFGHIJKLMNOPQRSTUVWXYZ/abcdefghijklmnopqrstuvwxyz/' -e G \
		-e 's/^\([^ ]*\).*\n[^ ]*/\1/p'
}

# Sets patterns, settings, strict and pam; or unanswered to why they are not known.
ask_sshd() {
	unanswered=
	patterns=
	settings=
	try_timeout
	if ! printed=$(print_settings "$1" 2>&1 </dev/null); then
		printed=$(one_line "$printed")
		unanswered="failed ${printed:-$sshd says nothing}"
		return
	fi
	files=
	heeded=
	heeds_pam=no
	while read -r key value; do
		case $key in
		authorizedkeysfile) files=$value ;;
		strictmodes) heeded=$value ;;
		usepam) heeds_pam=$value ;;
		pubkeyauthentication | permitrootlogin | authenticationmethods | refuseconnection | usedns) keep_setting ;;
		allowusers | denyusers | allowgroups | denygroups | revokedkeys | chrootdirectory) keep_setting ;;
		pubkeyacceptedalgorithms | pubkeyacceptedkeytypes | requiredrsasize | rsaminsize) keep_setting ;;
		*authentication) keep_setting ;;
		esac
	done <<SETTINGS
$(printf '%s\n' "$printed" | fold)
SETTINGS
	case $heeded in
	yes | no) strict=$heeded ;;
	*) unanswered="not-understood StrictModes is neither yes nor no" ;;
	esac
	pam=$heeds_pam
	if [ -z "$files" ]; then
		unanswered="not-understood it names no AuthorizedKeysFile"
	elif [ "${#settings}" -gt 60000 ]; then
		unanswered="not-understood it names more than 60000 characters of rules"
	else
		split_patterns "$files"
	fi
}

keep_setting() {
	settings=$settings$key' '$value$newline
}

# Sets patterns, a line each. sshd prints the words of AuthorizedKeysFile without the quotes that kept
# them together: where its configuration has such, they are cut as they are there.
split_patterns() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	quoted=$(grep -Eihs '^[[:space:]]*authorizedkeysfile.*["'\''\\]' $configuration $inclusions)
	for line in $quoted; do
		cut_setting "$line" authorizedkeysfile
		[ "$joined" = "$1 " ] || continue
		case $patterns in
		'' | "$words") patterns=$words ;;
		*) unanswered="not-understood AuthorizedKeysFile $1 can be read in two ways" ;;
		esac
	done
	unset IFS
	if [ -z "$patterns" ]; then
		# shellcheck disable=SC2086 # a word each
		for word in $1; do
			patterns=$patterns$word$newline
			case $others$word in
			yes[!/.%]*) unanswered="not-understood AuthorizedKeysFile $1, which comes from a file that is not looked at" ;;
			esac
		done
	fi
}

# Cuts what follows the keyword, whose length counts, in a line of a configuration.
cut_setting() {
	rest=${1#"${1%%[![:space:]]*}"}
	keyword=$2
	while [ -n "$keyword" ]; do
		keyword=${keyword#?}
		rest=${rest#?}
	done
	rest=${rest#"${rest%%[![:space:]=]*}"}
	rest=${rest%"${rest##*[![:space:]]}"}
	cut_words "$rest"
}

# Sets words, a line each, and joined as sshd's argv_split (misc.c) cuts them.
cut_words() {
	words=
	joined=
	word=
	begun=
	quote=
	rest=$1' '
	while [ -n "$rest" ]; do
		next=${rest#?}
		char=${rest%"$next"}
		rest=$next
		case $quote$char in
		' ' | "$tab")
			if [ -n "$begun" ]; then
				words=$words$word$newline
				joined=$joined$word' '
			fi
			word=
			begun=
			continue
			;;
		'#')
			[ -n "$begun" ] || break
			word=$word$char
			;;
		\" | \') quote=$char ;;
		\"\" | \'\') quote= ;;
		*\\)
			case $quote$rest in
			' '* | [\"\'\\]* | [\"\'][\"\'\\]*)
				next=${rest#?}
				word=$word${rest%"$next"}
				rest=$next
				;;
			*) word=$word$char ;;
			esac
			;;
		*) word=$word$char ;;
		esac
		begun=yes
	done
	[ -z "$quote" ] || joined=
}

# Says which signature algorithms sshd takes from the account's keys; it has the list under another
# name since 8.5.
say_accepted() {
	accepted=
	if is_account "$1" && [ "$mode" = all ] && find_program; then
		find_connection
		accepted=$(print_settings "$1" 2>/dev/null | grep -Ei '^pubkeyaccepted(algorithms|keytypes) ')
		accepted=${accepted#* }
	fi
	case $accepted in
	'' | *[!A-Za-z0-9@.,-]*) accepted=- ;;
	esac
	[ "${#accepted}" -le 4000 ] || accepted=-
	say "accepts $accepted"
}

# "=" stands for the same rules as those of the account before.
say_files() {
	if [ -n "$unanswered" ]; then
		say "unanswered $name $unanswered"
		return
	fi
	IFS=$newline
	set --
	for pattern in $patterns; do
		case $pattern in
		[Nn][Oo][Nn][Ee]) ;;
		*) set -- "$@" "pattern $pattern" ;;
		esac
	done
	patterns_count=$#
	groups=
	if [ "$settings" = "$before" ]; then
		settings_count='='
	else
		settings_count=0
		for setting in $settings; do
			set -- "$@" "setting $setting"
			settings_count=$((settings_count + 1))
		done
	fi
	unset IFS
	before=$settings
	case $newline$settings in
	*"$newline"[ad]*groups' '*) find_groups ;;
	esac
	groups_count=0
	IFS=$newline
	for group in $groups; do
		if [ "$groups_count" -lt 2000 ]; then
			set -- "$@" "group $group"
			groups_count=$((groups_count + 1))
		fi
	done
	unset IFS
	say "files $name $patterns_count $settings_count $groups_count"
	for each; do
		say "$each"
	done
}

# Sets groups to the names of the account's groups, a line each.
find_groups() {
	real_name "$name"
	IFS=$newline
	set --
	for id in $(id -G "$real" 2>/dev/null | tr ' ' '\n'); do
		set -- "$@" "$id"
	done
	if [ $# -eq 0 ]; then
		entries=
	elif has getent; then
		entries=$(exec getent group "$@" 2>/dev/null)
	else
		entries=$(cat /etc/group)
	fi
	for entry in $entries; do
		id=${entry#*:*:}
		for each; do
			[ "$each" != "${id%%:*}" ] || groups=$groups${entry%%:*}$newline
		done
	done
	unset IFS
}

# By which connection sshd was asked; and the lines of its configuration that tell what it decides by
# the connection, a file at a time.
say_circumstances() {
	say "asked $how $from $near $port"
	[ -n "$by_account" ] || return 0
	[ -z "$others" ] || say "elsewhere"
	IFS=$newline
	for file in $configuration $inclusions; do
		unset IFS
		say "in $file"
		grep -Eis "^[[:space:]]*($ruling)([[:space:]\"=]|\$)" "$file" | head -n 1000 | while IFS= read -r line; do
			line=$(one_line "$line")
			say "rule $line"
		done
	done
	unset IFS
}

# Names those that could log in, in a process of its own: a home may hold it up. Mount points for
# people are looked at only here.
# shellcheck disable=SC2016 # for the shell that is started
finding_logins='if command -v getent >/dev/null 2>&1; then getent passwd; else cat /etc/passwd; fi | head -n 20000 |
	while IFS=: read -r name _ uid _ _ home shell; do
		keys=
		for each in "$home/.ssh/authorized_keys" "$home/.ssh/authorized_keys2"; do
			[ ! -e "$each" ] || keys=yes
		done
		case $keys$shell in
		*/sync | */halt | */shutdown) continue ;;
		/*/nologin | /*/false) continue ;;
		esac
		case $uid in
		"" | *[!0-9]*) ;;
		*) printf "%s\n" "$name" ;;
		esac
	done
echo /'

say_logins() {
	if ! is_number "$1" || [ "$1" -gt 1000 ] || [ "$mode" = self ]; then
		say "unsupported logins"
		return
	fi
	# shellcheck disable=SC2086 # a command in front, or none
	names=$($guard /bin/sh -c "$finding_logins" 2>/dev/null)
	named=0
	left=0
	whole=
	IFS=$newline
	for name in $names; do
		case $name in
		/) whole=yes ;;
		*[!A-Za-z0-9._@+\$-]*) left=$((left + 1)) ;;
		*)
			if [ "$named" -lt "$1" ] && is_account "$name"; then
				say "login $name"
				named=$((named + 1))
			else
				left=$((left + 1))
			fi
			;;
		esac
	done
	unset IFS
	if [ -n "$whole" ]; then
		say "logins $left"
	else
		say "logins -"
	fi
}

# Whether names of accounts come from nothing but files of the node's own: nsswitch.conf(5), which
# musl and busybox do not read.
are_local() {
	[ ! -S /run/systemd/userdb/io.systemd.Home ] || return 1
	set +f
	for file in /etc/userdb/* /run/userdb/* /run/host/userdb/* /usr/lib/userdb/*; do
		if [ -e "$file" ]; then
			set -f
			return 1
		fi
	done
	set -f
	# NIS by passwd(5) itself, and what stands in for a name service without nsswitch.conf
	if grep -q '^[+-]' /etc/passwd || [ -S /run/nscd/socket ]; then
		return 1
	fi
	for file in /etc/nsswitch.conf /usr/etc/nsswitch.conf; do
		[ -f "$file" ] || continue
		sources=$(sed -n -e 's/#.*//' -e 's/\[[^]]*]/ /g' -e 's/^[[:space:]]*passwd:\(.*\)/\1/p' "$file")
		for source in $sources; do
			case $source in
			files | compat | systemd | altfiles) ;;
			*) return 1 ;;
			esac
		done
		return 0
	done
	# a Linux without one has no other names; of other systems that is not known
	[ -r /proc/self/status ]
}

# shellcheck disable=SC2016 # for the shell that is started
finding_accounts='if command -v getent >/dev/null 2>&1; then getent passwd; else cat /etc/passwd; fi | head -n 20000 | cut -d : -f 1
echo /'

# Names all accounts, so that one which is not among them is known not to be there.
say_accounts() {
	if ! is_number "$1" || [ "$mode" = self ]; then
		say "unsupported accounts"
		return
	fi
	names=
	! are_local || names=$($guard /bin/sh -c "$finding_accounts" 2>/dev/null)
	named=0
	whole=
	IFS=$newline
	for name in $names; do
		case $name in
		/) whole=yes ;;
		*[!A-Za-z0-9._@+\$-]*) ;;
		*)
			named=$((named + 1))
			if [ "$named" -gt "$1" ]; then
				break
			elif is_account "$name"; then
				say "name $name"
			fi
			;;
		esac
	done
	unset IFS
	if [ -n "$whole" ]; then
		say "accounts whole"
	else
		say "accounts part"
	fi
}

# The host keys of the sshd that listens, each with what proves that its private half is here.
vouch() {
	if ! is_token "$1"; then
		fail io "not a token"
		return
	fi
	if [ "$mode" = all ] && find_program; then
		find_connection
		print_settings root 2>/dev/null | grep -i '^hostkey ' | head -n 20 | while read -r _ file; do
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
		/*)
			if [ ! -f "$shell" ] || [ ! -x "$shell" ]; then
				say_shell no-shell
			else
				case $shell in
				*/nologin | */false) say_shell shell ;;
				esac
			fi
			;;
		esac
	fi
}

say_shell() {
	[ "${#shell}" -gt 500 ] || ! is_path "$shell" || say "barred $name $1 $shell"
}
