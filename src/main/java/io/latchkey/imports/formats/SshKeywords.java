package io.latchkey.imports.formats;

import java.util.Set;

/**
 * The keywords of a client's configuration (ssh_config(5), OpenSSH 10.5 and before, with
 * those that distributions add) that say nothing of where a host is.
 */
final class SshKeywords {

	private static final Set<String> KNOWN = Set.of("""
			addkeystoagent addressfamily afstokenpassing batchmode bindaddress bindinterface
			canonicaldomains canonicalizefallbacklocal canonicalizemaxdots
			canonicalizepermittedcnames casignaturealgorithms certificatefile
			challengeresponseauthentication channeltimeout checkhostip cipher ciphers
			clearallforwardings compression compressionlevel connectionattempts connecttimeout
			controlmaster controlpath controlpersist dsaauthentication dynamicforward
			enableescapecommandline enablesshkeysign enablesshpkcs11 escapechar
			exitonforwardfailure fallbacktorsh fingerprinthash forkafterauthentication
			forwardagent forwardx11 forwardx11timeout forwardx11trusted gatewayports
			globalknownhostsfile globalknownhostsfile2 gssapiauthentication
			gssapiclientidentity gssapidelegatecredentials gssapikexalgorithms
			gssapikeyexchange gssapirenewalforcesrekey gssapiserveridentity gssapitrustdns
			hashknownhosts hostbasedacceptedalgorithms hostbasedauthentication
			hostbasedkeytypes hostkeyalgorithms hostkeyalias hpnbuffersize hpndisabled
			identitiesonly identityagent identityfile identityfile2 ipqos
			kbdinteractiveauthentication kbdinteractivedevices keepalive kerberosauthentication
			kerberostgtpassing kexalgorithms knownhostscommand localcommand localforward
			loglevel logverbose macs nohostauthenticationforlocalhost noneenabled
			nonemacenabled noneswitch numberofpasswordprompts obscurekeystroketiming
			passwordauthentication permitlocalcommand permitremoteopen pkcs11provider
			preferredauthentications protocol protocolkeepalives proxyusefdpass
			pubkeyacceptedalgorithms pubkeyacceptedkeytypes pubkeyauthentication
			refuseconnection rekeylimit remotecommand remoteforward requesttty requiredrsasize
			revokedhostkeys rhostsauthentication rhostsrsaauthentication rsaauthentication
			rsaminsize securitykeyprovider sendenv serveralivecountmax serveraliveinterval
			sessiontype setenv setuptimeout skeyauthentication smartcarddevice stdinnull
			streamlocalbindmask streamlocalbindunlink stricthostkeychecking syslogfacility
			tcpkeepalive tcprcvbuf tcprcvbufpoll tisauthentication tunnel tunneldevice
			updatehostkeys useblacklistedkeys usekeychain useprivilegedport userknownhostsfile
			userknownhostsfile2 useroaming usersh verifyhostkeydns versionaddendum
			visualhostkey warnweakcrypto xauthlocation
			""".strip().split("\\s+"));

	private static final Set<String> BLOCKS = Set.of("host", "match", "include", "ignoreunknown",
			"canonicalizehostname");

	private SshKeywords() {
	}

	/** Whether it is one of any kind. */
	static boolean isKeyword(String keyword) {
		return isKnown(keyword) || BLOCKS.contains(keyword) || SshSettings.READ.contains(keyword);
	}

	/**
	 * @param keyword in lower case
	 */
	static boolean isKnown(String keyword) {
		return KNOWN.contains(keyword);
	}

}
