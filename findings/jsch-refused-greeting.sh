#!/bin/sh
# com.github.mwiede:jsch 2.28.8, openssh-server 1:9.2p1-2+deb12u10 (bookworm)
#
# An sshd that is full says so in place of its version string ("Exceeded MaxStartups";
# since 9.8 also "Not allowed at this time") and closes. RFC 4253, 4.2, lets a server
# send lines before that string; JSch reads them and drops them: neither the exception
# nor its logger, at any level, has the words. To the caller it looks as if the port were
# closed by a firewall. Who wants to tell the two apart has to look at the socket.
#
# Seen: JSchException "connection is closed by foreign host" or, when the reset comes
# first, "Session.connect: java.net.SocketException: Connection reset"; no "MaxStartups"
# anywhere, while the socket has "Exceeded MaxStartups".
. ./common
need java javac bash ssh-keygen

package openssh-server 1:9.2p1-2+deb12u10
../mvnw -B -q -ntp -f ../pom.xml dependency:copy -Dartifact=com.github.mwiede:jsch:2.28.8 \
	-DoutputDirectory="$folder" >"$folder/maven.log" 2>&1 || cannot 'no jsch 2.28.8'
cat >"$folder/Login.java" <<'JAVA'
import com.jcraft.jsch.*;

class Login {

	public static void main(String[] arguments) throws Exception {
		Session session = new JSch().getSession("nobody", "127.0.0.1", Integer.parseInt(arguments[0]));
		session.setLogger(new Logger() {
			public boolean isEnabled(int level) {
				return true;
			}

			public void log(int level, String message) {
				System.out.println("log: " + message);
			}
		});
		try {
			session.connect(20_000);
		}
		catch (JSchException ex) {
			System.out.println(ex.getMessage());
		}
	}

}
JAVA
javac -cp "$folder/jsch-2.28.8.jar" -d "$folder" "$folder/Login.java"
port=$((20000 + $$ % 10000))
ssh-keygen -q -t ed25519 -N '' -f "$folder/host_key"
printf '%s\n' "Port $port" 'ListenAddress 127.0.0.1' "HostKey $folder/host_key" 'MaxStartups 1' 'UsePAM no' \
	'PidFile none' >"$folder/sshd_config"
[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
"$folder/root/usr/sbin/sshd" -D -f "$folder/sshd_config" -E "$folder/log" &
started=$!
tries=0
until grep -q 'Server listening' "$folder/log" 2>/dev/null; do
	tries=$((tries + 1))
	[ "$tries" -lt 100 ] || cannot 'sshd did not start'
	sleep 0.1
done
# One that has not logged in yet takes the only place.
bash -c "exec 3<>/dev/tcp/127.0.0.1/$port; read -r line <&3; : >'$folder/taken'; sleep 60" &
started="$started $!"
tries=0
until [ -e "$folder/taken" ]; do
	tries=$((tries + 1))
	[ "$tries" -lt 100 ] || cannot 'sshd did not answer'
	sleep 0.1
done
same 'the socket has' 'Exceeded MaxStartups' "$(bash -c "exec 3<>/dev/tcp/127.0.0.1/$port; read -r line <&3; printf %s \"\$line\"" | tr -d '\r')"
java -cp "$folder:$folder/jsch-2.28.8.jar" Login "$port" >"$folder/said"
case $(tail -n 1 "$folder/said") in
	'connection is closed by foreign host' | 'Session.connect: java.net.SocketException: '*) seen='no word of it' ;;
	*) seen=$(tail -n 1 "$folder/said") ;;
esac
! grep -q MaxStartups "$folder/said" || seen=$(grep MaxStartups "$folder/said")
same 'JSch has' 'no word of it' "$seen"
