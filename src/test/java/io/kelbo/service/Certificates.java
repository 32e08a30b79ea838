package io.kelbo.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority, a broker's and a client's certificate, made by the JDK's keytool; all as PEM. */
public record Certificates(
    String authority, String brokerChain, String brokerKey, String clientChain, String clientKey) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  public static Certificates make(Path dir) throws Exception {
    Files.createDirectories(dir);
    Path store = dir.resolve("all.p12");
    pair(store, "authority", "CN=authority", "bc:c");
    for (String name : List.of("broker", "kelbo")) {
      pair(store, name, "CN=" + name, "san=ip:127.0.0.1,dns:localhost");
      Path request = dir.resolve(name + ".csr");
      Path signed = dir.resolve(name + ".crt");
      keytool(store, "-certreq", "-alias", name, "-file", request.toString());
      keytool(
          store,
          "-gencert",
          "-alias",
          "authority",
          "-infile",
          request.toString(),
          "-outfile",
          signed.toString(),
          "-ext",
          "san=ip:127.0.0.1,dns:localhost");
      keytool(store, "-importcert", "-noprompt", "-alias", name, "-file", signed.toString());
    }
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      all.load(in, PASSWORD);
    }
    return new Certificates(
        chain(all, "authority"),
        chain(all, "broker"),
        key(all, "broker"),
        chain(all, "kelbo"),
        key(all, "kelbo"));
  }

  /** A PKCS12 file that trusts who signed them. */
  Path truststore(Path file, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(authority.getBytes(US_ASCII))));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return file;
  }

  private static void pair(Path store, String alias, String name, String extension)
      throws IOException, InterruptedException {
    keytool(
        store,
        "-genkeypair",
        "-alias",
        alias,
        "-dname",
        name,
        "-keyalg",
        "EC",
        "-validity",
        "2",
        "-ext",
        extension);
  }

  private static void keytool(Path store, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", "changeit"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool refused: " + said);
    }
  }

  private static String chain(KeyStore store, String alias) throws Exception {
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : store.getCertificateChain(alias)) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return chain.toString();
  }

  private static String key(KeyStore store, String alias) throws Exception {
    return pem("PRIVATE KEY", store.getKey(alias, PASSWORD).getEncoded());
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }
}
