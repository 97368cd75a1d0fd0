# shellcheck shell=sh
#
# Part of latchkey-node.sh that comes only when it is needed, after ask-sshd.sh: what is told of one
# account to find out why a login fails. What the account controls is looked at with its own rights, as
# sshd itself looks at it, and nothing there is followed, opened or counted without a bound.

# What of sshd's settings is told beside those of "files".
telling='authorizedkeyscommand|authorizedkeyscommanduser|authorizedkeysfile|logingracetime|loglevel|maxauthtries'
telling=$telling'|maxstartups|persourcepenalties|persourcepenaltyexemptlist|persourcemaxstartups|pubkeyauthoptions'
telling=$telling'|port|listenaddress|revokedkeys|strictmodes|trustedusercakeys|usepam'

# A sign of its own for whatever is no plain ASCII: names and logs may hold anything.
plainly() {
	tr -c '\012\040-\176' '?'
}

examine() {
	name=${1%% *}
	path=${1#* }
	if is_account "$name" && is_path "$path"; then
		real_name "$name"
		look_up "$real"
		if find_account "$name"; then
			say "entry $uid $gid $home" | plainly
			! is_path "$shell" || say "shell $shell" | plainly
			look_up_shadow "$real"
			tell_shadow
			tell_account
		fi
		tell_sshd
		tell_nologin
		if [ "$mode" = all ]; then
			tell_surroundings
			tell_log
		fi
	fi
	say examined
}

# --- the account ----------------------------------------------------------------------------------

# Not the password's hash: what kind it is of, and the days.
tell_shadow() {
	case $shadow in
	*"$newline$real:"*) ;;
	*) return ;;
	esac
	entry=${shadow#*"$newline$real:"}
	entry=${entry%%"$newline"*}:
	IFS=:
	# shellcheck disable=SC2086 # password, last change, least, most and warning days, inactive days, last day
	set -- $entry
	unset IFS
	case ${1-} in
	'') password=empty ;;
	'!'*) password=locked ;;
	'*'*) password=none ;;
	*) password=there ;;
	esac
	days=$password
	for each in "${2-}" "${4-}" "${6-}" "${7-}"; do
		is_number "$each" || each=-
		days="$days $each"
	done
	say "shadow $days"
}

# Whatever the account can do to its process, this ends with its time, and with so many lines.
tell_account() {
	if ! become_ready "$name"; then
		return
	fi
	[ "$way" = direct ] || { try_switcher && way=$switcher; }
	as_account "$name" examine "$guard" "$path" </dev/null | $leash head -c 65536 | plainly \
		| grep -E '^(step|near|link|target|room|relabel|around (acl|mount)) .' | head -n 200
}

# --- sshd -----------------------------------------------------------------------------------------

tell_sshd() {
	find_configuration
	inclusions=
	if [ "$mode" = all ] && find_program; then
		find_connection
		find_included
		try_timeout
		if printed=$(print_settings "$name" 2>&1 </dev/null); then
			printf '%s\n' "$printed" | fold | grep -E "^($telling) " | cut -c 1-1000 | plainly | head -n 100 \
				| sed 's/^/setting /'
		else
			tell_broken
		fi
	fi
	IFS=$newline
	for file in $configuration $inclusions; do
		tell_lines "$file" "^[[:space:]]*($ruling|$telling)([[:space:]\"=]|\$)"
	done
	unset IFS
	tell_lines /etc/pam.d/sshd '^[^#]*pam_(access|nologin|listfile|succeed_if|faillock|tally2?|time|shells)'
	tell_lines /etc/security/access.conf '^[[:space:]]*[^#[:space:]]'
	tell_lines /etc/hosts.deny '^[[:space:]]*[^#[:space:]]'
}

# What it says of a configuration that it does not take, and the lines that it names.
tell_broken() {
	printf '%s\n' "$printed" | plainly | cut -c 1-300 | grep . | head -n 5 | sed 's/^/broken /'
	printf '%s\n' "$printed" | plainly | sed -n 's/^\(\/[^:]*\):* line \([0-9]\{1,6\}\):.*/\2 \1/p' | head -n 5 \
		| while read -r number file; do
			if [ -f "$file" ]; then
				say "in $file"
				sed -n "${number}p" "$file" | plainly | cut -c 1-300 | sed "s/^/rule $number /"
			fi
		done
}

# The lines of a file of root's that match, with their numbers.
tell_lines() {
	if [ -f "$1" ] && is_path "$1"; then
		found=$(grep -nEi "$2" "$1" | plainly | cut -c 1-300 | head -n 200)
		if [ -n "$found" ]; then
			say "in $1" | plainly
			printf '%s\n' "$found" | sed 's/^\([0-9]*\):[[:space:]]*/rule \1 /'
		fi
	fi
}

tell_nologin() {
	for file in /etc/nologin /run/nologin; do
		if [ -e "$file" ]; then
			say "nologin $file $(head -c 300 "$file" 2>/dev/null | tr '\n' ' ' | plainly)"
		fi
	done
	if [ -r /sys/fs/selinux/enforce ]; then
		read -r enforcing </sys/fs/selinux/enforce
		say "selinux $enforcing"
	fi
}

# --- what stands around sshd --------------------------------------------------------------------

# What turns addresses away before sshd hears of them, or decides with it. A program that is not there says nothing, and
# what is not about the account is asked for once.
tell_surroundings() {
	if [ -z "${surroundings+told}" ]; then
		surroundings=$(find_surroundings 2>/dev/null </dev/null | plainly | cut -c 1-400 \
			| grep -E "$telling_around" | head -n 60)
	fi
	{
		printf '%s\n' "$surroundings" | grep .
		around quota quota -u -q "$real"
		! { [ -r /etc/shells ] && [ -n "$shell" ]; } || grep -Fqx -e "$shell" /etc/shells || say "around shells $shell"
	} 2>/dev/null </dev/null | plainly | cut -c 1-400 | grep -E "$telling_around" | head -n 80
}

find_surroundings() {
	around fail2ban fail2ban-client status sshd
	around sshguard nft list set ip sshguard attackers
	if [ -d /run/systemd/system ]; then
		around socket systemctl show -p Id -p ActiveState -p Listen ssh.socket sshd.socket
	fi
	if [ -r /sys/kernel/security/apparmor/profiles ]; then
		grep -E '(^|/)sshd ' /sys/kernel/security/apparmor/profiles | sed 's/^/around apparmor /'
	fi
	around firewall nft list ruleset
	around firewall iptables -S
}

# Of what those programs say, the lines that name addresses, ports and whether they hold.
telling_around='^around (fail2ban .*Banned IP list:.*[0-9]|sshguard .*[0-9]|firewall .*(drop|reject|DROP|REJECT)'
telling_around=$telling_around'|quota .|socket (Id|ActiveState|Listen)|shells /|apparmor .)'

around() {
	kind=$1
	shift
	if has "$1"; then
		# shellcheck disable=SC2086 # a command in front, or none
		$leash "$@" | head -c 65536 | sed "s/^/around $kind /"
	fi
}

# --- the log --------------------------------------------------------------------------------------

# The last lines in which it names the account or its home, and those in which it turns somebody away before it asks
# who it is.
tell_log() {
	real_name "$name"
	find_log
	logged=$({
		if [ -n "$log" ]; then
			tail -c 262144 "$log"
		elif has journalctl && [ -d /run/systemd/journal ]; then
			# shellcheck disable=SC2086 # a command in front, or none
			$leash journalctl -q --no-pager -n 1000 -o short-iso _COMM=sshd _COMM=sshd-session _COMM=sshd-auth
		else
			for file in /var/log/auth.log /var/log/secure /var/log/messages; do
				if [ -f "$file" ]; then
					tail -c 262144 "$file" | grep -E ' sshd(-session|-auth)?\[[0-9]+\]: '
					break
				fi
			done
		fi
	} 2>/dev/null </dev/null | tr -d '\r' | plainly | cut -c 1-300)
	printf '%s\n' "$logged" | grep -F -e " $real " -e "$home" | tail -n 12 | sed 's/^/log /'
	printf '%s\n' "$logged" | grep -E "$turning" | tail -n 12 | sed 's/^/around turned /'
	logged=
}

turning='penalty|MaxStartups|[Tt]imeout before authentication|[Tt]imeout, your message|refused connect from'
turning=$turning'|(Unsafe|Could not stat) AuthorizedKeysCommand|AuthorizedKeysCommand .* (failed|returned|user)|revoked by file'

# Sets log to the file that sshd was told to write to.
find_log() {
	log=
	follows=
	for word in ${command-}; do
		if [ -n "$follows" ]; then
			log=$word
			break
		fi
		case $word in
		-E) follows=yes ;;
		-E?*)
			log=${word#-E}
			break
			;;
		esac
	done
	[ -f "$log" ] || log=
}

# --- with the account's own rights ----------------------------------------------------------------

# Each folder on the way to the file, and the file, none of them followed; names that are nearly the
# right one; and whether there is room.
account_examine() {
	set --
	step=$path
	standing=/
	while [ -n "$step" ]; do
		set -- "$step" "$@"
		if [ "$standing" = / ] && [ -d "$step" ]; then
			standing=$step
		fi
		step=${step%/*}
	done
	tell step / "$@"
	for each; do
		if [ -L "$each" ]; then
			say "link $each"
			say "target $(readlink "$each" | head -n 1)"
		fi
	done
	if [ -w "$standing" ]; then
		writable=yes
	else
		writable=no
	fi
	# shellcheck disable=SC2086 # a command in front, or none
	$guard stat -f -c "room %a %c %d $writable" "$standing"
	if has getfacl; then
		# shellcheck disable=SC2086 # a command in front, or none
		$guard getfacl -pEn -- "$@" | tell_lists
	fi
	if has findmnt; then
		# shellcheck disable=SC2086 # a command in front, or none
		$guard findmnt -n -o FSTYPE,OPTIONS -T "$standing" | head -n 1 | sed 's/^/around mount /'
	fi
	if [ -e /sys/fs/selinux/enforce ] && has restorecon; then
		# shellcheck disable=SC2086 # a command in front, or none
		$guard restorecon -n -v "$@" | head -n 20 | sed 's/^/relabel /'
	fi
	set --
	names=$(find_near | head -n 40)
	IFS=$newline
	for each in $names; do
		! is_path "$each" || set -- "$@" "$each"
	done
	unset IFS
	[ $# -eq 0 ] || tell near "$@"
}

# Each ACL that has more than a mode, in one line before its path.
tell_lists() {
	entries=
	while read -r line; do
		case $line in
		'# file: '*)
			named=${line#\# file: }
			entries=
			;;
		'#'*) ;;
		'')
			case ,$entries in
			*,mask:*) say "around acl $entries $named" ;;
			esac
			;;
		*) entries=${entries:+$entries,}$line ;;
		esac
	done
}

tell() {
	word=$1
	shift
	# shellcheck disable=SC2086 # a command in front, or none
	$guard stat -c "$word %A %u %g %s %n" "$@"
}

find_near() {
	# shellcheck disable=SC2086 # a command in front, or none
	$guard find "$HOME/" -maxdepth 1 ! -name '.latchkey-*' \
		\( -name '*[Aa][Uu][Tt]*[Kk][Ee][Yy]*' -o -name '*[Oo][Rr][Ii][SsZz]*[Kk][Ee][Yy]*' \)
	# a folder by another name than .ssh
	# shellcheck disable=SC2086 # a command in front, or none
	$guard find "$HOME/" -mindepth 2 -maxdepth 2 -path '*[Ss][Ss][Hh]*/*' ! -path "$HOME/.ssh/*" \
		-name '*[Aa][Uu][Tt]*[Kk][Ee][Yy]*'
	# shellcheck disable=SC2086 # a command in front, or none
	$guard find "$HOME/.ssh/" -maxdepth 2 ! -name '.latchkey-*' \
		\( -name '*[Aa][Uu][Tt]*[Kk][Ee][Yy]*' -o -name '*[Oo][Rr][Ii][SsZz]*[Kk][Ee][Yy]*' -o -name '*.pub' \)
}
