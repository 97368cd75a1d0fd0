package io.latchkey.crash;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

import io.latchkey.Repetitions;

/**
 * A folder with what Latchkey's lives share: the database, the master key, and an archive
 * of the loaded classes, which the first life leaves at its end in {@code script/soak}.
 * It takes half of the processor's time out of each further start.
 */
final class LatchkeyInstallation {

	/** It takes as much as it saves with a few lives. */
	private static final boolean ARCHIVES = Repetitions.of(0, 1) > 0;

	private final Path folder;

	private final Path archive;

	private final String classPath;

	private final List<String> properties;

	/**
	 * @param properties more of them, as {@code --name=value}
	 */
	LatchkeyInstallation(Path folder, String... properties) {
		this.folder = folder;
		this.properties = List.of(properties);
		this.archive = folder.resolve("classes.jsa");
		this.classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter(Files::exists)
			.map((entry) -> ARCHIVES ? archivable(entry) : entry)
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	/** The first life, which makes the tables and has to {@link LatchkeyProcess#end}. */
	LatchkeyProcess firstLife() {
		return start(ARCHIVES ? "-XX:ArchiveClassesAtExit=" + this.archive : "-Xshare:auto",
				"--spring.flyway.enabled=true");
	}

	LatchkeyProcess nextLife() {
		return start(ARCHIVES ? "-XX:SharedArchiveFile=" + this.archive : "-Xshare:auto",
				"--spring.flyway.enabled=false");
	}

	private LatchkeyProcess start(String archiving, String migrating) {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-XX:-UsePerfData", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote", "-Xmx192m",
				archiving, "-Dlatchkey.test.patience=" + System.getProperty("latchkey.test.patience", "1"), "-cp",
				this.classPath, "org.springframework.boot.SpringApplication",
				"--spring.main.sources=" + KilledLatchkey.class.getName(), migrating,
				"--latchkey.data-dir=" + this.folder));
		command.addAll(List.of("--spring.main.web-application-type=none", "--spring.main.lazy-initialization=true",
				"--spring.main.banner-mode=off", "--spring.jmx.enabled=false", "--spring.jpa.hibernate.ddl-auto=none",
				"--spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
				"--spring.jpa.database-platform=org.hibernate.dialect.H2Dialect", "--latchkey.reconcile.back-off=1s",
				"--logging.level.root=warn", "--logging.level.io.latchkey=info"));
		command.addAll(this.properties);
		return LatchkeyProcess.start(command);
	}

	/** Classes in folders are not archived. */
	private Path archivable(Path entry) {
		if (!Files.isDirectory(entry)) {
			return entry;
		}
		Path jar = this.folder.resolve(entry.getFileName() + ".jar");
		int exit = ToolProvider.findFirst("jar")
			.orElseThrow()
			.run(System.out, System.err, "-c", "-0", "-f", jar.toString(), "-C", entry.toString(), ".");
		if (exit != 0) {
			throw new IllegalStateException("Cannot make " + jar);
		}
		return jar;
	}

}
