# shellcheck shell=sh
#
# Part of latchkey-node.sh that comes only when it is needed: what keeps people out is put right at one path,
# and put back. An account's own things are done with its rights, and what it gives up is kept beside, under
# the name .latchkey-kept-<token>. Root does something only where nobody else can turn the way.

# Takes what is expected to stand there as "<mode>.<uid>", as stat shows them.
relay_mend() {
	name=${1%% *}
	rest=${1#* }
	deed=${rest%% *}
	rest=${rest#* }
	seen=${rest%% *}
	rest=${rest#* }
	wanted=${rest%% *}
	path=${rest#* }
	if ! is_account "$name" || ! is_mend || ! is_path "$path" || [ -z "${path##*/}" ]; then
		fail io "not an account, a deed and a path"
		return
	elif ! become_ready "$name"; then
		fail "$code" "$reason"
		return
	fi
	case $deed:$seen in
	owner:* | mode:*.0) [ "$uid" = 0 ] || way=direct ;;
	esac
	if [ "$way" = direct ] && [ "$uid" != "$own_uid" ] && ! is_roots_path; then
		fail no-permission "others than root can change what $path is"
		return
	fi
	[ "$way" = direct ] || { try_switcher && way=$switcher; }
	ask_shortly mend "$guard" $((clock + 3600)) "$deed" "$seen" "$wanted" "$path"
	case $answer in
	mended | changed) say "$answer" ;;
	"failed "[a-z]*" "?*) say "$(one_line "$answer")" ;;
	*) fail io "$name could not be asked" ;;
	esac
}

is_mend() {
	case $deed in
	mode)
		case $wanted in
		*[!0-7]* | '' | ?????*) return 1 ;;
		esac
		;;
	owner) is_number "$wanted" ;;
	own | aside) is_token "$wanted" ;;
	return) is_token "$wanted" && { [ "$seen" = - ] || is_hash "$seen"; } ;;
	label)
		case $wanted in
		'' | -* | *[!A-Za-z0-9._:,-]*) return 1 ;;
		esac
		;;
	acl)
		case $wanted in
		user::*) ;;
		*) return 1 ;;
		esac
		case $wanted in
		*[!a-z0-9:,-]*) return 1 ;;
		esac
		;;
	*) return 1 ;;
	esac
}

# Whether nobody but root can make the path another thing than it is.
is_roots_path() {
	[ "$own_uid" = 0 ] && is_roots_folder && [ ! -L "$path" ] && { [ -d "$path" ] || [ -f "$path" ]; }
}

# --- with the rights that are taken for it ----------------------------------------------------------

account_mend() {
	kept=$folder.latchkey-kept-$wanted
	temporary=
	trap 'discard "$temporary"' EXIT
	trap 'exit 1' HUP INT TERM PIPE
	"mend_$deed"
}

stands_as_seen() {
	stands=$(exec stat -c "${1:-%A.%u}" "$path" 2>/dev/null)
	if [ "$stands" != "$seen" ]; then
		say changed
		return 1
	fi
}

# Does it, and says how that went.
attempt() {
	if problem=$("$@" 2>&1 </dev/null); then
		flush "$folder" >/dev/null 2>&1
		say mended
	else
		fail_with "${problem%%"$newline"*}"
		return 1
	fi
}

mend_mode() {
	if stands_as_seen; then
		attempt chmod "$wanted" "$path"
	fi
}

mend_owner() {
	if stands_as_seen; then
		attempt chown -h "$wanted" "$path"
	fi
}

mend_label() {
	stands_as_seen %C || return
	if [ "$wanted" = right ]; then
		attempt restorecon "$path"
	else
		attempt chcon "$wanted" "$path"
	fi
}

# The whole ACL is set, so that what was seen is what is replaced.
mend_acl() {
	stands=$(getfacl -cpEn -- "$path" 2>/dev/null | grep . | tr '\n' ,)
	if [ "${stands%,}" != "$seen" ]; then
		say changed
		return
	fi
	attempt setfacl --set "$wanted" -- "$path"
}

# What somebody else owns is made anew, with what the account can read of it.
mend_own() {
	stands_as_seen || return
	temporary=$folder.latchkey-$$.new.$until.${path##*/}
	if problem=$(copy_to_own 2>&1 </dev/null); then
		label "$temporary"
		set_aside && temporary=
	else
		fail_with "${problem%%"$newline"*}"
	fi
}

copy_to_own() {
	if [ -f "$path" ]; then
		copy "$path" "$temporary"
		return
	fi
	mkdir "$temporary" || return
	set +f
	count=0
	for each in "$path"/* "$path"/.[!.]*; do
		if [ -f "$each" ] && [ ! -L "$each" ] && [ -r "$each" ] && [ "$count" -lt 40 ]; then
			copy "$each" "$temporary/${each##*/}" || return
			count=$((count + 1))
		fi
	done
}

copy() {
	set -C
	# shellcheck disable=SC2086 # a command in front, or none
	$guard head -c $((limit + 1)) "$1" >"$2" || return
	set +C
	arrived=$(wc -c <"$2")
	if [ "${arrived##* }" -gt "$limit" ]; then
		say "$1 is too large" >&2
		return 1
	fi
	flush "$2"
}

mend_aside() {
	if stands_as_seen; then
		set_aside
	fi
}

# What stands there goes beside, and what is in "temporary", if anything is, takes its place.
set_aside() {
	if [ -e "$kept" ] || [ -L "$kept" ]; then
		fail io "$kept is there"
		return 1
	fi
	attempt change_places
}

change_places() {
	mv "$path" "$kept" || return
	if [ -n "$temporary" ] && ! mv "$temporary" "$path"; then
		mv "$kept" "$path"
		return 1
	fi
}

# What was set aside comes back, unless something else has come there than Latchkey put: a file
# with that hash, and what was copied.
mend_return() {
	expected=$seen
	undone=$folder.latchkey-undone-$wanted
	if [ ! -e "$kept" ] && [ ! -L "$kept" ]; then
		say changed
		return
	fi
	if [ -e "$path" ] || [ -L "$path" ]; then
		if [ -e "$undone" ] || ! mv "$path" "$undone" 2>/dev/null; then
			fail no-permission "$path"
			return
		fi
		if ! is_as_left; then
			mv "$undone" "$path"
			say changed
			return
		fi
	elif [ "$expected" != - ]; then
		say changed
		return
	fi
	if attempt mv "$kept" "$path"; then
		discard "$undone"
	else
		mv "$undone" "$path"
	fi
}

is_as_left() {
	[ ! -L "$undone" ] || return 1
	if [ -f "$undone" ]; then
		hash_of "$undone"
		[ "$hash" = "$expected" ]
		return
	fi
	[ -d "$undone" ] || return 1
	set +f
	for each in "$undone"/* "$undone"/.[!.]*; do
		[ -e "$each" ] || [ -L "$each" ] || continue
		if [ -L "$each" ] || [ ! -f "$each" ]; then
			return 1
		fi
		hash_of "$each"
		if [ "$hash" != "$expected" ] && ! cmp -s "$each" "$kept/${each##*/}"; then
			return 1
		fi
	done
	set -f
}

# A file, or a folder with files alone.
discard() {
	[ -n "$1" ] || return 0
	if [ -d "$1" ] && [ ! -L "$1" ]; then
		set +f
		for each in "$1"/* "$1"/.[!.]*; do
			[ ! -f "$each" ] || rm -f "$each"
		done
		set -f
		rmdir "$1" 2>/dev/null
	else
		rm -f "$1"
	fi
}
