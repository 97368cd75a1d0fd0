#!/bin/sh
# com.h2database:h2 2.5.252 and 2.4.240
#
# With WRITE_DELAY=0 H2 has written a transaction to its file when commit() returns; a
# file that is copied at that moment is what a killed process would leave. Where the space
# of an old part of the file was used again, and only a few commits followed since it was
# opened, 2.5.252 opens such a file with the state before them: they are in the file, and
# its header does not lead to them. By default space is used again after 45 s;
# RETENTION_TIME=0 makes it at once. 2.4.240 opens it with all of them.
#
# Seen: of ten times two commits, each followed by such a copy: 2.4.240 loses none;
# 2.5.252 loses some.
. ./common
need java javac

cat >"$folder/Lives.java" <<'JAVA'
import java.nio.file.*;
import java.sql.*;

class Lives {

	public static void main(String[] arguments) throws Exception {
		Path file = Path.of(arguments[0], "lives.mv.db");
		String url = "jdbc:h2:file:" + Path.of(arguments[0], "lives")
				+ ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=0";
		try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
			statement.execute("create table t (id integer primary key, life integer, filler varchar(1000))");
			for (int row = 0; row < 700; row++) {
				statement.execute("merge into t values (" + row % 400 + ", 0, '" + "x".repeat(500) + "')");
			}
		}
		int lost = 0;
		for (int life = 1; life <= 10; life++) {
			Path left = file.resolveSibling("left");
			try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
				try (ResultSet last = statement.executeQuery("select max(life) from t")) {
					last.next();
					lost += (last.getInt(1) == life - 1) ? 0 : 1;
				}
				for (int commit = 0; commit < 2; commit++) {
					statement.execute("update t set life = " + life + ", filler = '" + "y".repeat(100 * life)
							+ "' where id < " + 10 * life);
				}
				Files.copy(file, left);
			}
			Files.move(left, file, StandardCopyOption.REPLACE_EXISTING);
		}
		System.out.println((lost == 0) ? "none" : "some");
	}

}
JAVA
for version in 2.4.240 2.5.252; do
	../mvnw -B -q -ntp -f ../pom.xml dependency:copy -Dartifact="com.h2database:h2:$version" \
		-DoutputDirectory="$folder" >"$folder/maven.log" 2>&1 || cannot "no h2 $version"
	mkdir "$folder/$version"
	javac -cp "$folder/h2-$version.jar" -d "$folder" "$folder/Lives.java"
	lost=$(java -cp "$folder:$folder/h2-$version.jar" Lives "$folder/$version")
	case $version in
		2.4.240) same "$version loses" none "$lost" ;;
		*) same "$version loses" some "$lost" ;;
	esac
done
