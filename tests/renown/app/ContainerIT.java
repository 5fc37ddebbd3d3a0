package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds the image and runs a night in it, its root file system read-only, as nobody in particular.
 * The base is a Debian that debootstrap makes once. Where a runtime may not set limits, as inside
 * another container, the image's files are run without one: mounted read-only, in name spaces of
 * their own. Skipped where buildah or debootstrap are missing.
 */
@Tag("long")
class ContainerIT {
  private static final String BASE = "localhost/renown-base";
  private static final String IMAGE = "localhost/renown-tested";

  /** Runs the entry point: image, folder that is /mnt inside, arguments. */
  private static final String RUN =
      """
      set -euo pipefail
      image=$1 folder=$2; shift 2
      if podman run --rm --network=none "$image" --help > /dev/null 2>&1; then
        exec podman run --rm --read-only --tmpfs /tmp --volume "$folder:/mnt" --env SPARK_DRIVER_MEMORY=2g "$image" "$@"
      fi
      container=$(buildah from "$image")
      trap 'buildah umount "$container" > /dev/null; buildah rm "$container" > /dev/null' EXIT
      root=$(buildah mount "$container")
      user=$(buildah inspect --format '{{.OCIv1.Config.User}}' "$container")
      entry=$(buildah inspect --format '{{index .OCIv1.Config.Entrypoint 0}}' "$container")
      unshare --mount bash -euc '
        root=$1 folder=$2 user=$3; shift 3
        mount --bind "$root" "$root"
        mount --bind "$folder" "$root/mnt"
        mount -t proc proc "$root/proc"
        mount --bind /dev "$root/dev"
        mount -t tmpfs tmpfs "$root/tmp"
        mount -o remount,bind,ro "$root"
        exec chroot --userspec="$user" "$root" env -i PATH=/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 \\
          SPARK_DRIVER_MEMORY=2g bash -c "cd /tmp && exec \\"\\$@\\"" _ "$@"
      ' _ "$root" "$folder" "$user" "$entry" "$@"
      """;

  @TempDir private static Path folder;

  private record Outcome(int code, String said) {}

  private static Outcome run(int minutes, String... command) throws Exception {
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      return new Outcome(-1, Files.readString(said) + "\nstopped after " + minutes + " minutes");
    }
    return new Outcome(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
  }

  private static void need(String tool) {
    boolean isThere =
        Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
            .map(bin -> Path.of(bin, tool))
            .anyMatch(Files::isExecutable);
    Assumptions.assumeTrue(isThere, "no " + tool + " on the path (Debian has a package of it)");
  }

  /** A Debian with a JRE; kept, since making it takes minutes. */
  private static void base() throws Exception {
    if (run(1, "buildah", "inspect", "--type", "image", BASE).code() == 0) {
      return;
    }
    need("debootstrap");
    Outcome made =
        run(
            20,
            "bash",
            "-euc",
            "container=$(buildah from scratch); root=$(buildah mount $container); debootstrap"
                + " --variant=minbase --include=openjdk-17-jre-headless bookworm $root; buildah"
                + " umount $container; buildah commit --rm $container "
                + BASE);
    Assumptions.assumeTrue(made.code() == 0, "debootstrap made no base: " + made.said());
  }

  private static String inImage(int minutes, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "-c", RUN, "run"));
    command.add(IMAGE);
    command.add(shared().toString());
    command.addAll(List.of(arguments));
    Outcome outcome = run(minutes, command.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.said()).isZero();
    return outcome.said();
  }

  /** The image's user is nobody here. */
  private static Path shared() throws Exception {
    Path shared = folder.resolve("shared");
    if (!Files.exists(shared)) {
      Files.createDirectory(shared);
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return shared;
  }

  @Test
  void aNightRunsInTheImage() throws Exception {
    need("buildah");
    Assumptions.assumeTrue(
        run(1, "id", "-u").said().strip().equals("0"), "only root makes a base and mounts it");
    base();
    Outcome built =
        run(
            10,
            "buildah",
            "build",
            "--isolation=chroot",
            "--build-arg=BASE=" + BASE,
            "--tag=" + IMAGE,
            "--file=conf/container/Containerfile",
            ".");
    assertThat(built.code()).as(built.said()).isZero();
    assertThat(inImage(2, "--help")).startsWith("Usage: scripts/submit.sh");
    inImage(
        5,
        "generate",
        "--set",
        "raw.root=/mnt/raw",
        "--set",
        "truth.root=/mnt/truth",
        "--set",
        "generate.accounts=60");
    assertThat(
            inImage(
                10,
                "nightly",
                "--date",
                "2026-01-05",
                "--set",
                "raw.root=/mnt/raw",
                "--set",
                "lake.root=/mnt/lake"))
        .contains("Night 2026-01-05 is published");
    assertThat(
            inImage(5, "sql", "--set", "lake.root=/mnt/lake", "SELECT count(*) FROM mart_networks"))
        .contains("2");
    assertThat(Files.getAttribute(shared().resolve("lake/marts"), "unix:uid")).isEqualTo(10001);
  }
}
