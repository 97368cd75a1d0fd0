# syntax=docker/dockerfile:1

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -Dmaven.test.skip=true package
# Layers, so that a new version of Latchkey is a small download: its dependencies seldom change.
RUN java -Djarmode=tools -jar target/latchkey-*.jar extract --layers --destination layers \
    && mv layers/application/latchkey-*.jar layers/application/latchkey.jar

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 latchkey \
    && useradd --system --uid 10001 --gid latchkey --home-dir /opt/latchkey --shell /usr/sbin/nologin latchkey \
    && install --directory --owner=latchkey --group=latchkey --mode=0700 /data
WORKDIR /opt/latchkey
COPY --chmod=0755 docker/healthcheck /usr/local/bin/healthcheck
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# What a start loads, and which code was hot in it: of the same Java, garbage collector and files, or it is left aside.
RUN LATCHKEY_DATA_DIR=/tmp/start java -XX:+UseSerialGC -XX:AOTCacheOutput=latchkey.aot -Dspring.context.exit=onRefresh -jar latchkey.jar \
    && rm -r /tmp/start
USER latchkey
# The embedded database, where no other is named, and the key that seals private keys.
VOLUME /data
ENV LATCHKEY_DATA_DIR=/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s CMD ["healthcheck"]
# Without memory it ends, and is started again (restart: in docker-compose.yml), in place of staying up and mute.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-XX:AOTCache=latchkey.aot", "-jar", "latchkey.jar"]
