package io.kelbo;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ladder of packages as data, and what classes break of it. A package is the first word under
 * the root; what lies deeper belongs to it. Says nothing of files; {@link SourceFiles} does.
 */
final class Ladder {
  /** Package → the packages of ours that it may import. */
  static final Map<String, Set<String>> ALLOWED = new LinkedHashMap<>();

  static {
    only("record");
    only("kernel");
    only("sample");
    only("observe");
    only("broker");
    only("report");
    only("table");
    upon("format", "record");
    upon("encode", "kernel", "record");
    upon("vae", "kernel");
    upon("context", "record", "encode");
    upon("score", "context", "encode", "vae");
    upon("impute", "context", "encode", "vae", "table");
    upon("latent", "score");
    upon("explore", "latent", "report");
    upon("decide", "score", "sample");
    upon("model", "context", "score", "impute", "latent", "decide");
    upon("train", "model", "sample");
    upon("tribuo", "train", "model");
    upon("backtest", "train", "model", "report");
    only("topology", "record", "format", "sample", "context", "train", "model", "observe");
    upon("service", "topology", "train", "broker");
    upon("console", "service");
    upon("demo", "service", "broker");
    upon("cli", "service", "broker", "demo", "console", "backtest", "tribuo", "explore");
  }

  /** Foreign package → where it may be imported. */
  static final Map<String, Set<String>> FOREIGN =
      Map.of(
          "org.apache.kafka", Set.of("topology", "broker", "service", "demo", "cli"),
          "kafka", Set.of("broker"),
          "io.micrometer", Set.of("observe", "topology", "service"),
          "jdk.incubator.vector", Set.of("kernel"),
          "org.tribuo", Set.of("kernel", "tribuo"));

  private static final Set<String> BANNED_PACKAGES =
      Set.of("util", "utils", "common", "impl", "manager", "helper", "helpers", "misc");
  private static final Pattern BANNED_NAME =
      Pattern.compile("Abstract.*|.*(Utils?|Helper|Manager|Impl)");
  private static final Pattern GETTER = Pattern.compile("get[A-Z].*");

  private final String root;

  /** The ladder under a package such as {@code io.kelbo}. */
  Ladder(String root) {
    this.root = root;
  }

  /** A sentence for each thing that is wrong; empty where all is well. */
  List<String> broken(JavaClasses classes) {
    Set<String> broken = new TreeSet<>();
    Set<String> vectorClasses = new TreeSet<>();
    for (JavaClass type : classes) {
      String home = rung(type);
      broken.addAll(names(type, home));
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String there = rung(target);
        if (!there.isEmpty() && !there.equals(home) && !allowed(home).contains(there)) {
          broken.add(
              "%s imports %s: %s may import %s only"
                  .formatted(type.getName(), target.getName(), home, words(allowed(home))));
        }
        FOREIGN.forEach(
            (foreign, homes) -> {
              if (inside(target.getPackageName(), foreign) && !homes.contains(home)) {
                broken.add(
                    "%s imports %s: %s belongs in %s only"
                        .formatted(type.getName(), target.getName(), foreign, words(homes)));
              }
            });
        if (inside(target.getPackageName(), "jdk.incubator.vector")) {
          vectorClasses.add(outermost(type));
        }
      }
    }
    vectorClasses.removeIf(name -> name.contains(".Vector"));
    if (!vectorClasses.isEmpty()) {
      broken.add("jdk.incubator.vector belongs in Vector… classes only: " + words(vectorClasses));
    }
    return List.copyOf(broken);
  }

  private List<String> names(JavaClass type, String home) {
    Stream<String> packages =
        Stream.of(type.getPackageName().split("\\.", -1))
            .filter(BANNED_PACKAGES::contains)
            .map(word -> "%s lies in a package called '%s'".formatted(type.getName(), word));
    Stream<String> rungs =
        Stream.of(home)
            .filter(name -> !ALLOWED.containsKey(name))
            .map(name -> "%s lies in '%s', which has no rung".formatted(type.getName(), name));
    Stream<String> names =
        Stream.of(type.getSimpleName())
            .filter(name -> BANNED_NAME.matcher(name).matches())
            .map(name -> "%s has a name that says nothing".formatted(type.getName()));
    Stream<String> getters =
        type.getMethods().stream()
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(method -> GETTER.matcher(method.getName()).matches())
            .filter(method -> !inherited(method))
            .map(method -> "%s has a get-prefix".formatted(method.getFullName()));
    return Stream.of(packages, rungs, names, getters).flatMap(words -> words).toList();
  }

  /** Whether a foreign supertype chose the name. */
  private static boolean inherited(JavaMethod method) {
    JavaClass owner = method.getOwner();
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .flatMap(above -> above.getMethods().stream())
        .anyMatch(above -> above.getName().equals(method.getName()));
  }

  /** The first word under the root; empty for what is not ours. */
  private String rung(JavaClass type) {
    String name = type.getPackageName();
    if (!inside(name, root)) {
      return "";
    }
    return name.equals(root) ? "(root)" : name.substring(root.length() + 1).split("\\.", -1)[0];
  }

  private static boolean inside(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }

  private static String outermost(JavaClass type) {
    return type.getName().split("\\$", -1)[0];
  }

  private static Set<String> allowed(String home) {
    return ALLOWED.getOrDefault(home, Set.of());
  }

  private static String words(Collection<String> names) {
    return names.isEmpty() ? "nothing of ours" : names.stream().sorted().collect(joining(", "));
  }

  /** Exactly these. */
  private static void only(String name, String... others) {
    ALLOWED.put(name, Set.of(others));
  }

  /** These, and what they in turn may import: rungs are entered from the lowest up. */
  private static void upon(String name, String... others) {
    ALLOWED.put(
        name,
        Stream.of(others)
            .flatMap(other -> Stream.concat(Stream.of(other), allowed(other).stream()))
            .collect(Collectors.toUnmodifiableSet()));
  }
}
