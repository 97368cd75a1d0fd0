#!/bin/sh
# ansible-core 2.19.11-0+deb13u1 (trixie)
#
# In one inventory of sections there are three rules for a "#":
# - on a line with hosts it begins a comment, within a word too: ansible_user=cal#1 is cal;
# - in [group:vars] it is part of the value, with the blank before it: owner=ann # me is
#   the text "ann # me";
# - unless what stands before it is a literal of Python: then it is a comment there as
#   well, so that ansible_port=22 # note is the number 22 and owner="ann" # me is ann.
#
# Seen, by ansible-inventory --list: cal / ann # me / 22 / bob
. ./common
need_root

suite trixie ansible-core 2.19.11-0+deb13u1
cat >"$root/hosts.ini" <<'INI'
[web]
web1 ansible_user=cal#1
[web:vars]
owner=ann # me
ansible_port=22 # note
second="bob" # me
INI
seen=$(chroot "$root" env HOME=/root LC_ALL=C.UTF-8 python3 -c '
import json, subprocess
said = subprocess.run(["ansible-inventory", "-i", "/hosts.ini", "--list"], capture_output=True, check=True).stdout
host = json.loads(said)["_meta"]["hostvars"]["web1"]
print(host["ansible_user"], host["owner"], repr(host["ansible_port"]), host["second"], sep=" / ")
') || cannot 'ansible-inventory does not run'
same 'what a # is' 'cal / ann # me / 22 / bob' "$seen"
